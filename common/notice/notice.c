#include "notice/notice.h"

#include <string.h>

static const char *const states[] = {"waiting", "taken",   "sent", "perhaps",
                                     "failed",  "dropped", NULL};
static const char *const words[] = {"待发", "发送中", "已发", "可能已发", "未送达", "不再发送"};
enum { WAITING = 1, TAKEN = 2, PERHAPS = 8, FAILED = 16, DROPPED = 32 };

const char *notice_state_name(const char *state)
{
    for (int i = 0; states[i]; i++)
        if (!strcmp(states[i], state))
            return words[i];
    return NULL;
}

const char *notice_state(const char *word)
{
    for (int i = 0; states[i]; i++)
        if (text_same(states[i], word) || text_same(words[i], word))
            return states[i];
    return NULL;
}

static const struct gate_act acts[] = {
    [NOTICE_TAKE] = {"take a notice", "notice-send", "取件", WAITING, GATE_BY_CENTER,
                     "notices-taken"},
    [NOTICE_SEND] = {"send a notice", "notice-send", "发送", TAKEN | PERHAPS, GATE_BY_CENTER,
                     "notices-sent"},
    [NOTICE_POSTPONE] = {"postpone a notice", "notice-send", "稍后再发", WAITING | TAKEN,
                         GATE_BY_CENTER, "notices-postponed"},
    [NOTICE_GIVE_UP] = {"give a notice up", "notice-send", "未送达", TAKEN | PERHAPS,
                        GATE_BY_CENTER, "notices-failed"},
    [NOTICE_DOUBT] = {"doubt a notice", "notice-send", "可能已发", TAKEN, GATE_BY_CENTER,
                      "notices-doubted"},
    [NOTICE_AGAIN] = {"send a notice again", "notice-send", "重发", PERHAPS | FAILED | DROPPED,
                      GATE_BY_CENTER, "notices-renewed"},
    [NOTICE_DROP] = {"drop a notice", "notice-send", "不再发送", WAITING | PERHAPS | FAILED,
                     GATE_BY_CENTER, "notices-dropped"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record notice_record = {"notice", "通知", states, notice_state_name, acts};

/* ---- what events make of notices ---- */

static void apply_made(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO notice (id, event_id, kind, address_id, channel, urgent, state,"
                     " made_at, next_at, tries) SELECT ?1, ?2, ?3, id, channel, ?4, 'waiting', ?5,"
                     " ?6, 0 FROM address WHERE id = ?7");
    for (int i = 0; i < json_count(data, "made"); i++) {
        const struct json *one = json_object_at(data, "made", i);
        db_bind(q, 1, json_number(one, "id"));
        db_bind(q, 2, json_number(one, "event"));
        db_bind_text(q, 3, json_text(one, "kind"));
        db_bind(q, 4, json_number(one, "urgent"));
        db_bind(q, 5, event->at);
        db_bind(q, 6, json_number(one, "next"));
        db_bind(q, 7, json_number(one, "address"));
        db_run(q);
    }
}

/* The state that an event of this type leaves. */
static const char *state_after(const char *type)
{
    static const char *const after[] = {
        [NOTICE_TAKE] = "taken",     [NOTICE_SEND] = "sent",     [NOTICE_POSTPONE] = "waiting",
        [NOTICE_GIVE_UP] = "failed", [NOTICE_DOUBT] = "perhaps", [NOTICE_AGAIN] = "waiting",
        [NOTICE_DROP] = "dropped"};
    int act = 0;
    while (strcmp(acts[act].event, type) != 0)
        act++;
    return after[act];
}

/* What is taken counts as a try; what goes out again begins anew. */
static void apply_step(struct db *db, const struct event *event, const struct json *data)
{
    const char *state = state_after(event->type);
    bool waits = !strcmp(state, "waiting"), taken = !strcmp(state, "taken");
    int64_t next = json_number(data, "next");
    struct db_query *q =
        db_query(db, "UPDATE notice SET state = ?2, next_at = CASE WHEN ?3 = 0 THEN next_at ELSE ?3"
                     " END, tries = CASE WHEN ?4 < 0 THEN 0 ELSE tries + ?4 END,"
                     " message = CASE WHEN ?5 = 0 THEN message ELSE ?5 END, ended_at = ?6,"
                     " why = ?7 WHERE id = ?1");
    for (int i = 0; i < json_count(data, "notices"); i++) {
        db_bind(q, 1, json_number_at(data, "notices", i));
        db_bind_text(q, 2, state);
        db_bind(q, 3, taken ? event->at : next);
        db_bind(q, 4, taken ? 1 : !strcmp(event->type, acts[NOTICE_AGAIN].event) ? -1 : 0);
        db_bind(q, 5, taken ? json_number_at(data, "notices", 0) : 0);
        db_bind_some(q, 6, waits || taken ? 0 : event->at);
        db_bind_text(q, 7, json_text(data, "why"));
        db_run(q);
    }
}

const struct projected notice_projected = {
    .check = "notices",
    .tables = (const struct projected_table[]){{"notice", "m.id", "m.kind", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"notices-made", apply_made},
                                                 {"notices-taken", apply_step},
                                                 {"notices-sent", apply_step},
                                                 {"notices-postponed", apply_step},
                                                 {"notices-failed", apply_step},
                                                 {"notices-doubted", apply_step},
                                                 {"notices-renewed", apply_step},
                                                 {"notices-dropped", apply_step},
                                                 {NULL, NULL}}};

/* ---- making ---- */

bool notice_add(struct center *center, struct notice_made *made, const struct notice_row *notice)
{
    struct db_query *q = db_query(
        center->db, "SELECT 1 FROM notice WHERE event_id = ?1 AND kind = ?2 AND address_id = ?3");
    db_bind(q, 1, notice->event);
    db_bind_text(q, 2, notice->kind);
    db_bind(q, 3, notice->address);
    if (db_first(q))
        return false;
    if (!made->next_id)
        made->next_id = db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM notice");
    text_add_char(&made->list, made->count++ ? ',' : '[');
    json_start(&made->list);
    json_add_number(&made->list, "id", made->next_id++);
    json_add_number(&made->list, "event", notice->event);
    json_add_text(&made->list, "kind", notice->kind);
    json_add_number(&made->list, "address", notice->address);
    json_add_number(&made->list, "next", notice->next_at);
    if (notice->urgent)
        json_add_number(&made->list, "urgent", 1);
    json_end(&made->list);
    return true;
}

void notice_log_made(struct center *center, struct notice_made *made)
{
    struct text data = {0};
    if (made->count) {
        text_add_char(&made->list, ']');
        json_start(&data);
        json_add_raw(&data, "made", made->list.data);
        projected_log(center, &notice_projected, "notices-made", 0, &data);
    }
    text_free(&made->list);
    *made = (struct notice_made){.count = 0};
}

/* ---- what is done to them ---- */

struct doing {
    struct center *center;
    enum notice_act act;
    const struct notice_step *step;
    struct fault *fault;
};

static bool may(void *context)
{
    const struct doing *d = context;
    return org_is_center(d->center, d->step->who.by) ||
           fault_add(d->fault, "%s: only the center may", gate_called(&acts[d->act]));
}

static bool step(void *context)
{
    const struct doing *d = context;
    struct text data = {0}, ids = {0};
    json_start(&data);
    for (int i = 0; i < d->step->count; i++)
        json_list_add_number(&ids, d->step->ids[i]);
    json_add_raw(&data, "notices", json_list_end(&ids));
    if (d->step->next_at)
        json_add_number(&data, "next", d->step->next_at);
    json_add_text(&data, "why", d->step->why);
    org_add_code(&data, "by", d->center->db, d->step->who.by);
    projected_log(d->center, &notice_projected, acts[d->act].event, d->step->who.at, &data);
    text_free(&ids);
    return true;
}

enum gate_result notice_do(struct center *center, enum notice_act act,
                           const struct notice_step *what, struct fault *fault)
{
    struct doing d = {center, act, what, fault};
    const struct gate gate = {.record = &notice_record,
                              .act = (int)act,
                              .state = what->state,
                              .at = what->who.at,
                              .by = &what->who.by,
                              .fault = fault,
                              .context = &d,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(center, &gate);
}

/* ---- listing ---- */

static struct notice_row read_row(struct db_query *q)
{
    return (struct notice_row){.id = db_number(q, 0),
                               .event = db_number(q, 1),
                               .kind = db_text(q, 2),
                               .address = db_number(q, 3),
                               .channel = db_text(q, 4),
                               .urgent = db_number(q, 5) != 0,
                               .state = db_text(q, 6),
                               .made_at = db_number(q, 7),
                               .next_at = db_number(q, 8),
                               .tries = (int)db_number(q, 9),
                               .message = db_number(q, 10),
                               .ended_at = db_number(q, 11),
                               .why = db_text(q, 12),
                               .ticket = db_number(q, 13)};
}

void notice_each(struct db *db, const struct notice_filter *filter,
                 void (*take)(void *context, const struct notice_row *notice), void *context)
{
    struct db_query *q = db_query(
        db,
        "SELECT n.id, n.event_id, n.kind, n.address_id, n.channel, n.urgent, n.state,"
        " n.made_at, n.next_at, n.tries, n.message, n.ended_at, n.why, e.ticket_id FROM notice n"
        " LEFT JOIN event e ON e.id = n.event_id"
        " WHERE n.id BETWEEN ?1 AND ?2 AND (?3 = 0 OR n.address_id = ?3)"
        " AND (?4 = 0 OR e.ticket_id = ?4)"
        /* nothing of a ticket that the reader does not see (qifu-members(7)) */
        " AND (e.ticket_id IS NULL OR EXISTS (SELECT 1 FROM ticket t WHERE t.id = e.ticket_id))"
        " ORDER BY n.id");
    db_bind(q, 1, filter->id);
    db_bind(q, 2, filter->id ? filter->id : INT64_MAX);
    db_bind(q, 3, filter->address);
    db_bind(q, 4, filter->ticket);
    while (db_step(q)) {
        const struct notice_row notice = read_row(q);
        if (wanted_allows(&filter->states, notice.state) &&
            wanted_allows(&filter->kinds, notice.kind) &&
            wanted_allows(&filter->channels, notice.channel))
            take(context, &notice);
    }
}

bool notice_load(struct db *db, int64_t id, struct notice_row *notice)
{
    struct db_query *q = db_query(db, "SELECT state FROM notice WHERE id = ?1");
    db_bind(q, 1, id);
    *notice = (struct notice_row){.id = id};
    if (db_step(q))
        notice->state = notice_state(db_text(q, 0));
    db_reset(q);
    return notice->state != NULL;
}

int64_t notice_count(struct db *db, const char *state)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM notice WHERE state = ?1");
    db_bind_text(q, 1, state);
    return db_first(q);
}
