#include "ticket/content.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "center/seal_kept.h"
#include "ticket/correction.h"

struct log_content content_of(const struct ticket *ticket)
{
    return (struct log_content){
        .open = {ticket->source, ticket->ref, ticket->channel, ticket->region, ticket->category},
        .sealed = {[SEAL_TITLE] = ticket->title,
                   [SEAL_BODY] = ticket->body,
                   [SEAL_ENTERPRISE] = ticket->enterprise,
                   [SEAL_USCC] = ticket->uscc,
                   [SEAL_CONTACT] = ticket->contact,
                   [SEAL_PHONE] = ticket->phone,
                   [SEAL_EXTRA] = ticket->extra}};
}

struct log_content content_then(struct db *db, const struct ticket *stored, int64_t event_id,
                                struct arena *arena)
{
    struct ticket then = *stored;
    correction_undo(db, &then, event_id, arena);
    return content_of(&then);
}

void content_add(struct text *data, const struct ticket *ticket, struct seals *seals,
                 struct text *scratch)
{
    char digest[DIGEST_TEXT_SIZE];
    const struct log_content content = content_of(ticket);
    log_form_content(scratch, &content, seals, digest);
    json_add_text(data, "content", digest);
}

void content_follow(struct told_content *told, struct db_query *q)
{
    static const char member[] = "\"content\":\"";
    if (told->event_id) {
        told->is_corrected |= !strcmp(db_text(q, 0), "corrected");
        return;
    }
    /* quotes in a text are written \", so no text can hold these */
    const char *at = strstr(db_text(q, 2), member);
    if (!at || strlen(at += strlen(member)) < DIGEST_TEXT_SIZE)
        return;
    told->event_id = db_number(q, 3);
    memcpy(told->digest, at, DIGEST_TEXT_SIZE - 1);
    db_bytes(q, 4, told->seals.seed, SEED_SIZE);
}

void content_compare(const struct told_content *told, struct db *db, const struct ticket *stored,
                     const struct comparison *comparison)
{
    static const uint8_t none[SEED_SIZE];
    struct arena arena = {0};
    struct text scratch = {0};
    struct ticket then = *stored;
    struct seals seals = told->seals;
    struct seal_kept *kept = NULL;
    char digest[DIGEST_TEXT_SIZE];
    if (!told->event_id)
        return;
    if (!memcmp(seals.seed, none, SEED_SIZE))
        kept = seal_kept_of_event(db, &seals, told->event_id);
    if (told->is_corrected)
        correction_undo(db, &then, told->event_id, &arena);
    const struct log_content content = content_of(&then);
    log_form_content(&scratch, &content, &seals, digest);
    compare_text(comparison, "the digest of what was received", digest, told->digest);
    free(kept);
    text_free(&scratch);
    arena_free(&arena);
}
