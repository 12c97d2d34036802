/* notice-list: what was told, is to be told, and could not be told to whom. */
#include "base/die.h"
#include "base/mask.h"
#include "center/option.h"
#include "center/program.h"
#include "notice/kind.h"
#include "notice/notice.h"

enum { KEY_STATE = ARGS_LONG, KEY_KIND, KEY_CHANNEL, KEY_TICKET, KEY_ALL };

static const struct args_option options[] = {
    {KEY_STATE, "state", "STATE", "only these: waiting, taken, sent, perhaps, failed, dropped"},
    {KEY_KIND, "kind", "NOTICE", "only notices of this kind"},
    {KEY_CHANNEL, "channel", "CHANNEL", "only those of this channel"},
    {KEY_TICKET, "ticket", "ID", "only those of this ticket"},
    {KEY_ALL, "all", NULL, "also what was sent or dropped"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...] [ID ... | -]", NULL};
static const struct args_program program = {
    .name = "notice-list",
    .title = "通知",
    .synopsis = synopsis,
    .purpose = "List notices that are not sent yet, or all.",
    .lists = true,
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},      {"state", "状态", OUT_TEXT},
    {"kind", "通知", OUT_TEXT},      {"ticket", "工单", OUT_NUMBER},
    {"event", "事件", OUT_NUMBER},   {"owner", "对象", OUT_TEXT},
    {"name", "名称", OUT_TEXT},      {"channel", "通知方式", OUT_TEXT},
    {"address", "地址", OUT_TEXT},   {"made", "生成", OUT_TEXT},
    {"next", "发送时间", OUT_TEXT},  {"tries", "次数", OUT_NUMBER},
    {"message", "消息", OUT_NUMBER}, {"ended", "完成", OUT_TEXT},
    {"why", "原因", OUT_TEXT}};

struct listing {
    struct program p;
    struct notice_filter filter;
    bool all;
    long found;
};

static void print_some(struct out *out, int64_t number)
{
    if (number)
        out_number(out, number);
    else
        out_text(out, NULL);
}

/* To whom it goes. */
static void print_address(struct listing *l, const struct notice_row *notice)
{
    struct out *out = l->p.out;
    struct arena arena = {0};
    struct address address;
    bool known = address_load(l->p.center.db, notice->address, &arena, &address);
    const struct owner_kind *owner = known ? owner_kind_coded(address.owner) : NULL;
    out_code(out, owner ? owner->code : NULL, owner ? owner->word : NULL);
    out_text(out, owner ? owner->name_of(l->p.center.db, address.owner_id, &arena) : NULL);
    out_code(out, notice->channel, config_notice_channel_name(l->p.config, notice->channel));
    out_private(out, mask_address, known ? address.address : NULL);
    arena_free(&arena);
}

static void print(void *context, const struct notice_row *notice)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    const struct notice_kind *kind = noticekind_find(notice->kind);
    out_number(out, notice->id);
    out_code(out, notice->state, notice_state_name(notice->state));
    out_code(out, notice->kind, kind ? kind->word : NULL);
    print_some(out, notice->ticket);
    out_number(out, notice->event);
    print_address(l, notice);
    out_moment(out, notice->made_at);
    out_moment(out, notice->next_at);
    out_number(out, notice->tries);
    print_some(out, notice->message);
    out_moment(out, notice->ended_at);
    out_text(out, notice->why);
    out_row(out);
    l->found++;
}

static const char *need_state(const struct args *args)
{
    const char *state = notice_state(args->value);
    if (!state)
        args_unknown(args, "state", NULL, " (waiting, taken, sent, perhaps, failed, dropped)");
    return state;
}

static const char *need_kind(const struct args *args)
{
    const struct notice_kind *kind = noticekind_find(args->value);
    if (!kind)
        args_unknown(args, "notice", NULL, "; qifu words lists them");
    return kind->code;
}

static void read_options(struct listing *l)
{
    static const char *const unsettled[] = {"waiting", "taken", "perhaps", "failed"};
    struct args *args = &l->p.args;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_STATE: wanted_add(&l->filter.states, need_state(args)); break;
        case KEY_KIND: wanted_add(&l->filter.kinds, need_kind(args)); break;
        case KEY_CHANNEL:
            wanted_add(&l->filter.channels, option_notice_channel(args, l->p.config));
            break;
        case KEY_TICKET: l->filter.ticket = args_number(args, 1, 1000000000); break;
        case KEY_ALL: l->all = true; break;
        }
    if (!l->all && !l->filter.states.count && !args->operand_count)
        for (size_t i = 0; i < sizeof unsettled / sizeof *unsettled; i++)
            wanted_add(&l->filter.states, unsettled[i]);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    read_options(&l);
    program_open(&l.p, OUT_COLUMNS(columns));
    struct args_ids ids = args_ids(&l.p.args, 0);
    if (!l.p.args.operand_count)
        notice_each(l.p.center.db, &l.filter, print, &l);
    for (long long id; args_next_id(&ids, &id);) {
        long before = l.found;
        l.filter.id = id;
        notice_each(l.p.center.db, &l.filter, print, &l);
        if (l.found > before)
            continue;
        warn("%lld: no such notice", id);
        l.p.bad++;
    }
    l.p.bad += args_ids_end(&ids);
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
