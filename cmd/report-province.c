/* report-province: the figures of a month of many centers, added and side by side. */

#include "base/clock.h"
#include "base/die.h"
#include "base/progress.h"
#include "center/program.h"
#include "report/province.h"

static const char *const synopsis[] = {"[-F FORMAT] YYYY-MM [DATABASE ... | -]", NULL};
static const struct args_program program = {
    .name = "report-province",
    .title = "企业诉求办理汇总",
    .synopsis = synopsis,
    .purpose = "Add the figures of a month over the databases of many centers.",
};

static const struct out_column columns[] = {{"scope", "范围", OUT_TEXT},
                                            {"center", "中心", OUT_TEXT},
                                            {"figure", "指标", OUT_TEXT},
                                            {"value", "本月", OUT_NUMBER},
                                            {"of", "分母", OUT_NUMBER},
                                            {"before", "上月", OUT_NUMBER},
                                            {"before_of", "上月分母", OUT_NUMBER},
                                            {"year_before", "去年同期", OUT_NUMBER},
                                            {"year_before_of", "去年同期分母", OUT_NUMBER}};

struct run {
    struct program p;
    struct report_period month;
    struct province province;
};

static void add_center(struct run *r, const char *path)
{
    struct center center = center_open(path, r->p.config, clock_now());
    province_add(&r->province, &center, &r->month);
    center_close(&center);
    progress_step(r->province.count, 0, "centers");
}

/* The databases that are named, or the one that every program would take. */
static void add_centers(struct run *r)
{
    struct args *args = &r->p.args;
    if (args->operand_count == 1) {
        add_center(r, args_database(args));
        return;
    }
    struct args_ids loop = args_ids(args, 1);
    for (const char *path; (path = args_next_word(&loop));)
        add_center(r, path);
    r->p.bad += args_ids_end(&loop);
}

/* Medians are those of a center alone. */
static void print_figure(struct out *out, const struct report_figure *figure, int64_t value,
                         int64_t of, bool is_sum)
{
    if (is_sum && figure->shape == REPORT_MEDIAN)
        out_text(out, NULL);
    else
        out_number(out, value);
    if (figure->of >= 0)
        out_number(out, of);
    else
        out_text(out, NULL);
}

/* A figure of registers that counts nothing in any center is left out, as in a bulletin. */
static bool is_told(const struct run *r, const struct report_figure *figure, int place)
{
    int count = r->province.figure_count;
    bool any = figure->subject != REPORT_ENTRIES;
    for (int when = 0; when < PROVINCE_WHENS && !any; when++)
        any = r->province.sums[when * count + place] ||
              (figure->of >= 0 && r->province.sums[when * count + figure->of]);
    return any;
}

/* Of CENTER, or of all where it is NULL. */
static void print_figures(struct run *r, const char *center, const int64_t *figures)
{
    struct out *out = r->p.out;
    int count = r->province.figure_count;
    for (int i = 0; i < count; i++) {
        const struct report_figure f = report_figure(r->p.config, i);
        if (!is_told(r, &f, i))
            continue;
        out_code(out, center ? "center" : "total", center ? "中心" : "合计");
        out_text(out, center);
        out_code(out, f.code, f.name);
        for (int when = 0; when < PROVINCE_WHENS; when++)
            print_figure(out, &f, figures[when * count + i],
                         f.of >= 0 ? figures[when * count + f.of] : 0, !center);
        out_row(out);
    }
}

int main(int argc, char **argv)
{
    struct run r = {.p = program_start(&program, argc, argv)};
    struct args *args = &r.p.args;
    args_next(args);
    if (!args->operand_count)
        args_usage(args, "name a month, YYYY-MM, and the databases");
    if (!report_parse_month(args->operands[0], clock_now(), &r.month))
        args_usage(args, "not a month: \"%s\" (write 2020-05)", args->operands[0]);
    program_print(&r.p, OUT_COLUMNS(columns));
    add_centers(&r);
    if (r.province.count)
        print_figures(&r, NULL, r.province.sums);
    for (int i = 0; i < r.province.count; i++)
        print_figures(&r, r.province.centers[i].name, r.province.centers[i].figures);
    province_free(&r.province);
    return program_end(&r.p, EXIT_DONE);
}
