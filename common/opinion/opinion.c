#include "opinion/opinion.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/org.h"
#include "enterprise/enterprise.h"
#include "opinion/consultation.h"

const char *const opinion_fields[] = {"consultation", "by", "enterprise", "text", "at", NULL};

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
    [OPINION_GIVE] = {"give an opinion", "consult-answer", "提出意见", ASKED, GATE_BY_ADDRESSEE,
                      "opinion-given"},
    [OPINION_DECIDE] = {"decide", "consult-decide", "答复意见", GIVEN | DECIDED | REPORTED,
                        GATE_BY_OWNER, "opinion-decided"},
    [OPINION_REPORT] = {"report", "consult-report", "反馈意见", DECIDED, GATE_BY_CENTER,
                        "opinion-reported"},
};

const struct gate_record opinion_record = {"opinion", "意见", states, state_name, acts};

/* ---- whose they are ---- */

const char *opinion_giver(const struct opinion *o, const struct org_table *orgs)
{
    return o->org ? org_code(orgs, o->org) : o->firm ? o->firm_code : "public";
}

const char *opinion_giver_name(const struct opinion *o, const struct org_table *orgs)
{
    return o->org ? org_name(orgs, o->org) : o->firm ? o->firm_name : "社会公众";
}

bool opinion_is_public(const char *word)
{
    return text_same(word, "public") || text_same(word, "社会公众") || text_same(word, "公众");
}

/* ---- what events make of opinions ---- */

static void apply_given(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(
        db, "INSERT INTO opinion (id, consultation_id, org_id, enterprise_id, at, text) VALUES (?1,"
            " ?2, (SELECT id FROM org WHERE code = ?3), (SELECT id FROM enterprise"
            " WHERE code = ?6), ?4, ?5)");
    db_bind(q, 1, json_number(data, "opinion"));
    db_bind(q, 2, json_number(data, "consultation"));
    db_bind_text(q, 3, json_text(data, "by"));
    db_bind(q, 4, event->at);
    db_bind_text(q, 5, json_text(data, "text"));
    db_bind_text(q, 6, json_text(data, "enterprise"));
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

const struct projected opinion_projected = {
    .check = "opinions",
    .tables = (const struct projected_table[]){{"opinion", "m.id", "'opinion'", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"opinion-given", apply_given},
                                                 {"opinion-decided", apply_decided},
                                                 {"opinion-reported", apply_reported},
                                                 {NULL, NULL}}};

/* ---- giving ---- */

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
    if (!o->org)
        return true;
    struct center *center = acting->center;
    struct arena arena = {0};
    struct ticket *ticket =
        ticket_get(center->db, consult_ticket(center->db, o->consultation, o->org), &arena);
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
                                      " AND coalesce(org_id, 0) = ?2"
                                      " AND coalesce(enterprise_id, 0) = ?3 AND text = ?4");
    db_bind(q, 1, o->consultation);
    db_bind(q, 2, o->org);
    db_bind(q, 3, o->firm);
    db_bind_text(q, 4, o->text);
    return db_first(q);
}

static void log_given(struct center *center, const struct opinion *o)
{
    struct arena arena = {0};
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "consultation", o->consultation);
    json_add_number(&data, "opinion", o->id);
    json_add_text(&data, "by", o->org ? org_find_code(center->db, o->org, &arena) : NULL);
    json_add_text(&data, "enterprise", enterprise_code(center->db, o->firm, &arena));
    json_add_text(&data, "text", o->text);
    projected_log(center, &opinion_projected, "opinion-given", o->at, &data);
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
    struct db *db = g->acting->center->db;
    if (o->org ? consult_ticket(db, o->consultation, o->org) != 0
               : consult_is_open_to(db, o->consultation, o->firm))
        return true;
    return fault_add(g->fault, "consultation %lld %s", (long long)o->consultation,
                     o->org    ? "was not sent to that organisation"
                     : o->firm ? "was not sent to that enterprise, and is not open to all"
                               : "is not open to the public; consult-open --public opens it");
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

enum gate_result opinion_give(struct acting *acting, struct opinion *o, bool at_given,
                              struct fault *fault)
{
    struct center *center = acting->center;
    struct giving giving = {acting, o, at_given, fault};
    const struct gate gate = {.record = &opinion_record,
                              .act = OPINION_GIVE,
                              .state = "asked",
                              .at = o->at,
                              .by = &o->org,
                              .began = opened_at(center->db, o->consultation),
                              .began_as = N_("the draft was sent out"),
                              .fault = fault,
                              .context = &giving,
                              .known = is_given,
                              .may = may_give,
                              .step = give};
    return gate_pass(center, &gate);
}

/* ---- deciding ---- */

#define OPINION                                                                                    \
    "SELECT o.id, consultation_id, org_id, at, text, reason, coalesce(adopted, -1), decided_at,"   \
    " reported_at, enterprise_id, f.code, f.name, f.contact, f.phone"                              \
    " FROM opinion o LEFT JOIN enterprise f ON f.id = o.enterprise_id"

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
                            .reported_at = db_number(q, 8),
                            .firm = db_number(q, 9),
                            .firm_code = db_text(q, 10),
                            .firm_name = db_text(q, 11),
                            .contact = db_text(q, 12),
                            .phone = db_text(q, 13)};
}

static bool load_opinion(struct db *db, int64_t id, struct arena *arena, struct opinion *o)
{
    struct db_query *q = db_query(db, OPINION " WHERE o.id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        const char **texts[] = {&o->text,      &o->reason,  &o->firm_code,
                                &o->firm_name, &o->contact, &o->phone};
        *o = read_opinion(q);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            *texts[i] = *texts[i] ? arena_string(arena, *texts[i]) : NULL;
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
        json_add_text(&data, "by", org_find_code(d->center->db, d->decision->by, &arena));
    json_add_number(&data, "adopted", o->adopted);
    json_add_text(&data, "reason", o->reason);
    projected_log(d->center, &opinion_projected, "opinion-decided", o->decided_at, &data);
    arena_free(&arena);
    return true;
}

enum gate_result opinion_decide(struct center *center, int64_t id, const struct decision *decision,
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
                              .by = &decision->by,
                              .began = o->at,
                              .began_as = N_("it was given"),
                              .fault = fault,
                              .context = &deciding,
                              .known = is_decided,
                              .may = may_decide,
                              .step = decide};
    return gate_pass(center, &gate);
}

/* ---- listing ---- */

static void take_opinions(struct db_query *q, void (*take)(void *, const struct opinion *),
                          void *context)
{
    while (db_step(q)) {
        const struct opinion opinion = read_opinion(q);
        take(context, &opinion);
    }
}

void opinion_each(struct db *db, int64_t id, void (*take)(void *, const struct opinion *),
                  void *context)
{
    struct db_query *q = db_query(db, OPINION " WHERE consultation_id = ?1 ORDER BY o.id");
    db_bind(q, 1, id);
    take_opinions(q, take, context);
}

/* ---- back to those who gave them ---- */

/* Opinions on one consultation whose givers are told. */
struct reporting {
    struct center *center;
    const struct gate_who *who;
    int64_t consultation;
    struct text opinions; /* their ids, as a list */
    int64_t id, decided;  /* the present one, and when it was decided */
    struct fault *fault;
};

static bool may_report(void *context)
{
    const struct reporting *r = context;
    return org_is_center(r->center, r->who->by) ||
           fault_add(r->fault, "%s: only the center may", gate_called(&acts[OPINION_REPORT]));
}

static bool report(void *context)
{
    struct reporting *r = context;
    json_list_add_number(&r->opinions, r->id);
    return true;
}

static bool pass_reported(struct reporting *r)
{
    const struct gate gate = {.record = &opinion_record,
                              .act = OPINION_REPORT,
                              .state = "decided",
                              .at = r->who->at,
                              .by = &r->who->by,
                              .began = r->decided,
                              .began_as = N_("it was decided"),
                              .fault = r->fault,
                              .context = r,
                              .may = may_report,
                              .step = report,
                              .is_sure = true};
    return gate_pass(r->center, &gate) == GATE_DONE;
}

static void log_reported(struct reporting *r)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "consultation", r->consultation);
    json_add_raw(&data, "opinions", json_list_end(&r->opinions));
    org_add_code(&data, "by", r->center->db, r->who->by);
    projected_log(r->center, &opinion_projected, acts[OPINION_REPORT].event, r->who->at, &data);
}

/* All that were decided and not told yet, or none. */
static bool report_all(struct reporting *r, bool dry_run)
{
    bool good = true;
    struct db_query *q =
        db_query(r->center->db, "SELECT id, decided_at FROM opinion WHERE consultation_id = ?1"
                                " AND adopted IS NOT NULL AND reported_at IS NULL ORDER BY id");
    db_bind(q, 1, r->consultation);
    while (good && db_step(q)) {
        r->id = db_number(q, 0);
        r->decided = db_number(q, 1);
        good = pass_reported(r);
    }
    db_reset(q);
    if (good && r->opinions.length && !dry_run)
        log_reported(r);
    text_free(&r->opinions);
    return good;
}

bool opinion_feedback(struct center *center, int64_t id, const struct gate_who *who, bool again,
                      bool dry_run, void (*take)(void *, const struct opinion *), void *context,
                      struct fault *fault)
{
    struct reporting reporting = {.center = center, .who = who, .consultation = id, .fault = fault};
    struct db_query *q =
        again ? db_query(center->db, OPINION " WHERE consultation_id = ?1"
                                             " AND reported_at IS NOT NULL ORDER BY o.id")
              : db_query(center->db, OPINION " WHERE consultation_id = ?1 AND adopted IS NOT NULL"
                                             " AND reported_at IS NULL ORDER BY o.id");
    db_bind(q, 1, id);
    take_opinions(q, take, context);
    return again || report_all(&reporting, dry_run);
}
