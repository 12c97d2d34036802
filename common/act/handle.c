#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "ticket/projection.h"
#include "ticket/round.h"
#include "ticket/sending.h"

/* True where SQL finds the same act: at the same moment, by the same organisation (the one that it
 * falls to where none is named), in this round or an earlier one. */
static bool was_entered(struct act_call *call, const char *sql)
{
    struct db_query *q = db_query(call->acting->center->db, sql);
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->act->at);
    if (call->act->by)
        db_bind(q, 3, call->act->by);
    bool known = db_step(q);
    db_reset(q);
    return known;
}

bool action_is_known(struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    const struct act *act = call->act;
    switch (act->kind) {
    case ACT_ACCEPT:
        return was_entered(call, "SELECT 1 FROM route WHERE ticket_id = ?1 AND accepted_at = ?2"
                                 " AND (org_id = ?3 OR (?3 IS NULL AND role = 'lead'))");
    case ACT_ANSWER: /* one from the pool has no lead */
        return was_entered(call, "SELECT 1 FROM round WHERE ticket_id = ?1 AND answered_at = ?2"
                                 " AND (?3 IS NULL OR lead IS NULL OR lead = ?3)"
                                 " UNION ALL"
                                 " SELECT 1 FROM route WHERE ticket_id = ?1 AND answered_at = ?2"
                                 " AND org_id = ?3");
    case ACT_ORDER: return action_is_ordered_already(call);
    case ACT_RATE: return ticket->rated_at == act->at && ticket->rating == act->score;
    default: return false;
    }
}

static struct party *find_party(struct act_call *call)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].org == call->by)
            return &call->parties[i];
    return NULL;
}

bool action_accept(struct act_call *call)
{
    const struct party *party = find_party(call);
    if (!party)
        return act_refuse(call, "accept: nobody holds it");
    if (party->accepted_at)
        return act_refuse(call, "accept: it is accepted already");
    if (call->act->at < party->at)
        return act_refuse(call, "accept: that is before its dispatch");
    route_accept(call->acting->center->db, call->ticket, call->by, call->act->at);
    action_begin(call);
    action_record(call, party->is_lead ? "accepted" : "assist-accepted");
    return true;
}

/* Also after the lead's answer, in its round: it changes neither state nor answer. */
bool action_part(struct act_call *call)
{
    const struct party *party = find_party(call);
    if (!call->act->text)
        return act_refuse(call, "answer: the text is missing");
    if (party->answered_at)
        return act_refuse(call, "answer: this assist has filed its part already");
    if (call->ticket->closed_at && !call->ticket->answered_at)
        return act_refuse(call, "answer: it was closed without an answer; no part is owed");
    route_answer(call->acting->center->db, call->ticket, call->by, call->act->at);
    action_begin(call);
    action_note_late(call);
    action_record(call, "assist-answered");
    return true;
}

/* One lead answers for the whole; it waits for its assists, or says why not. */
static bool assists_are_in(struct act_call *call)
{
    int missing = 0;
    for (int i = 0; i < call->party_count; i++)
        missing += !call->parties[i].is_lead && !call->parties[i].answered_at;
    if (!missing || call->act->without)
        return true;
    return act_refuse(call,
                      "answer: %d assist%s not filed a part; --without REASON answers "
                      "without",
                      missing, missing == 1 ? " has" : "s have");
}

bool action_answer(struct act_call *call)
{
    if (!call->act->text)
        return act_refuse(call, "answer: the text is missing");
    if (!assists_are_in(call))
        return false;
    action_fire(call);
    bool paused = action_end_pause(call);
    action_begin(call);
    json_add_text(&call->data, "how", call->act->resolves ? "resolved" : "answered");
    json_add_text(&call->data, "without", call->act->without);
    if (call->act->kb)
        json_add_number(&call->data, "kb", call->act->kb);
    /* A pause that the answer ends was reckoned to last longer. */
    if (paused && !action_clock(call, call->ticket))
        return false;
    if (paused)
        route_reckon(call->acting->center, call->ticket, RECKON_RUNNING);
    route_answer(call->acting->center->db, call->ticket, call->by, call->act->at);
    action_note_late(call);
    struct round_days days = round_count(call->acting->center, call->ticket, call->act->at);
    json_add_number(&call->data, "gross", days.gross);
    json_add_number(&call->data, "net", days.net);
    action_record(call, "answered");
    round_store(call->acting->center, call->ticket, call->act->at, days);
    return true;
}

bool action_confer(struct act_call *call)
{
    if (!call->act->reason)
        return act_refuse(call, "open a conference: the reason is missing: --reason (and"
                                " --participants, who takes part)");
    if (action_stands_still(call))
        return act_refuse(call, "open a conference: its clock stands still; resume it first");
    if (!action_follows_parties(call))
        return false;
    route_end(call->acting->center->db, call->ticket, call->act->at, NULL);
    action_begin(call);
    json_add_text(&call->data, "participants", call->act->participants);
    action_record(call, "conference-opened");
    return true;
}

static void add_words(struct text *list, const char *const *words)
{
    text_add(list, "[");
    for (int i = 0; words && words[i]; i++) {
        text_add(list, i ? "," : "");
        json_add_string(list, words[i]);
    }
    text_add(list, "]");
}

/* Keeps the ruling, in the catalogue unless it holds once; returns its number. */
static int64_t add_ruling(struct act_call *call, const char *words, const char *assists)
{
    struct db *db = call->acting->center->db;
    const struct act *act = call->act;
    struct db_query *q =
        db_query(db, "INSERT INTO ruling (ticket_id, at, lead, assists, words, category, basis,"
                     " once, center) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                     " RETURNING id");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, act->at);
    db_bind(q, 3, act->route.lead);
    db_bind_text(q, 4, assists);
    db_bind_text(q, 5, words);
    db_bind_text(q, 6, act->category);
    db_bind_text(q, 7, act->basis);
    db_bind(q, 8, act->once);
    db_bind_some(q, 9, call->ticket->center);
    return db_first(q);
}

/* The ruling names lead and assists, dispatches, and settles where the next like ticket goes,
 * unless it holds once. */
bool action_rule(struct act_call *call)
{
    const struct act *act = call->act;
    struct text words = {0}, assists = {0};
    if (!act->route.lead)
        return act_refuse(call, "rule: no lead is named");
    if (!act->basis)
        return act_refuse(call, "rule: the basis is missing");
    bool alike = (act->words && act->words[0]) || act->category;
    if (act->once && alike)
        return act_refuse(call, "rule: what holds once has no words and no category");
    if (!act->once && !alike)
        return act_refuse(call, "rule: words or a category must say which tickets are alike; or it"
                                " holds only for this case: --once");
    if (!action_may_send(call, &act->route))
        return false;
    add_words(&words, act->words);
    route_add_codes(&assists, call->acting->center->db, &act->route);
    int64_t ruling = add_ruling(call, words.data, assists.data);
    action_begin(call);
    json_add_text(&call->data, "participants", act->participants);
    json_add_number(&call->data, "ruling", ruling);
    if (call->ticket->center)
        json_add_text(&call->data, "center", action_org_code(call, call->ticket->center));
    if (act->once)
        json_add_number(&call->data, "once", 1);
    else
        json_add_raw(&call->data, "words", words.data);
    json_add_text(&call->data, "category", act->category);
    action_record(call, "ruled");
    struct route route = act->route;
    route.rule = arena_format(call->arena, "ruling-%lld", (long long)ruling);
    route.basis = act->basis;
    if (call->ticket->center)
        route.by = action_org_code(call, call->by);
    sending_send(call->acting->center, call->ticket, call->arena, &route, act->at);
    text_free(&words);
    text_free(&assists);
    return true;
}
