/* What a handler asks of the center waits in the table `request`, one of a kind at a time. */
#include <stdio.h>
#include <string.h>

#include "act/question_private.h"
#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "center/told.h"
#include "ticket/clock.h"
#include "ticket/turn.h"

struct question question_find(struct act_call *call, const char *what)
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
int question_count_granted(struct act_call *call, const char *what)
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
    struct db *db = call->acting->center->db;
    int64_t id = db_next_id(db, "request");
    struct db_query *q = db_query(
        db, "INSERT INTO request (ticket_id, round, act, org_id, asked_at, reason, basis, days, id)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    db_bind(q, 1, call->ticket->id);
    db_bind_text(q, 3, what);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 4, call->by);
    db_bind(q, 5, act->at);
    db_bind_text(q, 6, act->reason);
    db_bind_text(q, 7, act->basis ? act->basis : "");
    if (act->days)
        db_bind(q, 8, act->days);
    db_bind(q, 9, id);
    db_run(q);
    told_end(told_start(db, call->ticket->id, "request", id));
}

void question_decide(struct act_call *call, const struct question *question, bool granted)
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
    text_add_format(wrong, "%s%s%s", wrong->length ? tongue("; ") : "", what, list);
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
        add_wrong(wrong, tongue("the reason is missing: --reason"), list);
    else if (!known)
        text_add_format(wrong, tongue("%s\"%s\" is none of the configured reasons%s"),
                        wrong->length ? tongue("; ") : "", act->reason, list);
}

/* In what days the ticket's limit is counted. */
static const char *days_called(const struct act_call *call)
{
    const struct kind *kind = config_kind(call->acting->center->config, call->ticket->kind);
    return kind && kind->natural ? tongue("natural days") : tongue("working days");
}

bool question_may_ask(struct act_call *call, const char *what, const char *const *reasons,
                      bool needs_basis, int most)
{
    const struct act *act = call->act;
    struct text wrong = {0};
    if (most && !act->days)
        text_add_format(&wrong, tongue("the days are missing: --days (1 to %d %s)"), most,
                        days_called(call));
    else if (most && (act->days < 1 || act->days > most))
        text_add_format(&wrong, tongue("of 1 to %d %s"), most, days_called(call));
    add_wrong_reason(act, reasons, &wrong);
    if (needs_basis && !act->basis)
        add_wrong(&wrong, tongue("the basis is missing: --basis"), "");
    if (!wrong.length && question_find(call, what).id)
        text_add(&wrong, tongue("it was asked already and waits for the center"));
    bool good = !wrong.length;
    if (!good)
        act_refuse(call, "%s: %s", act_called(act->kind), wrong.data);
    text_free(&wrong);
    return good;
}

/* True where there is a question to decide, asked before it is decided. The center decides, or
 * another convener on what the center has asked itself. */
bool question_may_decide(struct act_call *call, const struct question *question)
{
    const char *name = act_called(call->act->kind);
    int64_t city = call->acting->center_org;
    int64_t center = act_by(call->act->kind) == GATE_BY_CITY ? city : call->center;
    if (!question->id)
        return act_refuse(call, "%s: none was asked for", name);
    if (call->by != center && call->by != city &&
        (question->org ? question->org : center) != center)
        return act_refuse(call, "%s: only the center may", name);
    return call->act->at >= question->asked_at ||
           act_refuse(call, "%s: that is before it was asked for", name);
}

/* The events by which what an act grants was asked for. */
static const char *asked_by_event(enum act_kind kind)
{
    switch (kind) {
    case ACT_GRANT_RETURN:
    case ACT_GRANT_HAND_BACK: return "return-asked";
    case ACT_GRANT_EXTENSION: return "extension-asked";
    case ACT_GRANT_SUSPENSION: return "suspension-asked";
    case ACT_GRANT_CLOSE: return "close-asked";
    case ACT_GRANT_APPEAL: return "appealed";
    default: return NULL;
    }
}

/* The event that asked at this moment, or by its late entry, is another person's. */
bool question_is_anothers(struct act_call *call, int64_t asked_at)
{
    struct center *center = call->acting->center;
    const char *event = asked_by_event(call->act->kind);
    bool granted = true;
    if (!center->self.ruled)
        return true;
    struct db_query *q =
        event ? db_query(center->db, "SELECT actor FROM event WHERE ticket_id = ?1 AND at = ?2"
                                     " AND type = ?3")
              : db_query(center->db,
                         "SELECT actor FROM event WHERE ticket_id = ?1"
                         " AND CAST(json_extract(data, '$.entered_late') AS BIGINT) = ?2");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, asked_at);
    if (event)
        db_bind_text(q, 3, event);
    while (db_step(q))
        granted = granted && permit_grants(center, db_text(q, 0));
    return granted || act_refuse(call, "%s: %s asked for it, and another person grants it",
                                 act_called(call->act->kind), center->user);
}

/* Who asked may not grant. */
bool question_may_grant(struct act_call *call, const struct question *question)
{
    int64_t asked_by = question->org ? question->org : call->center;
    return question_may_decide(call, question) &&
           (call->by != asked_by ||
            act_refuse(call, "%s: who asked does not grant; another convener may: --by",
                       act_called(call->act->kind))) &&
           question_is_anothers(call, question->asked_at);
}

/* Refuses an open question; the event says so. */
bool question_refuse(struct act_call *call, const char *what, const char *event)
{
    struct question question = question_find(call, what);
    if (!question_may_decide(call, &question))
        return false;
    question_decide(call, &question, false);
    action_begin(call);
    action_record(call, event);
    return true;
}

bool question_ask(struct act_call *call, const char *what, const char *event)
{
    add_question(call, what);
    action_begin(call);
    if (call->act->days)
        json_add_number(&call->data, "days", call->act->days);
    action_record(call, event);
    return true;
}
