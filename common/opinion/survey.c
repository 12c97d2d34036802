#include "opinion/survey.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/apply.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mask.h"
#include "base/text.h"
#include "center/org.h"
#include "center/projected.h"
#include "enterprise/enterprise.h"
#include "policy/policy.h"
#include "ticket/assignment.h"

const char *const survey_fields[] = {"ref",  "source",     "policy", "class", "org", "score",
                                     "text", "enterprise", "at",     "by",    NULL};

enum survey_act { SURVEY_TAKE, SURVEY_SUPERVISE };

static const struct gate_act acts[] = {
    [SURVEY_TAKE] = {"take in an answer", "survey-add", "登记问卷", GATE_NEW, GATE_BY_ANYONE,
                     "survey-answered"},
    [SURVEY_SUPERVISE] = {"supervise by answers", "survey-supervise", "问卷督办", GATE_REGISTERED,
                          GATE_BY_CENTER, "survey-supervised"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record survey_record = {"survey", "问卷", gate_registers, gate_register_name,
                                          acts};

const char survey_other[] = "other", survey_other_name[] = "其他";

const char *survey_class(const struct taxonomy *taxonomy, const char *word)
{
    const struct taxonomy_entry *entry = taxonomy_find(taxonomy, word);
    if (entry)
        return entry->term.code;
    bool other = text_same(word, survey_other) || text_same(word, survey_other_name) ||
                 text_same(word, "其它");
    return other ? survey_other : NULL;
}

const char *survey_class_name(const struct taxonomy *taxonomy, const char *code)
{
    return strcmp(code, survey_other) != 0 ? taxonomy_name(taxonomy, code) : survey_other_name;
}

/* ---- what events make of answers ---- */

static void apply_answer(struct db *db, const struct event *event, const struct json *data)
{
    static const char *const texts[] = {"source", "ref", "class",     "text",
                                        "policy", "org", "enterprise"};
    struct db_query *q = db_query(
        db, "INSERT INTO survey_answer (id, source, ref, class, text, policy_id, org_id,"
            " enterprise_id, score, at, ticket_id) VALUES (?1, ?2, ?3, ?4, ?5,"
            " (SELECT id FROM policy WHERE code = ?6), (SELECT id FROM org WHERE code = ?7),"
            " (SELECT id FROM enterprise WHERE code = ?8), ?9, ?10, ?11) ON CONFLICT DO NOTHING");
    db_bind(q, 1, json_number(data, "answer"));
    for (int i = 0; i < 7; i++)
        db_bind_text(q, i + 2, json_text(data, texts[i]));
    if (json_number(data, "score"))
        db_bind(q, 9, json_number(data, "score"));
    db_bind(q, 10, json_has(data, "at") ? json_number(data, "at") : event->at);
    if (json_number(data, "ticket"))
        db_bind(q, 11, json_number(data, "ticket"));
    db_run(q);
}

static void apply_supervised(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "UPDATE survey_answer SET ticket_id = ?2 WHERE id = ?1");
    (void)event;
    for (int i = 0; i < json_count(data, "of"); i++) {
        db_bind(q, 1, json_number_at(data, "of", i));
        db_bind(q, 2, json_number(data, "ticket"));
        db_run(q);
    }
}

const struct projected survey_projected = {
    .check = "surveys",
    .tables =
        (const struct projected_table[]){
            {"survey_answer", "m.id", "m.source || ' ' || m.ref", NULL}, {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"survey-answered", apply_answer},
                                                 {"survey-stated", apply_answer},
                                                 {"survey-supervised", apply_supervised},
                                                 {NULL, NULL}}};

/* ---- taking in ---- */

/* How often a row without a ref, known by its fingerprint, has come in this import. */
struct survey_seen {
    uint64_t hash;
    int count; /* 0: a free place */
};

static struct survey_seen *find_seen(struct survey_seen *seen, size_t size, uint64_t hash)
{
    size_t i = (size_t)hash & (size - 1);
    while (seen[i].count && seen[i].hash != hash)
        i = (i + 1) & (size - 1);
    return &seen[i];
}

/* Counts the fingerprint, and returns how often it has come now. The table is never full by half.
 */
static int count_seen(struct survey_intake *intake, uint64_t hash)
{
    if (intake->seen_count * 2 >= intake->seen_size) {
        size_t size = intake->seen_size ? intake->seen_size * 2 : 1024;
        struct survey_seen *larger = mem_zero(size, sizeof *larger);
        for (size_t i = 0; i < intake->seen_size; i++)
            if (intake->seen[i].count)
                *find_seen(larger, size, intake->seen[i].hash) = intake->seen[i];
        free(intake->seen);
        intake->seen = larger;
        intake->seen_size = size;
    }
    struct survey_seen *seen = find_seen(intake->seen, intake->seen_size, hash);
    intake->seen_count += !seen->count;
    seen->hash = hash;
    return ++seen->count;
}

/* Anonymous answers are often equal: the second of a file is another answer, the same file again
 * is not. */
static const char *fingerprint(struct survey_intake *intake, char *const *values)
{
    uint64_t hash = TEXT_HASH_START;
    for (int i = 0; i < SURVEY_FIELD_COUNT; i++) {
        const char *value = values[i] ? values[i] : "";
        hash = text_hash(hash, value, strlen(value) + 1);
    }
    int times = count_seen(intake, hash);
    if (times == 1)
        return arena_format(&intake->arena, "row-%016" PRIx64, hash);
    return arena_format(&intake->arena, "row-%016" PRIx64 "-%d", hash, times);
}

static void find_policy(struct survey_intake *intake, const char *word, struct survey_answer *a,
                        struct fault *fault)
{
    struct db *db = intake->center->db;
    struct policy policy;
    if (!(a->policy = policy_find(db, word))) {
        policy_unknown(db, word, fault);
        return;
    }
    policy_load(db, a->policy, &intake->arena, &policy);
    a->class = policy.class;
    a->org = policy.org;
}

/* An answer is about a class: its own, or that of the policy, which may be unknown. */
static void find_class(struct survey_intake *intake, char *const *values, struct survey_answer *a,
                       struct fault *fault)
{
    const char *word = values[SURVEY_CLASS];
    if (word && !(a->class = survey_class(intake->taxonomy, word)))
        fault_unknown(fault, "class", word, taxonomy_nearest(intake->taxonomy, word), NULL);
    else if (!a->class && a->policy)
        fault_add(fault, "no class, and its policy has none");
    else if (!a->class && !values[SURVEY_POLICY])
        fault_add(fault, "neither class nor policy");
}

bool survey_read(struct survey_intake *intake, char *const *values, int score,
                 const struct gate_who *who, struct survey_answer *answer, struct fault *fault)
{
    struct survey_answer *a = answer;
    struct db *db = intake->center->db;
    arena_free(&intake->arena);
    *a = (struct survey_answer){.score = score,
                                .text = values[SURVEY_TEXT],
                                .at = who->at ? who->at : intake->center->now,
                                .by = who->by};
    if (values[SURVEY_POLICY])
        find_policy(intake, values[SURVEY_POLICY], a, fault);
    if (values[SURVEY_ORG] && !(a->org = org_find(db, values[SURVEY_ORG])))
        org_unknown(db, values[SURVEY_ORG], fault);
    find_class(intake, values, a, fault);
    a->source = values[SURVEY_SOURCE] ? values[SURVEY_SOURCE] : intake->source;
    a->ref = values[SURVEY_REF] ? values[SURVEY_REF] : fingerprint(intake, values);
    if (values[SURVEY_ENTERPRISE])
        a->enterprise = enterprise_find(db, values[SURVEY_ENTERPRISE]);
    return !*fault->text;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* An answer that is being taken in. */
struct taking {
    struct survey_intake *intake;
    struct survey_answer *answer;
    bool is_other; /* another one has its source and ref */
    struct fault *fault;
};

/* Fills in the id of the answer that has this source and ref. */
static bool is_known(void *context)
{
    struct taking *t = context;
    struct survey_answer *a = t->answer;
    struct db_query *q =
        db_query(t->intake->center->db, "SELECT id, score, class, text FROM survey_answer"
                                        " WHERE source = ?1 AND ref = ?2");
    db_bind_text(q, 1, a->source);
    db_bind_text(q, 2, a->ref);
    bool found = db_step(q);
    bool same = found && db_number(q, 1) == a->score && same_text(db_text(q, 2), a->class) &&
                same_text(db_text(q, 3), a->text);
    a->id = found ? db_number(q, 0) : 0;
    db_reset(q);
    t->is_other = found && !same;
    return same;
}

/* Two questionnaires that both count from 1 need two sources. */
static bool may_take(void *context)
{
    struct taking *t = context;
    if (t->is_other)
        fault_add(t->fault, "another answer has number %s of source %s: name this one's --source",
                  t->answer->ref, t->answer->source);
    return !t->is_other;
}

/* A member with the code that ID has by Q; without one where ID is 0. */
static void add_code(struct text *data, const char *key, struct db_query *q, int64_t id)
{
    db_bind(q, 1, id);
    if (id && db_step(q))
        json_add_text(data, key, db_text(q, 0));
    db_reset(q);
}

static void log_answer(struct center *center, const struct survey_answer *a)
{
    struct db *db = center->db;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "answer", a->id);
    json_add_text(&data, "source", a->source);
    json_add_text(&data, "ref", a->ref);
    add_code(&data, "policy", db_query(db, "SELECT code FROM policy WHERE id = ?1"), a->policy);
    json_add_text(&data, "class", a->class);
    org_add_code(&data, "org", db, a->org);
    add_code(&data, "enterprise", db_query(db, "SELECT code FROM enterprise WHERE id = ?1"),
             a->enterprise);
    if (a->score)
        json_add_number(&data, "score", a->score);
    json_add_text(&data, "text", a->text);
    org_add_code(&data, "by", db, a->by);
    projected_log(center, &survey_projected, acts[SURVEY_TAKE].event, a->at, &data);
}

static bool take_in(void *context)
{
    const struct taking *t = context;
    struct survey_intake *intake = t->intake;
    t->answer->id =
        db_count(intake->center->db, "SELECT coalesce(max(id), 0) + 1 FROM survey_answer");
    log_answer(intake->center, t->answer);
    intake->added++;
    intake->first = intake->first ? intake->first : t->answer->id;
    intake->last = t->answer->id;
    return true;
}

enum survey_result survey_add(struct survey_intake *intake, struct survey_answer *a,
                              struct fault *fault)
{
    struct taking taking = {.intake = intake, .answer = a, .fault = fault};
    const struct gate gate = {.record = &survey_record,
                              .act = SURVEY_TAKE,
                              .state = gate_register(0),
                              .at = a->at,
                              .by = &a->by,
                              .fault = fault,
                              .context = &taking,
                              .known = is_known,
                              .may = may_take,
                              .step = take_in,
                              .is_sure = true};
    switch (gate_pass(intake->center, &gate)) {
    case GATE_DONE: return SURVEY_ADDED;
    case GATE_KNOWN: intake->known++; return SURVEY_SAME;
    default: return SURVEY_REFUSED;
    }
}

void survey_finish(struct survey_intake *intake)
{
    struct center *center = intake->center;
    if (intake->added) {
        struct text data = {0};
        json_start(&data);
        json_add_number(&data, "added", intake->added);
        json_add_number(&data, "first", intake->first);
        json_add_number(&data, "last", intake->last);
        event_log(center, 0, "survey-taken", 0, &data);
    }
    free(intake->seen);
    arena_free(&intake->arena);
}

/* ---- looking ---- */

#define FILTER                                                                                     \
    " WHERE (?1 IS NULL OR a.at >= ?1) AND (?2 IS NULL OR a.at <= ?2)"                             \
    " AND (?3 IS NULL OR a.org_id = ?3)"                                                           \
    " AND (?4 IS NULL OR a.class IN (SELECT value FROM json_each(?4)))"

/* Binds the filter's parameters; the classes stay in LIST as JSON. */
static void bind_filter(struct db_query *q, const struct survey_filter *filter, struct text *list)
{
    db_bind_some(q, 1, filter->from);
    db_bind_some(q, 2, filter->to);
    db_bind_some(q, 3, filter->org);
    for (int i = 0; filter->classes && filter->classes[i]; i++) {
        text_add_char(list, i ? ',' : '[');
        json_add_string(list, filter->classes[i]);
    }
    if (filter->classes)
        text_add(list, list->length ? "]" : "[]");
    db_bind_text(q, 4, filter->classes ? list->data : NULL);
}

void survey_texts(struct db *db, const struct survey_filter *filter,
                  void (*take)(void *, const struct survey_answer *, const char *), void *context)
{
    struct text list = {0};
    struct db_query *q =
        db_query(db, "SELECT a.id, a.source, a.ref, a.class, a.text, a.policy_id, a.org_id,"
                     " a.enterprise_id, a.score, a.at, a.ticket_id, p.code"
                     " FROM survey_answer a LEFT JOIN policy p ON p.id = a.policy_id" FILTER
                     " AND a.text IS NOT NULL ORDER BY a.id");
    bind_filter(q, filter, &list);
    while (db_step(q)) {
        const struct survey_answer answer = {.id = db_number(q, 0),
                                             .source = db_text(q, 1),
                                             .ref = db_text(q, 2),
                                             .class = db_text(q, 3),
                                             .text = db_text(q, 4),
                                             .policy = db_number(q, 5),
                                             .org = db_number(q, 6),
                                             .enterprise = db_number(q, 7),
                                             .score = (int)db_number(q, 8),
                                             .at = db_number(q, 9),
                                             .ticket = db_number(q, 10)};
        take(context, &answer, db_text(q, 11));
    }
    text_free(&list);
}

#define SUMS                                                                                       \
    " count(*) AS answers, count(*) FILTER (WHERE a.score <= 2), count(a.score),"                  \
    " coalesce(sum(a.score), 0), count(a.ticket_id) FROM survey_answer a"

void survey_sums(struct db *db, const struct survey_filter *filter, bool by_org,
                 void (*take)(void *, const struct survey_sum *), void *context)
{
    struct text list = {0};
    struct db_query *q =
        by_org
            ? db_query(db, "SELECT a.org_id," SUMS " LEFT JOIN org o ON o.id = a.org_id" FILTER
                           " GROUP BY a.org_id, o.code ORDER BY answers DESC, o.code NULLS FIRST")
            : db_query(db, "SELECT a.class," SUMS FILTER
                           " GROUP BY a.class ORDER BY answers DESC, a.class");
    bind_filter(q, filter, &list);
    while (db_step(q))
        take(context, &(struct survey_sum){.class = by_org ? NULL : db_text(q, 0),
                                           .org = by_org ? db_number(q, 0) : 0,
                                           .answers = db_number(q, 1),
                                           .dissatisfied = db_number(q, 2),
                                           .scored = db_number(q, 3),
                                           .score_sum = db_number(q, 4),
                                           .supervised = db_number(q, 5)});
    text_free(&list);
}

/* ---- supervision ---- */

enum { MOST_LINES = 200 }; /* answers that the ticket quotes */

struct sweep {
    struct center *center;
    struct intake intake;
    int64_t from; /* the window's first moment; now is its last */
    int64_t first;
    struct text body, title, ref, reason;
};

/* The organisations with so many complaints; the caller frees. */
static struct survey_order *find_orders(const struct sweep *s, int *count)
{
    struct survey_order *orders = NULL;
    struct db_query *q = db_query(
        s->center->db, "SELECT org_id, count(*) FROM survey_answer WHERE org_id IS NOT NULL"
                       " AND score <= 2 AND ticket_id IS NULL AND at BETWEEN ?1 AND ?2"
                       " GROUP BY org_id HAVING count(*) >= ?3 ORDER BY org_id");
    db_bind(q, 1, s->from);
    db_bind(q, 2, s->center->now);
    db_bind(q, 3, s->center->config->survey.complaints);
    *count = 0;
    while (db_step(q)) {
        orders = mem_grow(orders, (size_t)*count, sizeof *orders);
        orders[(*count)++] =
            (struct survey_order){.org = db_number(q, 0), .answers = db_number(q, 1)};
    }
    return orders;
}

static void add_line(struct sweep *s, int64_t number, const char *policy, const char *title,
                     int64_t score, const char *text)
{
    text_add_format(&s->body, "\n%lld. ", (long long)number);
    if (policy)
        text_add_format(&s->body, "%s（%s）", title, policy);
    text_add_format(&s->body, "%s%lld分", policy ? "，" : "", (long long)score);
    if (text) {
        text_add(&s->body, "：");
        mask_text(&s->body, text);
    }
}

/* The ticket's text: how many, about which policies, what they say. */
static void write_body(struct sweep *s, const struct survey_order *order)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    int64_t number = 0;
    text_clear(&s->body);
    text_add_format(&s->body,
                    "%s至%s，企业在政策问卷中对贵单位执行政策表示不满意%lld件，请核查整改并答复：",
                    day_print(clock_day(s->from), first),
                    day_print(clock_day(s->center->now), last), (long long)order->answers);
    struct db_query *q =
        db_query(s->center->db, "SELECT a.id, p.code, p.title, a.score, a.text"
                                " FROM survey_answer a LEFT JOIN policy p ON p.id = a.policy_id"
                                " WHERE a.org_id = ?1 AND a.score <= 2 AND a.ticket_id IS NULL"
                                " AND a.at BETWEEN ?2 AND ?3 ORDER BY a.id");
    db_bind(q, 1, order->org);
    db_bind(q, 2, s->from);
    db_bind(q, 3, s->center->now);
    while (db_step(q)) {
        if (!number++)
            s->first = db_number(q, 0);
        if (number <= MOST_LINES)
            add_line(s, number, db_text(q, 1), db_text(q, 2), db_number(q, 3), db_text(q, 4));
    }
    if (number > MOST_LINES)
        text_add_format(&s->body, "\n……共%lld件", (long long)number);
}

/* The answers that the ticket is about count no more for the next. */
static void log_order(struct sweep *s, const struct survey_order *order, const char *code)
{
    struct center *center = s->center;
    struct text data = {0}, list = {0};
    struct db_query *q = db_query(center->db, "SELECT id FROM survey_answer WHERE org_id = ?1"
                                              " AND score <= 2 AND ticket_id IS NULL"
                                              " AND at BETWEEN ?2 AND ?3 ORDER BY id");
    db_bind(q, 1, order->org);
    db_bind(q, 2, s->from);
    db_bind(q, 3, center->now);
    while (db_step(q))
        json_list_add_number(&list, db_number(q, 0));
    json_start(&data);
    json_add_text(&data, "org", code);
    json_add_number(&data, "ticket", order->ticket);
    json_add_number(&data, "answers", order->answers);
    json_add_raw(&data, "of", json_list_end(&list));
    projected_log(center, &survey_projected, acts[SURVEY_SUPERVISE].event, 0, &data);
    text_free(&list);
}

/* Who orders: the center; itself is ordered by the ladder's first supervisor besides it. 0: none.
 */
static int64_t find_supervisor(const struct acting *acting, int64_t org)
{
    const struct config *config = acting->center->config;
    int64_t by = acting->center_org;
    for (int i = 0; by == org && i < config->level_count; i++)
        by = org_find(acting->center->db, config->levels[i].supervisor);
    return by == org ? 0 : by;
}

/* The organisation is ordered on its ticket: so many are dissatisfied. */
static void give_order(struct sweep *s, const struct survey_order *order)
{
    struct acting acting = acting_new(s->center);
    struct arena arena = {0};
    struct fault fault;
    text_clear(&s->reason);
    text_add_format(&s->reason, "政策执行问卷不满意%lld件", (long long)order->answers);
    const struct act act = {.kind = ACT_ORDER,
                            .by = find_supervisor(&acting, order->org),
                            .at = s->center->now,
                            .ordered = order->org,
                            .reason = s->reason.data};
    struct ticket *ticket = ticket_get(s->center->db, order->ticket, &arena);
    if (act.by && act_perform(&acting, ticket, &arena, &act, &fault) == GATE_REFUSED)
        die("survey %s: %s", s->ref.data, fault.text);
    arena_free(&arena);
    acting_free(&acting);
}

/* An order that is being given, by a ticket against an organisation. */
struct ordering {
    struct sweep *sweep;
    struct survey_order *order;
    const struct org *org;
};

static bool open_ticket(void *context)
{
    const struct ordering *ordering = context;
    struct sweep *s = ordering->sweep;
    struct survey_order *order = ordering->order;
    const struct org *org = ordering->org;
    write_body(s, order);
    text_clear(&s->title);
    text_add_format(&s->title, "政策执行问卷督办：%s（%lld件不满意）", org->name,
                    (long long)order->answers);
    text_clear(&s->ref);
    text_add_format(&s->ref, "%s:%lld", org->code, (long long)s->first);
    assignment_open(&s->intake,
                    &(struct assignment){.source = "survey",
                                         .ref = s->ref.data,
                                         .kind = s->center->config->survey.kind,
                                         .title = s->title.data,
                                         .body = s->body.data,
                                         .basis = "政策执行问卷",
                                         .org = order->org},
                    &order->ticket);
    log_order(s, order, org->code);
    give_order(s, order);
    return true;
}

static void supervise(struct sweep *s, struct survey_order *order, const struct org *org)
{
    struct ordering ordering = {s, order, org};
    struct fault fault = {""};
    const struct gate gate = {.record = &survey_record,
                              .act = SURVEY_SUPERVISE,
                              .state = gate_register(1),
                              .fault = &fault,
                              .context = &ordering,
                              .step = open_ticket};
    if (gate_pass(s->center, &gate) == GATE_REFUSED)
        die("%s", fault.text);
}

void survey_supervise(struct center *center, bool dry_run,
                      void (*take)(void *, const struct survey_order *), void *context)
{
    struct sweep s = {.center = center, .intake = intake_new(center)};
    s.from = clock_moment(clock_day(center->now) - center->config->survey.days + 1, 0);
    struct org_table orgs = org_table_load(center->db);
    int count;
    struct survey_order *orders = find_orders(&s, &count);
    for (int i = 0; i < count; i++) {
        if (!dry_run)
            supervise(&s, &orders[i], org_of(&orgs, orders[i].org));
        take(context, &orders[i]);
    }
    free(orders);
    org_table_free(&orgs);
    intake_free(&s.intake);
    text_free(&s.body);
    text_free(&s.title);
    text_free(&s.ref);
    text_free(&s.reason);
}
