#include "report/assess_show.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "cli/sheet.h"
#include "report/appeals.h"

enum { DIGITS = 32 };

/* Hundredths as points: 97.5 is 97.50. */
static const char *points(int64_t hundredths, char digits[static DIGITS])
{
    int64_t whole = hundredths < 0 ? -hundredths : hundredths;
    snprintf(digits, DIGITS, "%s%lld.%02d", hundredths < 0 ? "-" : "",
             (long long)(whole / ASSESS_POINT), (int)(whole % ASSESS_POINT));
    return digits;
}

static const char *number(int64_t n, char digits[static DIGITS])
{
    snprintf(digits, DIGITS, "%lld", (long long)n);
    return digits;
}

static struct report_figure figure_of(const struct assess_show *s, const struct assess_item *item)
{
    return assess_figure(s->center->config, item);
}

/* What the figure of a part is, in a cell: 9/10 (90.0%), 2.5, 3. */
static void add_figure(struct text *to, const struct assess_show *s, const struct assess_item *item,
                       const struct assess_part *part)
{
    const struct report_figure f = figure_of(s, item);
    double n;
    char digits[DECIMAL_TEXT_SIZE];
    bool any = report_number(&f, part->value, part->of, &n);
    if (f.shape == REPORT_MEDIAN && any)
        text_add_format(to, "%.1f", n);
    else if (f.shape == REPORT_MEDIAN)
        text_add(to, "—");
    else if (f.shape == REPORT_MONEY)
        text_add(to, decimal_plain(part->value, digits));
    else if (f.of >= 0)
        text_add_format(to, "%lld/%lld", (long long)part->value, (long long)part->of);
    else
        text_add_format(to, "%lld", (long long)part->value);
    if (f.shape == REPORT_RATE && any)
        text_add_format(to, " (%.1f%%)", 100 * n);
    else if (item->figure < 0 && any)
        text_add_format(to, " (%.2f)", n);
}

static const char *group_name(const struct assess_show *s, const char *group)
{
    return report_value_name(s->names, REPORT_GROUP, (struct report_value){0, group});
}

/* The table of one group: rank, organisation, points, then what each item gave. */
static void print_group(const struct assess_show *s, int first, int last)
{
    const struct assessment *a = s->assessment;
    struct arena arena = {0};
    char digits[DIGITS];
    struct out_column *columns = arena_zero(&arena, (size_t)(a->item_count + 5) * sizeof *columns);
    int count = 0;
    columns[count++] = (struct out_column){"rank", "名次", OUT_NUMBER};
    columns[count++] = (struct out_column){"org", "单位", OUT_TEXT};
    columns[count++] = (struct out_column){"points", "总分", OUT_NUMBER};
    for (int i = 0; i < a->item_count; i++)
        columns[count++] = (struct out_column){a->items[i].code, a->items[i].name, OUT_NUMBER};
    columns[count++] = (struct out_column){"given", "奖惩", OUT_NUMBER};
    struct sheet sheet = sheet_open(s->format, columns, count);
    for (int i = first; i < last; i++) {
        const struct assess_score *score = &s->scores->list[i];
        sheet_cell(&sheet, score->rank ? number(score->rank, digits) : "—");
        sheet_cell(&sheet, org_name(s->names->orgs, score->org));
        sheet_cell(&sheet, points(score->points, digits));
        for (int j = 0; j < a->item_count; j++)
            sheet_cell(&sheet,
                       score->parts[j].apart ? "—" : points(score->parts[j].points, digits));
        sheet_cell(&sheet, points(score->given, digits));
    }
    sheet_close(&sheet);
    arena_free(&arena);
}

/* A heading and a table for each group, and in it for those apart. */
static void print_groups(const struct assess_show *s)
{
    const struct assess_scores *scores = s->scores;
    struct text title = {0};
    for (int first = 0, last; first < scores->count; first = last) {
        const struct assess_score *score = &scores->list[first];
        for (last = first; last < scores->count && scores->list[last].order == score->order &&
                           scores->list[last].apart == score->apart;)
            last++;
        text_clear(&title);
        text_add(&title, group_name(s, score->group));
        if (score->apart)
            text_add(&title, "（不足最低件数，不排名）");
        sheet_heading(s->format, 2, title.data);
        print_group(s, first, last);
    }
    text_free(&title);
}

static const char *nothing_name(enum assess_nothing nothing)
{
    static const char *const names[] = {"不得分", "得满分", "不计，按其他项折算"};
    return names[nothing];
}

/* Of which waves the votes of an item are. */
static void add_waves(struct text *to, const struct assess_show *s, const struct assess_item *item)
{
    const char *last = "";
    for (int i = 0; i < s->scores->unit_count; i++) {
        const struct assess_unit *unit = &s->scores->units[i];
        if (&s->assessment->items[unit->item] != item || !strcmp(unit->wave, last))
            continue;
        text_add_format(to, "%s%s", *last ? "、" : "；有效票均分，", unit->wave);
        last = unit->wave;
    }
}

/* How an item is counted, in words. */
static void add_rule(struct text *to, const struct assess_show *s, const struct assess_item *item)
{
    const struct report_figure f = figure_of(s, item);
    char a[DIGITS], b[DECIMAL_TEXT_SIZE], c[DECIMAL_TEXT_SIZE];
    const char *unit = f.shape == REPORT_RATE ? "%" : NULL;
    if (item->each) {
        text_add_format(to, "每件 %s 分，", points(item->each, a));
        text_add_format(to, "至多 %s 分", points(item->points, a));
        return;
    }
    bool less = item->target < item->floor;
    text_add_format(to, "%s 及以%s不得分，%s 及以%s得满分，其间按比例；无件数的%s",
                    decimal_print(item->floor, unit, b), less ? "上" : "下",
                    decimal_print(item->target, unit, c), less ? "下" : "上",
                    nothing_name(item->nothing));
    if (item->figure < 0)
        add_waves(to, s, item);
}

static void print_items(const struct assess_show *s)
{
    static const struct out_column columns[] = {{"item", "项目", OUT_TEXT},
                                                {"figure", "指标", OUT_TEXT},
                                                {"points", "分值", OUT_NUMBER},
                                                {"rule", "计分", OUT_TEXT}};
    char digits[DIGITS];
    struct text rule = {0};
    sheet_heading(s->format, 2, "计分办法");
    struct sheet sheet = sheet_open(s->format, columns, 4);
    for (int i = 0; i < s->assessment->item_count; i++) {
        const struct assess_item *item = &s->assessment->items[i];
        text_clear(&rule);
        add_rule(&rule, s, item);
        sheet_cell(&sheet, item->name);
        sheet_cell(&sheet, figure_of(s, item).name);
        sheet_cell(&sheet, points(item->points, digits));
        sheet_cell(&sheet, rule.data);
    }
    sheet_close(&sheet);
    text_free(&rule);
}

static void print_given(const struct assess_show *s)
{
    static const struct out_column columns[] = {{"org", "单位", OUT_TEXT},
                                                {"points", "分", OUT_NUMBER},
                                                {"reason", "事由", OUT_TEXT},
                                                {"basis", "依据", OUT_TEXT}};
    char digits[DIGITS];
    struct sheet sheet;
    bool any = false;
    for (int i = 0; i < s->assessment->given_count; i++) {
        const struct assess_given *given = &s->assessment->given[i];
        if (given->period.first < s->period->first || given->period.last > s->period->last)
            continue;
        if (!any) {
            sheet_heading(s->format, 2, "奖惩");
            sheet = sheet_open(s->format, columns, 4);
        }
        any = true;
        sheet_cell(&sheet, org_name(s->names->orgs, given->org));
        sheet_cell(&sheet, points(given->points, digits));
        sheet_cell(&sheet, given->reason);
        sheet_cell(&sheet, given->basis);
    }
    if (any)
        sheet_close(&sheet);
}

static const char *appeal_word(const struct assess_show *s, const struct assess_appeal *appeal)
{
    return appeal->granted > 0 && s->assessment->items[appeal->item].appeals
               ? "同意，剔除"
               : appeals_decision(appeal->granted);
}

/* What was appealed against of what is counted. */
static void print_appeals(const struct assess_show *s)
{
    static const struct out_column columns[] = {{"org", "单位", OUT_TEXT},
                                                {"item", "项目", OUT_TEXT},
                                                {"ticket", "工单", OUT_NUMBER},
                                                {"appeal", "申诉编号", OUT_NUMBER},
                                                {"granted", "结论", OUT_TEXT}};
    char digits[DIGITS];
    if (!s->scores->appeal_count)
        return;
    sheet_heading(s->format, 2, "申诉");
    struct sheet sheet = sheet_open(s->format, columns, 5);
    for (int i = 0; i < s->scores->appeal_count; i++) {
        const struct assess_appeal *appeal = &s->scores->appeals[i];
        sheet_cell(&sheet, org_name(s->names->orgs, appeal->org));
        sheet_cell(&sheet, s->assessment->items[appeal->item].name);
        sheet_cell(&sheet, number(appeal->ticket, digits));
        sheet_cell(&sheet, number(appeal->appeal, digits));
        sheet_cell(&sheet, appeal_word(s, appeal));
    }
    sheet_close(&sheet);
}

static void print_notes(const struct assess_show *s)
{
    const struct assessment *a = s->assessment;
    struct text note = {0};
    char digits[DIGITS];
    text_add_format(&note, "依据：%s。每项得分保留两位小数，并列的名次相同；总分不低于 %s 分，",
                    a->basis, points(a->least, digits));
    text_add_format(&note, "不高于 %s 分。", points(a->most, digits));
    if (a->minimum_figure >= 0)
        text_add_format(&note, "%s不足 %lld 件的单位不排名。",
                        report_figure(s->center->config, a->minimum_figure).name,
                        (long long)a->minimum);
    sheet_note(s->format, 0, note.data);
    text_free(&note);
}

/* Of a workbook: what each item gave, every number by itself. */
static void add_data(const struct assess_show *s)
{
    if (s->format != OUT_XLSX)
        return;
    struct out *out = out_open(assess_item_columns, ASSESS_ITEM_COLUMNS, s->format, true);
    out_set_title(out, "明细", NULL);
    assess_list_items(s, out);
    out_close(out);
}

void assess_print(const struct assess_show *s)
{
    struct text title = {0};
    text_add_format(&title, "%s ", center_title(s->center));
    report_add_title(&title, s->period);
    text_add_format(&title, "%s", s->assessment->name);
    sheet_begin(s->format, title.data);
    sheet_heading(s->format, 1, title.data);
    if (s->assessment->example)
        sheet_note(s->format, 1, "本考核的指标、分值均为示例，不是任何机关的考核办法。");
    if (s->period->running)
        sheet_note(s->format, 1, "本期未结束，以下为截至目前的得分。");
    print_groups(s);
    print_items(s);
    print_given(s);
    print_appeals(s);
    print_notes(s);
    add_data(s);
    sheet_end(s->format);
    text_free(&title);
}

const struct out_column assess_columns[ASSESS_COLUMNS] = {
    {"id", "代码", OUT_TEXT},      {"name", "单位", OUT_TEXT},     {"group", "组别", OUT_TEXT},
    {"rank", "名次", OUT_NUMBER},  {"points", "总分", OUT_NUMBER}, {"volume", "件数", OUT_NUMBER},
    {"given", "奖惩", OUT_NUMBER}, {"items", "各项", OUT_TEXT}};

static void list_head(const struct assess_show *s, struct out *out,
                      const struct assess_score *score)
{
    out_text(out, score->code);
    out_text(out, org_name(s->names->orgs, score->org));
    out_code(out, score->group, group_name(s, score->group));
}

static void list_rank(struct out *out, int rank)
{
    if (rank)
        out_number(out, rank);
    else
        out_text(out, NULL);
}

void assess_list(const struct assess_show *s, struct out *out)
{
    char digits[DIGITS];
    struct text items = {0};
    for (int i = 0; i < s->scores->count; i++) {
        const struct assess_score *score = &s->scores->list[i];
        list_head(s, out, score);
        list_rank(out, score->rank);
        out_digits(out, points(score->points, digits));
        out_number(out, score->volume);
        out_digits(out, points(score->given, digits));
        text_clear(&items);
        for (int j = 0; j < s->assessment->item_count; j++)
            text_add_format(&items, "%s%s %s", j ? ", " : "", s->assessment->items[j].code,
                            score->parts[j].apart ? "-" : points(score->parts[j].points, digits));
        out_text(out, items.data);
        out_row(out);
    }
    text_free(&items);
}

const struct out_column assess_item_columns[ASSESS_ITEM_COLUMNS] = {
    {"id", "代码", OUT_TEXT},       {"name", "单位", OUT_TEXT},   {"group", "组别", OUT_TEXT},
    {"item", "项目", OUT_TEXT},     {"figure", "指标", OUT_TEXT}, {"value", "数值", OUT_TEXT},
    {"points", "得分", OUT_NUMBER}, {"most", "分值", OUT_NUMBER}, {"ids", "明细", OUT_TEXT},
    {"appeals", "申诉", OUT_TEXT}};

/* What came of an appeal in the score: its ticket is out, or counts all the same. */
static const char *appeal_code(const struct assess_show *s, const struct assess_appeal *appeal)
{
    return appeal->granted < 0                          ? "waiting"
           : !appeal->granted                           ? "refused"
           : s->assessment->items[appeal->item].appeals ? "out"
                                                        : "counts";
}

/* The appeals against an item's figure: 12 out, of each ticket. */
static void list_appeals(const struct assess_show *s, struct out *out, int64_t org, int item)
{
    struct text list = {0};
    for (int i = 0; i < s->scores->appeal_count; i++) {
        const struct assess_appeal *appeal = &s->scores->appeals[i];
        if (appeal->item == item && appeal->org == org)
            text_add_format(&list, "%s%lld %s", list.length ? ", " : "", (long long)appeal->ticket,
                            appeal_code(s, appeal));
    }
    out_text(out, list.length ? list.data : NULL);
    text_free(&list);
}

/* The commands that list the votes of an item, one for each of the units. */
static void add_votes(struct text *to, const struct assess_show *s, int64_t org, int item)
{
    for (int i = 0; i < s->scores->unit_count; i++) {
        const struct assess_unit *unit = &s->scores->units[i];
        if (unit->item == item && unit->org == org)
            text_add_format(to, "%sballot-rank --votes %s %s", to->length ? "; " : "", unit->unit,
                            unit->wave);
    }
}

/* The command that lists what is behind an item. */
static void list_behind(const struct assess_show *s, struct out *out,
                        const struct assess_score *score, int item)
{
    struct text command = {0};
    const struct assess_item *of = &s->assessment->items[item];
    if (of->figure < 0)
        add_votes(&command, s, score->org, item);
    else {
        text_add_format(&command, "report-period --ids %s --only org=%s ", figure_of(s, of).code,
                        score->code);
        report_add_name(&command, s->period);
    }
    out_text(out, command.length ? command.data : NULL);
    text_free(&command);
}

void assess_list_items(const struct assess_show *s, struct out *out)
{
    char digits[DIGITS];
    struct text value = {0};
    for (int i = 0; i < s->scores->count; i++)
        for (int j = 0; j < s->assessment->item_count; j++) {
            const struct assess_score *score = &s->scores->list[i];
            const struct assess_item *item = &s->assessment->items[j];
            const struct report_figure f = figure_of(s, item);
            text_clear(&value);
            add_figure(&value, s, item, &score->parts[j]);
            list_head(s, out, score);
            out_code(out, item->code, item->name);
            out_code(out, f.code, f.name);
            out_text(out, value.data);
            out_digits(out, score->parts[j].apart ? NULL : points(score->parts[j].points, digits));
            out_digits(out, points(item->points, digits));
            list_behind(s, out, score, j);
            list_appeals(s, out, score->org, j);
            out_row(out);
        }
    text_free(&value);
}

const struct out_column assess_move_columns[ASSESS_MOVE_COLUMNS] = {
    {"id", "代码", OUT_TEXT},
    {"name", "单位", OUT_TEXT},
    {"group", "组别", OUT_TEXT},
    {"rank", "名次", OUT_NUMBER},
    {"new_rank", "新名次", OUT_NUMBER},
    {"points", "总分", OUT_NUMBER},
    {"new_points", "新总分", OUT_NUMBER},
    {"why", "缘由", OUT_TEXT}};

static const struct assess_part *part_of(const struct assessment *a,
                                         const struct assess_score *score, const char *code)
{
    for (int i = 0; i < a->item_count; i++)
        if (!strcmp(a->items[i].code, code))
            return &score->parts[i];
    return NULL;
}

/* One item that gives other points: what, from, to; "-" where there is none. */
static void add_why(struct text *why, const char *code, const struct assess_part *before,
                    const struct assess_part *after)
{
    char a[DIGITS], b[DIGITS];
    bool had = before && !before->apart, has = after && !after->apart;
    if (had == has && (!had || before->points == after->points))
        return;
    text_add_format(why, "%s%s %s -> %s", why->length ? ", " : "", code,
                    had ? points(before->points, a) : "-", has ? points(after->points, b) : "-");
}

/* What gives other points by OTHER, or what others gained where nothing does. */
static void add_whys(struct text *why, const struct assess_show *s,
                     const struct assess_score *score, const struct assessment *other,
                     const struct assess_score *after)
{
    for (int i = 0; i < s->assessment->item_count; i++)
        add_why(why, s->assessment->items[i].code, &score->parts[i],
                part_of(other, after, s->assessment->items[i].code));
    for (int i = 0; i < other->item_count; i++)
        if (!part_of(s->assessment, score, other->items[i].code))
            add_why(why, other->items[i].code, NULL, &after->parts[i]);
    if (score->given != after->given)
        text_add_format(why, "%sgiven", why->length ? ", " : "");
    if (score->apart != after->apart)
        text_add_format(why, "%sminimum", why->length ? ", " : "");
    if (!why->length)
        text_add(why, "others");
}

int assess_list_moves(const struct assess_show *s, const struct assessment *other,
                      const struct assess_scores *others, struct out *out)
{
    char digits[DIGITS];
    struct text why = {0};
    int moves = 0;
    for (int i = 0; i < s->scores->count; i++) {
        const struct assess_score *score = &s->scores->list[i];
        const struct assess_score *after = assess_find(others, score->org);
        if (!after || after->rank == score->rank)
            continue;
        text_clear(&why);
        add_whys(&why, s, score, other, after);
        list_head(s, out, score);
        list_rank(out, score->rank);
        list_rank(out, after->rank);
        out_digits(out, points(score->points, digits));
        out_digits(out, points(after->points, digits));
        out_text(out, why.data);
        out_row(out);
        moves++;
    }
    text_free(&why);
    return moves;
}
