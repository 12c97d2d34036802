#include "policy/check_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "criteria/describe.h"
#include "criteria/satisfiable.h"

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

/* ---- thresholds ---- */

struct pairing {
    const struct profile *profile;
    const struct policy *policy, *other;
    const struct criteria *own;
    struct criteria *others;
    int day;
    bool implements; /* OTHER is what POLICY implements */
    struct arena arena;
    struct text message;
    pair_take *take;
    void *context;
};

/* The values of SET as a condition would ask for them. */
static void add_need(struct pairing *c, int fact, const struct value_set *set)
{
    struct condition condition = {.fact = fact};
    if (set->count == 1 && set->ranges[0].low == FACT_LEAST && set->ranges[0].high == FACT_MOST) {
        text_add(&c->message, "任何值");
        return;
    }
    condition.ranges = arena_zero(&c->arena, ((size_t)set->count + 1) * sizeof *condition.ranges);
    for (int i = 0; i < set->count && i < CONDITION_MOST_RANGES; i++)
        condition.ranges[condition.range_count++] =
            (struct condition_range){{.value = set->ranges[i].low}, {.value = set->ranges[i].high}};
    need_add(&c->message, c->profile, &condition, c->day);
}

static void add_fact(struct text *out, const struct fact_name *fact)
{
    if (fact->type == FACT_TAG)
        text_add_format(out, "tag %s", fact->code);
    else
        text_add_format(out, "%s (%s)", fact->code, fact->name);
}

static void report(struct pairing *c, enum pair_finding finding, int fact,
                   const struct value_set *own, const struct value_set *others)
{
    text_clear(&c->message);
    if (finding == PAIR_STRICTER)
        text_add_format(&c->message,
                        "asks for more than %s, which it implements: ", c->other->code);
    else
        text_add_format(&c->message, "contradicts %s%s: ", c->other->code,
                        c->implements ? ", which it implements" : " of the same document");
    add_fact(&c->message, &c->profile->facts[fact]);
    text_add(&c->message, " ");
    add_need(c, fact, own);
    text_add(&c->message, ", there ");
    add_need(c, fact, others);
    c->take(c->context, finding, text_string(&c->message));
}

/* That a city's policy is for its own enterprises alone asks for nothing more. */
static bool is_place(const struct profile *profile, int fact)
{
    return profile->facts[fact].type == FACT_REGION;
}

static void compare_fact(struct pairing *c, int fact)
{
    struct value_set own = satisfy_values(c->own->root, fact, c->day, &c->arena);
    struct value_set others = satisfy_values(c->others->root, fact, c->day, &c->arena);
    struct value_set none = {0};
    /* What never holds is found without the other one. */
    if (!satisfy_beyond(c->profile, fact, &own, &none, &c->arena, NULL) ||
        !satisfy_beyond(c->profile, fact, &others, &none, &c->arena, NULL))
        return;
    if (satisfy_apart(c->profile, fact, &own, &others, &c->arena))
        report(c, PAIR_CONTRADICTS, fact, &own, &others);
    else if (c->implements && !is_place(c->profile, fact) &&
             satisfy_beyond(c->profile, fact, &others, &own, &c->arena, NULL))
        report(c, PAIR_STRICTER, fact, &own, &others);
}

/* Every fact that POLICY asks for. */
static void compare_facts(struct pairing *c)
{
    bool *seen = mem_zero((size_t)c->profile->fact_count, sizeof *seen);
    for (int i = 0; i < c->own->condition_count; i++) {
        int fact = c->own->conditions[i]->fact;
        if (!seen[fact])
            compare_fact(c, fact);
        seen[fact] = true;
        arena_free(&c->arena);
    }
    free(seen);
}

/* Criteria that cannot be read are found on their own. */
static void compare_with(struct pairing *c, const struct policy *other, bool implements)
{
    struct criteria_fault fault;
    if (!c->own || !other->criteria)
        return;
    c->other = other;
    c->implements = implements;
    c->others = criteria_parse(c->profile, other->criteria, &fault);
    if (c->others)
        compare_facts(c);
    criteria_free(c->others);
    arena_free(&c->arena);
    c->arena = (struct arena){0};
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
                         const struct policy *policy, const struct criteria *criteria, int day,
                         bool later, pair_take *take, void *context)
{
    struct pairing c = {.profile = profile,
                        .policy = policy,
                        .own = criteria,
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
