/* mail: a mail that came in (来信): which it is and what became of it, as a row that its events
 * make, each once. One that the program cannot settle waits for a person. */
#ifndef QIFU_MAIL_MAIL_H
#define QIFU_MAIL_MAIL_H

#include "base/text.h"
#include "center/gate.h"
#include "center/projected.h"

/* Their rows, made by their events (projected.h). */
extern const struct projected mail_projected;
/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record mail_record;

struct mail_row {
    int64_t id;
    const char *digest; /* letter.h */
    const char *became, *state;
    int64_t ticket, address; /* 0: none */
    int64_t at;
    const char *why; /* NULL: nothing to say */
};

/* What a mail can become: its code and word, by number from 0 on; false behind the last. */
bool mail_became(int number, const char **code, const char **word);
/* The word for one of these codes, for a state; NULL: there is none. The code of the state called
 * WORD, by code or word; NULL: none. */
const char *mail_became_name(const char *code);
const char *mail_state_name(const char *state);
const char *mail_state(const char *word);

/* Takes MAIL in, with what became of it, as its event; fills in its id. False with a FAULT. Inside
 * a write transaction, as the next. */
bool mail_take(struct center *center, struct mail_row *mail, struct fault *fault);
/* A person has settled it, who says WHY: what became of it besides is as MAIL says. */
enum gate_result mail_settle(struct center *center, const struct mail_row *mail,
                             const struct gate_who *who, struct fault *fault);

/* The row of the mail with this digest, or with this number; texts in ARENA; false: there is none.
 */
bool mail_find(struct db *db, const char *digest, struct arena *arena, struct mail_row *mail);
bool mail_load(struct db *db, int64_t id, struct arena *arena, struct mail_row *mail);

/* Which are meant; zeroed: all. */
struct mail_filter {
    struct wanted states;
    int64_t id, ticket;
};
/* Calls TAKE for each, by number; texts live during the call. */
void mail_each(struct db *db, const struct mail_filter *filter,
               void (*take)(void *context, const struct mail_row *mail), void *context);

/* How many wait for a person. */
int64_t mail_count_waiting(struct db *db);

#endif
