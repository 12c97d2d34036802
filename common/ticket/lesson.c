#include "ticket/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "base/mask.h"
#include "base/progress.h"
#include "center/org.h"

const char *const lesson_fields[LESSON_FIELDS + 1] = {"title",      "body",   "unit",
                                                      "enterprise", "region", NULL};

static uint64_t sender_of(const struct lessons *lessons, const char *const *names)
{
    if (!*names)
        return lessons->count + 1;
    return text_hash(TEXT_HASH_START, *names, strlen(*names));
}

/* The names in the lessons' own memory. */
static const char *const *keep_names(struct lessons *lessons, const struct ticket *ticket)
{
    const char *names[TICKET_SENDER_NAMES + 1];
    const char **kept = arena_zero(&lessons->arena, sizeof names);
    ticket_name_sender(ticket, names);
    for (int i = 0; names[i]; i++)
        kept[i] = arena_string(&lessons->arena, names[i]);
    return kept;
}

static void add_advice(struct lessons *lessons, struct lesson *lesson, struct dispatcher *city,
                       const struct ticket *ticket)
{
    struct ticket_facts facts = {0};
    struct rule_subject subject = ticket_subject(ticket, &facts);
    struct advised advised;
    dispatcher_advise(city, &subject, &advised);
    for (int i = 0; i < advised.count; i++) {
        const char *code = org_find_code(city->center->db, advised.leads[i], &lessons->arena);
        if (code)
            lesson->advice[lesson->advice_count++] = (struct advice){code, advised.points[i]};
    }
    lesson->decided = advised.decided && lesson->advice_count == advised.count;
    ticket_facts_free(&facts);
}

void lessons_add(struct lessons *lessons, struct dispatcher *city, const struct ticket *ticket,
                 const char *unit)
{
    struct lesson lesson = {.title = arena_string(&lessons->arena, ticket->title)};
    lesson.body = arena_string(&lessons->arena, ticket->body ? ticket->body : "");
    lesson.unit = arena_string(&lessons->arena, unit);
    lesson.without = keep_names(lessons, ticket);
    lesson.sender = sender_of(lessons, lesson.without);
    add_advice(lessons, &lesson, city, ticket);
    lessons->list = mem_grow(lessons->list, lessons->count, sizeof *lessons->list);
    lessons->list[lessons->count++] = lesson;
    progress_step((int64_t)lessons->count, 0, "lessons");
}

/* Of a ticket that was sent on, or by hand, or that its lead has answered, somebody knows whose it
 * is. */
#define KNOWN                                                                                      \
    "t.lead IS NOT NULL AND t.confidential = 0 AND t.errand = 0"                                   \
    " AND (t.closed_as IS NULL OR t.closed_as NOT IN"                                              \
    " ('merged', 'declined', 'referred', 'withdrawn', 'void'))"                                    \
    " AND (t.answered_at IS NOT NULL OR EXISTS (SELECT 1 FROM route r WHERE r.ticket_id = t.id"    \
    " AND r.role = 'lead' AND (r.rule IS NULL OR r.rule LIKE 'ruling-%'"                           \
    " OR r.excused IS NOT NULL)))"

static struct ticket read_row(struct db_query *q)
{
    return (struct ticket){.id = db_number(q, 0),
                           .title = db_text(q, 2),
                           .body = db_text(q, 3),
                           .enterprise = db_text(q, 4),
                           .uscc = db_text(q, 5),
                           .contact = db_text(q, 6),
                           .phone = db_text(q, 7),
                           .kind = db_text(q, 8),
                           .channel = db_text(q, 9),
                           .source = db_text(q, 10),
                           .region = db_text(q, 11),
                           .category = db_text(q, 12),
                           .extra = db_text(q, 13)};
}

/* The id behind which the newest are. */
static int64_t oldest(struct db *db)
{
    struct db_query *q = db_query(db, "SELECT coalesce((SELECT t.id FROM ticket t WHERE " KNOWN
                                      " ORDER BY t.id DESC LIMIT 1 OFFSET ?1), 0)");
    db_bind(q, 1, TRAINING_MOST);
    return db_first(q);
}

void lessons_read(struct lessons *lessons, struct dispatcher *city)
{
    struct db *db = city->center->db;
    int64_t after = oldest(db);
    struct db_query *q = db_query(
        db,
        "SELECT t.id, coalesce(c.code, o.code), t.title, t.body, t.enterprise, t.uscc, t.contact,"
        " t.phone, t.kind, t.channel, t.source, t.region, t.category, t.extra"
        " FROM ticket t JOIN org o ON o.id = t.lead LEFT JOIN org c ON c.id = t.center"
        " WHERE t.id > ?1 AND " KNOWN " ORDER BY t.id");
    db_bind(q, 1, after);
    while (db_step(q)) {
        struct ticket ticket = read_row(q);
        /* of what was erased nothing is learned */
        if (mask_is_erased(ticket.body, strlen(ticket.body)))
            ticket.body = "";
        if (!mask_is_erased(ticket.title, strlen(ticket.title)))
            lessons_add(lessons, city, &ticket, db_text(q, 1));
    }
}

void lessons_free(struct lessons *lessons)
{
    free(lessons->list);
    arena_free(&lessons->arena);
    *lessons = (struct lessons){0};
}
