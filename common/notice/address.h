/* address: where organisations, enterprises and liaisons are reached, and what they want to hear
 * there and how: at once or in one message a day, in which hours, and whom instead while somebody
 * is away. One is known by whose it is, the channel and the address; it is never deleted, but no
 * longer used. */
#ifndef QIFU_NOTICE_ADDRESS_H
#define QIFU_NOTICE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "center/fields.h"
#include "center/gate.h"
#include "notice/owner.h"

/* The columns that events tell, then what a file says of them too. */
enum address_field {
    ADDRESS_ORG, /* whose it is: one of three */
    ADDRESS_ENTERPRISE,
    ADDRESS_LIAISON,
    ADDRESS_CHANNEL,
    ADDRESS_ADDRESS,
    ADDRESS_PERSON,
    ADDRESS_MEMBER,
    ADDRESS_WANTS,
    ADDRESS_HOW,
    ADDRESS_HOURS,
    ADDRESS_DEPUTY,
    ADDRESS_AWAY_FROM,
    ADDRESS_AWAY_UNTIL,
    ADDRESS_USED,
    ADDRESS_BY,
    ADDRESS_AT,
    ADDRESS_FIELD_COUNT
};
extern const struct fields address_columns;
/* The names of what a file may bring, ended by NULL. */
const char *const *address_fields(void);

struct address {
    int64_t id;
    const char *owner; /* code of its kind (owner.h) */
    int64_t owner_id;
    const char *channel, *address;
    const char *person; /* who reads it; NULL: nobody in particular */
    const char
        *member; /* the member of the organisation whose it is, for whom replies act; NULL: none */
    const char *wants; /* codes of notices, divided by blanks; NULL: all */
    const char *how;   /* at-once, digest */
    const char *hours; /* NULL: the center's */
    int64_t deputy;    /* the address that is told while this one is away; 0: none */
    int away_from, away_until;
    const char *used; /* yes, no */
};

/* Their rows, made by their events (projected.h). */
extern const struct projected address_projected;
/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record address_record;

/* The address of this number, or of OWNER, whatever the channel, that WORD is; 0: none. */
int64_t address_find(struct db *db, const struct owner *owner, const char *word);
/* Reads it, texts in ARENA; false where there is none. */
bool address_load(struct db *db, int64_t id, struct arena *arena, struct address *address);

/* Adds ADDRESS, or changes the one of its owner, channel and address. What is NULL, 0 or
 * FIELD_NO_DAY stays; "" clears a text, -1 the deputy, ADDRESS_CLEAR a day. Stores its id and
 * whether it was added. GATE_REFUSED with a FAULT where WHO may not. Inside a write transaction. */
enum { ADDRESS_CLEAR = INT32_MIN + 1 };
enum gate_result address_save(struct center *center, struct address *address,
                              const struct gate_who *who, bool *added, struct fault *fault);

/* Which addresses are meant; zeroed: all that are used. */
struct address_filter {
    struct owner owner; /* without kind: everybody's */
    const char *channel;
    bool all; /* also those that are not used any more */
};
/* Calls TAKE for each, by number; texts live during the call. */
void address_each(struct db *db, const struct address_filter *filter,
                  void (*take)(void *context, const struct address *address), void *context);

/* Adds a fault where TEXT can be no address of this form. */
bool address_check(enum notice_form form, const char *text, struct fault *fault);

#endif
