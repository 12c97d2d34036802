#include "policy/intake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/fault.h"
#include "base/json.h"
#include "center/org.h"
#include "cli/bulk.h"

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
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    r->read->fault(r->read->context, field, message);
    r->faults++;
}

/* VALUE is none of what FIELD may be. */
static void unknown(struct reading *r, enum policy_field field, const char *nearest,
                    const char *otherwise)
{
    struct fault what = {""};
    fault(r, (int)field, "%s",
          fault_unknown(&what, policy_fields[field], r->values[field], nearest, otherwise));
}

/* A text, its line ends in one form; of a field that is one line, blanks instead. */
static const char *read_text(struct reading *r, enum policy_field field, bool one_line)
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

static void read_texts(struct reading *r)
{
    struct policy *p = &r->input->policy;
    p->title = read_text(r, POLICY_TITLE, true);
    p->document = read_text(r, POLICY_DOCUMENT, true);
    p->code = read_text(r, POLICY_CODE, true);
    p->issuer = read_text(r, POLICY_ISSUER, true);
    p->interpreter = read_text(r, POLICY_INTERPRETER, true);
    p->phone = read_text(r, POLICY_PHONE, true);
    p->apply = read_text(r, POLICY_APPLY, true);
    p->implements = read_text(r, POLICY_IMPLEMENTS, true);
    p->source = read_text(r, POLICY_SOURCE, true);
    p->summary = read_text(r, POLICY_SUMMARY, false);
    p->applicants = read_text(r, POLICY_APPLICANTS, false);
    p->conditions = read_text(r, POLICY_CONDITIONS, false);
    p->materials = read_text(r, POLICY_MATERIALS, false);
    p->procedure = read_text(r, POLICY_PROCEDURE, false);
    p->promised = read_text(r, POLICY_PROMISED, false);
    p->criteria = read_text(r, POLICY_CRITERIA, false);
    p->interpretation = read_text(r, POLICY_INTERPRETATION, false);
    if (!p->code)
        p->code = p->document;
}

/* A code is an operand and the first field of a line. */
static void check_code(struct reading *r)
{
    const char *code = r->input->policy.code;
    int field = r->values[POLICY_CODE] ? POLICY_CODE : POLICY_DOCUMENT;
    bool control = false;
    for (const char *s = code ? code : ""; *s; s++)
        control = control || (unsigned char)*s < ' ' || *s == 0x7f;
    if (code && (control || *code == '-'))
        fault(r, field, "\"%s\" cannot be an id: it starts with a dash or has control characters",
              code);
}

static void read_words(struct reading *r)
{
    struct policy *p = &r->input->policy;
    char *const *v = r->values, list[256];
    if (v[POLICY_LEVEL] && !(p->level = policy_level(v[POLICY_LEVEL])))
        unknown(r, POLICY_LEVEL, policy_nearest_level(v[POLICY_LEVEL]),
                policy_list_levels(list, sizeof list));
    if (v[POLICY_KIND] && !(p->kind = policy_kind(v[POLICY_KIND])))
        unknown(r, POLICY_KIND, policy_nearest_kind(v[POLICY_KIND]),
                policy_list_kinds(list, sizeof list));
}

static void read_class(struct reading *r)
{
    const char *word = r->values[POLICY_CLASS];
    const struct taxonomy *taxonomy = r->read->taxonomy;
    if (!word)
        return;
    const struct taxonomy_entry *entry = taxonomy_find(taxonomy, word);
    if (!entry) {
        unknown(r, POLICY_CLASS, taxonomy_nearest(taxonomy, word), NULL);
    } else if (taxonomy_is_class(taxonomy, entry)) {
        struct text names = {0};
        for (int i = 0; i < taxonomy->count; i++)
            if (&taxonomy->entries[i] != entry &&
                &taxonomy->entries[taxonomy->entries[i].class] == entry)
                text_add_format(&names, "%s%s", names.length ? ", " : "",
                                taxonomy->entries[i].term.name);
        fault(r, POLICY_CLASS, "\"%s\" is a class: name one of its subclasses (%s)", word,
              text_string(&names));
        text_free(&names);
    } else {
        r->input->policy.class = entry->term.code;
    }
}

static void read_org(struct reading *r)
{
    struct db *db = r->read->center->db;
    struct policy *p = &r->input->policy;
    const char *word = r->values[POLICY_ORG];
    if (!word) {
        p->org = p->issuer ? org_find(db, p->issuer) : 0;
        return;
    }
    if ((p->org = org_find(db, word)))
        return;
    char *near = org_nearest(db, word);
    unknown(r, POLICY_ORG, near, "; org-list shows them");
    free(near);
}

/* A date, also as spreadsheets write it, without a time or at midnight. */
static int read_day(struct reading *r, enum policy_field field)
{
    int day;
    bool whole;
    const char *value = r->values[field];
    if (!value)
        return POLICY_NO_DAY;
    if (clock_parse_day(value, &day, &whole) && whole)
        return day;
    fault(r, (int)field, "%s is not a date: \"%s\" (write 2020-05-27)", policy_fields[field],
          value);
    return POLICY_NO_DAY;
}

static int64_t read_moment(struct reading *r, enum policy_field field)
{
    int64_t moment;
    const char *value = r->values[field];
    if (!value)
        return 0;
    if (!clock_parse(value, &moment, NULL))
        fault(r, (int)field, "%s is %s: \"%s\" (write 2020-05-27 or 2020-05-27T09:00)",
              policy_fields[field], clock_fault(value), value);
    else if (moment > r->read->center->now)
        fault(r, (int)field, "%s lies in the future: \"%s\"", policy_fields[field], value);
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

static void read_days(struct reading *r)
{
    struct policy *p = &r->input->policy;
    p->issued = read_day(r, POLICY_ISSUED);
    p->valid_from = read_day(r, POLICY_VALID_FROM);
    p->valid_to = read_day(r, POLICY_VALID_TO);
    if (p->valid_from != POLICY_NO_DAY && p->valid_to != POLICY_NO_DAY &&
        p->valid_to < p->valid_from)
        fault(r, POLICY_VALID_TO, "valid_to %s is before valid_from %s", r->values[POLICY_VALID_TO],
              r->values[POLICY_VALID_FROM]);
    p->collected_at = read_moment(r, POLICY_COLLECTED);
    p->published_at = read_moment(r, POLICY_PUBLISHED);
    p->interpreted_at = read_moment(r, POLICY_INTERPRETED);
    read_clocks(r);
}

static void read_pinned(struct reading *r)
{
    static const char *const yes[] = {"true", "yes", "1", "是", "置顶", NULL};
    static const char *const no[] = {"false", "no", "0", "否", NULL};
    const char *value = r->values[POLICY_PINNED];
    r->input->pinned = -1;
    for (int i = 0; value && yes[i]; i++)
        if (text_same(value, yes[i]))
            r->input->pinned = 1;
    for (int i = 0; value && no[i]; i++)
        if (text_same(value, no[i]))
            r->input->pinned = 0;
    if (value && r->input->pinned < 0)
        fault(r, POLICY_PINNED, "pinned is yes or no (是 or 否), not \"%s\"", value);
}

static void check_texts(struct reading *r)
{
    const struct policy *p = &r->input->policy;
    if (p->apply && !policy_is_address(p->apply))
        fault(r, POLICY_APPLY, "apply is no http or https address: \"%s\"", p->apply);
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
            text_add_format(&names, "%s%s (%s)", names.length ? ", " : "", policy_fields[field],
                            policy_field_name((enum policy_field)field));
    if (names.length)
        fault(r, -1, "missing: %s", names.data);
    text_free(&names);
}

/* All that was said, field by field: codes for words, dates in one form. */
static void add_content(struct reading *r)
{
    struct policy_input *input = r->input;
    const struct policy *p = &input->policy;
    const int days[] = {p->issued, p->valid_from, p->valid_to};
    struct text json = {0};
    json_start(&json);
    for (int field = 0; field < POLICY_FIELD_COUNT; field++) {
        char date[DAY_TEXT_SIZE];
        const char *text = policy_text(p, (enum policy_field)field);
        if (field >= POLICY_ISSUED && field <= POLICY_VALID_TO)
            text = days[field - POLICY_ISSUED] == POLICY_NO_DAY
                       ? NULL
                       : day_print(days[field - POLICY_ISSUED], date);
        else if (field == POLICY_PINNED)
            text = input->pinned < 0 ? NULL : input->pinned ? "true" : "false";
        else if (!text)
            text = r->values[field];
        json_add_text(&json, policy_fields[field], text);
    }
    json_end(&json);
    input->content = arena_string(r->read->arena, json.data);
    text_free(&json);
}

bool policyread(const struct policyread *read, char *const *values, struct policy_input *input)
{
    struct reading r = {.read = read, .values = values, .input = input};
    *input = (struct policy_input){.pinned = -1};
    read_texts(&r);
    check_code(&r);
    read_words(&r);
    read_class(&r);
    read_org(&r);
    read_days(&r);
    read_pinned(&r);
    check_texts(&r);
    check_criteria(&r);
    read_supersedes(&r);
    check_missing(&r);
    if (!r.faults)
        add_content(&r);
    return !r.faults;
}
