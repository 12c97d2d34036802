#include "erasure/copy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mask.h"

struct copy {
    const char *text, *mark, *field;
    bool names;
};

#define OF_TICKET(id)                                                                              \
    " AND " id " IN (SELECT a.id FROM accountability a JOIN supervision s"                         \
    " ON s.id = a.supervision_id WHERE s.ticket_id = ?3)"

/* A column, of which field of events it is a copy, and whether the record is known by it. */
struct column {
    const char *sql; /* ?1: the text; ?2: the mark; ?3: the ticket */
    const char *field;
    bool names;
};

static const struct column of_tickets[] = {
    {"UPDATE request SET reason = ?2 WHERE ticket_id = ?3 AND reason = ?1", "reason", false},
    {"UPDATE suspension SET reason = ?2 WHERE ticket_id = ?3 AND reason = ?1", "reason", false},
    {"UPDATE appeal SET reason = ?2 WHERE ticket_id = ?3 AND reason = ?1", "reason", false},
    {"UPDATE appeal SET decided_for = ?2 WHERE ticket_id = ?3 AND decided_for = ?1", "reason",
     false},
    {"UPDATE ruling SET retired_for = ?2 WHERE ticket_id = ?3 AND retired_for = ?1", "reason",
     false},
    {"UPDATE supervision SET reason = ?2 WHERE ticket_id = ?3 AND reason = ?1", "reason", false},
    {"UPDATE supervision SET reply = ?2 WHERE ticket_id = ?3 AND reply = ?1", "text", false},
    {"UPDATE supervision SET refusal = ?2 WHERE ticket_id = ?3 AND refusal = ?1", "reason", false},
    {"UPDATE accountability SET handed_to = ?2 WHERE handed_to = ?1" OF_TICKET("id"), "others",
     false},
    {"UPDATE accountability SET result = ?2 WHERE result = ?1" OF_TICKET("id"), "result", false},
    {"UPDATE accountability_person SET post = ?2 WHERE post = ?1" OF_TICKET("accountability_id"),
     "person", false},
    {"UPDATE accountability_person SET liability = ?2"
     " WHERE liability = ?1" OF_TICKET("accountability_id"),
     "person", false},
    {"UPDATE accountability_person SET result = ?2"
     " WHERE result = ?1" OF_TICKET("accountability_id"),
     "result", false},
    {"UPDATE accountability_person SET name = ?2 WHERE name = ?1" OF_TICKET("accountability_id"),
     "person", true},
};

static const struct column of_center[] = {
    {"UPDATE opinion SET text = ?2 WHERE text = ?1", "text", true},
    {"UPDATE opinion SET reason = ?2 WHERE reason = ?1", "reason", false},
    {"UPDATE policy_event SET text = ?2 WHERE text = ?1", "text", false},
    {"UPDATE policy SET ended_reason = ?2 WHERE ended_reason = ?1", "reason", false},
    {"UPDATE org SET contact = ?2 WHERE contact = ?1", "contact", false},
    {"UPDATE org SET phone = ?2 WHERE phone = ?1", "phone", false},
    {"UPDATE enterprise SET contact = ?2 WHERE contact = ?1", "contact", false},
    {"UPDATE enterprise SET phone = ?2 WHERE phone = ?1", "phone", false},
    {"UPDATE liaison SET phone = ?2 WHERE phone = ?1", "phone", false},
    {"UPDATE address SET address = ?2 WHERE address = ?1", "address", true},
    {"UPDATE address SET person = ?2 WHERE person = ?1", "person", true},
    {"UPDATE liaison SET name = ?2 WHERE name = ?1", "person", true},
};

const char *copy_mark(struct copies *copies, bool names, int64_t number)
{
    return names ? arena_format(&copies->arena, MASK_ERASED_OPEN "%lld" MASK_ERASED_CLOSE,
                                (long long)number)
                 : MASK_ERASED;
}

const char *copy_add(struct copies *copies, const char *text, const char *field, bool names,
                     int64_t number)
{
    for (size_t i = 0; i < copies->count; i++)
        if (copies->list[i].names == names && copies->list[i].field == field &&
            !strcmp(copies->list[i].text, text))
            return copies->list[i].mark;
    copies->list = mem_grow(copies->list, copies->count, sizeof *copies->list);
    struct copy *copy = &copies->list[copies->count++];
    copy->text = arena_string(&copies->arena, text);
    copy->field = field;
    copy->names = names;
    copy->mark = copy_mark(copies, names, number);
    return copy->mark;
}

static void erase_from(const struct column *columns, size_t count, const struct copy *copy,
                       struct db *db, int64_t ticket_id)
{
    for (size_t i = 0; i < count; i++) {
        if (columns[i].names != copy->names || strcmp(columns[i].field, copy->field) != 0)
            continue;
        struct db_query *q = db_query(db, columns[i].sql);
        db_bind_text(q, 1, copy->text);
        db_bind_text(q, 2, copy->mark);
        if (ticket_id)
            db_bind(q, 3, ticket_id);
        db_run(q);
    }
}

void copy_erase(const struct copies *copies, struct db *db, int64_t ticket_id)
{
    for (size_t i = 0; i < copies->count; i++)
        if (ticket_id)
            erase_from(of_tickets, sizeof of_tickets / sizeof *of_tickets, &copies->list[i], db,
                       ticket_id);
        else
            erase_from(of_center, sizeof of_center / sizeof *of_center, &copies->list[i], db, 0);
}

void copies_free(struct copies *copies)
{
    free(copies->list);
    arena_free(&copies->arena);
}
