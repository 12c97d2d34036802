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

/* What is to go: of a ticket the texts of these FIELDS (codes of erase_field; none: all) in which
 * PERSON stands (nobody named: all of these fields). */
struct erase_order {
    struct wanted fields;
    struct person person;
    const char *law, *reason;
    struct gate_who who;
};

/* The fields that can be named, by number from 0 on; NULL behind the last. */
const char *erase_field(int number);

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
};

/* False with a FAULT where the order is none: who may not, the law or the reason says what is to be
 * erased. */
bool erase_may(const struct erase_run *run, struct fault *fault);

/* Erases of one ticket; *ANY: something was there. False with a FAULT where that cannot be, and
 * nothing of the ticket was changed. */
bool erase_ticket(const struct erase_run *run, int64_t id, bool *any, struct fault *fault);

/* What is no ticket's: events of the center and the records that follow from them, enterprises. The
 * events that cannot be erased are said by WARN; returns how many they are. */
long erase_center(const struct erase_run *run, bool *any, void (*warn)(const char *what));

/* The tickets in which the order's person stands, in a list to be freed. */
int64_t *erase_find(const struct erase_run *run, size_t *count);

#endif
