#include "report/policies_print.h"

#include <stdio.h>

#include "base/day.h"
#include "cli/sheet.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "report/policies.h"

bool policybulletin_is_due(const struct center *center)
{
    return policyfigures_any(center->db) || source_any_look(center->db);
}

static void add_count(struct sheet *sheet, int64_t count)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)count);
    sheet_cell(sheet, digits);
}

static void add_row(struct sheet *sheet, const char *name, int64_t count)
{
    sheet_cell(sheet, name);
    add_count(sheet, count);
}

static void print_counts(const struct center *center, const struct report_month *month,
                         bool markdown)
{
    const struct out_column columns[] = {{"figure", "指标", OUT_TEXT},
                                         {"now", month->name, OUT_NUMBER}};
    struct policyfigures figures = policyfigures_count(center->db, month->start, month->end);
    struct sheet sheet = sheet_open(markdown, columns, 2);
    add_row(&sheet, "归集", figures.collected);
    add_row(&sheet, "发布", figures.published);
    add_row(&sheet, "解读", figures.interpreted);
    add_row(&sheet, "推送", figures.pushed);
    add_row(&sheet, "浏览", figures.views);
    sheet_close(&sheet);
}

static const struct out_column late_columns[] = {{"org", "单位", OUT_TEXT},
                                                 {"collect", "归集超期", OUT_TEXT},
                                                 {"publish", "发布超期", OUT_TEXT},
                                                 {"interpret", "解读超期", OUT_TEXT}};

struct late {
    const struct org_table *orgs;
    struct sheet sheet;
    bool markdown, open;
};

static void print_late(void *context, const struct policy_lateness *row)
{
    struct late *late = context;
    char cell[64];
    if (row->late[CLOCK_COLLECT] + row->late[CLOCK_PUBLISH] + row->late[CLOCK_INTERPRET] == 0)
        return;
    if (!late->open)
        late->sheet = sheet_open(late->markdown, late_columns, 1 + POLICY_CLOCKS);
    late->open = true;
    sheet_cell(&late->sheet, row->org ? org_name(late->orgs, row->org) : "（未定单位）");
    for (int i = 0; i < POLICY_CLOCKS; i++) {
        snprintf(cell, sizeof cell, "%lld/%lld", (long long)row->late[i], (long long)row->due[i]);
        sheet_cell(&late->sheet, cell);
    }
}

static const struct out_column source_columns[] = {{"source", "来源", OUT_TEXT},
                                                   {"person", "责任人", OUT_TEXT},
                                                   {"missed", "未检索天数", OUT_NUMBER},
                                                   {"days", "工作日", OUT_NUMBER}};

/* The sources with a working day on which nobody looked. */
static void print_sources(const struct center *center, const struct report_month *month,
                          bool markdown)
{
    struct sources sources = sourcefile_load(center->config);
    struct sheet sheet;
    int first, last, count = 0;
    day_parse_month(month->name, &first, &last);
    for (int i = 0; i < sources.count; i++) {
        const struct source *source = &sources.list[i];
        struct source_month days = source_month(center, source->code, first, last);
        if (!days.missed)
            continue;
        if (!count++)
            sheet = sheet_open(markdown, source_columns, 4);
        sheet_cell(&sheet, source->name);
        sheet_cell(&sheet, source->person);
        add_count(&sheet, days.missed);
        add_count(&sheet, days.days);
    }
    if (count)
        sheet_close(&sheet);
    out_print("政策来源 %d 个，有工作日未检索的 %d 个（休息日、未过完的日子不计）。"
              "超期按期限所在月份计，为超期件数/到期件数。\n\n",
              sources.count, count);
    sourcefile_free(&sources);
}

void policybulletin_print(const struct center *center, const struct org_table *orgs,
                          const struct report_month *month, bool markdown, const char *title)
{
    struct late late = {.orgs = orgs, .markdown = markdown};
    sheet_heading(markdown, 2, title);
    print_counts(center, month, markdown);
    policyfigures_late(center->db, month->start, month->running ? month->end - 1 : month->end,
                       print_late, &late);
    if (late.open)
        sheet_close(&late.sheet);
    print_sources(center, month, markdown);
}
