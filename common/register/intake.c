#include "register/intake.h"

#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/tongue.h"
#include "center/org.h"
#include "cli/args.h"
#include "cli/bulk.h"
#include "enterprise/association.h"
#include "enterprise/enterprise.h"
#include "policy/policy.h"

/* One row that is being read. */
struct reading {
    struct center *center;
    struct arena *arena;
    struct entry *entry;
    struct fault *fault;
    int field; /* the present one */
};

static const struct registry_field *field_of(const struct reading *r)
{
    return &r->entry->registry->fields[r->field];
}

static void put(struct reading *r, const char *text, int64_t number)
{
    if (!entry_has(&r->entry->fields[r->field], text))
        entry_put(r->entry, r->arena, r->field, text, number);
}

static bool refuse(struct reading *r, const char *what, const char *word)
{
    return fault_add(r->fault, "%s: %s \"%s\"", field_of(r)->term.name, tongue(what), word);
}

/* ---- values by their types ---- */

static bool ends_in(const char *word, const char *end)
{
    size_t length = strlen(word), tail = strlen(end);
    return length > tail && !strcmp(word + length - tail, end);
}

static bool ends_in_digit(const char *word)
{
    char last = word[strlen(word) - 1];
    return last >= '0' && last <= '9';
}

/* A number bare, or with its unit behind it; of money one without a unit is in the field's. */
static bool read_number(struct reading *r, const char *word)
{
    char plain[DECIMAL_TEXT_SIZE];
    const struct registry_field *field = field_of(r);
    const char *unit = field->unit ? field->unit : "", *digits = word;
    int64_t number;
    if (*unit && ends_in_digit(word) && field->type == REGISTRY_MONEY)
        digits = arena_format(r->arena, "%s%s", word, unit);
    else if (*unit && ends_in(word, unit) && field->type == REGISTRY_NUMBER)
        digits = arena_bytes(r->arena, word, strlen(word) - strlen(unit));
    bool minus = *digits == '-';
    if (!decimal_parse(digits + minus, &number))
        return refuse(
            r, field->type == REGISTRY_MONEY ? "not an amount of money:" : N_("not a number:"),
            word);
    number = minus ? -number : number;
    put(r, decimal_plain(number, plain), number);
    return true;
}

static bool read_date(struct reading *r, const char *word)
{
    char printed[DAY_TEXT_SIZE];
    int day;
    if (!clock_parse_day(word, &day, NULL))
        return refuse(r, "not a date:", word);
    put(r, day_print(day, printed), day);
    return true;
}

static bool read_choice(struct reading *r, const char *word)
{
    char list[512] = "";
    const struct registry_field *field = field_of(r);
    const struct term *choice = registry_choice(field, word);
    for (int i = 0; i < field->choice_count && !choice; i++)
        text_choice(list, sizeof list, field->choices[i].code, field->choices[i].name);
    if (!choice)
        return fault_add(r->fault, "%s: unknown \"%s\"%s", field->term.name, word, list);
    put(r, choice->code, 0);
    return true;
}

static void put_org(struct reading *r, int64_t id)
{
    put(r, org_find_code(r->center->db, id, r->arena), 0);
}

static bool read_org(struct reading *r, const char *word)
{
    struct fault fault = {""};
    int64_t id = org_find(r->center->db, word);
    if (!id)
        return fault_add(r->fault, "%s: %s", field_of(r)->term.name,
                         org_unknown(r->center->db, word, &fault));
    put_org(r, id);
    return true;
}

static bool read_enterprise(struct reading *r, const char *word)
{
    struct fault fault = {""};
    struct enterprise found;
    int64_t id = enterprise_find(r->center->db, word);
    if (!id || !enterprise_load(r->center->db, id, r->arena, &found))
        return fault_add(r->fault, "%s: %s", field_of(r)->term.name,
                         enterprise_unknown(word, &fault));
    put(r, found.code, 0);
    return true;
}

static bool read_association(struct reading *r, const char *word)
{
    int64_t id = association_find(r->center->db, word);
    if (!id)
        return refuse(r, "unknown association", word);
    put_org(r, id);
    return true;
}

static bool read_policy(struct reading *r, const char *word)
{
    struct fault fault = {""};
    struct policy found;
    int64_t id = policy_find(r->center->db, word);
    if (!id || !policy_load(r->center->db, id, r->arena, &found))
        return fault_add(r->fault, "%s: %s", field_of(r)->term.name,
                         policy_unknown(r->center->db, word, &fault));
    put(r, found.code, 0);
    return true;
}

static bool read_ticket(struct reading *r, const char *word)
{
    int64_t id = args_id(word);
    struct db_query *q = db_query(r->center->db, "SELECT id FROM ticket WHERE id = ?1");
    db_bind(q, 1, id);
    if (!id || !db_first(q))
        return refuse(r, "no such ticket:", word);
    put(r, word, id);
    return true;
}

static bool read_text(struct reading *r, const char *word)
{
    put(r, word, 0);
    return true;
}

static bool read_word(struct reading *r, const char *word)
{
    static bool (*const readers[REGISTRY_TYPES])(struct reading *, const char *) = {
        [REGISTRY_TEXT] = read_text,
        [REGISTRY_NUMBER] = read_number,
        [REGISTRY_MONEY] = read_number,
        [REGISTRY_DATE] = read_date,
        [REGISTRY_CHOICE] = read_choice,
        [REGISTRY_ORG] = read_org,
        [REGISTRY_ENTERPRISE] = read_enterprise,
        [REGISTRY_ASSOCIATION] = read_association,
        [REGISTRY_POLICY] = read_policy,
        [REGISTRY_TICKET] = read_ticket,
        [REGISTRY_PERSON] = read_text,
        [REGISTRY_PHONE] = read_text};
    return readers[field_of(r)->type](r, word);
}

/* ---- several values ---- */

/* A name that a table broke in two ("人民银行徐州市 中心支行"): 2 words are one organisation. */
static bool is_broken(struct reading *r, const char *const *words)
{
    if (field_of(r)->type != REGISTRY_ORG || !words[1] || org_find(r->center->db, words[0]))
        return false;
    return org_find(r->center->db, arena_format(r->arena, "%s%s", words[0], words[1])) != 0;
}

static bool read_several(struct reading *r, const char *cell)
{
    bool good = true;
    for (const char *const *words = bulk_words(r->arena, cell); *words; words++)
        if (is_broken(r, words)) {
            good = read_word(r, arena_format(r->arena, "%s%s", words[0], words[1])) && good;
            words++;
        } else {
            good = read_word(r, *words) && good;
        }
    return good;
}

bool entry_is_whole(const struct entry *entry, struct fault *fault)
{
    const struct registry *registry = entry->registry;
    for (int i = 0; i < registry->field_count; i++)
        if (registry->fields[i].required && !entry->fields[i].count)
            fault_add(fault, "no %s (%s)", registry->fields[i].term.code,
                      registry->fields[i].term.name);
    return !*fault->text;
}

bool entry_read(struct center *center, const struct registry *registry, char *const *values,
                struct arena *arena, struct entry *entry, struct fault *fault)
{
    struct reading r = {center, arena, entry, fault, 0};
    entry->registry = registry;
    for (r.field = 0; r.field < registry->field_count; r.field++) {
        const char *value = values[r.field];
        if (value && *value)
            (field_of(&r)->many ? read_several : read_word)(&r, value);
    }
    return !*fault->text;
}

const char *entry_key(const struct entry *entry, struct arena *arena)
{
    const char *key = NULL;
    for (const int *field = entry->registry->key; *field != REGISTRY_NONE; field++) {
        const struct entry_value *value = entry_first(entry, *field);
        if (!value)
            return NULL;
        key = key ? arena_format(arena, "%s/%s", key, value->text) : value->text;
    }
    return key;
}
