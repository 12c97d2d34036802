/* gate: what holds for everything that is done to a record, whatever the record: its state allows
 * it, who does it may, it lies neither in the future nor before the record began, and what was
 * entered once is not done twice. The acts on a record are rows of one table, which the programs
 * print (qifu acts); the gate checks them and lets the act's step happen, whole or not at all. */
#ifndef QIFU_CENTER_GATE_H
#define QIFU_CENTER_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"

/* Who may do it. */
enum gate_by {
    GATE_BY_LEAD,     /* the lead; the center where nobody leads */
    GATE_BY_PARTY,    /* the lead or an assist; the center where nobody leads */
    GATE_BY_ASSIST,   /* an assist */
    GATE_BY_CENTER,   /* the center: the city's of all, a county's of its own */
    GATE_BY_COUNTY,   /* the county's center whose it is */
    GATE_BY_CITY,     /* the city's center, of what a county's asks */
    GATE_BY_CONVENER, /* who may order a conference, rule and name a lead (center.yaml) */
    GATE_BY_ANYONE,
    GATE_BY_SUPERVISOR, /* the center, or who may supervise */
    GATE_BY_OWNER,      /* whose it is: policy, draft, liaison; or the center */
    GATE_BY_ADDRESSEE,  /* whom a draft was sent to */
    GATE_BYS
};
/* In words: lead or assist, 主办或协办. */
const char *gate_by_name(enum gate_by by);
const char *gate_by_word(enum gate_by by);

/* One act: its name, the program that does it, the office's word, the states that allow it (bit n
 * is state n of the record), who may, and the type of the event that it leaves; where that depends,
 * the types, divided by blanks. */
struct gate_act {
    const char *name, *program, *word;
    int states;
    enum gate_by by;
    const char *event;
};

/* What it is called in a message: its name, or the office's word where messages are in Chinese. */
const char *gate_called(const struct gate_act *act);

/* Who acts and when, as an option or a row of a file says it. */
struct gate_who {
    int64_t by; /* an organisation; 0: not said, whose act it is */
    int64_t at; /* a moment; 0: not said, now */
};

/* A record: its word, the codes of its states and their words, its acts. */
struct gate_record {
    const char *code, *word;   /* ticket, 工单 */
    const char *const *states; /* ended by NULL */
    const char *(*name)(const char *state);
    const struct gate_act *acts; /* ended by one without a name */
};

/* The states of what is registered once and then changed: organisations, enterprises, liaisons. */
extern const char *const gate_registers[];
enum { GATE_NEW = 1, GATE_REGISTERED = 2 };
const char *gate_register_name(const char *state);
/* Which of them: that of the record with this id; 0: there is none yet. */
const char *gate_register(int64_t id);

/* True where STATE allows the act; where every state does, but for that of what is not there yet.
 */
bool gate_allows(const struct gate_record *record, int act, const char *state);
bool gate_is_always(const struct gate_record *record, int act);
/* True where the act decides on what was asked: grants it, or refuses it. */
bool gate_decides(const struct gate_record *record, int act);

/* Which role may do the act numbered ACT: the one table that the gate reads, and qifu acts prints.
 */
struct gate_right {
    unsigned roles; /* one of them is needed, for the organisation whose act it is (role.h) */
    bool entered;   /* an operator may enter it for that organisation */
};
struct gate_right gate_right(const struct gate_record *record, int act);

/* An act that is about to happen to one record. What is not the same for all records the subject
 * adds: each of these gets CONTEXT, writes to FAULT where it returns false, and may be NULL. */
struct gate {
    const struct gate_record *record;
    int act;
    const char *state;
    int64_t at;    /* 0: now */
    int64_t began; /* the record, and as what: "the clock started"; 0: not known */
    const char *began_as;
    const int64_t
        *by; /* for whom it is done, once MAY is asked; 0 or NULL: for the city's center */
    struct fault *fault;
    void *context;
    bool (*known)(void *context); /* the very same was entered before */
    bool (*follows)(void *context,
                    int act);             /* what has happened allows the act, as its state does */
    bool (*says)(void *context, int act); /* an act worth naming among those that are allowed */
    bool (*may)(void *context);           /* who does it may, with what they say */
    bool (*step)(void *context);          /* does it; NULL with is_sure: it is only asked whether */
    bool is_sure; /* the step refuses nothing, and so needs no mark to go back to */
};

enum gate_result { GATE_DONE, GATE_KNOWN, GATE_REFUSED };

/* Checks the act and lets it happen, inside a write transaction: GATE_REFUSED with the fault, and
 * nothing was done; GATE_KNOWN where it was entered before. Where there are members, who runs the
 * program must be one who may (gate_right). Acts that the step brings with it are not asked again.
 */
enum gate_result gate_pass(struct center *center, const struct gate *gate);

#endif
