#include "opinion/consultation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/org.h"
#include "center/projected.h"
#include "enterprise/enterprise.h"
#include "ticket/assignment.h"

/* Of the tickets that ask for opinions. */
static const char source[] = "consultation";

#define COLUMNS                                                                                    \
    "SELECT c.id, c.title, c.org_id, c.opened_at, c.until_day,"                                    \
    " (SELECT count(*) FROM consultee e WHERE e.consultation_id = c.id)"                           \
    " + (SELECT count(*) FROM consulted_firm e WHERE e.consultation_id = c.id),"                   \
    " (SELECT count(*) FROM consultee e JOIN ticket t ON t.id = e.ticket_id"                       \
    "   WHERE e.consultation_id = c.id AND (t.first_answered_at IS NOT NULL OR EXISTS"             \
    "   (SELECT 1 FROM opinion o WHERE o.consultation_id = c.id AND o.org_id = e.org_id)))"        \
    " + (SELECT count(*) FROM consulted_firm e WHERE e.consultation_id = c.id AND EXISTS"          \
    "   (SELECT 1 FROM opinion o WHERE o.consultation_id = c.id"                                   \
    "     AND o.enterprise_id = e.enterprise_id)),"                                                \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id),"                            \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id AND o.adopted = 1),"          \
    " (SELECT count(*) FROM opinion o WHERE o.consultation_id = c.id AND o.adopted = 0),"          \
    " c.draft, c.public_at, c.urgent FROM consultation c"

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
                                 .declined = db_number(q, 9),
                                 .public_at = db_number(q, 11),
                                 .urgent = db_text(q, 12)};
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
        if (consultation->urgent)
            consultation->urgent = arena_string(arena, consultation->urgent);
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

static void add_firm(struct db *db, int64_t id, const char *code)
{
    struct db_query *q = db_query(db, "INSERT INTO consulted_firm (consultation_id, enterprise_id)"
                                      " SELECT ?1, id FROM enterprise WHERE code = ?2"
                                      " ON CONFLICT DO NOTHING");
    db_bind(q, 1, id);
    db_bind_text(q, 2, code);
    db_run(q);
}

static void open_to_public(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "UPDATE consultation SET public_at = ?2, urgent = ?3 WHERE id = ?1");
    if (!json_has(data, "public"))
        return;
    db_bind(q, 1, json_number(data, "consultation"));
    db_bind(q, 2, event->at);
    db_bind_text(q, 3, json_text(data, "urgent"));
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
    for (int i = 0; i < json_count(data, "firms"); i++)
        add_firm(db, id, json_text_at(data, "firms", i));
    open_to_public(db, event, data);
}

const struct projected consultation_projected = {
    .check = "consultations",
    .tables = (const struct projected_table[]){{"consultation", "m.id", "m.title", NULL},
                                               {"consultee", "m.consultation_id",
                                                "'asked ' || coalesce((SELECT code FROM org"
                                                " WHERE id = m.org_id), CAST(m.org_id AS TEXT))",
                                                NULL},
                                               {"consulted_firm", "m.consultation_id",
                                                "'asked ' || coalesce((SELECT code FROM enterprise"
                                                " WHERE id = m.enterprise_id),"
                                                " CAST(m.enterprise_id AS TEXT))",
                                                NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"consultation-opened", apply_opened},
                                                 {"consultation-stated", apply_opened},

                                                 {NULL, NULL}}};

/* ---- opening ---- */

static const char *const states[] = {"unsent", "sent", NULL};
enum consultation_act { CONSULTATION_SEND, CONSULTATION_ASK, CONSULTATION_ACTS };

static const struct gate_act acts[CONSULTATION_ACTS + 1] = {
    [CONSULTATION_SEND] = {"send out a draft", "consult-open", "征求意见", 1, GATE_BY_OWNER,
                           "consultation-opened"},
    [CONSULTATION_ASK] = {"ask more", "consult-open", "增加征求对象", 2, GATE_BY_OWNER,
                          "consultation-opened"},
};

static const char *state_name(const char *state)
{
    return !strcmp(state, states[0]) ? "未征求" : "征求中";
}

const struct gate_record consultation_record = {"consultation", "征求意见", states, state_name,
                                                acts};

/* Stores the id of the known consultation, or that of a new one; false where the known one differs.
 */
static bool find_known(struct center *center, struct consultation *c, int64_t at, bool *known,
                       struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    struct db_query *q =
        db_query(center->db, "SELECT id, draft = ?3, until_day, opened_at, public_at"
                             " FROM consultation WHERE org_id = ?1 AND title = ?2");
    db_bind(q, 1, c->org);
    db_bind_text(q, 2, c->title);
    db_bind_text(q, 3, c->draft);
    *known = db_step(q);
    bool same_draft = db_number(q, 1) != 0;
    int until = (int)db_number(q, 2);
    c->id = *known ? db_number(q, 0)
                   : db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM consultation");
    c->opened_at = *known ? db_number(q, 3) : at;
    c->public_at = db_number(q, 4);
    db_reset(q);
    if (!*known || (same_draft && until == c->until))
        return true;
    fault_add(fault, "consultation %lld has this title, with %s%s", (long long)c->id,
              same_draft ? tongue("the last day ") : tongue("another draft"),
              same_draft ? day_print(until, day) : "");
    return false;
}

static bool is_among(const int64_t *ids, int count, int64_t id)
{
    while (count && ids[count - 1] != id)
        count--;
    return count > 0;
}

int64_t consult_ticket(struct db *db, int64_t consultation, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT ticket_id FROM consultee"
                                      " WHERE consultation_id = ?1 AND org_id = ?2");
    db_bind(q, 1, consultation);
    db_bind(q, 2, org);
    return db_first(q);
}

bool consult_is_open_to(struct db *db, int64_t consultation, int64_t firm)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM consultation c WHERE c.id = ?1 AND (c.public_at"
                     " IS NOT NULL OR EXISTS (SELECT 1 FROM consulted_firm f WHERE"
                     " f.consultation_id = c.id AND f.enterprise_id = ?2))");
    db_bind(q, 1, consultation);
    db_bind(q, 2, firm);
    return db_first(q) != 0;
}

static int64_t open_ticket(struct intake *intake, const struct consultation *c, int64_t org,
                           const char *code, int64_t at)
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
                             .at = at,
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

/* A draft that is being sent out. */
struct opening {
    struct center *center;
    struct consultation *consultation;
    const struct consult_call *call;
    bool known; /* it was opened before, and its draft is in the log */
    int64_t by, at;
    struct text to, tickets, firms; /* lists of who is asked: their codes, tickets, codes */
    void (*take)(void *context, int64_t ticket, int64_t org, int64_t firm);
    void *context;
    struct fault *fault;
};

static bool is_asked(const struct opening *o, int place)
{
    return consult_ticket(o->center->db, o->consultation->id, o->call->orgs[place]) ||
           is_among(o->call->orgs, place, o->call->orgs[place]);
}

static bool is_firm_asked(const struct opening *o, int place)
{
    struct db_query *q = db_query(o->center->db, "SELECT 1 FROM consulted_firm WHERE"
                                                 " consultation_id = ?1 AND enterprise_id = ?2");
    db_bind(q, 1, o->consultation->id);
    db_bind(q, 2, o->call->firms[place]);
    return db_first(q) || is_among(o->call->firms, place, o->call->firms[place]);
}

static bool opens_to_public(const struct opening *o)
{
    return o->call->to_public && !o->consultation->public_at;
}

static bool are_asked(void *context)
{
    const struct opening *o = context;
    int place = 0, firm = 0;
    while (o->known && place < o->call->count && is_asked(o, place))
        place++;
    while (o->known && firm < o->call->firm_count && is_firm_asked(o, firm))
        firm++;
    return o->known && place == o->call->count && firm == o->call->firm_count &&
           !opens_to_public(o);
}

/* Where nobody is named it is the drafter's. */
static bool may_open(void *context)
{
    const struct opening *o = context;
    return org_is_center(o->center, o->by) || o->by == o->consultation->org ||
           fault_add(o->fault, "%s: the draft is not that organisation's",
                     gate_called(&acts[o->known]));
}

static void log_opened(struct opening *o)
{
    const struct consultation *c = o->consultation;
    struct db *db = o->center->db;
    struct text data = {0};
    char day[DAY_TEXT_SIZE];
    json_start(&data);
    json_add_number(&data, "consultation", c->id);
    org_add_code(&data, "by", db, o->by);
    org_add_code(&data, "org", db, c->org);
    json_add_text(&data, "title", c->title);
    json_add_text(&data, "draft", o->known ? NULL : c->draft);
    json_add_text(&data, "until", day_print(c->until, day));
    json_add_raw(&data, "to", json_list_end(&o->to));
    json_add_raw(&data, "tickets", json_list_end(&o->tickets));
    if (o->firms.length)
        json_add_raw(&data, "firms", json_list_end(&o->firms));
    if (opens_to_public(o)) {
        json_add_number(&data, "public", 1);
        json_add_text(&data, "urgent", o->call->urgent);
    }
    projected_log(o->center, &consultation_projected, acts[o->known].event, o->at, &data);
}

static void ask_orgs(struct opening *o)
{
    struct intake intake = intake_new(o->center);
    struct org_table table = org_table_load(o->center->db);
    const int64_t *orgs = o->call->orgs;
    for (int i = 0; i < o->call->count; i++) {
        if (is_asked(o, i))
            continue;
        const char *code = org_code(&table, orgs[i]);
        int64_t ticket = open_ticket(&intake, o->consultation, orgs[i], code, o->at);
        json_list_add(&o->to, code);
        json_list_add_number(&o->tickets, ticket);
        o->take(o->context, ticket, orgs[i], 0);
    }
    org_table_free(&table);
    intake_free(&intake);
}

static void ask_firms(struct opening *o)
{
    struct arena arena = {0};
    for (int i = 0; i < o->call->firm_count; i++)
        if (!is_firm_asked(o, i)) {
            int64_t firm = o->call->firms[i];
            json_list_add(&o->firms, enterprise_code(o->center->db, firm, &arena));
            o->take(o->context, 0, 0, firm);
        }
    arena_free(&arena);
}

static bool open_all(void *context)
{
    struct opening *o = context;
    ask_orgs(o);
    ask_firms(o);
    if (opens_to_public(o))
        o->take(o->context, 0, 0, 0);
    log_opened(o);
    text_free(&o->to);
    text_free(&o->tickets);
    text_free(&o->firms);
    return true;
}

bool consult_open(struct center *center, struct consultation *c, const struct consult_call *call,
                  const struct gate_who *who, void (*take)(void *, int64_t, int64_t, int64_t),
                  void *context, struct fault *fault)
{
    struct opening o = {.center = center,
                        .consultation = c,
                        .call = call,
                        .by = who->by,
                        .at = who->at ? who->at : center->now,
                        .take = take,
                        .context = context,
                        .fault = fault};
    if (!find_known(center, c, o.at, &o.known, fault))
        return false;
    const struct gate gate = {.record = &consultation_record,
                              .act = o.known ? CONSULTATION_ASK : CONSULTATION_SEND,
                              .state = states[o.known],
                              .at = o.at,
                              .by = &o.by,
                              .began = o.known ? c->opened_at : 0,
                              .began_as = N_("the draft was sent out"),
                              .fault = fault,
                              .context = &o,
                              .known = are_asked,
                              .may = may_open,
                              .step = open_all,
                              .is_sure = true};
    return gate_pass(center, &gate) != GATE_REFUSED;
}

static void take_firms(struct db *db, int64_t id, void (*take)(void *, const struct consultee *),
                       void *context)
{
    struct db_query *q =
        db_query(db, "SELECT f.name, min(o.at), count(o.id) FROM consulted_firm e JOIN enterprise f"
                     " ON f.id = e.enterprise_id LEFT JOIN opinion o ON o.consultation_id = ?1"
                     " AND o.enterprise_id = f.id WHERE e.consultation_id = ?1"
                     " GROUP BY f.id, f.name ORDER BY f.id");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, &(struct consultee){.firm = db_text(q, 0),
                                          .answered_at = db_number(q, 1),
                                          .opinions = db_number(q, 2)});
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
    take_firms(db, id, take, context);
}
