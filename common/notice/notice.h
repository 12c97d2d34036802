/* notice: what is to be told to whom (通知): a row for each event, kind and address, made once. It
 * waits, is taken by the one process that sends it, and is then sent, tried again later, or given
 * up. Of one that was taken by a process that ended before it could say what came of it nobody
 * knows: it was perhaps sent, and is never sent again by itself. */
#ifndef QIFU_NOTICE_NOTICE_H
#define QIFU_NOTICE_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/gate.h"
#include "center/projected.h"
#include "notice/address.h"

/* Their rows, made by their events (projected.h). */
extern const struct projected notice_projected;

enum notice_act {
    NOTICE_TAKE,
    NOTICE_SEND,
    NOTICE_POSTPONE,
    NOTICE_GIVE_UP,
    NOTICE_DOUBT,
    NOTICE_AGAIN,
    NOTICE_DROP
};
/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record notice_record;

struct notice_row {
    int64_t id, event, address;
    int64_t ticket; /* of which the event is; 0: of none */
    const char *kind, *channel;
    bool urgent;
    const char *state;
    int64_t made_at, next_at;
    int tries;
    int64_t message; /* 0: none yet */
    int64_t ended_at;
    const char *why;
};

/* The word for a state; NULL: there is none of this code. */
const char *notice_state_name(const char *state);
/* The code of the state called WORD, by code or word; NULL: none. */
const char *notice_state(const char *word);

/* Notices that are made, while their list grows; zeroed at first. */
struct notice_made {
    struct text list; /* of the event's data */
    int count;
    int64_t next_id; /* 0: not known yet */
};
/* Adds one, which goes out at NEXT_AT; false where EVENT has made it already. */
bool notice_add(struct center *center, struct notice_made *made, const struct notice_row *notice);
/* Logs them, if there are any; frees the list. Inside a write transaction, as all that follow. */
void notice_log_made(struct center *center, struct notice_made *made);

/* What is done to COUNT notices that are in the same state. */
struct notice_step {
    const int64_t *ids;
    int count;
    const char *state;
    int64_t next_at; /* of one that is postponed; 0: none */
    const char *why; /* of one that is postponed, given up or dropped; NULL */
    struct gate_who who;
};
/* Does ACT, as one event. GATE_REFUSED with a FAULT. */
enum gate_result notice_do(struct center *center, enum notice_act act,
                           const struct notice_step *step, struct fault *fault);

/* Which are meant; zeroed: all. */
struct notice_filter {
    struct wanted states, kinds, channels;
    int64_t id, ticket, address;
};
/* Calls TAKE for each, by number; texts live during the call. */
void notice_each(struct db *db, const struct notice_filter *filter,
                 void (*take)(void *context, const struct notice_row *notice), void *context);

/* Reads its number and state; false where there is none. */
bool notice_load(struct db *db, int64_t id, struct notice_row *notice);

/* How many are in this state. */
int64_t notice_count(struct db *db, const char *state);

#endif
