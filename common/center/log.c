#include "center/log.h"

#include <string.h>

#include "base/die.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/progress.h"
#include "base/text.h"

/* Every type of event, what it is about and what else the programs know of it. */
static const struct event_kind kinds[] = {
    {"center-created", "建立中心", RECORD_CENTER, 0},
    {"org-added", "登记单位", RECORD_ORG, 0},
    {"org-changed", "变更单位", RECORD_ORG, 0},
    {"org-stated", "单位现状", RECORD_ORG, 0},
    {"received", "受理", RECORD_TICKET, 0},
    {"dispatched", "派发", RECORD_TICKET, EVENT_MARKED},
    {"redispatched", "改派", RECORD_TICKET, EVENT_ENDS_REQUESTS},
    {"handed-down", "交办县区", RECORD_TICKET, EVENT_MARKED},
    {"assist-added", "增加协办", RECORD_TICKET, 0},
    {"assist-released", "解除协办", RECORD_TICKET, 0},
    {"accepted", "签收", RECORD_TICKET, EVENT_MARKED},
    {"assist-accepted", "协办签收", RECORD_TICKET, 0},
    {"answered", "答复", RECORD_TICKET, EVENT_ENDS_REQUESTS | EVENT_MARKED},
    {"assist-answered", "协办答复", RECORD_TICKET, 0},
    {"return-asked", "申请退单", RECORD_TICKET, 0},
    {"returned", "退单", RECORD_TICKET, EVENT_ENDS_REQUESTS | EVENT_MARKED},
    {"return-refused", "不同意退单", RECORD_TICKET, 0},
    {"conference-opened", "会商", RECORD_TICKET, EVENT_ENDS_REQUESTS | EVENT_MARKED},
    {"ruled", "会商裁定", RECORD_TICKET, 0},
    {"ruling-retired", "停用裁定", RECORD_TICKET, 0},
    {"extension-asked", "申请延期", RECORD_TICKET, 0},
    {"extended", "延期", RECORD_TICKET, EVENT_MARKED},
    {"extension-refused", "不同意延期", RECORD_TICKET, 0},
    {"suspension-asked", "申请挂起", RECORD_TICKET, 0},
    {"suspended", "挂起", RECORD_TICKET, EVENT_MARKED},
    {"suspension-refused", "不同意挂起", RECORD_TICKET, 0},
    {"resumed", "恢复", RECORD_TICKET, EVENT_MARKED},
    {"rated", "评价", RECORD_TICKET, 0},
    {"reopened", "重启回访", RECORD_TICKET, 0},
    {"followed", "回访", RECORD_TICKET, 0},
    {"redo", "发回重办", RECORD_TICKET, EVENT_ENDS_REQUESTS},
    {"close-asked", "申请作办结", RECORD_TICKET, 0},
    {"close-refused", "不同意作办结", RECORD_TICKET, 0},
    {"closed", "办结", RECORD_TICKET, EVENT_ENDS_REQUESTS | EVENT_MARKED},
    {"joined", "并入", RECORD_TICKET, 0},
    {"corrected", "更正", RECORD_TICKET, 0},
    {"rounds-recounted", "重计办理天数", RECORD_TICKET, 0},
    {"referred-back", "转办退回", RECORD_TICKET, 0},
    {"noted", "备注", RECORD_TICKET, 0},
    {"marked", "保密标记", RECORD_TICKET, 0},
    {"unmasked", "查看个人信息", RECORD_CENTER, 0},
    {"escalated", "预警", RECORD_TICKET, 0},
    {"assist-escalated", "协办预警", RECORD_TICKET, 0},
    {"dispatch-escalated", "派发预警", RECORD_TICKET, 0},
    {"level-revoked", "撤销预警", RECORD_TICKET, 0},
    {"level-moved", "预警改期", RECORD_TICKET, 0},
    {"level-confirmed", "预警确认", RECORD_TICKET, 0},
    {"reply-moved", "回复改期", RECORD_TICKET, 0},
    {"late-entry-granted", "认可补录", RECORD_TICKET, 0},
    {"late-entry-refused", "不认可补录", RECORD_TICKET, 0},
    {"recomputed", "期限重算", RECORD_TICKET, 0},
    {"rescheduled", "级别重排", RECORD_TICKET, 0},
    {"supervision-acknowledged", "签收督办", RECORD_TICKET, 0},
    {"supervision-replied", "回复督办", RECORD_TICKET, 0},
    {"supervision-ordered", "督办", RECORD_TICKET, 0},
    {"supervision-refused", "督办回复退回", RECORD_TICKET, 0},
    {"accountability-opened", "启动问责", RECORD_TICKET, 0},
    {"accountability-handed", "移交问责", RECORD_TICKET, 0},
    {"accountability-result", "问责结果", RECORD_TICKET, 0},
    {"accountability-published", "公开问责", RECORD_TICKET, 0},
    {"accountability-person", "问责到人", RECORD_TICKET, 0},
    {"accountability-ended", "终止问责", RECORD_TICKET, 0},
    {"association-added", "登记商协会", RECORD_ASSOCIATION, 0},
    {"association-changed", "变更商协会", RECORD_ASSOCIATION, 0},
    {"liaison-added", "登记助企员", RECORD_LIAISON, 0},
    {"liaison-changed", "变更助企员", RECORD_LIAISON, 0},
    {"liaison-paired", "结对", RECORD_LIAISON, 0},
    {"liaison-unpaired", "解除结对", RECORD_LIAISON, 0},
    {"enterprise-added", "登记企业", RECORD_ENTERPRISE, 0},
    {"enterprise-changed", "变更企业", RECORD_ENTERPRISE, 0},
    {"policy-stated", "政策现状", RECORD_POLICY, 0},
    {"policy-added", "归集政策", RECORD_POLICY, 0},
    {"policy-changed", "更新政策", RECORD_POLICY, 0},
    {"policy-published", "发布政策", RECORD_POLICY, 0},
    {"policy-interpreted", "解读政策", RECORD_POLICY, 0},
    {"policy-superseded", "替代政策", RECORD_POLICY, 0},
    {"policy-withdrawn", "撤下政策", RECORD_POLICY, 0},
    {"policy-pinned", "置顶政策", RECORD_POLICY, 0},
    {"policy-unpinned", "取消置顶", RECORD_POLICY, 0},
    {"policy-viewed", "浏览政策", RECORD_POLICY, 0},
    {"policy-feedback", "评价政策", RECORD_POLICY, 0},
    {"policy-granted", "兑现政策", RECORD_POLICY, 0},
    {"policy-pushed", "推送政策", RECORD_POLICY, 0},
    {"delivery-stated", "推送现状", RECORD_POLICY, 0},
    {"source-looked", "检索来源", RECORD_SOURCE, 0},
    {"survey-answered", "问卷答复", RECORD_SURVEY, 0},
    {"survey-stated", "问卷现状", RECORD_SURVEY, 0},
    {"survey-taken", "导入问卷", RECORD_SURVEY, 0},
    {"survey-supervised", "问卷督办", RECORD_SURVEY, 0},
    {"consultation-opened", "征求意见", RECORD_CONSULTATION, 0},
    {"consultation-stated", "征求意见现状", RECORD_CONSULTATION, 0},
    {"opinion-given", "提出意见", RECORD_CONSULTATION, 0},
    {"opinion-decided", "答复意见", RECORD_CONSULTATION, 0},
    {"opinion-reported", "反馈意见", RECORD_CONSULTATION, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const struct event_kind *event_find(const char *type)
{
    for (int i = 0; i < KINDS; i++)
        if (!strcmp(kinds[i].code, type))
            return &kinds[i];
    return NULL;
}

const char *event_word(const char *type)
{
    const struct event_kind *kind = event_find(type);
    return kind ? kind->word : type;
}

const char *event_type(int number)
{
    return number < KINDS ? kinds[number].code : NULL;
}

/* The bytes that an event's digest covers, after the digest before it: its fields, a line each.
 * JSON has no raw line ends, and the other texts are ours. */
static void canonical(struct text *out, const struct event *event)
{
    const int64_t numbers[] = {event->id, event->ticket_id, event->at, event->recorded_at};
    text_clear(out);
    for (int i = 0; i < 4; i++) {
        text_add_number(out, numbers[i]);
        text_add_char(out, '\n');
    }
    text_add(out, event->type);
    text_add_char(out, '\n');
    text_add(out, event->actor);
    text_add_char(out, '\n');
    text_add(out, event->data);
    text_add_char(out, '\n');
}

static const char END[] = "SELECT id, hash, recorded_at FROM event ORDER BY id DESC LIMIT 1";
static const char UPGRADED[] = "SELECT type, data FROM upgrade_event ORDER BY id";

void event_add_ahead(struct center *center)
{
    if (center->chain.transaction == db_transaction(center->db))
        return;
    db_ahead(db_query(center->db, END));
    db_ahead(db_query(center->db, UPGRADED));
}

/* The chain's end, read again in each transaction: another process may have written since. True
 * where it is this transaction's first event. */
static bool find_end(struct center *center)
{
    struct event_chain *chain = &center->chain;
    if (chain->transaction == db_transaction(center->db))
        return false;
    chain->transaction = db_transaction(center->db);
    chain->last_id = chain->last_recorded = 0;
    memset(chain->digest, 0, sizeof chain->digest);
    struct db_query *q = db_query(center->db, END);
    if (db_step(q)) {
        chain->last_id = db_number(q, 0);
        db_bytes(q, 1, chain->digest, sizeof chain->digest);
        chain->last_recorded = db_number(q, 2);
    }
    db_reset(q);
    return true;
}

/* Gives EVENT the moment at which it is entered, and notes in NOTED how far the machine's clock was
 * behind the log. */
static void stamp(struct center *center, struct event *event, struct text *noted)
{
    int64_t *last = &center->chain.last_recorded, behind = *last - center->now;
    *last = event->recorded_at = behind > 0 ? *last : center->now;
    if (behind <= 0 || center->demo)
        return;
    size_t length = strlen(event->data) - 1;
    text_add_bytes(noted, event->data, length);
    text_add_format(noted, "%s\"clock_behind\":%lld}", length > 1 ? "," : "", (long long)behind);
    event->data = noted->data;
}

/* What the views show of the event, where that is not its data. */
static void store_shown(struct center *center, const struct event *event)
{
    struct text *masked = &center->chain.scratch;
    text_clear(masked);
    mask_json(masked, event->data);
    if (!strcmp(text_string(masked), event->data))
        return;
    struct db_query *q =
        db_query(center->db, "INSERT INTO event_shown (event_id, data) VALUES (?1, ?2)");
    db_bind(q, 1, event->id);
    db_bind_text(q, 2, masked->data);
    db_run(q);
}

static void append(struct center *center, const struct event *event)
{
    struct event_chain *chain = &center->chain;
    struct event numbered = *event;
    struct text noted = {0};
    numbered.id = ++chain->last_id;
    stamp(center, &numbered, &noted);
    canonical(&chain->scratch, &numbered);
    digest_sm3(chain->digest, chain->scratch.data, chain->scratch.length, chain->digest);
    struct db_query *q =
        db_query(center->db, "INSERT INTO event (id, ticket_id, type, at, recorded_at, actor,"
                             " data, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    db_bind(q, 1, numbered.id);
    if (event->ticket_id)
        db_bind(q, 2, event->ticket_id);
    db_bind_text(q, 3, event->type);
    db_bind(q, 4, event->at);
    db_bind(q, 5, numbered.recorded_at);
    db_bind_text(q, 6, event->actor);
    db_bind_text(q, 7, numbered.data);
    db_bind_bytes(q, 8, chain->digest, sizeof chain->digest);
    db_run(q);
    store_shown(center, &numbered);
    text_free(&noted);
}

/* What an upgrade has left to say is said first. */
static void append_upgrade(struct center *center)
{
    struct db_query *q = db_query(center->db, UPGRADED);
    bool any = false;
    for (; db_step(q); any = true)
        append(center, &(struct event){.type = db_text(q, 0),
                                       .at = center->now,
                                       .actor = center->user,
                                       .data = db_text(q, 1)});
    if (any)
        db_run(db_query(center->db, "DELETE FROM upgrade_event"));
}

void event_add(struct center *center, const struct event *event)
{
    if (!event_find(event->type))
        die("internal fault: no event is called %s", event->type);
    if (find_end(center))
        append_upgrade(center);
    append(center, event);
}

void event_log(struct center *center, int64_t ticket_id, const char *type, int64_t at,
               struct text *data)
{
    json_end(data);
    event_add(center, &(struct event){.ticket_id = ticket_id,
                                      .type = type,
                                      .at = at ? at : center->now,
                                      .actor = center->user,
                                      .data = data->data});
    text_free(data);
}

void event_add_unmasked(struct center *center, int64_t ticket_id, const char *program,
                        const char *key, const char *value)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "program", program);
    if (key)
        json_add_text(&data, key, value);
    event_log(center, ticket_id, "unmasked", 0, &data);
}

static struct event read_row(struct db_query *q)
{
    return (struct event){.id = db_number(q, 0),
                          .ticket_id = db_number(q, 1),
                          .type = db_text(q, 2),
                          .at = db_number(q, 3),
                          .recorded_at = db_number(q, 4),
                          .actor = db_text(q, 5),
                          .data = db_text(q, 6)};
}

static void take_each(struct db_query *q, int64_t ticket_id,
                      void (*take)(void *, const struct event *), void *context)
{
    db_bind(q, 1, ticket_id);
    while (db_step(q)) {
        struct event event = read_row(q);
        take(context, &event);
    }
}

#define EVENTS                                                                                     \
    "SELECT id, ticket_id, type, at, recorded_at, actor, data FROM event WHERE ticket_id = ?1"

static const char IN_ORDER[] = EVENTS " ORDER BY id";

void event_each_ahead(struct db *db, int64_t ticket_id)
{
    struct db_query *q = db_query(db, IN_ORDER);
    db_bind(q, 1, ticket_id);
    db_ahead(q);
}

void event_each(struct db *db, int64_t ticket_id, void (*take)(void *, const struct event *),
                void *context)
{
    take_each(db_query(db, IN_ORDER), ticket_id, take, context);
}

void event_each_by_time(struct db *db, int64_t ticket_id,
                        void (*take)(void *, const struct event *), void *context)
{
    take_each(db_query(db, EVENTS " ORDER BY at, id"), ticket_id, take, context);
}

int64_t event_verify(struct db *db, const char *since, bool *found, char *head)
{
    uint8_t digest[DIGEST_SIZE] = {0}, stored[DIGEST_SIZE];
    struct text scratch = {0};
    int64_t wrong = 0, expected = 1;
    *found = false;
    int64_t total = db_count(db, "SELECT coalesce(max(id), 0) FROM event");
    struct db_query *q =
        db_query_stream(db, "SELECT id, ticket_id, type, at, recorded_at, actor, data, hash"
                            " FROM event ORDER BY id");
    while (!wrong && db_step(q)) {
        struct event event = read_row(q);
        progress_step(event.id, total, "events");
        canonical(&scratch, &event);
        digest_sm3(digest, scratch.data, scratch.length, digest);
        db_bytes(q, 7, stored, sizeof stored);
        if (event.id != expected++ || memcmp(digest, stored, sizeof digest) != 0)
            wrong = event.id;
        if (since && !wrong)
            *found = *found || !strcmp(digest_print(digest, head), since);
    }
    db_reset(q);
    digest_print(digest, head);
    text_free(&scratch);
    return wrong;
}
