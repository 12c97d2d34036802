#include "report/appeals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "center/permit.h"
#include "cli/sheet.h"
#include "report/figures.h"
#include "ticket/masked.h"

static const struct out_column columns[] = {
    {"ticket", "工单", OUT_NUMBER}, {"org", "申诉单位", OUT_TEXT},
    {"figures", "指标", OUT_TEXT},  {"asked", "申诉时间", OUT_TEXT},
    {"reason", "理由", OUT_TEXT},   {"basis", "依据", OUT_TEXT},
    {"granted", "结论", OUT_TEXT},  {"decided_for", "说明", OUT_TEXT}};

const char *appeals_decision(int granted)
{
    return granted < 0 ? "待定" : granted ? "同意" : "不同意";
}

char *appeals_figures(struct config *config, const char *codes)
{
    struct text names = {0};
    char code[128];
    for (size_t length; *codes; codes += length + (codes[length] == ',')) {
        length = strcspn(codes, ",");
        snprintf(code, sizeof code, "%.*s", (int)length, codes);
        int figure = report_find_figure(config, code);
        text_add_format(&names, "%s%s", names.length ? "、" : "",
                        figure < 0 ? code : report_figure(config, figure).name);
    }
    return names.data ? names.data : mem_string("");
}

static struct db_query *ask(struct center *center, const struct report_period *period)
{
    struct db_query *q = db_query(
        center->db, "SELECT a.ticket_id, a.org_id, a.figures, a.asked_at, a.reason, a.basis,"
                    " a.granted, a.decided_for, t.confidential, t.center FROM appeal a"
                    " JOIN ticket t ON t.id = a.ticket_id WHERE a.asked_at <= ?2"
                    " AND (a.asked_at >= ?1 OR a.decided_at BETWEEN ?1 AND ?2) ORDER BY a.id");
    db_bind(q, 1, period->start);
    db_bind(q, 2, period->end);
    return q;
}

static void print_appeal(struct center *center, const struct org_table *orgs, struct db_query *q,
                         struct sheet *sheet)
{
    const struct ticket ticket = {.confidential = db_number(q, 8) != 0};
    struct text said = {0};
    char number[32], minute[CLOCK_TEXT_SIZE];
    char *figures = appeals_figures(center->config, db_text(q, 2));
    snprintf(number, sizeof number, "%lld", (long long)db_number(q, 0));
    sheet_cell(sheet, number);
    sheet_cell(sheet, org_name(orgs, db_number(q, 1)));
    sheet_cell(sheet, figures);
    sheet_cell(sheet, clock_print(db_number(q, 3), minute));
    sheet_cell(sheet, masked_value(&said, &ticket, MASKED_TEXT, db_text(q, 4), false));
    sheet_cell(sheet, db_text(q, 5));
    sheet_cell(sheet, appeals_decision(db_is_null(q, 6) ? -1 : (int)db_number(q, 6)));
    sheet_cell(sheet, masked_value(&said, &ticket, MASKED_TEXT, db_text(q, 7), false));
    free(figures);
    text_free(&said);
}

void appeals_print(struct center *center, const struct org_table *orgs,
                   const struct county_choice *whose, const struct report_period *period,
                   enum out_format format, void (*head)(void *context), void *context)
{
    struct sheet sheet = {.count = 0};
    struct db_query *q = ask(center, period);
    while (db_step(q)) {
        if (!county_chosen(center, whose, db_number(q, 1)) || !permit_sees(center, db_number(q, 0)))
            continue;
        if (!sheet.count) {
            head(context);
            sheet = sheet_open(format, columns, sizeof columns / sizeof *columns);
        }
        print_appeal(center, orgs, q, &sheet);
    }
    if (sheet.count)
        sheet_close(&sheet);
}
