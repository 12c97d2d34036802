/* ballot-add: takes in what enterprises vote on departments, offices and stations (万企评机关), one
 * vote from options or many from a file; lists a wave anew. */
#include "ballot/ballot.h"
#include "base/tongue.h"
#include "center/add.h"

enum { KEY_RELIST = ADDING_OWN };

static const struct args_option options[] = {
    {ADDING_FIELD + BALLOT_WAVE, "wave", "WAVE",
     "the wave of ballots.yaml, where a row names none"},
    {ADDING_FIELD + BALLOT_VOTER, "voter", "WORD", "the enterprise that votes, or its token"},
    {ADDING_FIELD + BALLOT_UNIT, "unit", "UNIT", "what it votes on"},
    {ADDING_FIELD + BALLOT_SCORE, "score", "RATING", "5 to 1, or 0: does not know it"},
    {ADDING_FIELD + BALLOT_REF, "ref", "NUMBER", "the ballot's number"},
    {KEY_RELIST, "relist", NULL, "the wave has the days, rules and units of ballots.yaml anew"},
    ADDING_WHO(BALLOT_BY, BALLOT_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --wave WAVE --voter WORD --unit UNIT --score RATING [option ...]",
    "[option ...] --csv FILE | --jsonl FILE", "[-nq] --wave WAVE --relist [--by ORG]", NULL};
static const struct args_program program = {
    .name = "ballot-add",
    .title = "评议票登记",
    .synopsis = synopsis,
    .purpose = "Take in what enterprises vote on departments, offices and stations (万企评机关).",
    .options = options,
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"wave", "批次", OUT_TEXT},
                                            {"unit", "评议对象", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT}};

struct run {
    struct adding adding;
    struct ballotfile file;
    struct ballot_intake intake;
    bool relist;
};

static void print(struct run *r, int64_t id, const char *unit, const char *result)
{
    struct out *out = r->adding.p.out;
    if (id)
        out_number(out, id);
    else
        out_text(out, NULL);
    out_text(out, r->intake.poll.code);
    out_text(out, unit);
    out_text(out, result);
    out_row(out);
}

static bool take_row(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct ballot_vote vote;
    struct gate_who who;
    const char *wave = values[BALLOT_WAVE] ? values[BALLOT_WAVE] : r->adding.values[BALLOT_WAVE];
    (void)line;
    if (!adding_who(&r->adding, values, &who, fault))
        return false;
    if (!wave)
        return fault_add(fault, "no wave");
    if (!ballot_begin(&r->intake, wave, r->relist, &who, fault))
        return false;
    if (r->relist) {
        print(r, 0, NULL, "listed");
        return true;
    }
    if (!ballot_read(&r->intake, values, &who, &vote, fault))
        return false;
    enum gate_result result = ballot_add(&r->intake, &vote, fault);
    if (result == GATE_REFUSED)
        return false;
    print(r, vote.id, vote.unit, result == GATE_DONE ? "added" : "same");
    return true;
}

static void check(const struct run *r)
{
    const struct adding *a = &r->adding;
    static const int voting[] = {BALLOT_VOTER, BALLOT_UNIT, BALLOT_SCORE, BALLOT_REF, BALLOT_AT};
    for (size_t i = 0; i < sizeof voting / sizeof *voting; i++) {
        bool given = a->values[voting[i]];
        if (r->relist && (given || a->source.path))
            args_usage(&a->p.args, "--relist goes with --wave alone");
        if (!r->relist && !a->source.path && !given && voting[i] <= BALLOT_SCORE)
            args_usage(&a->p.args, "--%s is missing", ballot_fields[voting[i]]);
    }
    if (!a->source.path && !a->values[BALLOT_WAVE])
        args_usage(&a->p.args, "--wave is missing");
}

int main(int argc, char **argv)
{
    static const int needed[] = {-1}, beside[] = {BALLOT_WAVE, -1};
    static const struct adding_kind kind = {"ballot",     N_("vote"), ballot_fields, needed,
                                            BALLOT_VOTER, false,      beside};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    while (adding_next(&r.adding)) /* --relist is the only one of its own */
        r.relist = true;
    check(&r);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    r.file = ballotfile_load(r.adding.p.config, r.adding.p.center.db);
    r.intake.center = &r.adding.p.center;
    r.intake.file = &r.file;
    adding_run(&r.adding, take_row, NULL, &r);
    ballot_finish(&r.intake);
    ballotfile_free(&r.file);
    return adding_finish(&r.adding);
}
