/* kb-check: looks for entries of the knowledge base (知识库) that should not be answered with. */
#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "knowledge/check.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[-F FORMAT]", NULL};
static const struct args_program program = {
    .name = "kb-check",
    .title = "知识核查",
    .synopsis = synopsis,
    .purpose = "Look for entries of the knowledge base (知识库) that should not be answered with.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},    {"code", "代码", OUT_TEXT},    {"title", "标题", OUT_TEXT},
    {"org", "责任单位", OUT_TEXT}, {"finding", "问题", OUT_TEXT}, {"about", "说明", OUT_TEXT}};

struct checking {
    struct program p;
    long found;
};

static void print(void *context, const struct kb_finding *finding)
{
    struct checking *c = context;
    struct out *out = c->p.out;
    out_number(out, finding->id);
    out_text(out, finding->code);
    out_text(out, finding->title);
    out_code(out, org_code(&c->p.orgs, finding->org), org_name(&c->p.orgs, finding->org));
    out_code(out, finding->finding, finding->word);
    out_text(out, finding->about);
    out_row(out);
    c->found++;
}

int main(int argc, char **argv)
{
    struct checking c = {.p = program_start(&program, argc, argv)};
    while (args_next(&c.p.args))
        ;
    if (c.p.args.operand_count)
        args_usage(&c.p.args, "no operand is expected");
    program_open(&c.p, OUT_COLUMNS(columns));
    kbcheck_each(c.p.center.db, clock_day(c.p.center.now), print, &c);
    return program_end(&c.p, c.found ? EXIT_NO : EXIT_DONE);
}
