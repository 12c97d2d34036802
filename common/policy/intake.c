#include "policy/intake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/tongue.h"
#include "center/org.h"
#include "cli/bulk.h"
#include "policy/version.h"

struct reading {
    const struct policyread *read;
    char *const *values;
    struct policy_input *input;
    int faults;
};

static void fault(struct reading *r, int field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fault(struct reading *r, int field, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tongue(format), arguments);
    va_end(arguments);
    r->read->fault(r->read->context, field, message);
    r->faults++;
}

static const char *called(int field)
{
    return tongue_word(policy_field(field)->name, policy_field(field)->word);
}

/* The value is none of what FIELD may be. */
static void unknown(struct reading *r, int field, const char *nearest, const char *otherwise)
{
    struct fault what = {""};
    fault(r, field, "%s",
          fault_unknown(&what, called(field), r->values[field], nearest, otherwise));
}

/* A text, its line ends in one form; of a field that is one line, blanks instead. */
static const char *read_text(struct reading *r, int field, bool one_line)
{
    if (!r->values[field])
        return NULL;
    char *text = arena_string(r->read->arena, r->values[field]), *to = text;
    for (const char *from = text; *from; from++)
        if (*from == '\r' && from[1] == '\n')
            continue;
        else if (*from == '\r' || *from == '\n')
            *to++ = one_line ? ' ' : '\n';
        else
            *to++ = *from;
    *to = '\0';
    return text;
}

/* A code is an operand and the first field of a line. */
static const char *read_code(struct reading *r)
{
    int field = r->values[POLICY_CODE] ? POLICY_CODE : POLICY_DOCUMENT;
    const char *code = read_text(r, field, true);
    bool control = false;
    for (const char *s = code ? code : ""; *s; s++)
        control = control || (unsigned char)*s < ' ' || *s == 0x7f;
    if (code && (control || *code == '-'))
        fault(r, field, "\"%s\" cannot be an id: it starts with a dash or has control characters",
              code);
    return code;
}

static const char *read_word(struct reading *r, int field)
{
    char list[256];
    const char *word = r->values[field], *code = word ? policy_word(field, word) : NULL;
    if (word && !code)
        unknown(r, field, policy_nearest_word(field, word),
                policy_list_words(field, list, sizeof list));
    return code;
}

static void refuse_class(struct reading *r, const struct taxonomy_entry *class)
{
    const struct taxonomy *taxonomy = r->read->taxonomy;
    struct text names = {0};
    for (int i = 0; i < taxonomy->count; i++)
        if (&taxonomy->entries[i] != class &&
            &taxonomy->entries[taxonomy->entries[i].class] == class)
            text_add_format(&names, "%s%s", names.length ? ", " : "",
                            taxonomy->entries[i].term.name);
    fault(r, POLICY_CLASS, "\"%s\" is a class: name one of its subclasses (%s)",
          r->values[POLICY_CLASS], text_string(&names));
    text_free(&names);
}

static const char *read_class(struct reading *r)
{
    const char *word = r->values[POLICY_CLASS];
    const struct taxonomy *taxonomy = r->read->taxonomy;
    const struct taxonomy_entry *entry = word ? taxonomy_find(taxonomy, word) : NULL;
    if (word && !entry)
        unknown(r, POLICY_CLASS, taxonomy_nearest(taxonomy, word), NULL);
    else if (entry && taxonomy_is_class(taxonomy, entry))
        refuse_class(r, entry);
    else if (entry)
        return entry->term.code;
    return NULL;
}

static int64_t read_org(struct reading *r)
{
    struct db *db = r->read->center->db;
    const char *word = r->values[POLICY_ORG], *issuer = r->input->policy.issuer;
    int64_t org = word ? org_find(db, word) : issuer ? org_find(db, issuer) : 0;
    if (word && !org) {
        char *near = org_nearest(db, word);
        unknown(r, POLICY_ORG, near, "; org-list shows them");
        free(near);
    }
    return org;
}

/* A date, also as spreadsheets write it, without a time or at midnight. */
static int read_day(struct reading *r, int field)
{
    int day;
    bool whole;
    const char *value = r->values[field];
    if (!value)
        return POLICY_NO_DAY;
    if (clock_parse_day(value, &day, &whole) && whole)
        return day;
    fault(r, field, "%s is not a date: \"%s\" (write 2020-05-27)", called(field), value);
    return POLICY_NO_DAY;
}

static int64_t read_moment(struct reading *r, int field)
{
    int64_t moment;
    const char *value = r->values[field];
    if (!value)
        return 0;
    if (!clock_parse(value, &moment, NULL))
        fault(r, field, "%s is %s: \"%s\" (write 2020-05-27 or 2020-05-27T09:00)", called(field),
              clock_fault(value), value);
    else if (moment > r->read->center->now)
        fault(r, field, "%s lies in the future: \"%s\"", called(field), value);
    else
        return moment;
    return 0;
}

/* The policies' 135, from the first second of the day of issue, which is not counted. */
static void read_clocks(struct reading *r)
{
    const struct center *center = r->read->center;
    const struct config *config = center->config;
    struct policy *p = &r->input->policy;
    const int days[] = {config->policies.collect_days, config->policies.publish_days,
                        config->policies.interpret_days};
    int64_t *const due[] = {&p->collect_due_at, &p->publish_due_at, &p->interpret_due_at};
    for (int i = 0; i < 3 && p->issued != POLICY_NO_DAY; i++) {
        struct deadline deadline;
        if (!deadline_compute(center_calendar(center), &config->rule, clock_moment(p->issued, 0),
                              days[i], &deadline)) {
            fault(r, POLICY_ISSUED, "issued %s: outside 1990 to 2119", r->values[POLICY_ISSUED]);
            return;
        }
        *due[i] = deadline.due_at;
    }
}

static void check_period(struct reading *r)
{
    const struct policy *p = &r->input->policy;
    if (p->valid_from != POLICY_NO_DAY && p->valid_to != POLICY_NO_DAY &&
        p->valid_to < p->valid_from)
        fault(r, POLICY_VALID_TO, "valid_to %s is before valid_from %s", r->values[POLICY_VALID_TO],
              r->values[POLICY_VALID_FROM]);
}

static int read_pinned(struct reading *r)
{
    static const char *const yes[] = {"true", "yes", "1", "是", "置顶", NULL};
    static const char *const no[] = {"false", "no", "0", "否", NULL};
    const char *value = r->values[POLICY_PINNED];
    for (int i = 0; value && yes[i]; i++)
        if (text_same(value, yes[i]))
            return 1;
    for (int i = 0; value && no[i]; i++)
        if (text_same(value, no[i]))
            return 0;
    if (value)
        fault(r, POLICY_PINNED, "pinned is yes or no (是 or 否), not \"%s\"", value);
    return -1;
}

static void read_field(struct reading *r, int number)
{
    const struct field *field = policy_field(number);
    struct policy *p = &r->input->policy;
    switch (field->means) {
    case POLICY_IS_LINE: *field_text_at(field, p) = read_text(r, number, true); break;
    case POLICY_IS_TEXT: *field_text_at(field, p) = read_text(r, number, false); break;
    case POLICY_IS_CODE: *field_text_at(field, p) = read_code(r); break;
    case POLICY_IS_WORD: *field_text_at(field, p) = read_word(r, number); break;
    case POLICY_IS_CLASS: *field_text_at(field, p) = read_class(r); break;
    case POLICY_IS_ORG: *field_number_at(field, p) = read_org(r); break;
    case POLICY_IS_DAY: *field_day_at(field, p) = read_day(r, number); break;
    case POLICY_IS_MOMENT: *field_number_at(field, p) = read_moment(r, number); break;
    case POLICY_IS_FLAG: r->input->pinned = read_pinned(r); break;
    }
}

/* All fields that mean FIRST to LAST. */
static void read_fields(struct reading *r, enum policy_means first, enum policy_means last)
{
    for (int means = (int)first; means <= (int)last; means++)
        for (int i = 0; i < POLICY_FIELD_COUNT; i++)
            if (policy_field(i)->means == means)
                read_field(r, i);
}

static void check_texts(struct reading *r)
{
    const struct policy *p = &r->input->policy;
    if (p->apply && !policy_is_address(p->apply))
        fault(r, POLICY_APPLY, "apply is not an http or https address: \"%s\"", p->apply);
    if (p->phone && !p->phone[strcspn(p->phone, "0123456789")])
        fault(r, POLICY_PHONE, "phone has no digits: \"%s\"", p->phone);
}

static void check_criteria(struct reading *r)
{
    struct criteria_fault found;
    const char *text = r->input->policy.criteria;
    if (!text)
        return;
    struct criteria *criteria = criteria_parse(r->read->profile, text, &found);
    if (criteria) {
        criteria_free(criteria);
        return;
    }
    struct text message = {0};
    criteria_add_fault(&message, text, &found);
    r->read->fault(r->read->context, POLICY_CRITERIA, text_string(&message));
    r->faults++;
    text_free(&message);
}

int64_t *policyread_names(struct db *db, struct arena *arena, const char *words, int *count,
                          const char **unknown_word)
{
    const char *const *names = bulk_words(arena, words);
    size_t room = 0;
    while (names[room])
        room++;
    int64_t *ids = arena_zero(arena, (room + 1) * sizeof *ids);
    *count = 0;
    *unknown_word = NULL;
    for (; *names; names++) {
        int64_t id = policy_find(db, *names);
        if (id)
            ids[(*count)++] = id;
        else if (!*unknown_word)
            *unknown_word = *names;
    }
    return ids;
}

static void read_supersedes(struct reading *r)
{
    struct db *db = r->read->center->db;
    struct policy_input *input = r->input;
    const char *missing;
    input->supersedes = policyread_names(db, r->read->arena, r->values[POLICY_SUPERSEDES],
                                         &input->supersedes_count, &missing);
    if (missing) {
        char *near = policy_nearest(db, missing);
        struct fault what = {""};
        fault(r, POLICY_SUPERSEDES, "supersedes the %s",
              fault_unknown(&what, "policy", missing, near, NULL));
        free(near);
    }
    int64_t own =
        input->supersedes_count && input->policy.code ? policy_find(db, input->policy.code) : 0;
    for (int i = 0; i < input->supersedes_count; i++)
        if (input->supersedes[i] == own)
            fault(r, POLICY_SUPERSEDES, "a policy cannot supersede itself");
}

/* What is there but wrong was reported already. */
static void check_missing(struct reading *r)
{
    struct text names = {0};
    const struct policy *p = &r->input->policy;
    if (r->read->draft && !r->values[POLICY_TITLE])
        text_add(&names, "title (标题)");
    if (r->read->draft && !p->code)
        text_add_format(&names, "%sid (编号) or document (文号)", names.length ? ", " : "");
    for (int field = -1; !r->read->draft && (field = policy_next_missing(p, field)) >= 0;)
        if (!r->values[field])
            text_add_format(&names, "%s%s (%s)", names.length ? ", " : "",
                            policy_field(field)->name, policy_field(field)->word);
    if (names.length)
        fault(r, -1, "missing: %s", names.data);
    text_free(&names);
}

/* What a field says: a code for a word, a day in one form (in DATE), else as it was written. */
static const char *content_of(const struct reading *r, int field, char date[DAY_TEXT_SIZE])
{
    const struct policy_input *input = r->input;
    enum field_type type = policy_field(field)->type;
    if (type == FIELD_TEXT || type == FIELD_DAY)
        return policy_version_value(&input->policy, field, date);
    if (type == FIELD_FLAG)
        return input->pinned < 0 ? NULL : input->pinned ? "true" : "false";
    return r->values[field];
}

static void add_content(struct reading *r)
{
    struct text json = {0};
    char date[DAY_TEXT_SIZE];
    json_start(&json);
    for (int i = 0; i < POLICY_FIELD_COUNT; i++)
        json_add_text(&json, policy_field(i)->name, content_of(r, i, date));
    json_end(&json);
    r->input->content = arena_string(r->read->arena, json.data);
    text_free(&json);
}

bool policyread(const struct policyread *read, char *const *values, struct policy_input *input)
{
    struct reading r = {.read = read, .values = values, .input = input};
    *input = (struct policy_input){.pinned = -1};
    read_fields(&r, POLICY_IS_LINE, POLICY_IS_DAY);
    check_period(&r);
    read_fields(&r, POLICY_IS_MOMENT, POLICY_IS_MOMENT);
    read_clocks(&r);
    read_fields(&r, POLICY_IS_FLAG, POLICY_IS_FLAG);
    check_texts(&r);
    check_criteria(&r);
    read_supersedes(&r);
    check_missing(&r);
    if (!r.faults)
        add_content(&r);
    return !r.faults;
}
