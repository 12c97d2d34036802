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

/* Writing one: its first line; for each event what was received, where it names that, and the event
 * behind it, with the digest of the event before it in the log (NULL: that is the one shown before)
 * and how its texts are sealed (NULL: it is of the first form); OPENED shows texts behind seals.
 * The path of the event, where none behind it covers it. An empty line and the head come last. */
void proof_begin(struct text *to);
void proof_add_content(struct text *to, const struct log_content *content, struct seals *seals,
                       bool opened);
void proof_add_event(struct text *to, const uint8_t *before, const struct event *event,
                     struct seals *seals, bool opened);
void proof_add_path(struct text *to, int64_t event_id, const struct merkle_path *path);

/* Whether DATA name what was received by its digest. */
bool proof_has_content(const char *data);

#endif
