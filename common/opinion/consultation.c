#include "opinion/consultation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "center/org.h"
#include "center/projected.h"
#include "ticket/assignment.h"

/* Of the tickets that ask for opinions. */
static const char source[] = "consultation";

const char *const opinion_fields[] = {"consultation", "by", "text", "at", NULL};

#define COLUMNS                                                                                    \
    "SELECT c.id, c.title, c.org_id, c.opened_at, c.until_day,"                                    \
    " (SELECT count(*) FROM consultee e WHERE e.consultation_id = c.id),"                          \
    " (SELECT count(*) FROM consultee e JOIN ticket t ON t.id = e.ticket_id"                       \
    "   WHERE e.consultation_id = c.id AND (t.first_answered_at IS NOT NULL OR EXISTS"             \
    "   (SELECT 1 FROM opinion o WHERE o.consultation_id = c.id AND o.org_id = e.org_id))),"       \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id),"                            \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id AND o.adopted = 1),"          \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id AND o.adopted = 0),"          \
    " c.draft FROM consultation c"

static struct consultation read_consultation(struct db_query *q)
{
    return (struct consultation){.id = db_number(q, 0),
                                 .title = db_text(q, 1),
                                 .org = db_number(q, 2),
                                 .opened_at = db_number(q, 3),
                                 .until = (int)db_number(q, 4),
                                 .addressees = db_number(q, 5),
                                 .answered = db_number(q, 6),
                                 .opinions = db_number(q, 7),
                                 .adopted = db_number(q, 8),
                                 .declined = db_number(q, 9)};
}

int64_t consult_find(struct db *db, const char *word)
{
    char *end;
    int64_t id = strtoll(word, &end, 10);
    struct db_query *q =
        db_query(db, "SELECT id FROM consultation WHERE id = ?1 OR title = ?2 LIMIT 2");
    if (!*end)
        db_bind(q, 1, id);
    db_bind_text(q, 2, word);
    int64_t found = db_step(q) ? db_number(q, 0) : 0;
    if (found && db_step(q))
        found = 0;
    db_reset(q);
    return found;
}

int64_t consult_need(struct db *db, const char *word)
{
    int64_t id = consult_find(db, word);
    if (!id)
        die("%s: no such consultation", word);
    return id;
}

bool consult_load(struct db *db, int64_t id, struct arena *arena, struct consultation *consultation)
{
    struct db_query *q = db_query(db, COLUMNS " WHERE c.id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *consultation = read_consultation(q);
        consultation->title = arena_string(arena, consultation->title);
        consultation->draft = arena_string(arena, db_text(q, 10));
    }
    db_reset(q);
    return found;
}

void consult_each(struct db *db, void (*take)(void *, const struct consultation *), void *context)
{
    struct db_query *q = db_query(db, COLUMNS " ORDER BY c.id DESC");
    while (db_step(q)) {
        const struct consultation consultation = read_consultation(q);
        take(context, &consultation);
    }
}

static const char *code_of(struct db *db, int64_t org, struct arena *arena)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    const char *code = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return code;
}

/* ---- what events make of consultations ---- */

static void add_consultee(struct db *db, int64_t id, const char *org, int64_t ticket)
{
    struct db_query *q = db_query(db, "INSERT INTO consultee (consultation_id, org_id, ticket_id)"
                                      " SELECT ?1, id, ?3 FROM org WHERE code = ?2"
                                      " ON CONFLICT DO NOTHING");
    db_bind(q, 1, id);
    db_bind_text(q, 2, org);
    db_bind(q, 3, ticket);
    db_run(q);
}

/* Who is asked later finds the consultation as it was opened. */
static void apply_opened(struct db *db, const struct event *event, const struct json *data)
{
    int until;
    const char *day = json_text(data, "until");
    int64_t id = json_number(data, "consultation");
    struct db_query *q =
        db_query(db, "INSERT INTO consultation (id, title, draft, org_id, opened_at, until_day)"
                     " SELECT ?1, ?2, ?3, id, ?5, ?6 FROM org WHERE code = ?4"
                     " ON CONFLICT (id) DO NOTHING");
    if (!day || !day_parse(day, &until))
        return;
    db_bind(q, 1, id);
    db_bind_text(q, 2, json_text(data, "title"));
    db_bind_text(q, 3, json_text(data, "draft"));
    db_bind_text(q, 4, json_text(data, "org"));
    db_bind(q, 5, json_has(data, "opened") ? json_number(data, "opened") : event->at);
    db_bind(q, 6, until);
    if (json_has(data, "draft"))
        db_run(q);
    for (int i = 0; i < json_count(data, "tickets"); i++)
        add_consultee(db, id, json_text_at(data, "to", i), json_number_at(data, "tickets", i));
}

static void apply_given(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "INSERT INTO opinion (id, consultation_id, org_id, at, text)"
                                      " SELECT ?1, ?2, id, ?4, ?5 FROM org WHERE code = ?3");
    db_bind(q, 1, json_number(data, "opinion"));
    db_bind(q, 2, json_number(data, "consultation"));
    db_bind_text(q, 3, json_text(data, "by"));
    db_bind(q, 4, event->at);
    db_bind_text(q, 5, json_text(data, "text"));
    db_run(q);
}

static void apply_decided(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "UPDATE opinion SET adopted = ?2, reason = ?3,"
                                      " decided_at = ?4, reported_at = NULL WHERE id = ?1");
    db_bind(q, 1, json_number(data, "opinion"));
    db_bind(q, 2, json_number(data, "adopted"));
    db_bind_text(q, 3, json_text(data, "reason"));
    db_bind(q, 4, event->at);
    db_run(q);
}

static void apply_reported(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "UPDATE opinion SET reported_at = ?2 WHERE id = ?1");
    for (int i = 0; i < json_count(data, "opinions"); i++) {
        db_bind(q, 1, json_number_at(data, "opinions", i));
        db_bind(q, 2, event->at);
        db_run(q);
    }
}

const struct projected consultation_projected = {
    .check = "consultations",
    .tables = (const struct projected_table[]){{"consultation", "m.id", "m.title", NULL},
                                               {"consultee", "m.consultation_id",
                                                "'asked ' || coalesce((SELECT code FROM org"
                                                " WHERE id = m.org_id), m.org_id)",
                                                NULL},
                                               {"opinion", "m.consultation_id",
                                                "'opinion ' || m.id", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"consultation-opened", apply_opened},
                                                 {"consultation-stated", apply_opened},
                                                 {"opinion-given", apply_given},
                                                 {"opinion-decided", apply_decided},
                                                 {"opinion-reported", apply_reported},
                                                 {NULL, NULL}}};

/* ---- opening ---- */

/* Stores the id of the known consultation, or that of a new one; false where the known one differs.
 */
static bool find_known(struct center *center, struct consultation *c, bool *known,
                       struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    struct db_query *q =
        db_query(center->db, "SELECT id, draft = ?3, until_day, opened_at"
                             " FROM consultation WHERE org_id = ?1 AND title = ?2");
    db_bind(q, 1, c->org);
    db_bind_text(q, 2, c->title);
    db_bind_text(q, 3, c->draft);
    *known = db_step(q);
    bool same_draft = db_number(q, 1) != 0;
    int until = (int)db_number(q, 2);
    c->id = *known ? db_number(q, 0)
                   : db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM consultation");
    c->opened_at = *known ? db_number(q, 3) : center->now;
    db_reset(q);
    if (!*known || (same_draft && until == c->until))
        return true;
    fault_add(fault, "consultation %lld has this title, with %s%s", (long long)c->id,
              same_draft ? "the last day " : "another draft",
              same_draft ? day_print(until, day) : "");
    return false;
}

static bool is_among(const int64_t *ids, int count, int64_t id)
{
    while (count && ids[count - 1] != id)
        count--;
    return count > 0;
}

/* The ticket of an addressee, or 0. */
static int64_t find_ticket(struct db *db, int64_t consultation, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT ticket_id FROM consultee"
                                      " WHERE consultation_id = ?1 AND org_id = ?2");
    db_bind(q, 1, consultation);
    db_bind(q, 2, org);
    return db_first(q);
}

static int64_t open_ticket(struct intake *intake, const struct consultation *c, int64_t org,
                           const char *code)
{
    const struct config *config = intake->center->config;
    struct text title = {0}, ref = {0};
    int64_t id;
    text_add_format(&title, "征求意见：%s", c->title);
    text_add_format(&ref, "%lld:%s", (long long)c->id, code);
    assignment_open(
        intake,
        &(struct assignment){.source = source,
                             .ref = ref.data,
                             .kind = config_kind(config, "other") ? "other" : config->default_kind,
                             .until = c->until,
                             .title = title.data,
                             .body = c->draft,
                             .basis = "征求意见",
                             .org = org},
        &id);
    text_free(&title);
    text_free(&ref);
    return id;
}

/* Who is asked, as lists of codes and of tickets. */
struct asked {
    struct text to, tickets;
};

/* KNOWN: it was opened before, and its draft is in the log. */
static void log_opened(struct center *center, const struct consultation *c, bool known,
                       struct asked *asked)
{
    struct arena arena = {0};
    struct text data = {0};
    char day[DAY_TEXT_SIZE];
    json_start(&data);
    json_add_number(&data, "consultation", c->id);
    json_add_text(&data, "org", code_of(center->db, c->org, &arena));
    json_add_text(&data, "title", c->title);
    json_add_text(&data, "draft", known ? NULL : c->draft);
    json_add_text(&data, "until", day_print(c->until, day));
    json_add_raw(&data, "to", json_list_end(&asked->to));
    json_add_raw(&data, "tickets", json_list_end(&asked->tickets));
    projected_log(center, &consultation_projected, "consultation-opened", 0, &data);
    arena_free(&arena);
}

bool consult_open(struct center *center, struct consultation *c, const int64_t *orgs, int count,
                  void (*take)(void *, int64_t, int64_t), void *context, struct fault *fault)
{
    struct intake intake = intake_new(center);
    struct org_table table = org_table_load(center->db);
    struct asked asked = {.to = {0}};
    bool known, good = find_known(center, c, &known, fault);
    for (int i = 0; good && i < count; i++) {
        if (find_ticket(center->db, c->id, orgs[i]) || is_among(orgs, i, orgs[i]))
            continue;
        int64_t ticket = open_ticket(&intake, c, orgs[i], org_code(&table, orgs[i]));
        json_list_add(&asked.to, org_code(&table, orgs[i]));
        json_list_add_number(&asked.tickets, ticket);
        take(context, ticket, orgs[i]);
    }
    if (asked.to.length)
        log_opened(center, c, known, &asked);
    text_free(&asked.to);
    text_free(&asked.tickets);
    org_table_free(&table);
    intake_free(&intake);
    return good;
}

/* ---- opinions ---- */

/* The states of an opinion: it is asked for, came in, was decided, and its giver was told. */
static const char *const states[] = {"asked", "given", "decided", "reported", NULL};
enum { ASKED = 1, GIVEN = 2, DECIDED = 4, REPORTED = 8 };

static const char *state_name(const char *state)
{
    static const char *const names[] = {"征求中", "已提出", "已答复", "已反馈"};
    for (int i = 0; states[i]; i++)
        if (!strcmp(states[i], state))
            return names[i];
    return state;
}

enum opinion_act { OPINION_GIVE, OPINION_DECIDE, OPINION_REPORT, OPINION_ACTS };

static const struct gate_act acts[OPINION_ACTS + 1] = {
    [OPINION_GIVE] = {"give an opinion", "consult-answer", "提出意见", ASKED, GATE_BY_ADDRESSEE},
    [OPINION_DECIDE] = {"decide", "consult-decide", "答复意见", GIVEN | DECIDED | REPORTED,
                        GATE_BY_OWNER},
    [OPINION_REPORT] = {"report", "consult-report", "反馈意见", DECIDED, GATE_BY_CENTER},
};

const struct gate_record opinion_record = {"opinion", "意见", states, state_name, acts};

static int64_t opened_at(struct db *db, int64_t consultation)
{
    struct db_query *q = db_query(db, "SELECT opened_at FROM consultation WHERE id = ?1");
    db_bind(q, 1, consultation);
    return db_first(q);
}

/* Answers the ticket of the opinion's giver, where it leads it and has not answered. */
static bool answer_ticket(struct acting *acting, const struct opinion *o, bool at_given,
                          struct fault *fault)
{
    struct center *center = acting->center;
    struct arena arena = {0};
    struct ticket *ticket =
        ticket_get(center->db, find_ticket(center->db, o->consultation, o->org), &arena);
    const struct act act = {
        .kind = ACT_ANSWER, .by = o->org, .at = o->at, .at_given = at_given, .text = o->text};
    bool waits = ticket->lead == o->org && act_allowed(ACT_ANSWER, ticket->state, NULL);
    bool good = !waits || act_perform(acting, ticket, &arena, &act, fault) != GATE_REFUSED;
    arena_free(&arena);
    return good;
}

static int64_t find_opinion(struct db *db, const struct opinion *o)
{
    struct db_query *q = db_query(db, "SELECT id FROM opinion WHERE consultation_id = ?1"
                                      " AND org_id = ?2 AND text = ?3");
    db_bind(q, 1, o->consultation);
    db_bind(q, 2, o->org);
    db_bind_text(q, 3, o->text);
    return db_first(q);
}

static void log_given(struct center *center, const struct opinion *o)
{
    struct arena arena = {0};
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "consultation", o->consultation);
    json_add_number(&data, "opinion", o->id);
    json_add_text(&data, "by", code_of(center->db, o->org, &arena));
    json_add_text(&data, "text", o->text);
    projected_log(center, &consultation_projected, "opinion-given", o->at, &data);
    arena_free(&arena);
}

/* An opinion that is being given. */
struct giving {
    struct acting *acting;
    struct opinion *opinion;
    bool at_given;
    struct fault *fault;
};

static bool is_given(void *context)
{
    struct giving *g = context;
    g->opinion->id = find_opinion(g->acting->center->db, g->opinion);
    return g->opinion->id != 0;
}

static bool may_give(void *context)
{
    struct giving *g = context;
    const struct opinion *o = g->opinion;
    if (find_ticket(g->acting->center->db, o->consultation, o->org))
        return true;
    fault_add(g->fault, "consultation %lld was not sent to that organisation",
              (long long)o->consultation);
    return false;
}

static bool give(void *context)
{
    struct giving *g = context;
    struct center *center = g->acting->center;
    if (!answer_ticket(g->acting, g->opinion, g->at_given, g->fault))
        return false;
    g->opinion->id = db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM opinion");
    log_given(center, g->opinion);
    return true;
}

enum gate_result consult_give(struct acting *acting, struct opinion *o, bool at_given,
                              struct fault *fault)
{
    struct center *center = acting->center;
    struct giving giving = {acting, o, at_given, fault};
    const struct gate gate = {.record = &opinion_record,
                              .act = OPINION_GIVE,
                              .state = "asked",
                              .at = o->at,
                              .now = center->now,
                              .began = opened_at(center->db, o->consultation),
                              .began_as = "the draft was sent out",
                              .fault = fault,
                              .context = &giving,
                              .known = is_given,
                              .may = may_give,
                              .step = give};
    return gate_pass(center->db, &gate);
}

#define OPINION                                                                                    \
    "SELECT id, consultation_id, org_id, at, text, reason, coalesce(adopted, -1), decided_at,"     \
    " reported_at FROM opinion"

static struct opinion read_opinion(struct db_query *q)
{
    return (struct opinion){.id = db_number(q, 0),
                            .consultation = db_number(q, 1),
                            .org = db_number(q, 2),
                            .at = db_number(q, 3),
                            .text = db_text(q, 4),
                            .reason = db_text(q, 5),
                            .adopted = (int)db_number(q, 6),
                            .decided_at = db_number(q, 7),
                            .reported_at = db_number(q, 8)};
}

static bool load_opinion(struct db *db, int64_t id, struct arena *arena, struct opinion *o)
{
    struct db_query *q = db_query(db, OPINION " WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *o = read_opinion(q);
        o->text = arena_string(arena, o->text);
        o->reason = o->reason ? arena_string(arena, o->reason) : NULL;
    }
    db_reset(q);
    return found;
}

/* A decision that is being made: O is the opinion as it was, DECISION says the rest. */
struct deciding {
    struct center *center;
    struct opinion *opinion;
    const struct decision *decision;
    struct fault *fault;
};

static bool is_decided(void *context)
{
    const struct deciding *d = context;
    const struct opinion *o = d->opinion;
    return o->adopted == d->decision->adopted && !strcmp(o->reason, d->decision->reason);
}

/* Where nobody is named it is the drafter's. */
static bool may_decide(void *context)
{
    struct deciding *d = context;
    struct db *db = d->center->db;
    struct db_query *q = db_query(db, "SELECT org_id FROM consultation WHERE id = ?1");
    db_bind(q, 1, d->opinion->consultation);
    int64_t by = d->decision->by, drafter = db_first(q);
    if (!by || by == drafter || by == org_find(db, d->center->config->center_org))
        return true;
    fault_add(d->fault, "decide: the draft is not that organisation's");
    return false;
}

static bool decide(void *context)
{
    struct deciding *d = context;
    struct opinion *o = d->opinion;
    struct arena arena = {0};
    struct text data = {0};
    o->adopted = d->decision->adopted;
    o->reason = d->decision->reason;
    o->decided_at = d->decision->at;
    o->reported_at = 0;
    json_start(&data);
    json_add_number(&data, "consultation", o->consultation);
    json_add_number(&data, "opinion", o->id);
    if (d->decision->by)
        json_add_text(&data, "by", code_of(d->center->db, d->decision->by, &arena));
    json_add_number(&data, "adopted", o->adopted);
    json_add_text(&data, "reason", o->reason);
    projected_log(d->center, &consultation_projected, "opinion-decided", o->decided_at, &data);
    arena_free(&arena);
    return true;
}

enum gate_result consult_decide(struct center *center, int64_t id, const struct decision *decision,
                                struct arena *arena, struct opinion *o, struct fault *fault)
{
    if (!load_opinion(center->db, id, arena, o)) {
        fault_add(fault, "no such opinion");
        return GATE_REFUSED;
    }
    struct deciding deciding = {center, o, decision, fault};
    const struct gate gate = {.record = &opinion_record,
                              .act = OPINION_DECIDE,
                              .state = o->reported_at    ? "reported"
                                       : o->adopted >= 0 ? "decided"
                                                         : "given",
                              .at = decision->at,
                              .now = center->now,
                              .began = o->at,
                              .began_as = "it was given",
                              .fault = fault,
                              .context = &deciding,
                              .known = is_decided,
                              .may = may_decide,
                              .step = decide};
    return gate_pass(center->db, &gate);
}

static void take_opinions(struct db_query *q, void (*take)(void *, const struct opinion *),
                          void *context)
{
    while (db_step(q)) {
        const struct opinion opinion = read_opinion(q);
        take(context, &opinion);
    }
}

void consult_opinions(struct db *db, int64_t id, void (*take)(void *, const struct opinion *),
                      void *context)
{
    struct db_query *q = db_query(db, OPINION " WHERE consultation_id = ?1 ORDER BY id");
    db_bind(q, 1, id);
    take_opinions(q, take, context);
}

void consult_addressees(struct db *db, int64_t id, void (*take)(void *, const struct consultee *),
                        void *context)
{
    struct db_query *q =
        db_query(db, "SELECT e.org_id, e.ticket_id, coalesce(t.first_answered_at,"
                     " (SELECT min(o.at) FROM opinion o WHERE o.consultation_id = ?1"
                     " AND o.org_id = e.org_id)), (SELECT count(*) FROM opinion o"
                     " WHERE o.consultation_id = ?1 AND o.org_id = e.org_id)"
                     " FROM consultee e JOIN ticket t ON t.id = e.ticket_id"
                     " WHERE e.consultation_id = ?1 ORDER BY e.ticket_id");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, &(struct consultee){.org = db_number(q, 0),
                                          .ticket = db_number(q, 1),
                                          .answered_at = db_number(q, 2),
                                          .opinions = db_number(q, 3)});
}

/* ---- back to those who gave them ---- */

static void log_reported(struct center *center, int64_t id)
{
    struct text data = {0}, list = {0};
    struct db_query *q = db_query(center->db, "SELECT id FROM opinion WHERE consultation_id = ?1"
                                              " AND adopted IS NOT NULL AND reported_at IS NULL"
                                              " ORDER BY id");
    db_bind(q, 1, id);
    while (db_step(q))
        json_list_add_number(&list, db_number(q, 0));
    if (list.length) {
        text_add(&list, "]");
        json_start(&data);
        json_add_number(&data, "consultation", id);
        json_add_raw(&data, "opinions", list.data);
        projected_log(center, &consultation_projected, "opinion-reported", 0, &data);
    }
    text_free(&list);
}

void consult_feedback(struct center *center, int64_t id, bool again, bool dry_run,
                      void (*take)(void *, const struct opinion *), void *context)
{
    struct db_query *q =
        again ? db_query(center->db, OPINION " WHERE consultation_id = ?1"
                                             " AND reported_at IS NOT NULL ORDER BY id")
              : db_query(center->db, OPINION " WHERE consultation_id = ?1 AND adopted IS NOT NULL"
                                             " AND reported_at IS NULL ORDER BY id");
    db_bind(q, 1, id);
    take_opinions(q, take, context);
    if (!again && !dry_run)
        log_reported(center, id);
}
