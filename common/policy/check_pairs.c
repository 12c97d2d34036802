#include "policy/check_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "criteria/describe.h"
#include "meaning/compare.h"

/* ---- the stock ---- */

static int compare_keys(const void *a, const void *b)
{
    const struct policy_key *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->policy > y->policy) - (x->policy < y->policy);
}

static void add_key(struct policypairs *pairs, struct policy_key *keys, int *used, const char *key,
                    int policy)
{
    keys[(*used)++] = (struct policy_key){arena_string(&pairs->arena, key), policy};
}

/* Title and issuer as they are compared. */
static const char *title_key(struct text *key, struct text *part, const struct policy *policy)
{
    text_clear(key);
    text_clear(part);
    text_fold(part, policy->title);
    text_add(key, text_string(part));
    text_add_char(key, '\n');
    text_clear(part);
    text_fold(part, policy->issuer ? policy->issuer : "");
    text_add(key, text_string(part));
    return text_string(key);
}

static void sort_keys(struct policy_key *keys, int count)
{
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
}

struct policypairs policypairs_new(const struct policy *policies, int count)
{
    struct policypairs pairs = {.policies = policies, .count = count};
    struct text key = {0}, part = {0};
    size_t room = ((size_t)count + 1) * sizeof *pairs.by_code;
    int codes = 0, titles = 0;
    pairs.by_code = arena_zero(&pairs.arena, room);
    pairs.by_document = arena_zero(&pairs.arena, room);
    pairs.by_title = arena_zero(&pairs.arena, room);
    for (int i = 0; i < count; i++) {
        add_key(&pairs, pairs.by_code, &codes, policies[i].code, i);
        add_key(&pairs, pairs.by_title, &titles, title_key(&key, &part, &policies[i]), i);
        if (policies[i].document)
            add_key(&pairs, pairs.by_document, &pairs.document_count, policies[i].document, i);
    }
    sort_keys(pairs.by_code, codes);
    sort_keys(pairs.by_title, titles);
    sort_keys(pairs.by_document, pairs.document_count);
    text_free(&key);
    text_free(&part);
    return pairs;
}

void policypairs_free(struct policypairs *pairs)
{
    arena_free(&pairs->arena);
    *pairs = (struct policypairs){.policies = NULL};
}

/* The first place in KEYS that has KEY; stores how many have it. */
static const struct policy_key *find_keys(const struct policy_key *keys, int count, const char *key,
                                          int *found)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(keys[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = 0;
    while (low + *found < count && !strcmp(keys[low + *found].key, key))
        ++*found;
    return keys + low;
}

const struct policy *policypairs_find(const struct policypairs *pairs, const char *word)
{
    int found;
    const struct policy_key *key = find_keys(pairs->by_code, pairs->count, word, &found);
    if (!found)
        key = find_keys(pairs->by_document, pairs->document_count, word, &found);
    return found == 1 ? &pairs->policies[key->policy] : NULL;
}

bool policypairs_is_open(const struct policy *policy)
{
    return !strcmp(policy->state, "draft") || !strcmp(policy->state, "published");
}

/* ---- what they ask for ---- */

enum { MOST_LOOKS = 1000000 };

struct pairing {
    const struct profile *profile;
    const struct policy *policy, *other;
    struct criteria *criteria[2]; /* POLICY's own, and OTHER's */
    int day;
    bool implements; /* OTHER is what POLICY implements */
    struct text message;
    pair_take *take;
    void *context;
};
enum { OWN, OTHERS }; /* numbers of the criteria */

/* The values of a fact that who meets each of the criteria can have, by cell. */
struct values {
    const struct space_fact *fact;
    bool *can[2];
};

static void find_values(struct comparing *comparing, int fact, struct arena *arena,
                        struct values *values)
{
    values->fact = space_fact(comparing->space, fact);
    for (int i = OWN; i <= OTHERS; i++) {
        values->can[i] = arena_zero(arena, (size_t)values->fact->cell_count * sizeof(bool));
        comparing_cells(comparing, i, values->fact, values->can[i]);
    }
}

/* True where no value stands in both. */
static bool are_apart(const struct values *v)
{
    for (int i = 0; i < v->fact->cell_count; i++)
        if (v->can[OWN][i] && v->can[OTHERS][i])
            return false;
    return true;
}

/* True where some value stands in the other's alone. */
static bool is_beyond(const struct values *v)
{
    for (int i = 0; i < v->fact->cell_count; i++)
        if (v->can[OTHERS][i] && !v->can[OWN][i])
            return true;
    return false;
}

/* The cells of CAN as a condition would ask for them. */
static void add_need(struct pairing *c, const struct space_fact *f, const bool *can)
{
    struct arena arena = {0};
    struct condition condition = {.fact = f->fact};
    int left_out = 0;
    for (int i = 0; i < f->cell_count; i++) {
        struct condition_range *last =
            condition.range_count ? &condition.ranges[condition.range_count - 1] : NULL;
        left_out += !can[i];
        if (!can[i] || f->cells[i].low == INT64_MIN)
            continue;
        if (last && i && can[i - 1])
            last->high = bound_fixed(f->cells[i].high);
        else if (condition.range_count < CONDITION_MOST_RANGES)
            condition_add(&arena, &condition, bound_fixed(f->cells[i].low),
                          bound_fixed(f->cells[i].high));
    }
    if (left_out)
        need_add(&c->message, c->profile, &condition, c->day);
    else
        text_add(&c->message, "任何值");
    arena_free(&arena);
}

static void add_fact(struct text *out, const struct fact_name *fact)
{
    if (fact->type == FACT_TAG)
        text_add_format(out, "tag %s", fact->code);
    else
        text_add_format(out, "%s (%s)", fact->code, fact->name);
}

/* What is found, up to the colon. */
static void begin(struct pairing *c, enum pair_finding finding)
{
    text_clear(&c->message);
    if (finding == PAIR_STRICTER)
        text_add_format(&c->message,
                        "asks for more than %s, which it implements: ", c->other->code);
    else
        text_add_format(&c->message, "contradicts %s%s: ", c->other->code,
                        c->implements ? ", which it implements" : " of the same document");
}

static void report(struct pairing *c, enum pair_finding finding, const struct values *v)
{
    begin(c, finding);
    add_fact(&c->message, &c->profile->facts[v->fact->fact]);
    text_add(&c->message, " ");
    add_need(c, v->fact, v->can[OWN]);
    text_add(&c->message, ", there ");
    add_need(c, v->fact, v->can[OTHERS]);
    c->take(c->context, finding, text_string(&c->message));
}

/* Reports each fact that POLICY asks for, and not set ASIDE, of which IS_SO; returns how many. */
static int report_facts(struct pairing *c, struct comparing *comparing, enum pair_finding finding,
                        bool (*is_so)(const struct values *), const bool *aside)
{
    bool *seen = mem_zero((size_t)c->profile->fact_count, sizeof *seen);
    int count = 0;
    for (int i = 0; i < c->criteria[OWN]->condition_count; i++) {
        struct arena arena = {0};
        struct values values;
        int fact = c->criteria[OWN]->conditions[i]->fact;
        if (seen[fact] || (aside && aside[fact]))
            continue;
        seen[fact] = true;
        find_values(comparing, fact, &arena, &values);
        if (is_so(&values)) {
            report(c, finding, &values);
            count++;
        }
        arena_free(&arena);
    }
    free(seen);
    return count;
}

static struct comparing *compare(const struct pairing *c, const bool *aside)
{
    return comparing_new(c->profile, c->day, c->criteria, 2, aside, MOST_LOOKS);
}

static void report_undecided(struct pairing *c)
{
    text_clear(&c->message);
    text_add_format(&c->message,
                    "its criteria and those of %s are not compared within %d looks at conditions",
                    c->other->code, MOST_LOOKS);
    c->take(c->context, PAIR_UNJUDGED, text_string(&c->message));
}

/* ---- contradictions ---- */

/* Facts by whose values two criteria exclude each other. */
struct parting {
    bool *facts;
    bool ordered; /* all of them are numbers, days or choices */
    int count;
};

static void part_by(struct comparing *comparing, int fact, struct parting *parting)
{
    struct arena arena = {0};
    struct values values;
    enum fact_type type = comparing->space->profile->facts[fact].type;
    find_values(comparing, fact, &arena, &values);
    if (are_apart(&values)) {
        parting->facts[fact] = true;
        parting->count++;
        parting->ordered &= type == FACT_NUMBER || type == FACT_DATE || type == FACT_CHOICE;
    }
    arena_free(&arena);
}

static struct parting find_parting(const struct pairing *c, struct comparing *comparing)
{
    struct parting parting = {.ordered = true};
    parting.facts = mem_zero((size_t)c->profile->fact_count, sizeof *parting.facts);
    for (int i = 0; i < c->criteria[OWN]->condition_count; i++) {
        int fact = c->criteria[OWN]->conditions[i]->fact;
        if (!parting.facts[fact])
            part_by(comparing, fact, &parting);
    }
    return parting;
}

/* Articles of one document for different enterprises are no contradiction: those of other places,
 * trades or titles, nor the steps of a reward, which ask for the same but for an amount. */
static bool is_meant(const struct pairing *c, struct comparing *comparing)
{
    struct parting parting = find_parting(c, comparing);
    bool meant = parting.count > 0 && !parting.ordered;
    if (parting.count && parting.ordered) {
        struct comparing *rest = compare(c, parting.facts);
        meant = comparing_pair(rest, OWN, OTHERS)->relation == RELATION_EQUIVALENT;
        comparing_free(rest);
    }
    free(parting.facts);
    return meant;
}

static void report_contradiction(struct pairing *c, struct comparing *comparing)
{
    if (!c->implements && is_meant(c, comparing))
        return;
    if (report_facts(c, comparing, PAIR_CONTRADICTS, are_apart, NULL))
        return;
    begin(c, PAIR_CONTRADICTS);
    text_add(&c->message, "nobody can meet both");
    c->take(c->context, PAIR_CONTRADICTS, text_string(&c->message));
}

/* ---- asking for more ---- */

/* No fact alone tells: one who is refused. */
static void report_refused(struct pairing *c, struct comparing *comparing)
{
    struct text one = {0};
    begin(c, PAIR_STRICTER);
    comparing_describe(comparing, OWN, OTHERS, QUADRANT_SECOND, &one);
    text_add_format(&c->message, "it refuses %s", text_string(&one));
    c->take(c->context, PAIR_STRICTER, text_string(&c->message));
    text_free(&one);
}

/* That a city's policy is for its own enterprises alone asks for nothing more. */
static void report_stricter(struct pairing *c)
{
    bool *aside = mem_zero((size_t)c->profile->fact_count, sizeof *aside);
    for (int i = 0; i < c->profile->fact_count; i++)
        aside[i] = c->profile->facts[i].type == FACT_REGION;
    struct comparing *comparing = compare(c, aside);
    enum possible more = comparing_pair(comparing, OWN, OTHERS)->can[QUADRANT_SECOND];
    if (more == POSSIBLE_UNDECIDED)
        report_undecided(c);
    if (more == POSSIBLE_YES && !report_facts(c, comparing, PAIR_STRICTER, is_beyond, aside))
        report_refused(c, comparing);
    comparing_free(comparing);
    free(aside);
}

static void compare_criteria(struct pairing *c)
{
    struct comparing *comparing = compare(c, NULL);
    switch (comparing_pair(comparing, OWN, OTHERS)->relation) {
    case RELATION_NEVER: break; /* found without the other one */
    case RELATION_UNDECIDED: report_undecided(c); break;
    case RELATION_DISJOINT: report_contradiction(c, comparing); break;
    default:
        if (c->implements)
            report_stricter(c);
    }
    comparing_free(comparing);
}

/* Criteria that cannot be read are found on their own. */
static void compare_with(struct pairing *c, const struct policy *other, bool implements)
{
    struct criteria_fault fault;
    if (!c->criteria[OWN] || !other->criteria)
        return;
    c->other = other;
    c->implements = implements;
    c->criteria[OTHERS] = criteria_parse(c->profile, other->criteria, &fault);
    if (c->criteria[OTHERS])
        compare_criteria(c);
    criteria_free(c->criteria[OTHERS]);
    c->criteria[OTHERS] = NULL;
}

/* ---- pairs ---- */

static bool is_pair(const struct policy *policy, const struct policy *other, bool later)
{
    return policypairs_is_open(other) && (later ? other->id < policy->id : other->id != policy->id);
}

/* The articles of one document may be meant for different enterprises; those of one class are not.
 */
static bool same_class(const struct policy *a, const struct policy *b)
{
    return a->class && b->class && !strcmp(a->class, b->class);
}

static void find_duplicates(const struct policypairs *pairs, struct pairing *c, bool later)
{
    struct text key = {0}, part = {0};
    int found;
    const struct policy_key *keys =
        find_keys(pairs->by_title, pairs->count, title_key(&key, &part, c->policy), &found);
    for (int i = 0; i < found; i++) {
        const struct policy *other = &pairs->policies[keys[i].policy];
        if (!is_pair(c->policy, other, later))
            continue;
        text_clear(&c->message);
        text_add_format(&c->message, "the same title and issuer as %s", other->code);
        c->take(c->context, PAIR_DUPLICATE, text_string(&c->message));
        break;
    }
    text_free(&key);
    text_free(&part);
}

void policypairs_compare(const struct policypairs *pairs, const struct profile *profile,
                         const struct policy *policy, struct criteria *criteria, int day,
                         bool later, pair_take *take, void *context)
{
    struct pairing c = {.profile = profile,
                        .policy = policy,
                        .criteria = {criteria, NULL},
                        .day = day,
                        .take = take,
                        .context = context};
    const struct policy *upper =
        policy->implements ? policypairs_find(pairs, policy->implements) : NULL;
    find_duplicates(pairs, &c, later);
    if (upper && upper != policy && policypairs_is_open(upper))
        compare_with(&c, upper, true);
    int found = 0;
    const struct policy_key *keys = pairs->by_document;
    if (policy->document)
        keys = find_keys(pairs->by_document, pairs->document_count, policy->document, &found);
    for (int i = 0; i < found; i++) {
        const struct policy *other = &pairs->policies[keys[i].policy];
        if (other != upper && same_class(policy, other) && is_pair(policy, other, later))
            compare_with(&c, other, false);
    }
    text_free(&c.message);
}
