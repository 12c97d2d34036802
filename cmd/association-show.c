/* association-show: the column of a trade association (商协会服务专栏). */
#include "base/die.h"
#include "base/fault.h"
#include "base/mask.h"
#include "center/program.h"
#include "enterprise/association.h"
#include "register/sector.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[-F FORMAT] ASSOCIATION ... | -", NULL};
static const struct args_program program = {
    .name = "association-show",
    .title = "商协会服务专栏",
    .synopsis = synopsis,
    .purpose = "Show the column of associations: policies, drafts, requests, activities.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT},  {"part", "类别", OUT_TEXT}, {"item", "编号", OUT_TEXT},
    {"value", "内容", OUT_TEXT}, {"from", "自", OUT_TEXT},   {"until", "至", OUT_TEXT},
    {"state", "状态", OUT_TEXT}, {"said", "说明", OUT_TEXT}};

struct showing {
    struct program p;
    const char *code; /* of the present one */
    long count;
};

static void print_item(void *context, const struct sector_item *item)
{
    struct showing *s = context;
    struct out *out = s->p.out;
    out_text(out, s->code);
    out_code(out, item->part, item->part_name);
    out_text(out, item->item);
    out_text(out, item->value);
    out_moment(out, item->from);
    out_moment(out, item->until);
    out_code(out, item->state, item->state_name);
    out_private(out, mask_text, item->said);
    out_row(out);
    s->count++;
}

static void show_association(void *context, const struct association *association)
{
    struct showing *s = context;
    s->code = association->code;
    sector_each(&s->p.center, association->id, association->code, association->name, print_item, s);
}

static void show(struct showing *s, const char *word)
{
    struct fault fault = {""};
    int64_t id = association_find(s->p.center.db, word);
    if (id) {
        association_each(s->p.center.db, id, NULL, show_association, s);
        return;
    }
    warn("%s", fault_unknown(&fault, "association", word, NULL, NULL));
    s->p.bad++;
}

int main(int argc, char **argv)
{
    struct showing s = {.p = program_start(&program, argc, argv)};
    while (args_next(&s.p.args))
        ;
    if (!s.p.args.operand_count)
        args_usage(&s.p.args, "name the associations to show; association-list lists them");
    program_open(&s.p, OUT_COLUMNS(columns));
    struct args_ids words = args_ids(&s.p.args, 0);
    for (const char *word; (word = args_next_word(&words));)
        show(&s, word);
    s.p.bad += args_ids_end(&words);
    return program_end(&s.p, s.count ? EXIT_DONE : EXIT_NO);
}
