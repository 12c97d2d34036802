/* ticket-merge: joins repeats to the first ticket (并单), or suggests which are repeats. */
#include "act/desk.h"
#include "base/die.h"
#include "base/fault.h"
#include "ticket/duplicate.h"
#include "ticket/masked.h"
#include "ticket/named.h"

enum { KEY_INTO = DESK_OWN, KEY_SUGGEST, KEY_ALIKE, KEY_ACROSS };

static const struct args_option options[] = {
    {KEY_INTO, "into", "ID", "the first ticket"},
    {DESK_REASON, "reason", "TEXT", "why requests of two enterprises are one matter"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    {KEY_SUGGEST, "suggest", NULL, "list likely repeats: one firm or phone, like texts"},
    {KEY_ACROSS, "across", NULL, "with --suggest: whoever sent them, too"},
    {KEY_ALIKE, "alike", "PERCENT", "with --suggest: how similar (else as configured, 60)"},
    DESK_WHO,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --into ID [--reason TEXT] [--text TEXT] ID ... | -",
                                       "--suggest [--across] [--alike PERCENT]", NULL};
static const struct args_program program = {
    .name = "ticket-merge",
    .title = "工单并单",
    .synopsis = synopsis,
    .purpose = "Join repeats of a matter to the first ticket (并单); their callers still count.",
    .options = options,
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"first", "首单", OUT_NUMBER},
                                            {"alike", "相似度", OUT_NUMBER},
                                            {"by", "相同", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT}};

struct suggesting {
    struct out *out;
    long count;
};

static void print_repeat(void *context, const struct duplicate *repeat)
{
    struct suggesting *s = context;
    out_number(s->out, repeat->id);
    out_number(s->out, repeat->first);
    out_number(s->out, repeat->percent);
    out_text(s->out, repeat->by);
    masked_title(s->out, &repeat->repeat);
    out_row(s->out);
    s->count++;
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    int alike = 0;
    struct suggesting s = {NULL, 0};
    const char *into = NULL;
    bool suggests = false, across = false;
    struct fault fault = {""};
    desk.act.kind = ACT_MERGE;
    for (int key; (key = desk_next(&desk));) {
        if (key == KEY_INTO)
            into = desk.p.args.value;
        else if (key == KEY_SUGGEST)
            suggests = true;
        else if (key == KEY_ACROSS)
            across = true;
        else
            alike = args_number(&desk.p.args, 1, 100);
    }
    if (suggests == (into || desk.p.args.operand_count))
        args_usage(&desk.p.args, "either --into and the repeats, or --suggest");
    if (!suggests && (!into || !desk.p.args.operand_count))
        args_usage(&desk.p.args, "name the first ticket with --into, and its repeats");
    if (across && !suggests)
        args_usage(&desk.p.args, "--across goes with --suggest");
    desk_open(&desk, suggests ? columns : NULL, 5);
    s.out = desk.p.out;
    if (into && !(desk.act.into = ticket_named(desk.p.center.db, into, &fault)))
        die("--into: %s", fault.text);
    if (suggests)
        duplicate_each(desk.p.center.db, &desk.p.config->repeats, alike, across, print_repeat, &s);
    else
        desk_run(&desk);
    return desk_finish(&desk, suggests && !s.count ? EXIT_NO : EXIT_DONE);
}
