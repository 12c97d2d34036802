#include "report/figures.h"

#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "cli/args.h"
#include "register/registry.h"
#include "report/definitions_private.h"

static bool is_level(const struct config *config, int figure)
{
    return figure >= report_before_count && figure < report_before_count + config->level_count;
}

/* How many there are without those of registers. */
static int count_own(const struct config *config)
{
    return report_before_count + config->level_count + report_after_count;
}

static struct definition define_entry(const struct registry_figure *f)
{
    return (struct definition){.code = f->code,
                               .name = f->name,
                               .source = SOURCE_ENTRIES,
                               .what = f->what,
                               .condition = f->condition,
                               .of = f->of,
                               .shape = f->of                     ? REPORT_RATE
                                        : f->sum != REGISTRY_NONE ? REPORT_MONEY
                                                                  : REPORT_COUNT,
                               .place = REPORT_WHOLE,
                               .spread = f->distinct != REGISTRY_NONE};
}

struct definition report_definition(struct config *config, int figure)
{
    if (figure < report_before_count)
        return report_before_levels[figure];
    if (is_level(config, figure))
        return report_of_level;
    if (figure < count_own(config))
        return report_after_levels[figure - report_before_count - config->level_count];
    return define_entry(registry_figure(registry_all(config), figure - count_own(config)));
}

const char *report_level_of(const struct config *config, int figure)
{
    return is_level(config, figure) ? config->levels[figure - report_before_count].term.code : NULL;
}

int report_figure_count(struct config *config)
{
    return count_own(config) + registry_all(config)->figure_count;
}

struct report_figure report_figure(struct config *config, int figure)
{
    const struct definition d = report_definition(config, figure);
    struct report_figure result = {.code = d.code,
                                   .name = d.name,
                                   .subject = report_subject_of(d.source),
                                   .ids = report_sources[d.source].ids,
                                   .shape = d.shape,
                                   .of = -1,
                                   .place = d.place,
                                   .apart = d.apart};
    if (is_level(config, figure)) {
        const struct term *level = &config->levels[figure - report_before_count].term;
        result.code = arena_format(&config->arena, "overdue-%s", level->code);
        result.name = level->name;
    }
    if (d.of)
        result.of = report_find_figure(config, d.of);
    return result;
}

int report_find_figure(struct config *config, const char *code)
{
    for (int i = 0; i < report_figure_count(config); i++) {
        const char *known = report_definition(config, i).code;
        const char *level = report_level_of(config, i);
        if (known ? !strcmp(known, code)
                  : !strncmp(code, "overdue-", 8) && !strcmp(level, code + 8))
            return i;
    }
    return -1;
}

/* The number of the figure of requests that LENGTH bytes of WORD, a code or a name, are; or -1. */
static int request_figure(struct config *config, const char *word, size_t length)
{
    for (int i = 0; i < report_figure_count(config); i++) {
        const struct report_figure figure = report_figure(config, i);
        const char *const called[] = {figure.code, figure.name};
        for (int j = 0; j < 2 && figure.subject == REPORT_TICKETS; j++)
            if (strlen(called[j]) == length && !strncmp(called[j], word, length))
                return i;
    }
    return -1;
}

bool report_read_figures(struct config *config, const char **list, const char **names,
                         struct fault *fault)
{
    static const char comma[] = "、";
    struct text codes = {0}, called = {0};
    bool good = true;
    for (const char *word = *list; good && *word;) {
        const char *end = strstr(word, comma);
        size_t length = strcspn(word, ",");
        length = end && (size_t)(end - word) < length ? (size_t)(end - word) : length;
        int number = request_figure(config, word, length);
        good =
            number >= 0 || fault_add(fault, "\"%.*s\" is no figure of requests", (int)length, word);
        const struct report_figure figure = report_figure(config, good ? number : 0);
        text_add_format(&codes, "%s%s", codes.length ? "," : "", figure.code);
        text_add_format(&called, "%s%s", called.length ? comma : "", figure.name);
        word += length;
        word += *word == ',' ? 1 : *word ? sizeof comma - 1 : 0;
    }
    *list = good ? arena_string(&config->arena, text_string(&codes)) : *list;
    *names = good ? arena_string(&config->arena, text_string(&called)) : NULL;
    text_free(&codes);
    text_free(&called);
    return good;
}

void report_unknown_figure(const struct args *args, struct config *config)
{
    struct text all = {0};
    for (int i = 0; i < count_own(config); i++)
        text_add_format(&all, "%s%s", i ? ", " : "", report_figure(config, i).code);
    args_usage(args, "unknown figure \"%s\" (%s; of registers: qifu words)", args->value, all.data);
}

bool report_number(const struct report_figure *figure, int64_t value, int64_t of, double *number)
{
    double divisor = 1;
    if (figure->of >= 0 && !of)
        return false;
    if (figure->shape == REPORT_RATE || figure->shape == REPORT_MEAN)
        divisor = (double)of;
    else if (figure->shape == REPORT_MEDIAN)
        divisor = 2;
    else if (figure->shape == REPORT_MONEY)
        divisor = DECIMAL_ONE;
    *number = (double)value / divisor;
    return true;
}
