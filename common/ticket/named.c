#include "ticket/named.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "center/org.h"
#include "center/rating.h"
#include "ticket/ticket.h"

void ticket_not_named(const char *word, struct fault *fault)
{
    const char *colon = strchr(word, ':');
    if (!colon)
        fault_add(fault, "no such ticket");
    else if (!strncmp(word, "ref:", 4))
        fault_add(fault, "no ticket has the source's number \"%s\"", colon + 1);
    else
        fault_add(fault, "no ticket has source \"%.*s\" and ref \"%s\"", (int)(colon - word), word,
                  colon + 1);
}

/* Any source's tickets with this number. The sources, which are few, are found by steps through the
 * index on source and number. */
static const char select_by_ref[] =
    "WITH RECURSIVE s (source) AS (SELECT min(source) FROM ticket UNION ALL"
    " SELECT (SELECT min(source) FROM ticket WHERE source > s.source) FROM s"
    " WHERE s.source IS NOT NULL)"
    " SELECT t.id, t.source FROM s JOIN ticket t ON t.source = s.source AND t.ref = ?1"
    " ORDER BY t.id";

static int64_t find_ref(struct db *db, const char *word, struct fault *fault)
{
    const char *ref = strchr(word, ':') + 1;
    struct text several = {0};
    struct db_query *q = db_query(db, select_by_ref);
    int64_t id = 0;
    int count = 0;
    db_bind_text(q, 1, ref);
    while (db_step(q)) {
        id = db_number(q, 0);
        text_add_format(&several, "%s%lld of %s", count++ ? ", " : "", (long long)id,
                        db_text(q, 1));
    }
    if (!count)
        ticket_not_named(word, fault);
    else if (count > 1)
        fault_add(fault, "several tickets have the number \"%s\": %s; write SOURCE:%s", ref,
                  several.data, ref);
    text_free(&several);
    return count == 1 ? id : 0;
}

static int64_t find_named(void *db, const char *word, struct fault *fault)
{
    const char *colon = strchr(word, ':');
    if (!colon || !colon[1] || colon == word) {
        fault_add(fault, "not an id: \"%s\"", word);
        return 0;
    }
    if (!strncmp(word, "ref:", 4))
        return find_ref(db, word, fault);
    char *source = mem_string(word);
    source[colon - word] = '\0';
    int64_t id = ticket_find(db, source, colon + 1);
    if (!id)
        ticket_not_named(word, fault);
    free(source);
    return id;
}

int64_t ticket_named(struct db *db, const char *word, struct fault *fault)
{
    int64_t id = args_id(word);
    return id ? id : find_named(db, word, fault);
}

static bool is_plain_ascii(const char *word)
{
    for (; *word; word++)
        if ((unsigned char)*word >= 0x80 || *word == ' ')
            return false;
    return true;
}

/* The option whose value WORD, which names no ticket, must be; NULL where none is meant. */
static const char *meant_option(const struct args *args, struct db *db, const char *word)
{
    if (args_has(args, "score") && rating_parse(word))
        return "score";
    if (args_has(args, "to") && org_find(db, word))
        return "to";
    if (args_has(args, "text") && !is_plain_ascii(word))
        return "text";
    return NULL;
}

struct args_ids ticket_ids(struct args *args, struct db *db)
{
    struct args_ids ids = args_ids(args, 0);
    ids.find = find_named;
    ids.context = db;
    for (int i = 0; i < args->operand_count; i++) {
        const char *word = args->operands[i];
        if (args_id(word) || strpbrk(word, ":\t"))
            continue;
        const char *option = meant_option(args, db, word);
        if (option)
            args_usage(args, "not an id: \"%s\" (did you mean --%s \"%s\"?)", word, option, word);
    }
    return ids;
}
