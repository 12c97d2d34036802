/* erase: personal data of a person, erased by law (删除个人信息) from all that is stored, while the
 * log goes on to prove what it proved (center/erase.h). */
#ifndef QIFU_ERASURE_ERASE_H
#define QIFU_ERASURE_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "center/gate.h"
#include "erasure/person.h"

/* The act, for the gate and for who prints it. */
extern const struct gate_record erase_record;

enum erase_act { ERASE_PERSON, ERASE_RETENTION };

/* What is to go: of a ticket the texts of these FIELDS (personal.h; none: all) in which
 * PERSON stands (nobody named: all of these fields). */
struct erase_order {
    struct wanted fields;
    struct person person;
    const char *law, *reason;
    enum erase_act act;
    const char *retention; /* its code in center.yaml, or NULL */
    struct gate_who who;
};

/* A text that goes: of which record (ticket, event, enterprise), its id, the field. TICKET: 0: of
 * none. */
typedef void erase_take(void *context, int64_t ticket, const char *record, int64_t id,
                        const char *field);

/* One run, inside one write transaction; TAKE is called with CONTEXT for each text. Zeroed but for
 * these. */
struct erase_run {
    struct center *center;
    const struct erase_order *order;
    erase_take *take;
    void *context;
    void (*warn)(const char *what); /* says which event cannot be erased */
};

/* False with a FAULT where the order is none: who may not, the law or the reason says what is to be
 * erased. */
bool erase_may(const struct erase_run *run, struct fault *fault);

/* Erases of one ticket; *ANY: something was there. False with a FAULT where that cannot be, and
 * nothing of the ticket was changed. */
bool erase_ticket(const struct erase_run *run, int64_t id, bool *any, struct fault *fault);

/* What is no ticket's: events of the center and the records that follow from them, enterprises.
 * Returns how many events cannot be erased. */
long erase_center(const struct erase_run *run, bool *any);
/* The same of one entry of a register. */
long erase_entry(const struct erase_run *run, int64_t id, bool *any);
/* The same of the events of TYPE that were entered from FROM on and before UNTIL: survey-answered,
 * survey-stated, policy-feedback, unmasked. */
long erase_entered(const struct erase_run *run, const char *type, int64_t from, int64_t until,
                   bool *any);

/* The tickets in which the order's person stands, in a list to be freed. */
int64_t *erase_find(const struct erase_run *run, size_t *count);

#endif
