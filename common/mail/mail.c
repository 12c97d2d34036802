#include "mail/mail.h"

#include <string.h>

#include "center/org.h"

static const char *const states[] = {"new", "done", "waiting", "settled", NULL};
static const char *const words[] = {"未收", "已办", "待人工处理", "已处理"};
enum { NEW = 1, WAITING = 4 };

static const char *const becomes[][2] = {
    {"accepted", "签收"},      {"answered", "答复"},  {"resolved", "办结"}, {"return", "申请退单"},
    {"extension", "申请延期"}, {"reply", "督办回复"}, {"question", "询问"}, {"ticket", "诉求"},
    {"auto", "自动回复"},      {"bounce", "退信"},    {"list", "邮件列表"}, {"loop", "自发邮件"},
    {"unread", "未办理"}};

bool mail_became(int number, const char **code, const char **word)
{
    if ((size_t)number >= sizeof becomes / sizeof *becomes)
        return false;
    *code = becomes[number][0];
    *word = becomes[number][1];
    return true;
}

const char *mail_became_name(const char *code)
{
    for (size_t i = 0; i < sizeof becomes / sizeof *becomes; i++)
        if (!strcmp(becomes[i][0], code))
            return becomes[i][1];
    return NULL;
}

const char *mail_state_name(const char *state)
{
    for (int i = 0; states[i]; i++)
        if (!strcmp(states[i], state))
            return words[i];
    return NULL;
}

const char *mail_state(const char *word)
{
    for (int i = 1; states[i]; i++)
        if (text_same(states[i], word) || text_same(words[i], word))
            return states[i];
    return NULL;
}

enum mail_act { MAIL_TAKE, MAIL_SETTLE };

static const struct gate_act acts[] = {
    [MAIL_TAKE] = {"take a mail in", "mail-in", "收信", NEW, GATE_BY_CENTER, "mail-taken"},
    [MAIL_SETTLE] = {"settle a mail", "mail-in", "处理来信", WAITING, GATE_BY_CENTER,
                     "mail-settled"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record mail_record = {"mail", "来信", states, mail_state_name, acts};

/* ---- what events make of mails ---- */

static void apply_taken(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO mail (id, digest, became, state, ticket_id, address_id, at, why)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    db_bind(q, 1, json_number(data, "id"));
    db_bind_text(q, 2, json_text(data, "mail"));
    db_bind_text(q, 3, json_text(data, "became"));
    db_bind_text(q, 4, json_text(data, "state"));
    db_bind_some(q, 5, json_number(data, "ticket"));
    db_bind_some(q, 6, json_number(data, "address"));
    db_bind(q, 7, event->at);
    db_bind_text(q, 8, json_text(data, "why"));
    db_run(q);
}

static void apply_settled(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "UPDATE mail SET state = 'settled', became = coalesce(?2, became),"
                     " ticket_id = coalesce(?3, ticket_id), why = coalesce(?4, why) WHERE id = ?1");
    (void)event;
    db_bind(q, 1, json_number(data, "id"));
    db_bind_text(q, 2, json_text(data, "became"));
    db_bind_some(q, 3, json_number(data, "ticket"));
    db_bind_text(q, 4, json_text(data, "why"));
    db_run(q);
}

const struct projected mail_projected = {
    .check = "mails",
    .tables = (const struct projected_table[]){{"mail", "m.id", "m.became", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"mail-taken", apply_taken}, {"mail-settled", apply_settled}, {NULL, NULL}}};

/* ---- acts ---- */

struct doing {
    struct center *center;
    enum mail_act act;
    const struct mail_row *mail;
    const struct gate_who *who;
    struct fault *fault;
};

static bool may(void *context)
{
    const struct doing *d = context;
    return org_is_center(d->center, d->who->by) ||
           fault_add(d->fault, "%s: only the center may", gate_called(&acts[d->act]));
}

static bool step(void *context)
{
    const struct doing *d = context;
    const struct mail_row *mail = d->mail;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id", mail->id);
    if (d->act == MAIL_TAKE) {
        json_add_text(&data, "mail", mail->digest);
        json_add_text(&data, "state", mail->state);
    }
    json_add_text(&data, "became", mail->became);
    if (mail->ticket)
        json_add_number(&data, "ticket", mail->ticket);
    if (mail->address)
        json_add_number(&data, "address", mail->address);
    json_add_text(&data, "why", mail->why);
    org_add_code(&data, "by", d->center->db, d->who->by);
    projected_log(d->center, &mail_projected, acts[d->act].event, d->who->at, &data);
    return true;
}

static enum gate_result pass(struct doing *d, const char *state)
{
    const struct gate gate = {.record = &mail_record,
                              .act = (int)d->act,
                              .state = state,
                              .at = d->who->at,
                              .by = &d->who->by,
                              .fault = d->fault,
                              .context = d,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(d->center, &gate);
}

bool mail_take(struct center *center, struct mail_row *mail, struct fault *fault)
{
    const struct gate_who who = {0, 0};
    struct doing d = {center, MAIL_TAKE, mail, &who, fault};
    mail->id = db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM mail");
    return pass(&d, "new") != GATE_REFUSED;
}

enum gate_result mail_settle(struct center *center, const struct mail_row *mail,
                             const struct gate_who *who, struct fault *fault)
{
    struct doing d = {center, MAIL_SETTLE, mail, who, fault};
    return pass(&d, mail->state);
}

/* ---- reading ---- */

#define ROW "SELECT id, digest, became, state, ticket_id, address_id, at, why FROM mail WHERE "

static struct mail_row read_row(struct db_query *q)
{
    return (struct mail_row){.id = db_number(q, 0),
                             .digest = db_text(q, 1),
                             .became = db_text(q, 2),
                             .state = db_text(q, 3),
                             .ticket = db_number(q, 4),
                             .address = db_number(q, 5),
                             .at = db_number(q, 6),
                             .why = db_text(q, 7)};
}

static bool keep_row(struct db_query *q, struct arena *arena, struct mail_row *mail)
{
    bool found = db_step(q);
    if (found) {
        *mail = read_row(q);
        mail->digest = arena_string(arena, mail->digest);
        mail->became = arena_string(arena, mail->became);
        mail->state = mail_state(mail->state);
        mail->why = mail->why ? arena_string(arena, mail->why) : NULL;
    }
    db_reset(q);
    return found;
}

bool mail_find(struct db *db, const char *digest, struct arena *arena, struct mail_row *mail)
{
    struct db_query *q = db_query(db, ROW "digest = ?1");
    db_bind_text(q, 1, digest);
    return keep_row(q, arena, mail);
}

bool mail_load(struct db *db, int64_t id, struct arena *arena, struct mail_row *mail)
{
    struct db_query *q = db_query(db, ROW "id = ?1");
    db_bind(q, 1, id);
    return keep_row(q, arena, mail);
}

void mail_each(struct db *db, const struct mail_filter *filter,
               void (*take)(void *context, const struct mail_row *mail), void *context)
{
    struct db_query *q =
        db_query(db, ROW "id BETWEEN ?1 AND ?2 AND (?3 = 0 OR ticket_id = ?3)"
                         /* nothing of a ticket that the reader does not see */
                         " AND (ticket_id IS NULL OR EXISTS (SELECT 1 FROM ticket t"
                         " WHERE t.id = mail.ticket_id)) ORDER BY id");
    db_bind(q, 1, filter->id);
    db_bind(q, 2, filter->id ? filter->id : INT64_MAX);
    db_bind(q, 3, filter->ticket);
    while (db_step(q)) {
        const struct mail_row mail = read_row(q);
        if (wanted_allows(&filter->states, mail.state))
            take(context, &mail);
    }
}

int64_t mail_count_waiting(struct db *db)
{
    return db_count(db, "SELECT count(*) FROM mail WHERE state = 'waiting'");
}
