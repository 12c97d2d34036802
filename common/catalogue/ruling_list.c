#include "catalogue/ruling_list.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

const struct out_column rulinglist_columns[RULINGLIST_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},      {"ticket", "工单", OUT_NUMBER},
    {"ruled", "裁定时间", OUT_TEXT}, {"lead", "主办", OUT_TEXT},
    {"assist", "协办", OUT_TEXT},    {"words", "词语", OUT_TEXT},
    {"category", "类别", OUT_TEXT},  {"basis", "依据", OUT_TEXT},
    {"once", "仅限本件", OUT_TEXT},  {"retired", "停用时间", OUT_TEXT},
    {"why", "停用理由", OUT_TEXT}};

/* The texts of a JSON list, divided by blanks; codes of ORGS as words where it is not NULL. */
static void print_list(struct out *out, const char *json, const struct org_table *orgs)
{
    struct arena arena = {0};
    struct text joined = {0};
    for (const char *const *list = json_read_list(&arena, json); *list; list++) {
        const char *name = orgs && out_in_words(out) ? org_name_of(orgs, *list) : NULL;
        text_add_format(&joined, "%s%s", joined.length ? " " : "", name ? name : *list);
    }
    out_text(out, joined.data);
    text_free(&joined);
    arena_free(&arena);
}

void rulinglist_print(struct out *out, const struct org_table *orgs, const struct ruling *ruling)
{
    out_number(out, ruling->id);
    if (ruling->ticket_id)
        out_number(out, ruling->ticket_id);
    else
        out_text(out, NULL);
    out_moment(out, ruling->at);
    out_code(out, org_code(orgs, ruling->lead), org_name(orgs, ruling->lead));
    print_list(out, ruling->assists, orgs);
    print_list(out, ruling->words, NULL);
    out_text(out, ruling->category);
    out_text(out, ruling->basis);
    out_code(out, ruling->once ? "once" : NULL, "是");
    out_moment(out, ruling->retired_at);
    out_text(out, ruling->retired_for);
    out_row(out);
}
