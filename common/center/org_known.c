#include "center/org_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

int orgknown_by_id(const void *a, const void *b)
{
    const struct org *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

struct org *orgknown_row(const struct org_table *table, int64_t id)
{
    const struct org key = {.id = id};
    return table->count
               ? bsearch(&key, table->orgs, (size_t)table->count, sizeof key, orgknown_by_id)
               : NULL;
}

/* Words of the organisations in TABLE, by their hash. */
struct known {
    const struct org_table *table;
    struct known_word {
        const char *word;
        int64_t org;
    } * words;
    size_t size; /* a power of two, more than there are words */
};

static const char known_key[] = "organisations";

static void free_known(void *object)
{
    struct known *known = object;
    free(known->words);
    free(known);
}

/* The place of WORD, or the empty one where it would stand. */
static struct known_word *place_of(const struct known *known, const char *word)
{
    size_t place = (size_t)text_hash(TEXT_HASH_START, word, strlen(word)) & (known->size - 1);
    while (known->words[place].word && strcmp(known->words[place].word, word) != 0)
        place = (place + 1) & (known->size - 1);
    return &known->words[place];
}

static void learn(const struct known *known, const char *word, int64_t org)
{
    struct known_word *place = place_of(known, word);
    if (!place->word)
        *place = (struct known_word){word, org};
}

void orgknown_set(struct db *db, const struct org_table *table)
{
    struct known *known = mem_zero(1, sizeof *known);
    size_t count = 0;
    for (int64_t i = 0; i < table->count; i++, count += 2)
        for (const char *const *name = table->orgs[i].short_names; *name; name++)
            count++;
    for (known->size = 16; known->size < 2 * count;)
        known->size *= 2;
    known->table = table;
    known->words = mem_zero(known->size, sizeof *known->words);
    for (int64_t i = 0; i < table->count; i++) {
        learn(known, table->orgs[i].code, table->orgs[i].id);
        learn(known, table->orgs[i].name, table->orgs[i].id);
    }
    for (int64_t i = 0; i < table->count; i++)
        for (const char *const *name = table->orgs[i].short_names; *name; name++)
            learn(known, *name, table->orgs[i].id);
    db_attach(db, known_key, known, free_known);
}

void orgknown_forget(struct db *db)
{
    db_attach(db, known_key, NULL, NULL);
}

int64_t orgknown_find(struct db *db, const char *word)
{
    const struct known *known = db_attached(db, known_key);
    const struct known_word *place = known && word ? place_of(known, word) : NULL;
    return place && place->word ? place->org : 0;
}

const char *orgknown_code(struct db *db, int64_t id)
{
    const struct known *known = db_attached(db, known_key);
    const struct org *org = known ? orgknown_row(known->table, id) : NULL;
    return org ? org->code : NULL;
}

int64_t orgknown_coded(struct db *db, const char *code)
{
    int64_t id = orgknown_find(db, code);
    const char *found = id ? orgknown_code(db, id) : NULL;
    return found && !strcmp(found, code) ? id : 0;
}
