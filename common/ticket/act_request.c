/* What a handler asks of the center and the center grants or refuses: return, extension,
 * suspension, explained close. A question waits in the table `request`, one of a kind at a time. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "ticket/act_private.h"
#include "ticket/clock.h"
#include "ticket/turn.h"

/* The open request of a kind, or none (id 0). */
struct question {
    int64_t id, asked_at, org;
    int days, round;
    const char *reason;
};

static struct question find_question(struct act_call *call, const char *what)
{
    struct question question = {0};
    struct db_query *q =
        db_query(call->acting->center->db, "SELECT id, asked_at, org_id, days, round, reason"
                                           " FROM request WHERE ticket_id = ?1 AND act = ?2"
                                           " AND decided_at IS NULL ORDER BY id");
    db_bind(q, 1, call->ticket->id);
    db_bind_text(q, 2, what);
    if (db_step(q)) {
        question = (struct question){
            db_number(q, 0),      db_number(q, 1),      db_number(q, 2),
            (int)db_number(q, 3), (int)db_number(q, 4), arena_string(call->arena, db_text(q, 5))};
    }
    db_reset(q);
    return question;
}

/* How many requests of a kind were granted in this round. */
static int count_granted(struct act_call *call, const char *what)
{
    struct db_query *q =
        db_query(call->acting->center->db, "SELECT count(*) FROM request WHERE ticket_id = ?1"
                                           " AND act = ?2 AND round = ?3 AND granted = 1");
    db_bind(q, 1, call->ticket->id);
    db_bind_text(q, 2, what);
    db_bind(q, 3, call->ticket->round);
    int count = db_step(q) ? (int)db_number(q, 0) : 0;
    db_reset(q);
    return count;
}

static void add_question(struct act_call *call, const char *what)
{
    const struct act *act = call->act;
    struct db_query *q = db_query(call->acting->center->db,
                                  "INSERT INTO request (ticket_id, round, act, org_id, asked_at,"
                                  " reason, basis, days) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    db_bind(q, 1, call->ticket->id);
    db_bind_text(q, 3, what);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 4, call->by);
    db_bind(q, 5, act->at);
    db_bind_text(q, 6, act->reason);
    db_bind_text(q, 7, act->basis ? act->basis : "");
    if (act->days)
        db_bind(q, 8, act->days);
    db_run(q);
}

static void decide(struct act_call *call, const struct question *question, bool granted)
{
    struct db_query *q = db_query(call->acting->center->db,
                                  "UPDATE request SET decided_at = ?2, granted = ?3 WHERE id = ?1");
    db_bind(q, 1, question->id);
    db_bind(q, 2, call->act->at);
    db_bind(q, 3, granted);
    db_run(q);
}

/* One more fault of a question. */
static void add_wrong(struct text *wrong, const char *what, const char *list)
{
    text_add_format(wrong, "%s%s%s", wrong->length ? "; " : "", what, list);
}

static void add_wrong_reason(const struct act *act, const char *const *reasons, struct text *wrong)
{
    char list[512] = "";
    size_t count = 0;
    bool known = !reasons || !reasons[0];
    for (; reasons && reasons[count]; count++) {
        text_choice(list, sizeof list, reasons[count], NULL);
        known = known || (act->reason && !strcmp(reasons[count], act->reason));
    }
    if (!act->reason)
        add_wrong(wrong, "the reason is missing: --reason", list);
    else if (!known)
        text_add_format(wrong, "%s\"%s\" is none of the configured reasons%s",
                        wrong->length ? "; " : "", act->reason, list);
}

/* The kind's own limit of an extension, or the general one. */
static int most_days(const struct act_call *call)
{
    const struct config *config = call->acting->center->config;
    const struct kind *kind = config_kind(config, call->ticket->kind);
    return kind && kind->extension_days >= 0 ? kind->extension_days : config->limits.extension_days;
}

/* In what days the ticket's limit is counted. */
static const char *days_called(const struct act_call *call)
{
    const struct kind *kind = config_kind(call->acting->center->config, call->ticket->kind);
    return kind && kind->natural ? "natural days" : "working days";
}

/* Checks what every question needs: a reason (one of REASONS where the configuration lists some),
 * a basis where NEEDS_BASIS, 1 to MOST days where that is not 0, and that none of the same
 * kind waits already. */
static bool may_ask(struct act_call *call, const char *what, const char *const *reasons,
                    bool needs_basis, int most)
{
    const struct act *act = call->act;
    struct text wrong = {0};
    if (most && !act->days)
        text_add_format(&wrong, "the days are missing: --days (1 to %d %s)", most,
                        days_called(call));
    else if (most && (act->days < 1 || act->days > most))
        text_add_format(&wrong, "of 1 to %d %s", most, days_called(call));
    add_wrong_reason(act, reasons, &wrong);
    if (needs_basis && !act->basis)
        add_wrong(&wrong, "the basis is missing: --basis", "");
    if (!wrong.length && find_question(call, what).id)
        text_add(&wrong, "it was asked already and waits for the center");
    bool good = !wrong.length;
    if (!good)
        act_refuse(call, "%s: %s", act_name(act->kind), wrong.data);
    text_free(&wrong);
    return good;
}

/* True where there is a question to decide, asked before it is decided. The center decides, or
 * another convener on what the center has asked itself. */
static bool may_decide(struct act_call *call, const struct question *question)
{
    const char *name = act_name(call->act->kind);
    int64_t center = call->acting->center_org;
    if (!question->id)
        return act_refuse(call, "%s: none was asked for", name);
    if (call->by != center && (question->org ? question->org : center) != center)
        return act_refuse(call, "%s: only the center may", name);
    return call->act->at >= question->asked_at ||
           act_refuse(call, "%s: that is before it was asked for", name);
}

/* Who asked may not grant. */
static bool may_grant(struct act_call *call, const struct question *question)
{
    int64_t asked_by = question->org ? question->org : call->acting->center_org;
    return may_decide(call, question) &&
           (call->by != asked_by ||
            act_refuse(call, "%s: who asked does not grant; another convener may: --by",
                       act_name(call->act->kind)));
}

/* Refuses an open question; the event says so. */
static bool refuse_question(struct act_call *call, const char *what, const char *event)
{
    struct question question = find_question(call, what);
    if (!may_decide(call, &question))
        return false;
    decide(call, &question, false);
    action_begin(call);
    action_record(call, event);
    return true;
}

static bool ask(struct act_call *call, const char *what, const char *event)
{
    add_question(call, what);
    action_begin(call);
    if (call->act->days)
        json_add_number(&call->data, "days", call->act->days);
    action_record(call, event);
    return true;
}

/* ---- return (退单) */

/* After a ruling on the ticket there is no return, only a new conference. */
static bool was_ruled(struct act_call *call)
{
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT basis FROM ruling WHERE ticket_id = ?1 ORDER BY id DESC LIMIT 1");
    db_bind(q, 1, call->ticket->id);
    bool ruled = db_step(q);
    if (ruled)
        act_refuse(call, "return: ruled by a conference: %s; the center can open a new conference",
                   db_text(q, 0));
    db_reset(q);
    return ruled;
}

bool action_return(struct act_call *call)
{
    const struct center *center = call->acting->center;
    const struct limits *limits = &center->config->limits;
    struct deadline last;
    if (was_ruled(call))
        return false;
    if (!may_ask(call, "return", limits->return_reasons, true, 0))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "return: its clock stands still; resume it first");
    if (!deadline_compute(center_calendar(center), &center->config->rule,
                          call->ticket->dispatched_at, limits->return_days, &last) ||
        call->act->at > last.due_at)
        return act_refuse(call, "return: more than %d working days have passed since its dispatch",
                          limits->return_days);
    return ask(call, "return", "return-asked");
}

/* The second return of a ticket goes to conference. The clock runs on. */
bool action_grant_return(struct act_call *call)
{
    struct question question = find_question(call, "return");
    if (!may_grant(call, &question))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "%s: its clock stands still; resume it first",
                          act_name(call->act->kind));
    if (!action_follows_parties(call))
        return false;
    decide(call, &question, true);
    route_end(call->acting->center->db, call->ticket, call->act->at, "returned");
    action_begin(call);
    action_record(call, "returned");
    if (call->ticket->returns < 2)
        return true;
    action_begin(call);
    action_record(call, "conference-opened");
    return true;
}

bool action_refuse_return(struct act_call *call)
{
    return refuse_question(call, "return", "return-refused");
}

/* ---- extension (延期) */

/* When the lead's part is due, on its own clock. */
static int64_t lead_due(const struct act_call *call)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].is_lead)
            return call->parties[i].due_at;
    return call->ticket->due_at;
}

bool action_extend(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    const struct act *act = call->act;
    if (!most_days(call))
        return act_refuse(call, "ask for an extension: this kind has none");
    if (!may_ask(call, "extension", NULL, false, most_days(call)))
        return false;
    if (act->at > lead_due(call))
        return act_refuse(call, "ask for an extension: it is overdue");
    if (action_stands_still(call))
        return act_refuse(call, "ask for an extension: its clock stands still");
    if (count_granted(call, "extension") >= limits->extensions)
        return act_refuse(call, "ask for an extension: this round has had its %d",
                          limits->extensions);
    return ask(call, "extension", "extension-asked");
}

/* The new limit counts from the original start. */
bool action_grant_extension(struct act_call *call)
{
    struct question question = find_question(call, "extension");
    if (!may_grant(call, &question))
        return false;
    action_fire(call);
    struct ticket after = *call->ticket;
    after.limit_days += question.days;
    action_begin(call);
    json_add_number(&call->data, "limit", after.limit_days);
    if (!action_clock(call, &after))
        return false;
    decide(call, &question, true);
    route_reckon(call->acting->center, &after, false);
    action_record(call, "extended");
    return true;
}

bool action_refuse_extension(struct act_call *call)
{
    return refuse_question(call, "extension", "extension-refused");
}

/* ---- suspension (挂起) */

bool action_suspend(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    if (!may_ask(call, "suspension", limits->suspension_reasons, true, 0))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "ask for a suspension: its clock stands still already");
    if (count_granted(call, "suspension") >= limits->suspensions)
        return act_refuse(call, "ask for a suspension: this round has had its %d",
                          limits->suspensions);
    return ask(call, "suspension", "suspension-asked");
}

/* Clocks of a round do not overlap: a pause starts when the one before it is over. */
static bool starts_after_pauses(struct act_call *call)
{
    struct db_query *q = db_query(call->acting->center->db,
                                  "SELECT max(until_at) FROM suspension WHERE ticket_id = ?1");
    db_bind(q, 1, call->ticket->id);
    bool clear = !db_step(q) || db_number(q, 0) <= call->act->at;
    db_reset(q);
    return clear;
}

bool action_grant_suspension(struct act_call *call)
{
    struct center *center = call->acting->center;
    struct question question = find_question(call, "suspension");
    int end;
    if (!may_grant(call, &question))
        return false;
    if (!starts_after_pauses(call))
        return act_refuse(call, "%s: an earlier pause lasts longer", act_name(call->act->kind));
    if (!calendar_add(center_calendar(center), clock_day(call->act->at),
                      center->config->limits.suspension_days, &end))
        return act_refuse(call, "its end lies outside 1990 to 2119");
    action_fire(call);
    int64_t until = clock_moment(end, center->config->rule.day_end);
    struct db_query *q =
        db_query(center->db, "INSERT INTO suspension (ticket_id, round, from_at, until_at, reason)"
                             " VALUES (?1, ?2, ?3, ?4, ?5)");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->act->at);
    db_bind(q, 4, until);
    db_bind_text(q, 5, question.reason);
    db_run(q);
    center->has_suspensions = 1;
    decide(call, &question, true);
    action_begin(call);
    json_add_number(&call->data, "until", until);
    if (!action_clock(call, call->ticket))
        return false;
    route_reckon(call->acting->center, call->ticket, false);
    action_record(call, "suspended");
    return true;
}

bool action_refuse_suspension(struct act_call *call)
{
    return refuse_question(call, "suspension", "suspension-refused");
}

/* The working days left resume on the next working day. A pause that has reached its cap is over
 * since then. */
bool action_resume(struct act_call *call)
{
    struct center *center = call->acting->center;
    const struct ticket *ticket = call->ticket;
    if (!ticket->suspended_at)
        return act_refuse(call, "resume: its clock is running");
    if (call->act->at < ticket->suspended_at)
        return act_refuse(call, "resume: that is before the suspension");
    if (call->act->at < ticket->suspended_until) {
        struct db_query *q = db_query(center->db, "UPDATE suspension SET until_at = ?2 WHERE"
                                                  " ticket_id = ?1 AND from_at = ?3");
        db_bind(q, 1, ticket->id);
        db_bind(q, 2, call->act->at);
        db_bind(q, 3, ticket->suspended_at);
        db_run(q);
    } else {
        action_fire(call);
    }
    action_begin(call);
    if (!action_clock(call, ticket))
        return false;
    route_reckon(call->acting->center, call->ticket, false);
    action_record(call, "resumed");
    return true;
}

/* ---- explained close (申请作办结) */

bool action_close(struct act_call *call)
{
    if (call->act->at < call->ticket->answered_at)
        return act_refuse(call, "ask for an explained close: that is before the answer");
    return may_ask(call, "close", NULL, true, 0) && ask(call, "close", "close-asked");
}

bool action_grant_close(struct act_call *call)
{
    struct question question = find_question(call, "close");
    const struct ticket *ticket = call->ticket;
    if (!may_grant(call, &question))
        return false;
    if (ticket->rating && (!ticket->outcome || strcmp(ticket->outcome, "explained") != 0))
        return act_refuse(call, "%s: its rating was not followed up yet",
                          act_name(call->act->kind));
    decide(call, &question, true);
    action_begin(call);
    json_add_text(&call->data, "closed_as", "explained");
    action_record(call, "closed");
    return true;
}

bool action_refuse_close(struct act_call *call)
{
    return refuse_question(call, "close", "close-refused");
}

/* ---- late entry (补录) */

/* True where what happened at AT is entered later than the center allows. */
static bool is_late_entry(const struct act_call *call)
{
    const struct center *center = call->acting->center;
    const struct act *act = call->act;
    struct deadline last;
    if (!act->at_given || act->trusted || act->by == call->acting->center_org)
        return false;
    return deadline_compute(center_calendar(center), &center->config->rule, act->at,
                            center->config->limits.late_entry_days, &last) &&
           center->now > last.due_at;
}

/* True where the organisation would be late on its clock if it had answered only now. */
static bool decides_judgment(const struct act_call *call)
{
    struct turns turns;
    turns_read(call->acting->center, call->ticket, false, &turns);
    for (int i = 0; i < turns.count; i++) {
        const struct turn *turn = &turns.list[i];
        if (turn->role != CLOCK_DISPATCH && turn->org == call->by && !turn->excused)
            return turn->deadline.due_at < call->acting->center->now;
    }
    return false;
}

void action_note_late(struct act_call *call)
{
    const struct center *center = call->acting->center;
    if (!is_late_entry(call))
        return;
    struct db_query *q =
        db_query(center->db, "UPDATE route SET entered_at = ?4 WHERE ticket_id = ?1 AND round = ?2"
                             " AND org_id = ?3 AND ended_at IS NULL");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->by);
    db_bind(q, 4, center->now);
    db_run(q);
    json_add_number(&call->data, "entered_late", center->now);
    if (!decides_judgment(call) || find_question(call, "revocation").id)
        return;
    q = db_query(center->db, "INSERT INTO request (ticket_id, round, act, org_id, asked_at, reason,"
                             " basis) VALUES (?1, ?2, 'revocation', ?3, ?4, '补录', '')");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->by);
    db_bind(q, 4, center->now);
    db_run(q);
}

/* The center's word on the late entry that was made first. */
static bool decide_late(struct act_call *call, bool granted, const char *event)
{
    struct question question = find_question(call, "revocation");
    if (!question.id)
        return act_refuse(call, "%s: none waits for it", act_name(call->act->kind));
    if (!may_decide(call, &question))
        return false;
    struct judgment before;
    judgment_read_round(call->acting->center, call->ticket, question.round, &before);
    decide(call, &question, granted);
    struct db_query *q =
        db_query(call->acting->center->db, "UPDATE route SET late_granted = ?4 WHERE ticket_id = ?1"
                                           " AND round = ?2 AND org_id = ?3 AND entered_at = ?5");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, question.round);
    db_bind(q, 3, question.org);
    db_bind(q, 4, granted);
    db_bind(q, 5, question.asked_at);
    db_run(q);
    action_begin(call);
    action_record(call, event);
    if (question.round < call->ticket->round)
        supervision_settle_round(&call->acting->ladder, call->ticket, call->arena, question.round,
                                 &before, event);
    return true;
}

bool action_grant_revocation(struct act_call *call)
{
    return decide_late(call, true, "late-entry-granted");
}

bool action_refuse_revocation(struct act_call *call)
{
    return decide_late(call, false, "late-entry-refused");
}
