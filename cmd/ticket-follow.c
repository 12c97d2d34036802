/* ticket-follow: the follow-up of bad ratings (回访): whom to call, and what came of it. */
#include <string.h>

#include "act/desk.h"
#include "base/die.h"
#include "center/county.h"
#include "center/log.h"
#include "ticket/masked.h"

enum { KEY_OUTCOME = DESK_OWN, KEY_UNMASK, KEY_CENTER };

static const struct args_option options[] = {
    {KEY_OUTCOME, "outcome", "OUTCOME", "redo (重办), explained (已解释) or invalid (评价无效)"},
    {DESK_TEXT, "text", "TEXT", "what the enterprise said"},
    {DESK_REASON, "reason", "TEXT", "why"},
    {KEY_UNMASK, "unmask", NULL, "show names and telephones; the log notes it"},
    {KEY_CENTER, "center", "ORG", "without a ticket: those of a county's center, or of the city's"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--unmask] [--center ORG]",
                                       "[-nq] --outcome OUTCOME --text TEXT ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-follow",
    .title = "工单回访",
    .synopsis = synopsis,
    .purpose = "List whom to call after a bad rating, or enter what came of the call (回访).",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},  {"rating", "评价", OUT_NUMBER},   {"rated", "评价时间", OUT_TEXT},
    {"lead", "主办", OUT_TEXT},  {"enterprise", "企业", OUT_TEXT}, {"contact", "联系人", OUT_TEXT},
    {"phone", "电话", OUT_TEXT}, {"title", "标题", OUT_TEXT}};

struct calling {
    struct desk desk;
    const char *center; /* as it was written */
    bool unmask;
};

static void print_value(struct calling *c, const struct ticket *t, enum masked_as as,
                        const char *value)
{
    struct text text = {0};
    out_text(c->desk.p.out, masked_value(&text, t, as, value, c->unmask));
    text_free(&text);
}

static void print_call(void *context, const struct ticket *t)
{
    struct calling *c = context;
    if (t->outcome && strcmp(t->outcome, "redo") != 0)
        return;
    out_number(c->desk.p.out, t->id);
    out_number(c->desk.p.out, t->rating);
    out_moment(c->desk.p.out, t->rated_at);
    out_code(c->desk.p.out, org_code(&c->desk.p.orgs, t->lead), org_name(&c->desk.p.orgs, t->lead));
    print_value(c, t, MASKED_TEXT, t->enterprise);
    print_value(c, t, MASKED_NAME, t->contact);
    print_value(c, t, MASKED_PHONE, t->phone);
    print_value(c, t, MASKED_TEXT, t->title);
    out_row(c->desk.p.out);
    if (c->unmask)
        event_add_unmasked(&c->desk.p.center, t->id, "ticket-follow", NULL, NULL);
}

static void list_calls(struct calling *c)
{
    struct center *center = &c->desk.p.center;
    struct ticket_filter rated = {.states = {{"rated"}, 1}};
    const struct county_choice whose = county_choose(center, c->center);
    if (whose.one)
        wanted_add(&rated.centers, whose.county ? whose.county->center : "");
    if (c->unmask)
        center_begin(center, false);
    ticket_each(center->db, &rated, print_call, c);
    if (c->unmask)
        db_commit(center->db);
}

int main(int argc, char **argv)
{
    struct calling c = {.desk = desk_start(&program, argc, argv)};
    struct desk *desk = &c.desk;
    const struct args *args = &desk->p.args;
    desk->act.kind = ACT_FOLLOW;
    for (int key; (key = desk_next(desk));) {
        if (key == KEY_UNMASK)
            c.unmask = true;
        else if (key == KEY_CENTER)
            c.center = args->value;
        else
            desk->act.outcome = args->value;
    }
    bool lists = !desk->act.outcome && !desk->file.path;
    if (lists && args->operand_count)
        args_usage(args, "--outcome is missing");
    if (!lists && c.center)
        args_usage(args, "--center is about the list");
    if (!lists && !desk->file.path && !args->operand_count)
        args_usage(args, "name the tickets");
    desk_open(desk, lists ? columns : NULL, 8);
    if (lists)
        list_calls(&c);
    else
        desk_run(desk);
    return desk_finish(desk, EXIT_DONE);
}
