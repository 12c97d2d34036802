#include "ticket/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/mask.h"
#include "center/seal_kept.h"
#include "ticket/content.h"
#include "ticket/named.h"

/* Each event with the digest before it in the log. */
static const char EVENTS[] =
    "SELECT e.id, e.ticket_id, e.type, e.at, e.recorded_at, e.actor, e.data, e.seed,"
    " (SELECT b.hash FROM event b WHERE b.id = e.id - 1)"
    " FROM event e WHERE e.ticket_id = ?1 AND e.id <= ?2 ORDER BY e.id";

struct writing {
    struct text *to;
    struct db *db;
    const struct ticket *ticket;
    const struct ticketproof *wanted;
    int64_t last;    /* event; 0: none was written */
    int64_t telling; /* event, that names a person outside of the seals; 0: none does */
    int64_t changed; /* event, what was received by which is stored otherwise; 0: none */
    bool done;       /* a receipt has all that it needs */
};

/* Notes the event where its data name a telephone or the like outside of the seals. */
static void look_for_persons(struct writing *w, const struct event *event)
{
    struct text open = {0}, masked = {0};
    struct log_member member;
    const char *from = event->data; /* not yet looked at */
    for (const char *at = from; log_form_next(&at, &member); from = at)
        text_add_format(&open, "%.*s\"\"", (int)(member.value - from), from);
    text_add(&open, from);
    mask_json(&masked, open.data);
    if (!w->telling && strcmp(text_string(&masked), open.data) != 0)
        w->telling = event->id;
    text_free(&open);
    text_free(&masked);
}

/* Whether what was received is what EVENT names. */
static bool is_named(const struct event *event, const struct log_content *content,
                     struct seals *seals)
{
    struct text bytes = {0};
    char digest[DIGEST_TEXT_SIZE];
    log_form_content(&bytes, content, seals, digest);
    text_free(&bytes);
    return strstr(event->data, digest) != NULL;
}

/* What was received, where the event tells it by its digest. */
static void add_content(struct writing *w, const struct event *event, struct seals *seals)
{
    struct arena arena = {0};
    if (!proof_has_content(event->data))
        return;
    const struct log_content content = content_then(w->db, w->ticket, event->id, &arena);
    if (!is_named(event, &content, seals))
        w->changed = event->id;
    proof_add_content(w->to, &content, seals, w->wanted->opened);
    arena_free(&arena);
    w->done = w->wanted->receipt;
}

static void add_path(struct writing *w)
{
    const struct merkle_path path =
        merkle_inclusion(logtree_merkle(w->wanted->tree), w->last - 1, w->wanted->head->size);
    proof_add_path(w->to, w->last, &path);
}

/* The next event, a row of EVENTS. One of the first form does not cover the one before it, which
 * then needs a path of its own. */
static void add_event(struct writing *w, struct db_query *q)
{
    const struct event event = event_read(q);
    struct seals seals = {.kept_count = 0};
    struct seal_kept *kept = NULL;
    static const uint8_t none[SEED_SIZE];
    uint8_t before[DIGEST_SIZE] = {0};
    bool second = !db_is_null(q, 7);
    if (w->last && !second)
        add_path(w);
    db_bytes(q, 7, seals.seed, SEED_SIZE);
    db_bytes(q, 8, before, DIGEST_SIZE);
    if (second && !memcmp(seals.seed, none, SEED_SIZE))
        kept = seal_kept_of_event(w->db, &seals, event.id);
    if (second)
        add_content(w, &event, &seals);
    look_for_persons(w, &event);
    proof_add_event(w->to, w->last && w->last == event.id - 1 ? NULL : before, &event,
                    second ? &seals : NULL, w->wanted->opened);
    w->last = event.id;
    free(kept);
}

/* Nothing is handed out that its reader would refuse. */
static bool verify(struct text *proof, const struct ticketproof *wanted, struct fault *fault)
{
    struct arena arena = {0};
    struct proof read;
    struct fault why = {""};
    bool good = proof_read(&read, &arena, proof->data, fault, &why);
    if (good && read.verdict != VERDICT_HOLDS)
        good = fault_add(fault, "%s", why.text);
    if (good && wanted->receipt) {
        struct text whole = {0};
        clock_set_zone(read.head.zone);
        proof_add_receipt(&whole, &read);
        text_add(&whole, proof->data);
        text_free(proof);
        *proof = whole;
    }
    arena_free(&arena);
    return good;
}

bool ticketproof_add(struct text *to, struct db *db, const struct ticket *ticket,
                     const struct ticketproof *wanted, struct fault *fault)
{
    struct text proof = {0};
    struct writing w = {.to = &proof, .db = db, .ticket = ticket, .wanted = wanted};
    struct db_query *q = db_query(db, EVENTS);
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, wanted->head->size);
    proof_begin(&proof);
    while (!w.done && db_step(q))
        add_event(&w, q);
    db_reset(q);
    bool good = w.last || fault_add(fault, "no signed head reaches it yet (log-head)");
    if (w.telling && !wanted->opened)
        good = fault_add(fault,
                         "event %lld names a person outside of the seals: --unmask shows it, which"
                         " the log notes",
                         (long long)w.telling);
    if (w.changed)
        good = fault_add(fault, "event %lld: what was received is not what it names",
                         (long long)w.changed);
    if (good) {
        add_path(&w);
        text_add_char(&proof, '\n');
        note_add(&proof, &wanted->head->note);
        good = verify(&proof, wanted, fault);
    }
    if (good)
        text_add(to, proof.data);
    text_free(&proof);
    return good;
}

static const struct ticket *find(struct center *center, const char *word, struct arena *arena,
                                 struct fault *fault)
{
    int64_t id = args_id(word);
    if (!id)
        id = ticket_named(center->db, word, fault);
    const struct ticket *ticket = id ? ticket_get(center->db, id, arena) : NULL;
    if (!ticket && !*fault->text)
        fault_add(fault, "no such ticket");
    return ticket;
}

bool ticketproof_of(struct text *to, struct center *center, const char *word,
                    const struct ticketproof *wanted, struct fault *fault)
{
    struct arena arena = {0};
    const struct ticket *ticket = find(center, word, &arena, fault);
    bool good = ticket != NULL;
    if (good && ticket->confidential && !wanted->opened)
        good = fault_add(fault, "it is confidential: --unmask shows it, which the log notes");
    good = good && ticketproof_add(to, center->db, ticket, wanted, fault);
    if (good && wanted->opened) {
        center_begin(center, false);
        event_add_unmasked(center, ticket->id, die_program(), NULL, NULL);
        db_commit(center->db);
    }
    arena_free(&arena);
    return good;
}
