#include "act.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "actions.h"
#include "clock.h"
#include "die.h"
#include "org.h"

/* The states, as bits, in the order of the loop. */
enum {
    RECEIVED = 1,
    CONFERENCE = 2,
    DISPATCHED = 4,
    ACCEPTED = 8,
    ANSWERED = 16,
    RATED = 32,
    CLOSED = 64,
    HELD = DISPATCHED | ACCEPTED,
    OPEN = RECEIVED | CONFERENCE | HELD,
    ANY = OPEN | ANSWERED | RATED | CLOSED
};

static const char *const state_names[] = {"received", "conference", "dispatched", "accepted",
                                          "answered", "rated",      "closed"};

/* The state machine. qifu(7) prints this table (ticket-show --acts), and a test walks it. */
static const struct {
    const char *name, *program, *word;
    int states;
    enum act_by by;
    act_action *action;
} acts[ACT_KINDS] = {
    [ACT_ROUTE] = {"dispatch", "ticket-route", "派发", RECEIVED, ACT_BY_CENTER, NULL},
    [ACT_ACCEPT] = {"accept", "ticket-accept", "签收", HELD, ACT_BY_PARTY, action_accept},
    [ACT_ANSWER] = {"answer", "ticket-answer", "答复", RECEIVED | HELD, ACT_BY_PARTY,
                    action_answer},
    [ACT_RETURN] = {"return", "ticket-return", "退单", HELD, ACT_BY_LEAD, action_return},
    [ACT_GRANT_RETURN] = {"grant a return", "ticket-return", "同意退单", HELD, ACT_BY_CENTER,
                          action_grant_return},
    [ACT_REFUSE_RETURN] = {"refuse a return", "ticket-return", "不同意退单", HELD, ACT_BY_CENTER,
                           action_refuse_return},
    [ACT_CONFER] = {"open a conference", "ticket-confer", "会商", RECEIVED | HELD, ACT_BY_CENTER,
                    action_confer},
    [ACT_RULE] = {"rule", "ticket-confer", "会商裁定", CONFERENCE, ACT_BY_CENTER, action_rule},
    [ACT_EXTEND] = {"ask for an extension", "ticket-extend", "申请延期", HELD, ACT_BY_LEAD,
                    action_extend},
    [ACT_GRANT_EXTENSION] = {"grant an extension", "ticket-extend", "同意延期", HELD, ACT_BY_CENTER,
                             action_grant_extension},
    [ACT_REFUSE_EXTENSION] = {"refuse an extension", "ticket-extend", "不同意延期", HELD,
                              ACT_BY_CENTER, action_refuse_extension},
    [ACT_SUSPEND] = {"ask for a suspension", "ticket-suspend", "申请挂起", HELD, ACT_BY_LEAD,
                     action_suspend},
    [ACT_GRANT_SUSPENSION] = {"grant a suspension", "ticket-suspend", "同意挂起", HELD,
                              ACT_BY_CENTER, action_grant_suspension},
    [ACT_REFUSE_SUSPENSION] = {"refuse a suspension", "ticket-suspend", "不同意挂起", HELD,
                               ACT_BY_CENTER, action_refuse_suspension},
    [ACT_RESUME] = {"resume", "ticket-resume", "恢复", HELD, ACT_BY_LEAD, action_resume},
    [ACT_RATE] = {"rate", "ticket-rate", "评价", ANSWERED, ACT_BY_ANYONE, action_rate},
    [ACT_FOLLOW] = {"follow up", "ticket-follow", "回访", RATED, ACT_BY_CENTER, action_follow},
    [ACT_CLOSE] = {"ask for an explained close", "ticket-close", "申请作办结", ANSWERED | RATED,
                   ACT_BY_LEAD, action_close},
    [ACT_GRANT_CLOSE] = {"grant an explained close", "ticket-close", "同意作办结", ANSWERED | RATED,
                         ACT_BY_CENTER, action_grant_close},
    [ACT_REFUSE_CLOSE] = {"refuse an explained close", "ticket-close", "不同意作办结",
                          ANSWERED | RATED, ACT_BY_CENTER, action_refuse_close},
    [ACT_CLOSE_UNRATED] = {"close as not rated", "ticket-close", "未评价办结", ANSWERED,
                           ACT_BY_CENTER, action_close_unrated},
    [ACT_MERGE] = {"merge", "ticket-merge", "并单", OPEN, ACT_BY_CENTER, action_merge},
    [ACT_NOTE] = {"note", "ticket-note", "备注", ANY, ACT_BY_ANYONE, action_note},
    [ACT_MARK] = {"mark confidential or public", "ticket-note", "保密标记", ANY, ACT_BY_CENTER,
                  action_mark},
    [ACT_ACKNOWLEDGE] = {"acknowledge a supervision", "supervise", "签收督办", ANY, ACT_BY_PARTY,
                         action_acknowledge},
    [ACT_REPLY] = {"reply to a supervision", "supervise", "回复督办", ANY, ACT_BY_PARTY,
                   action_reply},
};

struct acting acting_new(struct center *center)
{
    return (struct acting){.center = center,
                           .ladder = ladder_new(center),
                           .center_org = org_need(center->db, center->config->center_org)};
}

void acting_free(struct acting *acting)
{
    ladder_free(&acting->ladder);
}

const char *act_name(enum act_kind kind)
{
    return acts[kind].name;
}

const char *act_program(enum act_kind kind)
{
    return acts[kind].program;
}

const char *act_word(enum act_kind kind)
{
    return acts[kind].word;
}

enum act_by act_by(enum act_kind kind)
{
    return acts[kind].by;
}

bool act_allowed(enum act_kind kind, const char *state)
{
    for (int i = 0; i < 7; i++)
        if (!strcmp(state_names[i], state))
            return acts[kind].states >> i & 1;
    return false;
}

bool act_refuse(struct act_call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(call->fault, call->size, format, arguments);
    va_end(arguments);
    return false;
}

void act_explain_state(enum act_kind act, const char *state, char *fault, size_t size)
{
    struct text allowed = {0};
    for (int kind = 0; kind < ACT_KINDS; kind++)
        if (act_allowed((enum act_kind)kind, state) && acts[kind].states != ANY)
            text_add_format(&allowed, "%s%s", allowed.length ? ", " : "", acts[kind].name);
    snprintf(fault, size, "%s: it is %s; allowed now: %s", acts[act].name, state,
             allowed.length ? allowed.data : "note");
    text_free(&allowed);
}

static bool check_state(struct act_call *call)
{
    if (act_allowed(call->act->kind, call->ticket->state))
        return true;
    act_explain_state(call->act->kind, call->ticket->state, call->fault, call->size);
    return false;
}

static bool is_assist(struct act_call *call, int64_t org)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].org == org)
            return true;
    return false;
}

/* An order of supervision stays with whom it was given to, also after the ticket has gone on. */
static bool is_supervised(struct act_call *call, int64_t org)
{
    enum act_kind kind = call->act->kind;
    if (kind != ACT_ACKNOWLEDGE && kind != ACT_REPLY)
        return false;
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT 1 FROM supervision WHERE ticket_id = ?1 AND lead = ?2 LIMIT 1");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, org);
    call->for_itself = db_step(q);
    db_reset(q);
    return call->for_itself;
}

/* Finds who acts, and whether they may. */
static bool check_actor(struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    enum act_by by = acts[call->act->kind].by;
    int64_t center = call->acting->center_org, holder = ticket->lead ? ticket->lead : center;
    call->by = call->act->by         ? call->act->by
               : by == ACT_BY_CENTER ? center
               : by == ACT_BY_ANYONE ? 0
                                     : holder;
    if (by == ACT_BY_CENTER)
        return call->by == center ||
               act_refuse(call, "%s: only the center may", acts[call->act->kind].name);
    if (by == ACT_BY_ANYONE || call->by == holder ||
        (by == ACT_BY_PARTY && is_assist(call, call->by)) || is_supervised(call, call->by))
        return true;
    return act_refuse(call, "%s: that organisation does not %s it", acts[call->act->kind].name,
                      by == ACT_BY_PARTY ? "handle" : "lead");
}

static bool check_moment(struct act_call *call)
{
    char at[CLOCK_TEXT_SIZE], start[CLOCK_TEXT_SIZE];
    const struct act *act = call->act;
    if (act->at > call->acting->center->now)
        return act_refuse(call, "%s lies in the future", clock_print(act->at, at));
    if (act->at < call->ticket->started_at)
        return act_refuse(call, "%s lies before %s, when the clock started",
                          clock_print(act->at, at), clock_print(call->ticket->started_at, start));
    return true;
}

enum act_result act_perform(struct acting *acting, struct ticket *ticket, struct arena *arena,
                            const struct act *act, char *fault, size_t size)
{
    struct act_call call = {.acting = acting,
                            .ticket = ticket,
                            .arena = arena,
                            .act = act,
                            .fault = fault,
                            .size = size};
    *fault = '\0';
    if (act->at_given && action_is_known(&call))
        return ACT_KNOWN;
    call.party_count = route_parties(acting->center->db, ticket, call.parties);
    db_mark(acting->center->db);
    bool done = check_state(&call) && check_actor(&call) && check_moment(&call) &&
                acts[act->kind].action(&call);
    if (done)
        db_keep(acting->center->db);
    else
        db_undo(acting->center->db);
    text_free(&call.data);
    return done ? ACT_DONE : ACT_REFUSED;
}
