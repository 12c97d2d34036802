/* act: everything that can be done to a ticket after its intake, as one table: which act is allowed
 * in which state, and by whom (qifu-rules(7)). act/apply.h does them. */
#ifndef QIFU_ACT_ACT_H
#define QIFU_ACT_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/gate.h"
#include "ticket/route.h"

enum act_kind {
    ACT_ROUTE,
    ACT_ACCEPT,
    ACT_ANSWER,
    ACT_PART,
    ACT_RETURN,
    ACT_GRANT_RETURN,
    ACT_REFUSE_RETURN,
    ACT_HAND_BACK,
    ACT_GRANT_HAND_BACK,
    ACT_REFUSE_HAND_BACK,
    ACT_CONFER,
    ACT_RULE,
    ACT_REDISPATCH,
    ACT_ASSIST,
    ACT_RELEASE,
    ACT_EXTEND,
    ACT_GRANT_EXTENSION,
    ACT_REFUSE_EXTENSION,
    ACT_SUSPEND,
    ACT_GRANT_SUSPENSION,
    ACT_REFUSE_SUSPENSION,
    ACT_RESUME,
    ACT_RATE,
    ACT_FOLLOW,
    ACT_CLOSE,
    ACT_GRANT_CLOSE,
    ACT_REFUSE_CLOSE,
    ACT_CLOSE_UNRATED,
    ACT_MERGE,
    ACT_CORRECT,
    ACT_DECLINE,
    ACT_REFER,
    ACT_REFER_BACK,
    ACT_WITHDRAW,
    ACT_VOID,
    ACT_NOTE,
    ACT_MARK,
    ACT_GRANT_REVOCATION,
    ACT_REFUSE_REVOCATION,
    ACT_ACKNOWLEDGE,
    ACT_REPLY,
    ACT_ORDER,
    ACT_REFUSE_REPLY,
    ACT_APPEAL,
    ACT_GRANT_APPEAL,
    ACT_REFUSE_APPEAL,
    ACT_KINDS
};

struct act {
    enum act_kind kind;
    int64_t by;    /* organisation, 0: whom the act falls to (the lead, or the center) */
    int64_t at;    /* when it was done */
    bool at_given; /* by the caller, not the clock's now */
    bool trusted;  /* what it says of the past is believed: the center's word, or a trusted file */
    const char *text, *reason, *basis, *outcome, *level; /* NULL where not given */
    const char *without; /* why the lead answers before its assists have */
    bool resolves; /* an answer that settles the matter (办结), not only answers it (答复) */
    bool confidential;  /* of ACT_MARK */
    int days, score;    /* 0: not given */
    int64_t into;       /* of ACT_MERGE: the first ticket */
    struct route route; /* of ACT_ROUTE, ACT_REDISPATCH, ACT_RULE; of ACT_ASSIST, ACT_RELEASE:
                           its assists */
    bool once;          /* of ACT_RULE: only for this case */
    int64_t order;      /* the order of supervision that it is about; 0: all that wait */
    int64_t ordered;    /* of ACT_ORDER: whom it orders, by what document (NULL: the usual) */
    const char *document;
    bool accountability;      /* of ACT_ORDER: opens the procedure */
    const char *const *words; /* of ACT_RULE: which later tickets are alike; ended by NULL */
    const char *category;
    const char *participants;
    const char *fields[TICKET_FIELD_COUNT]; /* of ACT_CORRECT: what is right; "": nothing is */
    int64_t kb; /* of ACT_ANSWER: the entry of the knowledge base that is the text; 0: none */
    const char *figures;      /* of ACT_APPEAL: their codes, divided by commas */
    const char *figure_names; /* the office's words for them; may be NULL */
    const char *to, *number;  /* of ACT_REFER: a word of refer_to, and the ticket's number there */
};

/* The acts on tickets, for the gate and for who prints them. */
extern const struct gate_record act_record;

/* Name (accept), the program that does it, the office's word (签收), who may. */
const char *act_name(enum act_kind kind);
/* The name or the word, as messages are in English or in Chinese. */
const char *act_called(enum act_kind kind);
const char *act_program(enum act_kind kind);
const char *act_word(enum act_kind kind);
enum gate_by act_by(enum act_kind kind);
/* True if STATE, a code, allows the act. Some acts on closed tickets follow only one way of being
 * closed, CLOSED_AS; NULL means any. */
bool act_allowed(enum act_kind kind, const char *state, const char *closed_as);
/* True if TICKET allows it: its state, how it was closed, and whose it is. */
bool act_fits(enum act_kind kind, const struct ticket *ticket);

#endif
