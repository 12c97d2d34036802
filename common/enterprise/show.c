#include "enterprise/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/mask.h"
#include "center/log.h"
#include "enterprise/asof.h"
#include "enterprise/enterprise.h"
#include "enterprise/relations.h"

const struct out_column enterprisefields_columns[ENTERPRISEFIELDS_COLUMNS] = {
    {"code", "统一社会信用代码", OUT_TEXT},
    {"part", "类别", OUT_TEXT},
    {"item", "项目", OUT_TEXT},
    {"value", "内容", OUT_TEXT},
    {"from", "自", OUT_TEXT},
    {"until", "至", OUT_TEXT},
    {"state", "状态", OUT_TEXT},
    {"basis", "依据", OUT_TEXT}};

/* ---- in json an object with a list for each part; elsewhere a row each */

static void end_list(struct enterprisefields *f)
{
    if (f->list)
        out_end_list(f->out);
    f->list = NULL;
}

static void start_item(struct enterprisefields *f, const char *part)
{
    if (!f->list || strcmp(f->list, part) != 0) {
        end_list(f);
        out_begin_list(f->out, part, NULL, NULL);
        f->list = part;
    }
    out_begin_item(f->out, NULL, NULL);
}

static void add_value(struct enterprisefields *f, const char *name,
                      const struct enterpriseitem *item)
{
    if (item->number)
        out_member_json(f->out, name, NULL, item->value, NULL);
    else
        out_member(f->out, name, NULL, item->value, NULL);
}

static void add_json(struct enterprisefields *f, const struct enterpriseitem *item)
{
    if (!strcmp(item->part, "fields")) {
        add_value(f, item->name, item);
        return;
    }
    start_item(f, item->part);
    out_member(f->out, "item", NULL, item->name, NULL);
    add_value(f, "value", item);
    out_member(f->out, "from", NULL, item->from, NULL);
    out_member(f->out, "until", NULL, item->until, NULL);
    out_member(f->out, "state", NULL, item->state, NULL);
    out_member(f->out, "basis", NULL, item->basis, NULL);
    out_end_item(f->out);
}

void enterprisefields_add(struct enterprisefields *f, const struct enterpriseitem *item)
{
    if (out_is_json(f->out)) {
        add_json(f, item);
        return;
    }
    out_text(f->out, f->code);
    out_code(f->out, item->part, item->part_name);
    out_code(f->out, item->name, item->title);
    out_code(f->out, item->value, item->shown);
    out_text(f->out, item->from);
    out_text(f->out, item->until);
    out_code(f->out, item->state, item->state_name);
    out_text(f->out, item->basis);
    out_row(f->out);
}

/* ---- its texts ---- */

/* VALUE of a field, masked by what it means; in TEXT. */
static void mask(struct text *text, const struct field *field, const char *value)
{
    switch (field->means) {
    case ENTERPRISE_IS_PERSON: mask_name(text, value); break;
    case ENTERPRISE_IS_PHONE: mask_phone(text, value); break;
    case ENTERPRISE_IS_EXTRA: mask_json(text, value); break;
    default: text_add(text, value);
    }
}

static void print_field(struct enterprisefields *f, const struct field *field, const char *value)
{
    struct text shown = {0};
    if (f->unmask)
        text_add(&shown, value);
    else
        mask(&shown, field, value);
    enterprisefields_add(
        f, &(struct enterpriseitem){.part = "fields",
                                    .part_name = "登记",
                                    .name = field->name,
                                    .title = field->word,
                                    .value = text_string(&shown),
                                    .number = out_is_json(f->out) && *text_string(&shown) == '{'});
    text_free(&shown);
}

static void print_texts(struct enterprisefields *f, const struct enterprise *e)
{
    for (int i = 0; i < enterprise_table.count; i++) {
        const struct field *field = enterprise_field(i);
        const char *value = field_text(field, e);
        if (value && field->means != ENTERPRISE_IS_KEY)
            print_field(f, field, value);
    }
}

/* ---- facts and tags ---- */

/* Whether FACTS[I] is the one that holds of its fact on the day, one before it, or one to come. */
enum when { WHEN_PAST, WHEN_PRESENT, WHEN_FUTURE };

static enum when when_of(const struct enterprise_fact *facts, int count, int i, int day)
{
    if (facts[i].from > day)
        return WHEN_FUTURE;
    bool last = i + 1 >= count || facts[i + 1].fact != facts[i].fact || facts[i + 1].from > day;
    return last ? WHEN_PRESENT : WHEN_PAST;
}

/* The value for programs, in BUFFER or owned by others. */
static const char *plain_value(const struct profile *profile, const struct enterprise_fact *fact,
                               char buffer[static DECIMAL_TEXT_SIZE])
{
    char code[PROFILE_CODE_SIZE];
    switch (profile->facts[fact->fact].type) {
    case FACT_NUMBER: return decimal_plain(fact->value.low, buffer);
    case FACT_DATE: return day_print((int)fact->value.low, buffer);
    case FACT_TAG:
        if (!fact->value.high)
            return "no";
        return fact->value.low == fact->value.high ? profile_levels[fact->value.low - 1] : "yes";
    default: {
        const char *found = profile_code(profile, fact->fact, fact->value, code);
        if (found == code)
            return strcpy(buffer, code);
        return found;
    }
    }
}

static void set_state(struct enterpriseitem *item, const struct enterprise_fact *fact,
                      enum when when, int day)
{
    bool ended = fact->until < day;
    item->state = when == WHEN_FUTURE ? "future"
                  : when == WHEN_PAST ? "past"
                  : ended             ? "expired"
                                      : "present";
    item->state_name = when == WHEN_FUTURE ? "未到"
                       : when == WHEN_PAST ? "以前"
                       : ended             ? "已过期"
                                           : "有效";
}

static void print_fact(struct enterprisefields *f, const struct enterprise_fact *fact,
                       enum when when)
{
    const struct fact_name *name = &f->profile->facts[fact->fact];
    bool is_tag = name->type == FACT_TAG;
    char buffer[DECIMAL_TEXT_SIZE], from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    struct text shown = {0};
    profile_print(f->profile, fact->fact, fact->value, &shown);
    struct enterpriseitem item = {
        .part = is_tag ? "tags" : "facts",
        .part_name = is_tag ? "标签" : "指标",
        .name = name->code,
        .title = name->name,
        .value = plain_value(f->profile, fact, buffer),
        .shown = shown.data,
        .number = name->type == FACT_NUMBER,
        .from = day_print(fact->from, from),
        .until = fact->until == ENTERPRISE_NO_DAY ? NULL : day_print(fact->until, until)};
    set_state(&item, fact, when, f->day);
    enterprisefields_add(f, &item);
    text_free(&shown);
}

static void print_facts(struct enterprisefields *f, const struct enterprise_fact *facts, int count,
                        bool tags)
{
    for (int i = 0; i < count; i++) {
        enum when when = when_of(facts, count, i, f->day);
        bool is_tag = f->profile->facts[facts[i].fact].type == FACT_TAG;
        if (is_tag == tags && (f->history || when == WHEN_PRESENT))
            print_fact(f, &facts[i], when);
    }
}

/* ---- the size ---- */

/* 工业: 从业人员 250人, 营业收入 未知 */
static void add_measures(struct text *out, const struct profile *profile,
                         const struct population *population)
{
    struct fact_range industry = population->columns[FACT_OF_INDUSTRY][0];
    const struct size_rule *rule = profile_size_rule(profile, industry);
    if (!rule)
        return;
    text_add(out, rule->name);
    for (int i = 0; i < 2 && rule->measures[i] >= 0; i++) {
        int fact = rule->measures[i];
        text_add_format(out, "%s%s ", i ? "，" : "：", profile->facts[fact].name);
        profile_print(profile, fact, population->columns[fact][0], out);
    }
}

static void print_size(struct enterprisefields *f, int64_t id)
{
    struct population population = census_of_one(f->center->db, f->profile, id, f->day);
    struct fact_range size = population.columns[FACT_OF_SIZE][0];
    const char *const *codes = f->profile->facts[FACT_OF_SIZE].values;
    struct text value = {0}, shown = {0}, basis = {0};
    if (size.low == INT64_MIN) {
        population_free(&population);
        return;
    }
    text_add(&value, codes[size.low - 1]);
    if (size.high != size.low)
        text_add_format(&value, "..%s", codes[size.high - 1]);
    profile_print(f->profile, FACT_OF_SIZE, size, &shown);
    add_measures(&basis, f->profile, &population);
    enterprisefields_add(f, &(struct enterpriseitem){.part = "facts",
                                                     .part_name = "指标",
                                                     .name = f->profile->facts[FACT_OF_SIZE].code,
                                                     .title = f->profile->facts[FACT_OF_SIZE].name,
                                                     .value = value.data,
                                                     .shown = shown.data,
                                                     .state = "computed",
                                                     .state_name = "推算",
                                                     .basis = basis.data});
    text_free(&value);
    text_free(&shown);
    text_free(&basis);
    population_free(&population);
}

/* ---- ties ---- */

static void print_tie(void *context, enum tie kind, const char *code, const char *name,
                      int64_t since)
{
    static const char *const parts[] = {"associations", "liaisons", "policies"};
    static const char *const names[] = {"行商协会", "助企员", "推送政策"};
    char day[DAY_TEXT_SIZE];
    enterprisefields_add(
        context, &(struct enterpriseitem){.part = parts[kind],
                                          .part_name = names[kind],
                                          .name = code,
                                          .value = name,
                                          .from = since ? day_print(clock_day(since), day) : NULL});
}

bool enterprisefields_print(struct enterprisefields *f, int64_t id, const char *program)
{
    struct arena arena = {0};
    struct enterprise enterprise;
    struct enterprise_fact *facts;
    if (!enterprise_load(f->center->db, id, &arena, &enterprise)) {
        arena_free(&arena);
        return false;
    }
    f->code = enterprise.code;
    out_begin_record(f->out, f->code, false);
    int count = enterprise_history(f->center->db, f->profile, id, &arena, &facts);
    print_texts(f, &enterprise);
    print_facts(f, facts, count, false);
    print_size(f, id);
    print_facts(f, facts, count, true);
    enterpriseties_each(f->center->db, id, print_tie, f);
    f->more(f, id, enterprise.code, enterprise.name);
    end_list(f);
    out_end_record(f->out);
    if (f->unmask) {
        center_begin(f->center, false);
        event_add_unmasked(f->center, 0, program, "enterprise", f->code);
        db_commit(f->center->db);
    }
    arena_free(&arena);
    return true;
}
