/* ballot: what enterprises vote on units in a wave (万企评机关). The first ballot of a wave lists
 * it: its days, rules and units are then those of that moment's ballots.yaml, until it is listed
 * anew. Which ballots count is not stored: it follows from the votes and the rules (count.h). */
#ifndef QIFU_BALLOT_BALLOT_H
#define QIFU_BALLOT_BALLOT_H

#include "ballot/file.h"
#include "base/fault.h"
#include "center/gate.h"
#include "center/projected.h"

/* The fields that a table of votes may bring, ended by NULL. */
extern const char *const ballot_fields[];
enum ballot_field {
    BALLOT_WAVE,
    BALLOT_VOTER,
    BALLOT_UNIT,
    BALLOT_SCORE,
    BALLOT_REF,
    BALLOT_AT,
    BALLOT_BY
};

/* The rows of waves, units and votes, made by their events. */
extern const struct projected ballot_projected;
/* What can be done to them, for the gate and for who prints it. */
extern const struct gate_record ballot_record;

/* A wave as it is listed: its units in their order. */
struct ballot_poll {
    struct arena arena;
    const char *code;
    int first, last;
    struct ballot_rules rules;
    struct ballot_unit *units;
    int unit_count;
};

/* Loads the wave called CODE; false where it is not listed. Free with ballot_poll_free. */
bool ballot_poll_load(struct db *db, const char *code, struct ballot_poll *poll);
void ballot_poll_free(struct ballot_poll *poll);
/* The code of the wave that was held before POLL, in the poll's arena, or NULL. */
const char *ballot_poll_before(struct db *db, struct ballot_poll *poll);
/* The wave called WORD, for an operand or an option's argument; dies where it is not listed. */
struct ballot_poll ballot_poll_need(struct db *db, const char *word);
/* The code of POLL's group that is called WORD, by code or name; dies where there is none. */
const char *ballot_poll_group(const struct ballot_poll *poll, const char *word);

/* The unit of POLL that is called WORD, by code or by the name that one alone has; dies where there
 * is none. */
const struct ballot_unit *ballot_poll_unit(const struct ballot_poll *poll, const char *word);
/* The codes of the waves whose last day is one of those from FIRST to LAST, in their order, ended
 * by NULL, in ARENA. */
const char *const *ballot_waves_ended(struct db *db, struct arena *arena, int first, int last);

/* One vote: what a voter says of a unit. */
struct ballot_vote {
    int64_t id;
    const char *voter; /* an enterprise's code, where it is one that is known */
    const char *unit;  /* its code */
    const char *ref;   /* the ballot's number; "": none */
    int score;         /* 0: does not know the unit (不了解) */
    int64_t at, by;    /* when it was cast; who takes it in, 0: the center */
    bool at_given;
};

/* What the rows of one import share; zero all else at the start. */
struct ballot_intake {
    struct center *center;
    const struct ballotfile *file;
    struct ballot_poll poll; /* of the present wave */
    struct arena arena;      /* of the present voter */
    char *word;              /* as the voter was written last, and its code */
    const char *voter;
};

/* Makes WORD the present wave, and lists it where it is not listed yet, or ANEW: then it has the
 * days, rules and units of the file. False with a FAULT where there is no such wave. Inside a write
 * transaction, as are the next ones. */
bool ballot_begin(struct ballot_intake *intake, const char *word, bool anew,
                  const struct gate_who *who, struct fault *fault);

/* Makes a vote in the present wave of VALUES (by enum ballot_field). False with a FAULT where
 * something is unknown. */
bool ballot_read(struct ballot_intake *intake, char *const *values, const struct gate_who *who,
                 struct ballot_vote *vote, struct fault *fault);

/* Adds VOTE and fills in its id: GATE_KNOWN where the voter said the same on the same ballot
 * before. Refused, with a FAULT, where it says something else, or lies in the future. */
enum gate_result ballot_add(struct ballot_intake *intake, struct ballot_vote *vote,
                            struct fault *fault);
void ballot_finish(struct ballot_intake *intake);

#endif
