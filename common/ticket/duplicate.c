#include "ticket/duplicate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mask.h"
#include "base/progress.h"
#include "base/rare.h"
#include "base/similarity.h"
#include "base/text.h"
#include "base/tongue.h"
#include "base/utf8.h"

/* What two tickets can have in common; the first one that they do is said. */
enum key { KEY_USCC, KEY_ENTERPRISE, KEY_PHONE, KEY_TEXT, KEYS, BY_WORDS = KEYS };
static const char *const key_names[KEYS + 1] = {"uscc", "enterprise", "phone", "text", "words"};

static const char *const progress_names[KEYS] = {N_("tickets by code"), N_("tickets by enterprise"),
                                                 N_("tickets by telephone"), N_("tickets by text")};

enum { LEAST_PAIRS = 8 }; /* of a text that is a key of its own: "help" is told by many */

/* An open ticket. They stand in the order of receipt, and are told by their place in it. */
struct entry {
    int64_t id, received_at;
    uint64_t keys[KEYS]; /* fingerprints, 0: none */
    size_t first;        /* the ticket that it repeats, itself: none */
    int percent;
    enum key by;
};

/* A text that was looked at under the present key. */
struct seen {
    size_t entry;
    uint64_t text;
    struct shape title, whole;
};

struct search {
    struct db *db;
    const struct duplicate_rule *rule;
    int percent;
    struct entry *entries;
    size_t count;
    struct text scratch, other;
    struct seen seen[REPEAT_MOST]; /* a ring: the oldest at seen_count % REPEAT_MOST when full */
    size_t seen_count;
};

/* ---- keys ---- */

static bool is_one_digit(const char *core)
{
    return *core >= '0' && *core <= '9' && core[strspn(core, (char[]){*core, 0})] == '\0';
}

/* Nobody is told by a word such as the configured ones, a single character, or zeros alone. */
static bool is_no_key(struct search *s, const char *core)
{
    const char *end = core + strlen(core);
    uint32_t c;
    if (utf8_decode(core, end, &c) == (size_t)(end - core) || is_one_digit(core))
        return true;
    for (const char *const *word = s->rule->no_key; *word; word++) {
        text_clear(&s->other);
        similarity_core(&s->other, *word);
        if (text_same(text_string(&s->other), core))
            return true;
    }
    return false;
}

static uint64_t fingerprint(const char *s)
{
    uint64_t hash = text_hash(TEXT_HASH_START, s, strlen(s));
    return hash ? hash : 1;
}

/* What was erased is no longer anybody's. */
static const char *told(const char *value)
{
    return value && !mask_is_erased(value, strlen(value)) ? value : "";
}

static uint64_t key_of(struct search *s, const char *value)
{
    text_clear(&s->scratch);
    similarity_core(&s->scratch, told(value));
    const char *core = text_string(&s->scratch);
    if (is_no_key(s, core))
        return 0;
    text_fold(&s->other, core);
    return fingerprint(text_string(&s->other));
}

/* A text has a pair less than characters. */
static uint64_t key_of_text(struct search *s, const char *title, const char *body)
{
    text_clear(&s->scratch);
    similarity_core(&s->scratch, title);
    similarity_core(&s->scratch, body);
    if ((int)text_characters(text_string(&s->scratch)) <= LEAST_PAIRS)
        return 0;
    uint64_t hash = fingerprint(title);
    return text_hash(hash, body, strlen(body)) | 1;
}

static int by_receipt(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->received_at != y->received_at)
        return x->received_at < y->received_at ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void load(struct search *s)
{
    struct db_query *q = db_query(s->db, "SELECT id, received_at, uscc, enterprise, phone, title,"
                                         " body FROM ticket"
                                         " WHERE answered_at IS NULL AND closed_at IS NULL");
    while (db_step(q)) {
        s->entries = mem_grow(s->entries, s->count, sizeof *s->entries);
        struct entry *e = &s->entries[s->count++];
        *e = (struct entry){.id = db_number(q, 0), .received_at = db_number(q, 1)};
        for (int key = KEY_USCC; key <= KEY_PHONE; key++)
            e->keys[key] = key_of(s, db_text(q, 2 + key));
        e->keys[KEY_TEXT] = key_of_text(s, told(db_text(q, 5)), told(db_text(q, 6)));
    }
    if (s->count)
        qsort(s->entries, s->count, sizeof *s->entries, by_receipt);
    for (size_t i = 0; i < s->count; i++)
        s->entries[i].first = i;
}

/* ---- the tickets of one key ---- */

static struct seen look_at(struct search *s, size_t entry)
{
    struct db_query *q = db_query(s->db, "SELECT title, body FROM ticket WHERE id = ?1");
    struct seen seen = {.entry = entry};
    db_bind(q, 1, s->entries[entry].id);
    text_clear(&s->scratch);
    if (db_step(q)) {
        const char *title = told(db_text(q, 0));
        seen.title = shape_of(title);
        text_add(&s->scratch, title);
        seen.text = fingerprint(text_string(&s->scratch));
        text_add(&s->scratch, told(db_text(q, 1)));
        seen.text ^= fingerprint(text_string(&s->scratch));
    }
    db_reset(q);
    seen.whole = shape_of(text_string(&s->scratch));
    return seen;
}

static void forget(struct seen *seen)
{
    shape_free(&seen->title);
    shape_free(&seen->whole);
}

/* Two codes are two enterprises, whatever else they share; who calls may be the agent of both. */
static bool may_be_one(const struct entry *a, const struct entry *b, enum key key)
{
    uint64_t left = a->keys[KEY_USCC], right = b->keys[KEY_USCC];
    return key == KEY_PHONE || !left || !right || left == right;
}

/* A repeat is often told in other detail under the same title. */
static int alike(const struct seen *a, const struct seen *b, int least)
{
    int titles = shape_alike(&a->title, &b->title, least);
    int whole = shape_alike(&a->whole, &b->whole, least);
    return titles > whole ? titles : whole;
}

static void compare_with(struct search *s, const struct seen *own, const struct seen *other,
                         enum key key)
{
    struct entry *e = &s->entries[own->entry];
    if (other->entry >= e->first || !may_be_one(e, &s->entries[other->entry], key))
        return;
    int percent = alike(own, other, key == KEY_TEXT ? 100 : s->percent);
    if (!percent)
        return;
    e->first = other->entry;
    e->percent = percent;
    e->by = key;
}

/* Compares an entry with those seen before it, the oldest first, until one is found. A text that
 * was seen takes no place once more. */
static void take_entry(struct search *s, size_t entry, enum key key)
{
    struct seen own = look_at(s, entry);
    size_t count = s->seen_count < REPEAT_MOST ? s->seen_count : REPEAT_MOST;
    bool known = false, found = false;
    for (size_t i = 0; i < count && !(known && found); i++) {
        const struct seen *other = &s->seen[(s->seen_count - count + i) % REPEAT_MOST];
        if (!found)
            compare_with(s, &own, other, key);
        found = found || s->entries[entry].first <= other->entry;
        known = known || other->text == own.text;
    }
    if (known) {
        forget(&own);
        return;
    }
    struct seen *place = &s->seen[s->seen_count++ % REPEAT_MOST];
    forget(place);
    *place = own;
}

static void forget_all(struct search *s)
{
    for (size_t i = 0; i < REPEAT_MOST && i < s->seen_count; i++)
        forget(&s->seen[i]);
    s->seen_count = 0;
}

struct place {
    uint64_t key;
    size_t entry;
};

static int by_key(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

static void search_key(struct search *s, enum key key)
{
    struct place *places = mem_alloc((s->count + 1) * sizeof *places);
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->entries[i].keys[key])
            places[count++] = (struct place){s->entries[i].keys[key], i};
    if (count)
        qsort(places, count, sizeof *places, by_key);
    for (size_t i = 0; i < count; i++) {
        bool starts = i == 0 || places[i - 1].key != places[i].key;
        bool goes_on = i + 1 < count && places[i + 1].key == places[i].key;
        if (starts)
            forget_all(s);
        if (!starts || goes_on)
            take_entry(s, places[i].entry, key);
        progress_step((int64_t)i, (int64_t)count, progress_names[key]);
    }
    forget_all(s);
    free(places);
}

/* ---- whoever sent them: texts that share what few others say ---- */

/* Title and text of an entry, in the search's own room. */
static const char *text_of(struct search *s, size_t entry)
{
    struct db_query *q = db_query(s->db, "SELECT title, body FROM ticket WHERE id = ?1");
    db_bind(q, 1, s->entries[entry].id);
    text_clear(&s->scratch);
    if (db_step(q)) {
        text_add(&s->scratch, told(db_text(q, 0)));
        text_add(&s->scratch, " ");
        text_add(&s->scratch, told(db_text(q, 1)));
    }
    db_reset(q);
    return text_string(&s->scratch);
}

/* The later text of the pairs that come one after the other is looked at once. */
struct across {
    struct search *search;
    struct seen later;
};

static void take_pair(void *context, size_t earlier, size_t later, int shared)
{
    struct across *a = context;
    struct search *s = a->search;
    struct entry *e = &s->entries[later];
    (void)shared;
    if (e->first != later && e->by != BY_WORDS)
        return;
    if (a->later.entry != later || !a->later.whole.count) {
        forget(&a->later);
        a->later = look_at(s, later);
    }
    struct seen other = look_at(s, earlier);
    int percent = shape_alike(&a->later.whole, &other.whole, s->percent);
    if (percent && (e->first == later || percent > e->percent)) {
        e->first = earlier;
        e->percent = percent;
        e->by = BY_WORDS;
    }
    forget(&other);
}

static void search_across(struct search *s)
{
    struct rare rare = {0};
    struct across across = {.search = s};
    for (size_t i = 0; i < s->count; i++)
        rare_count(&rare, text_of(s, i));
    for (size_t i = 0; i < s->count; i++)
        rare_add(&rare, text_of(s, i));
    rare_pairs(&rare, take_pair, &across);
    forget(&across.later);
    rare_free(&rare);
}

/* ---- what was found ---- */

static int by_id(const void *a, const void *b)
{
    const struct duplicate *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void report(struct search *s, void (*take)(void *, const struct duplicate *), void *context)
{
    struct duplicate *repeats = NULL;
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct entry *e = &s->entries[i];
        if (e->first == i)
            continue;
        repeats = mem_grow(repeats, count, sizeof *repeats);
        repeats[count++] = (struct duplicate){
            e->id, s->entries[e->first].id, e->percent, key_names[e->by], {.title = NULL}};
    }
    if (count)
        qsort(repeats, count, sizeof *repeats, by_id);
    for (size_t i = 0; i < count; i++) {
        struct db_query *q =
            db_query(s->db, "SELECT title, confidential FROM ticket WHERE id = ?1");
        db_bind(q, 1, repeats[i].id);
        if (db_step(q)) {
            repeats[i].repeat.title = db_text(q, 0);
            repeats[i].repeat.confidential = db_number(q, 1) != 0;
            take(context, &repeats[i]);
        }
        db_reset(q);
    }
    free(repeats);
}

void duplicate_each(struct db *db, const struct duplicate_rule *rule, int percent, bool across,
                    void (*take)(void *, const struct duplicate *), void *context)
{
    struct search *s = mem_zero(1, sizeof *s);
    s->db = db;
    s->rule = rule;
    s->percent = percent ? percent : rule->alike;
    load(s);
    for (int key = 0; key < KEYS; key++)
        search_key(s, (enum key)key);
    if (across)
        search_across(s);
    report(s, take, context);
    text_free(&s->scratch);
    text_free(&s->other);
    free(s->entries);
    free(s);
}

bool duplicate_is_other(const struct duplicate_rule *rule, const struct ticket *a,
                        const struct ticket *b)
{
    struct search *s = mem_zero(1, sizeof *s);
    s->rule = rule;
    uint64_t codes[] = {key_of(s, a->uscc), key_of(s, b->uscc)};
    uint64_t names[] = {key_of(s, a->enterprise), key_of(s, b->enterprise)};
    text_free(&s->scratch);
    text_free(&s->other);
    free(s);
    if (codes[0] && codes[1])
        return codes[0] != codes[1];
    return names[0] && names[1] && names[0] != names[1];
}

int64_t duplicate_find(struct db *db, const struct ticket *ticket, int64_t *received_at)
{
    struct db_query *q = db_query(
        db, "SELECT id, received_at FROM ticket WHERE title = ?2 AND id <> ?3 AND confidential = 0"
            " AND answered_at IS NULL AND closed_at IS NULL AND id IN"
            " (SELECT id FROM ticket WHERE uscc = ?1 UNION ALL"
            " SELECT id FROM ticket WHERE enterprise = ?4 AND answered_at IS NULL"
            " AND closed_at IS NULL) ORDER BY received_at, id LIMIT 1");
    db_bind_text(q, 1, ticket->uscc);
    db_bind_text(q, 2, ticket->title);
    db_bind(q, 3, ticket->id);
    db_bind_text(q, 4, ticket->enterprise);
    bool found = db_step(q);
    int64_t id = found ? db_number(q, 0) : 0;
    *received_at = found ? db_number(q, 1) : 0;
    db_reset(q);
    return id;
}
