/* kb-propose: answers that were rated well, which a person adopts for the knowledge base (kb-add
 * --ticket) or declines here. */
#include "base/die.h"
#include "base/mask.h"
#include "base/text.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/rating.h"
#include "knowledge/proposal.h"

enum { KEY_FROM = ARGS_LONG, KEY_TO, KEY_DECLINE, KEY_REASON, KEY_BY, KEY_AT, BATCH = 200 };

static const struct args_option options[] = {
    {KEY_FROM, "rated-from", "TIME", "rated at this time or later"},
    {KEY_TO, "rated-to", "TIME", "rated at this time or before"},
    {KEY_DECLINE, "decline", NULL, "decline the answers of these tickets"},
    {KEY_REASON, "reason", "TEXT", "with --decline: why"},
    {KEY_BY, "by", "ORG", "with --decline: who does (else the center)"},
    {KEY_AT, "at", "TIME", "with --decline: when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--rated-from TIME] [--rated-to TIME]",
    "[-nq] --decline --reason TEXT [--by ORG] [--at TIME] ID ... | -", NULL};
static const struct args_program program = {
    .name = "kb-propose",
    .title = "知识推荐",
    .synopsis = synopsis,
    .purpose = "List well-rated answers to adopt for the knowledge base, or decline them.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"id", "系统编号", OUT_NUMBER},  {"title", "标题", OUT_TEXT},
    {"org", "答复单位", OUT_TEXT},   {"rating", "评价", OUT_TEXT},
    {"rated", "评价时间", OUT_TEXT}, {"personal", "含个人信息", OUT_TEXT},
    {"answer", "答复", OUT_TEXT}};

struct proposing {
    struct program p;
    bool declines;
    const char *reason, *by;
    struct gate_who who;
    long long from, to;
    long count;
};

/* What is flagged in title and answer; in words for the office. */
static void print_personal(struct out *out, const struct kb_proposal *proposal)
{
    struct text both = {0}, found = {0};
    text_add_format(&both, "%s\n%s", proposal->title, proposal->answer ? proposal->answer : "");
    bool any = kbproposal_add_personal(&found, proposal, both.data, out_in_words(out));
    out_text(out, any ? found.data : NULL);
    text_free(&both);
    text_free(&found);
}

static void print(void *context, const struct kb_proposal *proposal)
{
    struct proposing *g = context;
    struct out *out = g->p.out;
    char digit[2] = {(char)('0' + proposal->rating), '\0'};
    out_number(out, proposal->ticket);
    out_private(out, mask_text, proposal->title);
    out_code(out, org_code(&g->p.orgs, proposal->org), org_name(&g->p.orgs, proposal->org));
    out_code(out, digit, rating_name(proposal->rating));
    out_moment(out, proposal->rated_at);
    print_personal(out, proposal);
    out_private(out, mask_text, proposal->answer);
    out_row(out);
    g->count++;
}

static void read_options(struct proposing *g)
{
    struct args *args = &g->p.args;
    bool deciding = false;
    for (int key; (key = args_next(args));) {
        deciding = deciding || key >= KEY_REASON;
        switch (key) {
        case KEY_FROM: g->from = args_moment(args); break;
        case KEY_TO: g->to = args_moment_end(args); break;
        case KEY_DECLINE: g->declines = true; break;
        case KEY_REASON: g->reason = args->value; break;
        case KEY_BY: g->by = args->value; break;
        default: g->who.at = args_moment(args);
        }
    }
    if (!g->declines && (deciding || args->operand_count))
        args_usage(args, "--decline is missing");
    if (g->declines && (g->from || g->to))
        args_usage(args, "--decline goes without a window of time: name the tickets");
    if (g->declines && (!g->reason || text_is_blank(g->reason)))
        args_usage(args, "--reason is missing");
    if (g->declines && !args->operand_count)
        args_usage(args, "name the tickets");
}

static void decline(struct proposing *g, int64_t id)
{
    struct arena arena = {0};
    struct fault fault = {""};
    struct kb_proposal proposal;
    if (kbproposal_decline(&g->p.center, id, &g->who, g->reason, &arena, &proposal, &fault) !=
        GATE_REFUSED) {
        print(g, &proposal);
    } else {
        warn("%lld: %s", (long long)id, fault.text);
        g->p.bad++;
    }
    arena_free(&arena);
}

static void decline_all(struct proposing *g)
{
    struct args_ids loop = args_ids(&g->p.args, 0);
    int64_t ids[BATCH];
    g->who.by = permit_by(&g->p.center, g->by);
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        program_begin(&g->p);
        for (int i = 0; i < count; i++)
            decline(g, ids[i]);
        program_commit(&g->p);
        out_flush(g->p.out);
    }
    g->p.bad += args_ids_end(&loop);
}

int main(int argc, char **argv)
{
    struct proposing g = {.p = program_start(&program, argc, argv)};
    read_options(&g);
    program_open(&g.p, OUT_COLUMNS(columns));
    if (g.declines)
        decline_all(&g);
    else
        kbproposal_each(g.p.center.db, g.from, g.to, print, &g);
    return program_end(&g.p, g.declines || g.count ? EXIT_DONE : EXIT_NO);
}
