/* kb-find: finds the entries of the knowledge base (知识库) that answer a question. */
#include <stdio.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "center/program.h"
#include "knowledge/find.h"

enum { KEY_MOST = ARGS_LONG, KEY_ALL, MOST = 1000, USUAL = 10 };

static const struct args_option options[] = {
    {KEY_MOST, "most", "N", "so many, at most (10)"},
    {KEY_ALL, "all", NULL, "those that hold no more too"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--all] [--most N] WORD ...", NULL};
static const struct args_program program = {
    .name = "kb-find",
    .title = "知识查询",
    .synopsis = synopsis,
    .purpose = "Find the entries of the knowledge base (知识库) that answer a question.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},    {"code", "代码", OUT_TEXT},      {"title", "标题", OUT_TEXT},
    {"org", "责任单位", OUT_TEXT}, {"until", "有效期至", OUT_TEXT}, {"score", "相关度", OUT_NUMBER},
    {"text", "内容", OUT_TEXT}};

static void print(struct program *p, const struct kb_hit *hit)
{
    struct arena arena = {0};
    struct kb_entry entry;
    char day[DAY_TEXT_SIZE], score[32];
    kb_load(p->center.db, hit->id, &arena, &entry);
    snprintf(score, sizeof score, "%.2f", hit->score);
    out_number(p->out, entry.id);
    out_text(p->out, entry.code);
    out_text(p->out, entry.title);
    out_code(p->out, org_code(&p->orgs, entry.org), org_name(&p->orgs, entry.org));
    out_text(p->out, entry.until == KB_NO_DAY ? NULL : day_print(entry.until, day));
    out_digits(p->out, score);
    out_text(p->out, entry.text);
    out_row(p->out);
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    static struct kb_hit hits[MOST];
    struct program p = program_start(&program, argc, argv);
    struct text question = {0};
    int most = USUAL;
    bool all = false;
    for (int key; (key = args_next(&p.args));) {
        all = all || key == KEY_ALL;
        if (key == KEY_MOST)
            most = args_number(&p.args, 1, MOST);
    }
    if (!p.args.operand_count)
        args_usage(&p.args, "ask something");
    for (int i = 0; i < p.args.operand_count; i++)
        text_add_format(&question, "%s ", p.args.operands[i]);
    program_open(&p, OUT_COLUMNS(columns));
    int day = all ? KB_NO_DAY : clock_day(p.center.now);
    int count = kbfind_best(p.center.db, question.data, day, hits, most);
    if (count < 0)
        die("a question has two characters side by side, or more");
    for (int i = 0; i < count; i++)
        print(&p, &hits[i]);
    text_free(&question);
    return program_end(&p, count ? EXIT_DONE : EXIT_NO);
}
