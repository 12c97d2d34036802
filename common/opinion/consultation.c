#include "opinion/consultation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/json.h"
#include "base/text.h"
#include "center/log.h"
#include "center/org.h"
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

static void add_code(struct text *list, struct db *db, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    text_add(list, list->length ? "," : "");
    if (db_step(q))
        json_add_string(list, db_text(q, 0));
    db_reset(q);
}

/* ---- opening ---- */

/* Stores the id of the consultation, new or known; false where the known one differs. */
static bool find_or_add(struct center *center, struct consultation *c, struct fault *fault)
{
    struct db_query *q =
        db_query(center->db, "SELECT id, draft, until_day, opened_at"
                             " FROM consultation WHERE org_id = ?1 AND title = ?2");
    db_bind(q, 1, c->org);
    db_bind_text(q, 2, c->title);
    if (db_step(q)) {
        char day[DAY_TEXT_SIZE];
        bool same_draft = !strcmp(db_text(q, 1), c->draft);
        int until = (int)db_number(q, 2);
        c->id = db_number(q, 0);
        c->opened_at = db_number(q, 3);
        db_reset(q);
        if (same_draft && until == c->until)
            return true;
        fault_add(fault, "consultation %lld has this title, with %s%s", (long long)c->id,
                  same_draft ? "the last day " : "another draft",
                  same_draft ? day_print(until, day) : "");
        return false;
    }
    q = db_query(center->db, "INSERT INTO consultation (title, draft, org_id, opened_at, until_day)"
                             " VALUES (?1, ?2, ?3, ?4, ?5)");
    db_bind_text(q, 1, c->title);
    db_bind_text(q, 2, c->draft);
    db_bind(q, 3, c->org);
    db_bind(q, 4, center->now);
    db_bind(q, 5, c->until);
    db_run(q);
    c->id = db_last_id(center->db);
    c->opened_at = center->now;
    return true;
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
    struct db_query *q =
        db_query(intake->center->db, "INSERT INTO consultee (consultation_id, org_id, ticket_id)"
                                     " VALUES (?1, ?2, ?3)");
    db_bind(q, 1, c->id);
    db_bind(q, 2, org);
    db_bind(q, 3, id);
    db_run(q);
    return id;
}

static void log_opened(struct center *center, const struct consultation *c, struct text *to)
{
    struct text data = {0}, org = {0};
    char day[DAY_TEXT_SIZE];
    add_code(&org, center->db, c->org);
    text_add(to, "]");
    json_start(&data);
    json_add_number(&data, "consultation", c->id);
    json_add_raw(&data, "org", org.data);
    json_add_text(&data, "title", c->title);
    json_add_text(&data, "until", day_print(c->until, day));
    json_add_raw(&data, "to", to->data);
    event_log(center, 0, "consultation-opened", 0, &data);
    text_free(&org);
}

bool consult_open(struct center *center, struct consultation *c, const int64_t *orgs, int count,
                  void (*take)(void *, int64_t, int64_t), void *context, struct fault *fault)
{
    struct intake intake = intake_new(center);
    struct org_table table = org_table_load(center->db);
    struct text to = {0};
    bool good = find_or_add(center, c, fault);
    for (int i = 0; good && i < count; i++) {
        if (find_ticket(center->db, c->id, orgs[i]))
            continue;
        int64_t ticket = open_ticket(&intake, c, orgs[i], org_code(&table, orgs[i]));
        text_add(&to, to.length ? "," : "[");
        json_add_string(&to, org_code(&table, orgs[i]));
        take(context, ticket, orgs[i]);
    }
    if (to.length)
        log_opened(center, c, &to);
    text_free(&to);
    org_table_free(&table);
    intake_free(&intake);
    return good;
}

/* ---- opinions ---- */

/* True where it may be given: by an addressee, at a moment after the opening and not to come. */
static bool check_opinion(struct center *center, const struct opinion *o, struct fault *fault)
{
    char iso[CLOCK_TEXT_SIZE];
    struct db_query *q = db_query(center->db, "SELECT opened_at FROM consultation WHERE id = ?1");
    db_bind(q, 1, o->consultation);
    int64_t opened = db_step(q) ? db_number(q, 0) : INT64_MAX;
    db_reset(q);
    if (!find_ticket(center->db, o->consultation, o->org))
        fault_add(fault, "consultation %lld was not sent to that organisation",
                  (long long)o->consultation);
    else if (o->at > center->now)
        fault_add(fault, "%s lies in the future", clock_print(o->at, iso));
    else if (o->at < opened)
        fault_add(fault, "%s lies before the draft was sent out", clock_print(o->at, iso));
    else
        return true;
    return false;
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
    bool good = !waits || act_perform(acting, ticket, &arena, &act, fault) != ACT_REFUSED;
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
    struct text data = {0}, by = {0};
    add_code(&by, center->db, o->org);
    json_start(&data);
    json_add_number(&data, "consultation", o->consultation);
    json_add_number(&data, "opinion", o->id);
    json_add_raw(&data, "by", by.data);
    json_add_text(&data, "text", o->text);
    event_log(center, 0, "opinion-given", o->at, &data);
    text_free(&by);
}

enum consult_result consult_give(struct acting *acting, struct opinion *o, bool at_given,
                                 struct fault *fault)
{
    struct center *center = acting->center;
    if (!check_opinion(center, o, fault))
        return CONSULT_REFUSED;
    if ((o->id = find_opinion(center->db, o)))
        return CONSULT_SAME;
    if (!answer_ticket(acting, o, at_given, fault))
        return CONSULT_REFUSED;
    struct db_query *q = db_query(center->db, "INSERT INTO opinion (consultation_id, org_id, at,"
                                              " text) VALUES (?1, ?2, ?3, ?4)");
    db_bind(q, 1, o->consultation);
    db_bind(q, 2, o->org);
    db_bind(q, 3, o->at);
    db_bind_text(q, 4, o->text);
    db_run(q);
    o->id = db_last_id(center->db);
    log_given(center, o);
    return CONSULT_DONE;
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

static void log_decided(struct center *center, const struct opinion *o)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "consultation", o->consultation);
    json_add_number(&data, "opinion", o->id);
    json_add_number(&data, "adopted", o->adopted);
    json_add_text(&data, "reason", o->reason);
    event_log(center, 0, "opinion-decided", 0, &data);
}

enum consult_result consult_decide(struct center *center, int64_t id, bool adopted,
                                   const char *reason, struct arena *arena, struct opinion *o,
                                   struct fault *fault)
{
    if (!load_opinion(center->db, id, arena, o)) {
        fault_add(fault, "no such opinion");
        return CONSULT_REFUSED;
    }
    if (o->adopted == adopted && !strcmp(o->reason, reason))
        return CONSULT_SAME;
    o->adopted = adopted;
    o->reason = reason;
    o->decided_at = center->now;
    o->reported_at = 0;
    struct db_query *q =
        db_query(center->db, "UPDATE opinion SET adopted = ?2, reason = ?3, decided_at = ?4,"
                             " reported_at = NULL WHERE id = ?1");
    db_bind(q, 1, id);
    db_bind(q, 2, adopted);
    db_bind_text(q, 3, reason);
    db_bind(q, 4, center->now);
    db_run(q);
    log_decided(center, o);
    return CONSULT_DONE;
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
        text_add_format(&list, "%s%lld", list.length ? "," : "[", (long long)db_number(q, 0));
    if (list.length) {
        text_add(&list, "]");
        json_start(&data);
        json_add_number(&data, "consultation", id);
        json_add_raw(&data, "opinions", list.data);
        event_log(center, 0, "opinion-reported", 0, &data);
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
    if (again || dry_run)
        return;
    log_reported(center, id);
    q = db_query(center->db, "UPDATE opinion SET reported_at = ?2 WHERE consultation_id = ?1"
                             " AND adopted IS NOT NULL AND reported_at IS NULL");
    db_bind(q, 1, id);
    db_bind(q, 2, center->now);
    db_run(q);
}
