/* act_step: one act under way (call.c), and the step of each act: what it does once its
 * state, its actor and its moment have been checked (route.c, handle.c, request.c,
 * followup.c, supervise.c). */
#ifndef QIFU_ACT_STEP_PRIVATE_H
#define QIFU_ACT_STEP_PRIVATE_H

#include "act/apply.h"
#include "supervision/owed.h"

/* One act under way. */
struct act_call {
    struct acting *acting;
    struct ticket *ticket;
    struct arena *arena;
    const struct act *act;
    int64_t by;        /* who acts */
    int64_t center;    /* the ticket's: a county's, else the city's */
    bool for_itself;   /* replies only to its own orders: the ticket has left its hands */
    struct owed order; /* that the act names */
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int party_count;
    struct text data;              /* of the event being written */
    const char *cause;             /* the type of the last one written, NULL: none was */
    const struct judgment *before; /* of the ticket, before the act */
    struct fault *fault;
};

/* Writes the fault; returns false. */
bool act_refuse(struct act_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* True where the act was done; else the fault is written and nothing was. */
typedef bool act_action(struct act_call *call);

/* route.c */
act_action action_route, action_redispatch, action_assist, action_release;
/* True where who acts may send the ticket so (sending.h). */
bool action_may_send(struct act_call *call, const struct route *route);
/* handle.c */
act_action action_accept, action_answer, action_part, action_confer, action_rule;
/* request.c */
act_action action_return, action_grant_return, action_refuse_return;
act_action action_hand_back, action_grant_hand_back;
act_action action_extend, action_grant_extension, action_refuse_extension;
act_action action_suspend, action_grant_suspension, action_refuse_suspension;
act_action action_resume, action_close, action_grant_close, action_refuse_close;
act_action action_grant_revocation, action_refuse_revocation;
/* followup.c */
act_action action_rate, action_follow, action_close_unrated;
act_action action_note, action_mark;
/* appeal.c */
act_action action_appeal, action_grant_appeal, action_refuse_appeal;
/* supervise.c */
act_action action_order, action_acknowledge, action_reply, action_refuse_reply;

/* Finds the order that the act names, into the call; true where it names none. */
bool action_find_order(struct act_call *call);
/* True where ORG was given an order on the ticket: it stays with it, also after the ticket has gone
 * on. */
bool action_is_ordered(const struct act_call *call, int64_t org);
/* True if exactly this order was given at the act's moment. */
bool action_is_ordered_already(const struct act_call *call);
/* True where ORG may order, or judge the reply to an order that it gave. */
bool action_may_supervise(const struct act_call *call, int64_t org);

/* merge.c */
act_action action_merge;
/* correct.c */
act_action action_correct;
/* end.c */
act_action action_decline, action_refer, action_refer_back, action_withdraw, action_void;

/* True where the same act was entered before at the same moment: running it again is harmless. */
bool action_is_known(struct act_call *call);

/* Starts the event's data with who acts and what was given (text, reason, basis). */
void action_begin(struct act_call *call);
/* What was asked and not decided falls away. */
void action_drop_questions(struct act_call *call);
/* Ends the data and records the event. */
void action_record(struct act_call *call, const char *type);
/* True where ORG has ever led or assisted the ticket. */
bool action_is_party(struct act_call *call, int64_t org);
/* True where the reason is given; else a fault. */
bool action_needs_reason(struct act_call *call);
/* Levels passed by the act's moment fire before the clock stops, so that no breach is lost. */
void action_fire(struct act_call *call);
/* What a handler enters too long after it happened counts from its entry, until the center has said
 * otherwise: notes that, once the act has stored it, and asks the center where it decides a
 * judgment (qifu-rules(7), late entries). */
void action_note_late(struct act_call *call);
/* True where the act is entered later than center.yaml allows (late_entry_days). */
bool action_is_late(const struct act_call *call);
/* True where the ticket's clock stands still at the act's moment: a pause that has reached its cap
 * is over, resumed or not. */
bool action_stands_still(const struct act_call *call);
/* An answer, or an end without one, ends a pause that still lasts, or was resumed at a later
 * moment: its day is the pause's last. True where there was one. */
bool action_end_pause(struct act_call *call);
/* The code of an organisation, in the call's arena; NULL where there is none. */
const char *action_org_code(struct act_call *call, int64_t org);
/* True where no party got the ticket, signed it in or filed its part after the act's moment. */
bool action_follows_parties(struct act_call *call);
/* Appends the deadline that follows from AFTER, the ticket as it will be; false, with a fault,
 * where the calendar does not reach so far. */
bool action_clock(struct act_call *call, const struct ticket *after);

#endif
