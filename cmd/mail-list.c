/* mail-list: mails that came in, what became of them, and which wait for a person. */
#include <string.h>

#include "base/die.h"
#include "center/option.h"
#include "center/program.h"
#include "mail/kept.h"
#include "mail/mail.h"
#include "notice/address.h"

enum { KEY_STATE = ARGS_LONG, KEY_TICKET, KEY_ALL };

static const struct args_option options[] = {
    {KEY_STATE, "state", "STATE", "only these: done, waiting, settled"},
    {KEY_TICKET, "ticket", "ID", "only those about this ticket"},
    {KEY_ALL, "all", NULL, "also those that do not wait for a person"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...] [ID ... | -]", NULL};
static const struct args_program program = {
    .name = "mail-list",
    .title = "来信",
    .synopsis = synopsis,
    .purpose = "List mails that wait for a person, or all.",
    .lists = true,
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},     {"at", "收到时间", OUT_TEXT}, {"became", "办理", OUT_TEXT},
    {"state", "状态", OUT_TEXT},    {"owner", "对象", OUT_TEXT},  {"name", "名称", OUT_TEXT},
    {"ticket", "工单", OUT_NUMBER}, {"why", "说明", OUT_TEXT},    {"file", "文件", OUT_TEXT}};

struct listing {
    struct program p;
    struct mail_filter filter;
    const char *folder;
    bool all;
    long found;
};

/* Whose it is, where that is known. */
static void print_owner(struct listing *l, const struct mail_row *mail)
{
    struct arena arena = {0};
    struct address address;
    struct db *db = l->p.center.db;
    bool known = mail->address && address_load(db, mail->address, &arena, &address);
    const struct owner_kind *owner = known ? owner_kind_coded(address.owner) : NULL;
    out_code(l->p.out, owner ? owner->code : NULL, owner ? owner->word : NULL);
    out_text(l->p.out, owner ? owner->name_of(db, address.owner_id, &arena) : NULL);
    arena_free(&arena);
}

static void print(void *context, const struct mail_row *mail)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    struct arena arena = {0};
    bool waits = !strcmp(mail->state, "waiting");
    out_number(out, mail->id);
    out_moment(out, mail->at);
    out_code(out, mail->became, mail_became_name(mail->became));
    out_code(out, mail->state, mail_state_name(mail->state));
    print_owner(l, mail);
    if (mail->ticket)
        out_number(out, mail->ticket);
    else
        out_text(out, NULL);
    out_text(out, mail->why);
    out_text(out, waits ? kept_path(l->folder, mail->digest, &arena) : NULL);
    out_row(out);
    arena_free(&arena);
    l->found++;
}

static void read_state(struct listing *l)
{
    const char *state = mail_state(l->p.args.value);
    if (!state)
        args_unknown(&l->p.args, "state of mails", NULL,
                     " (done 已办, waiting 待人工处理, settled 已处理)");
    wanted_add(&l->filter.states, state);
}

static void list_named(struct listing *l)
{
    struct args_ids ids = args_ids(&l->p.args, 0);
    for (long long id; args_next_id(&ids, &id);) {
        long before = l->found;
        l->filter.id = id;
        mail_each(l->p.center.db, &l->filter, print, l);
        if (l->found == before) {
            warn("%lld: no such mail", id);
            l->p.bad++;
        }
    }
    l->p.bad += args_ids_end(&ids);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&l.p.args));)
        switch (key) {
        case KEY_STATE: read_state(&l); break;
        case KEY_TICKET: l.filter.ticket = args_number(&l.p.args, 1, 1000000000); break;
        case KEY_ALL: l.all = true; break;
        }
    program_open(&l.p, OUT_COLUMNS(columns));
    l.folder = kept_folder(args_database(&l.p.args), &l.p.config->arena);
    if (l.p.args.operand_count)
        list_named(&l);
    else {
        if (!l.all && !l.filter.states.count && !l.filter.ticket)
            wanted_add(&l.filter.states, "waiting");
        mail_each(l.p.center.db, &l.filter, print, &l);
    }
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
