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

/* Each event with the digest before it in the log, and that of the ticket's own one before. */
static const char EVENTS[] =
    "SELECT e.id, e.ticket_id, e.type, e.at, e.recorded_at, e.actor, e.data, e.seed,"
    " (SELECT b.hash FROM event b WHERE b.id = e.id - 1),"
    " (SELECT b.hash FROM event b WHERE b.ticket_id = e.ticket_id AND b.id < e.id"
    "  ORDER BY b.id DESC LIMIT 1)"
    " FROM event e WHERE e.ticket_id = ?1 AND e.id <= ?2 ORDER BY e.id";

struct writing {
    struct text *to;
    struct db *db;
    const struct ticket *ticket;
    const struct ticketproof *wanted;
    struct text bytes; /* of an event, or of its content */
    int64_t last;      /* event; 0: none was written */
    int64_t telling;   /* event, that names a person outside of the seals; 0: none does */
    bool done;         /* a receipt has all that it needs */
};

/* The salt of KEY's text; false where the text was erased. */
static bool salt_of(struct seals *seals, int key, uint8_t salt[SEED_SIZE])
{
    const struct seal_kept *kept = seal_kept_of(seals, key);
    if (kept)
        memcpy(salt, kept->bytes, SEED_SIZE);
    else
        seal_salt(seals, key, salt);
    return !kept || !kept->is_erased;
}

static void open_data(struct writing *w, const char *data, struct seals *seals)
{
    uint8_t salt[SEED_SIZE];
    struct log_member member;
    for (const char *at = data; log_form_next(&at, &member);)
        if (salt_of(seals, member.key, salt))
            proof_add_opened(w->to, member.key, salt, member.value, member.length);
}

static void open_content(struct writing *w, const struct log_content *content, struct seals *seals)
{
    uint8_t salt[SEED_SIZE];
    for (int key = 0; key < SEAL_FIELDS; key++) {
        struct text json = {0};
        if (!content->sealed[key] || !salt_of(seals, key, salt))
            continue;
        json_add_string(&json, content->sealed[key]);
        proof_add_opened(w->to, key, salt, json.data, json.length);
        text_free(&json);
    }
}

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

/* What was received, where the event tells it by its digest. */
static void add_content(struct writing *w, int64_t event_id, const char *data, struct seals *seals)
{
    struct arena arena = {0};
    char digest[DIGEST_TEXT_SIZE];
    if (!strstr(data, "\"content\":\""))
        return;
    const struct log_content content = content_then(w->db, w->ticket, event_id, &arena);
    log_form_content(&w->bytes, &content, seals, digest);
    proof_add_content(w->to, &w->bytes);
    if (w->wanted->opened)
        open_content(w, &content, seals);
    arena_free(&arena);
    w->done = w->wanted->receipt;
}

static void add_path(struct writing *w)
{
    const struct merkle_path path =
        merkle_inclusion(logtree_merkle(w->wanted->tree), w->last - 1, w->wanted->head->size);
    proof_add_path(w->to, w->last, &path);
}

/* The next event, a row of EVENTS. One of the first form does not name the one before it, which
 * then needs a path of its own. */
static void add_event(struct writing *w, struct db_query *q)
{
    const struct event event = event_read(q);
    struct log_form form = {.has_previous = !db_is_null(q, 9)};
    struct seal_kept *kept = NULL;
    static const uint8_t none[SEED_SIZE];
    uint8_t before[DIGEST_SIZE] = {0};
    bool second = !db_is_null(q, 7);
    if (w->last && !second)
        add_path(w);
    db_bytes(q, 7, form.seals.seed, SEED_SIZE);
    db_bytes(q, 8, before, DIGEST_SIZE);
    db_bytes(q, 9, form.previous, DIGEST_SIZE);
    if (second && !memcmp(form.seals.seed, none, SEED_SIZE))
        kept = seal_kept_of_event(w->db, &form.seals, event.id);
    log_form_write(&w->bytes, &event, second ? &form : NULL);
    proof_add_event(w->to, before, &w->bytes);
    look_for_persons(w, &event);
    if (second && w->wanted->opened)
        open_data(w, event.data, &form.seals);
    if (second)
        add_content(w, event.id, event.data, &form.seals);
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
    if (good) {
        add_path(&w);
        text_add_char(&proof, '\n');
        note_add(&proof, &wanted->head->note);
        good = verify(&proof, wanted, fault);
    }
    if (good)
        text_add(to, proof.data);
    text_free(&proof);
    text_free(&w.bytes);
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
