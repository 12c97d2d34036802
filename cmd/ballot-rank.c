/* ballot-rank: the ranks that follow from a wave of ballots (万企评机关), and which ballots do not
 * count. */
#include <stdio.h>
#include <string.h>

#include "ballot/count.h"
#include "base/die.h"
#include "base/mask.h"
#include "center/program.h"

enum { KEY_GROUP = ARGS_LONG, KEY_LAST, KEY_TWICE, KEY_AGAINST, KEY_UNSOUND, KEY_VOTES };

static const struct args_option options[] = {
    {KEY_GROUP, "group", "GROUP", "only this group"},
    {KEY_LAST, "last", NULL, "only those that are among the last (后五位)"},
    {KEY_TWICE, "twice", NULL, "only those that are among the last twice running (连续两次)"},
    {KEY_AGAINST, "against", "WAVE", "twice: in this wave, in place of the one before"},
    {KEY_UNSOUND, "unsound", NULL, "list the ballots that do not count, and why"},
    {KEY_VOTES, "votes", "UNIT", "list the votes that count on a unit"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--group GROUP] [--last | --twice] [--against WAVE] WAVE",
                                       "--unsound [--group GROUP] WAVE", "--votes UNIT WAVE", NULL};
static const struct args_program program = {
    .name = "ballot-rank",
    .title = "万企评机关",
    .synopsis = synopsis,
    .purpose = "Rank what enterprises voted on in a wave (万企评机关).",
    .options = options,
};

static const struct out_column rank_columns[] = {
    {"unit", "代码", OUT_TEXT},        {"name", "评议对象", OUT_TEXT},
    {"group", "组别", OUT_TEXT},       {"org", "所属单位", OUT_TEXT},
    {"rank", "名次", OUT_NUMBER},      {"of", "参评数", OUT_NUMBER},
    {"points", "得分", OUT_NUMBER},    {"votes", "有效票", OUT_NUMBER},
    {"unknown", "不了解", OUT_NUMBER}, {"unsound", "无效票", OUT_NUMBER},
    {"note", "备注", OUT_TEXT}};
static const struct out_column unsound_columns[] = {{"voter", "评议人", OUT_TEXT},
                                                    {"group", "组别", OUT_TEXT},
                                                    {"marks", "评议项", OUT_NUMBER},
                                                    {"reason", "原因", OUT_TEXT}};
static const struct out_column vote_columns[] = {
    {"id", "编号", OUT_NUMBER},  {"voter", "评议人", OUT_TEXT},  {"unit", "评议对象", OUT_TEXT},
    {"score", "评价", OUT_TEXT}, {"points", "得分", OUT_NUMBER}, {"at", "评议时间", OUT_TEXT}};

struct ranking {
    struct program p;
    const char *group, *against; /* NULL: every group; the wave before */
    const char *votes;           /* NULL: none are listed */
    bool last, twice, unsound;
    struct ballot_poll poll;
    long count;
};

static void take_option(struct ranking *r, int key)
{
    switch (key) {
    case KEY_GROUP: r->group = r->p.args.value; break;
    case KEY_AGAINST: r->against = r->p.args.value; break;
    case KEY_LAST: r->last = true; break;
    case KEY_TWICE: r->twice = true; break;
    case KEY_UNSOUND: r->unsound = true; break;
    case KEY_VOTES: r->votes = r->p.args.value; break;
    }
}

static void check_options(const struct ranking *r)
{
    if (r->unsound && (r->last || r->twice || r->against))
        args_usage(&r->p.args, "--unsound goes with --group alone");
    if (r->votes && (r->last || r->twice || r->against || r->unsound || r->group))
        args_usage(&r->p.args, "--votes goes alone");
    if (r->p.args.operand_count != 1)
        args_usage(&r->p.args, "name one wave");
}

static bool is_asked(const struct ranking *r, const char *group)
{
    return !r->group || !strcmp(group, r->group);
}

static void print_count(struct out *out, int64_t count)
{
    if (count)
        out_number(out, count);
    else
        out_text(out, NULL);
}

static void print_note(struct ranking *r, const struct ballot_rank *rank)
{
    char word[64];
    snprintf(word, sizeof word, "%s后%d位", rank->twice ? "连续两次" : "", r->poll.rules.last);
    if (rank->apart)
        out_code(r->p.out, "apart", "不足最低票数");
    else if (rank->last)
        out_code(r->p.out, rank->twice ? "twice" : "last", word);
    else
        out_text(r->p.out, NULL);
}

static void print_rank(struct ranking *r, const struct ballot_rank *rank)
{
    struct out *out = r->p.out;
    const struct ballot_unit *unit = rank->unit;
    char points[BALLOT_POINTS_SIZE];
    out_text(out, unit->code);
    out_text(out, unit->name);
    out_code(out, unit->group, unit->group_name);
    out_code(out, unit->org, org_name(&r->p.orgs, org_find(r->p.center.db, unit->org)));
    print_count(out, rank->rank);
    print_count(out, rank->of);
    out_digits(out, rank->votes ? ballot_print_points(rank->points, points) : NULL);
    out_number(out, rank->votes);
    out_number(out, rank->unknown);
    out_number(out, rank->unsound);
    print_note(r, rank);
    out_row(out);
    r->count++;
}

/* Who is among the last in the wave before, or in the one that was named, too. */
static void find_twice(struct ranking *r, struct ballot_ranks *ranks)
{
    struct db *db = r->p.center.db;
    const char *wave = r->against ? r->against : ballot_poll_before(db, &r->poll);
    if (!wave)
        return;
    struct ballot_poll poll = ballot_poll_need(db, wave);
    struct ballot_ranks before = ballot_rank_all(db, &poll);
    ballot_rank_twice(ranks, &before);
    ballot_ranks_free(&before);
    ballot_poll_free(&poll);
}

static void print_ranks(struct ranking *r)
{
    struct ballot_ranks ranks = ballot_rank_all(r->p.center.db, &r->poll);
    find_twice(r, &ranks);
    for (int i = 0; i < ranks.count; i++) {
        const struct ballot_rank *rank = &ranks.list[i];
        if (is_asked(r, rank->unit->group) && (!r->last || rank->last) &&
            (!r->twice || rank->twice))
            print_rank(r, rank);
    }
    ballot_ranks_free(&ranks);
}

static void print_unsound(void *context, const struct ballot *ballot)
{
    struct ranking *r = context;
    struct out *out = r->p.out;
    if (!ballot->flaw || !is_asked(r, ballot->group))
        return;
    out_private(out, mask_text, ballot->voter);
    out_code(out, ballot->group, ballot->group_name);
    out_number(out, ballot->count);
    out_code(out, ballot_flaw_code(ballot->flaw), ballot_flaw_word(ballot->flaw));
    out_row(out);
    r->count++;
}

/* The votes on the unit that was asked for; who does not know it has none. */
static void print_votes(void *context, const struct ballot *ballot)
{
    struct ranking *r = context;
    struct out *out = r->p.out;
    for (int i = 0; i < ballot->count && !ballot->flaw; i++) {
        const struct ballot_mark *mark = &ballot->marks[i];
        const struct ballot_unit *unit = &r->poll.units[mark->unit];
        char score[2] = {(char)('0' + mark->score), '\0'};
        if (!mark->score || strcmp(unit->code, r->votes) != 0)
            continue;
        out_number(out, mark->id);
        out_private(out, mask_text, ballot->voter);
        out_code(out, unit->code, unit->name);
        out_code(out, score, rating_name(mark->score));
        out_number(out, r->poll.rules.points[mark->score]);
        out_moment(out, mark->at);
        out_row(out);
        r->count++;
    }
}

int main(int argc, char **argv)
{
    struct ranking r = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&r.p.args));)
        take_option(&r, key);
    check_options(&r);
    r.p.counts = !r.unsound;
    program_open(&r.p, NULL, 0);
    r.poll = ballot_poll_need(r.p.center.db, r.p.args.operands[0]);
    if (r.group)
        r.group = ballot_poll_group(&r.poll, r.group);
    if (r.votes) {
        r.votes = ballot_poll_unit(&r.poll, r.votes)->code;
        program_print(&r.p, OUT_COLUMNS(vote_columns));
        ballot_each(r.p.center.db, &r.poll, print_votes, &r);
    } else if (r.unsound) {
        program_print(&r.p, OUT_COLUMNS(unsound_columns));
        ballot_each(r.p.center.db, &r.poll, print_unsound, &r);
    } else {
        program_print(&r.p, OUT_COLUMNS(rank_columns));
        print_ranks(&r);
    }
    ballot_poll_free(&r.poll);
    return program_end(&r.p, r.count ? EXIT_DONE : EXIT_NO);
}
