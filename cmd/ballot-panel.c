/* ballot-panel: what the same voters said in two waves of ballots (企业样本), and who came and
 * left. */
#include <string.h>

#include "ballot/panel.h"
#include "base/die.h"
#include "base/mask.h"
#include "center/program.h"

enum { KEY_GROUP = ARGS_LONG, KEY_AGAINST, KEY_VOTERS };

static const struct args_option options[] = {
    {KEY_GROUP, "group", "GROUP", "only this group"},
    {KEY_AGAINST, "against", "WAVE", "compare with this wave, in place of the one before"},
    {KEY_VOTERS, "voters", NULL, "list who voted in both, who came and who left"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--group GROUP] [--against WAVE] WAVE",
                                       "--voters [--against WAVE] WAVE", NULL};
static const struct args_program program = {
    .name = "ballot-panel",
    .title = "企业样本跟踪",
    .synopsis = synopsis,
    .purpose = "Compare what the same voters said in two waves of ballots (企业样本).",
    .options = options,
};

static const struct out_column unit_columns[] = {
    {"unit", "代码", OUT_TEXT},     {"name", "评议对象", OUT_TEXT}, {"group", "组别", OUT_TEXT},
    {"voters", "样本", OUT_NUMBER}, {"before", "上次", OUT_NUMBER}, {"now", "本次", OUT_NUMBER},
    {"moved", "变动", OUT_NUMBER},  {"better", "升", OUT_NUMBER},   {"worse", "降", OUT_NUMBER}};
static const struct out_column voter_columns[] = {{"voter", "评议人", OUT_TEXT},
                                                  {"state", "参评", OUT_TEXT}};

struct comparing {
    struct program p;
    const char *group, *against; /* NULL: every group; the wave before */
    bool voters;
    long count;
};

static void take_option(struct comparing *c, int key)
{
    switch (key) {
    case KEY_GROUP: c->group = c->p.args.value; break;
    case KEY_AGAINST: c->against = c->p.args.value; break;
    case KEY_VOTERS: c->voters = true; break;
    }
}

static void check_options(const struct comparing *c)
{
    if (c->voters && c->group)
        args_usage(&c->p.args, "--voters is of all groups");
    if (c->p.args.operand_count != 1)
        args_usage(&c->p.args, "name one wave");
}

static void print_unit(struct comparing *c, const struct panel_unit *unit)
{
    struct out *out = c->p.out;
    char points[BALLOT_POINTS_SIZE];
    out_text(out, unit->unit->code);
    out_text(out, unit->unit->name);
    out_code(out, unit->unit->group, unit->unit->group_name);
    out_number(out, unit->both);
    out_digits(out, ballot_print_points(unit->before, points));
    out_digits(out, ballot_print_points(unit->now, points));
    out_digits(out, ballot_print_points(unit->now - unit->before, points));
    out_number(out, unit->better);
    out_number(out, unit->worse);
    out_row(out);
    c->count++;
}

static void print_voter(void *context, const char *voter, enum panel_voter is)
{
    struct comparing *c = context;
    out_private(c->p.out, mask_text, voter);
    out_code(c->p.out, panel_voter_code(is), panel_voter_word(is));
    out_row(c->p.out);
    c->count++;
}

static void print(struct comparing *c, const struct panel *panel)
{
    if (c->voters) {
        program_print(&c->p, OUT_COLUMNS(voter_columns));
        panel_each_voter(panel, print_voter, c);
        return;
    }
    program_print(&c->p, OUT_COLUMNS(unit_columns));
    for (int i = 0; i < panel->unit_count; i++) {
        const struct panel_unit *unit = &panel->units[i];
        if (unit->both && (!c->group || !strcmp(c->group, unit->unit->group)))
            print_unit(c, unit);
    }
}

int main(int argc, char **argv)
{
    struct comparing c = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&c.p.args));)
        take_option(&c, key);
    check_options(&c);
    c.p.counts = !c.voters;
    program_open(&c.p, NULL, 0);
    struct db *db = c.p.center.db;
    struct ballot_poll now = ballot_poll_need(db, c.p.args.operands[0]);
    if (c.group)
        c.group = ballot_poll_group(&now, c.group);
    if (!c.against && !(c.against = ballot_poll_before(db, &now)))
        die("no wave was held before %s", now.code);
    struct ballot_poll before = ballot_poll_need(db, c.against);
    struct panel panel = panel_compare(db, &before, &now);
    print(&c, &panel);
    panel_free(&panel);
    ballot_poll_free(&before);
    ballot_poll_free(&now);
    return program_end(&c.p, c.count ? EXIT_DONE : EXIT_NO);
}
