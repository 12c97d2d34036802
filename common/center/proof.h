/* proof: what of the log is shown of one ticket to those who have no database: the bytes that the
 * digests of its events cover, what of them the reader may see behind the seals, the path to a
 * signed head, and the head. qifu-evidence(7) has the form. Pure. */
#ifndef QIFU_CENTER_PROOF_H
#define QIFU_CENTER_PROOF_H

#include "center/log_form.h"
#include "evidence/judge.h"

/* What was proved, for who reads it. Texts live in the arena of proof_read. */
struct proof {
    int64_t ticket_id;
    int events, opened;          /* how many; how many texts behind seals */
    int64_t received_at, due_at; /* as the first event says; 0: it does not */
    const char *last_type;       /* of the last event, and when it happened */
    int64_t last_at;
    struct head head;
    enum verdict
        verdict; /* whether the events lead to the head; its signatures are not looked at */
};

/* Whether TEXT is one. */
bool proof_is(const char *text);

/* Reads the string TEXT, and goes from its events to its head; false with a FAULT where it is none.
 * Where something of it does not lead on, the verdict says so, with WHY. */
bool proof_read(struct proof *proof, struct arena *arena, const char *text, struct fault *fault,
                struct fault *why);

/* The lines by which a receipt begins, from what is proved; proof_read compares them. */
void proof_add_receipt(struct text *to, const struct proof *proof);

/* Writing one: its first line; an event, with the digest of the event before it in the log, by the
 * bytes of log_form_write; the bytes of log_form_content; a text behind a seal, as JSON; the path
 * of the event, where none behind it names it. An empty line and the head come last. */
void proof_begin(struct text *to);
void proof_add_event(struct text *to, const uint8_t before[DIGEST_SIZE], const struct text *bytes);
void proof_add_content(struct text *to, const struct text *bytes);
void proof_add_opened(struct text *to, int key, const uint8_t salt[SEED_SIZE], const char *json,
                      size_t length);
void proof_add_path(struct text *to, int64_t event_id, const struct merkle_path *path);

#endif
