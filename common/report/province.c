#include "report/province.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"

static void read_name(struct province *province, struct db *db, struct province_center *c)
{
    struct db_query *q = db_query(db, "SELECT value FROM setting WHERE name = 'center'");
    c->name = arena_string(&province->arena, db_step(q) ? db_text(q, 0) : db_path(db));
    db_reset(q);
    c->path = arena_string(&province->arena, db_path(db));
    q = db_query(db, "SELECT hash FROM event WHERE id = 1");
    if (db_step(q))
        db_bytes(q, 0, c->first, sizeof c->first);
    db_reset(q);
}

static void check_other(const struct province *province, const struct province_center *c)
{
    for (int i = 0; i < province->count; i++)
        if (!memcmp(province->centers[i].first, c->first, sizeof c->first))
            die("%s: this is the center of %s, which is counted already", c->path,
                province->centers[i].path);
}

/* The figures of the report's total line. */
static void read_figures(struct province *province, struct province_center *c,
                         const struct report *report)
{
    int count = province->figure_count;
    for (int when = 0; when < PROVINCE_WHENS; when++)
        for (int i = 0; i < count; i++) {
            int64_t value = report_value(report, &report->lines[0], report->at[when], i);
            c->figures[when * count + i] = value;
            province->sums[when * count + i] += value;
        }
}

void province_add(struct province *province, struct center *center,
                  const struct report_period *month)
{
    const struct county_choice whole = {.county = NULL};
    const struct report_plan plan = {.whose = &whole, .period = *month};
    struct province_center c = {.name = NULL};
    read_name(province, center->db, &c);
    check_other(province, &c);
    struct org_table orgs = org_table_load(center->db);
    struct report report = report_compute(center, &orgs, &plan);
    size_t size = (size_t)(PROVINCE_WHENS * report.figure_count);
    province->figure_count = report.figure_count;
    c.figures = arena_zero(&province->arena, size * sizeof *c.figures);
    if (!province->sums)
        province->sums = arena_zero(&province->arena, size * sizeof *province->sums);
    read_figures(province, &c, &report);
    province->centers = mem_grow(province->centers, (size_t)province->count, sizeof c);
    province->centers[province->count++] = c;
    report_free(&report);
    org_table_free(&orgs);
}

void province_free(struct province *province)
{
    free(province->centers);
    arena_free(&province->arena);
}
