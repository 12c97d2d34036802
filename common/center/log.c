#include "center/log.h"

#include <string.h>

#include "base/die.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/random.h"
#include "base/text.h"
#include "center/log_form.h"
#include "center/org.h"
#include "center/permit.h"
#include "center/told.h"

/* Every type of event, what it is about and what else the programs know of it. */
static const struct event_kind kinds[] = {
    {"center-created", "建立中心", RECORD_CENTER, 0},
    {"configured", "启用配置", RECORD_CENTER, 0},
    {"words-stated", "用语现状", RECORD_CENTER, 0},
    {"head-signed", "日志封签", RECORD_CENTER, 0},
    {"head-cosigned", "会签", RECORD_CENTER, 0},
    {"org-added", "登记单位", RECORD_ORG, 0},
    {"org-changed", "变更单位", RECORD_ORG, 0},
    {"org-stated", "单位现状", RECORD_ORG, 0},
    {"member-added", "登记人员", RECORD_MEMBER, 0},
    {"member-changed", "变更人员", RECORD_MEMBER, 0},
    {"member-removed", "注销人员", RECORD_MEMBER, 0},
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
    {"model-adopted", "启用派单模型", RECORD_CENTER, 0},
    {"model-dropped", "停用派单模型", RECORD_CENTER, 0},
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
    {"rows-told", "明细记录", RECORD_TICKET, 0},
    {"rows-stated", "明细现状", RECORD_TICKET, 0},
    {"ticket-stated", "工单现状", RECORD_TICKET, 0},
    {"corrected", "更正", RECORD_TICKET, 0},
    {"rounds-recounted", "重计办理天数", RECORD_TICKET, 0},
    {"referred-back", "转办退回", RECORD_TICKET, 0},
    {"noted", "备注", RECORD_TICKET, 0},
    {"marked", "保密标记", RECORD_TICKET, 0},
    {"unmasked", "查看个人信息", RECORD_CENTER, 0},
    {"erased", "删除个人信息", RECORD_CENTER, 0},
    {"retained", "到期删除", RECORD_CENTER, 0},
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
    {"appealed", "申诉", RECORD_TICKET, 0},
    {"appeal-granted", "同意申诉", RECORD_TICKET, 0},
    {"appeal-refused", "不同意申诉", RECORD_TICKET, 0},
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
    {"address-added", "登记地址", RECORD_NOTICE, 0},
    {"address-changed", "变更地址", RECORD_NOTICE, 0},
    {"notices-made", "生成通知", RECORD_NOTICE, 0},
    {"notices-taken", "发送通知", RECORD_NOTICE, 0},
    {"notices-sent", "通知已发", RECORD_NOTICE, 0},
    {"notices-postponed", "通知稍后再发", RECORD_NOTICE, 0},
    {"notices-failed", "通知未送达", RECORD_NOTICE, 0},
    {"notices-doubted", "通知可能已发", RECORD_NOTICE, 0},
    {"notices-renewed", "重发通知", RECORD_NOTICE, 0},
    {"notices-dropped", "通知不再发送", RECORD_NOTICE, 0},
    {"mail-taken", "收信", RECORD_MAIL, 0},
    {"mail-settled", "处理来信", RECORD_MAIL, 0},
    {"enterprise-added", "登记企业", RECORD_ENTERPRISE, 0},
    {"enterprise-changed", "变更企业", RECORD_ENTERPRISE, 0},
    {"enterprise-stated", "企业现状", RECORD_ENTERPRISE, 0},
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
    {"policy-applied", "申报政策", RECORD_POLICY, 0},
    {"policy-refused", "申报未通过", RECORD_POLICY, 0},
    {"policy-granted", "兑现政策", RECORD_POLICY, 0},
    {"policy-pushed", "推送政策", RECORD_POLICY, 0},
    {"delivery-stated", "推送现状", RECORD_POLICY, 0},
    {"source-looked", "检索来源", RECORD_SOURCE, 0},
    {"survey-answered", "问卷答复", RECORD_SURVEY, 0},
    {"survey-stated", "问卷现状", RECORD_SURVEY, 0},
    {"survey-taken", "导入问卷", RECORD_SURVEY, 0},
    {"survey-supervised", "问卷督办", RECORD_SURVEY, 0},
    {"knowledge-added", "登记知识", RECORD_KNOWLEDGE, 0},
    {"knowledge-changed", "更新知识", RECORD_KNOWLEDGE, 0},
    {"knowledge-declined", "不采纳答复", RECORD_KNOWLEDGE, 0},
    {"ballot-listed", "确定评议批次", RECORD_BALLOT, 0},
    {"ballot-cast", "评议投票", RECORD_BALLOT, 0},
    {"consultation-opened", "征求意见", RECORD_CONSULTATION, 0},
    {"consultation-stated", "征求意见现状", RECORD_CONSULTATION, 0},
    {"opinion-given", "提出意见", RECORD_CONSULTATION, 0},
    {"opinion-decided", "答复意见", RECORD_CONSULTATION, 0},
    {"opinion-reported", "反馈意见", RECORD_CONSULTATION, 0},
    {"entry-added", "登记台账", RECORD_ENTRY, 0},
    {"entry-continued", "续录台账", RECORD_ENTRY, 0},
    {"entry-corrected", "更正台账", RECORD_ENTRY, 0},
    {"entry-acted", "办理台账", RECORD_ENTRY, 0},
    {"entry-supervised", "督办台账", RECORD_ENTRY, 0},
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

void event_first_digest(struct db *db, char digest[static DIGEST_TEXT_SIZE])
{
    uint8_t bytes[DIGEST_SIZE];
    struct db_query *q = db_query(db, "SELECT hash FROM event ORDER BY id LIMIT 1");
    *digest = '\0';
    if (db_step(q)) {
        db_bytes(q, 0, bytes, sizeof bytes);
        digest_print(bytes, digest);
    }
    db_reset(q);
}

static const char END[] = "SELECT id, hash, recorded_at FROM event ORDER BY id DESC LIMIT 1";
static const char UPGRADED[] = "SELECT type, ticket_id, data FROM upgrade_event ORDER BY id";

/* The last event of a ticket. */
static struct db_query *ask_previous(struct db *db, int64_t ticket_id)
{
    struct db_query *q =
        db_query(db, "SELECT hash FROM event WHERE ticket_id = ?1 ORDER BY id DESC LIMIT 1");
    db_bind(q, 1, ticket_id);
    return q;
}

void event_add_ahead(struct center *center, int64_t ticket_id)
{
    db_ahead(ask_previous(center->db, ticket_id));
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
    chain->last_id = chain->last_recorded = chain->last_ticket = 0;
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

/* Gives EVENT the moment at which it is entered; returns how far the machine's clock was behind the
 * log, as far as that is to be noted. */
static int64_t stamp(struct center *center, struct event *event)
{
    int64_t *last = &center->chain.last_recorded, behind = *last - center->now;
    *last = event->recorded_at = behind > 0 ? *last : center->now;
    return behind > 0 && !center->demo ? behind : 0;
}

/* Notes in NOTED what the data do not say: what rows have left to tell, who entered or passed it on
 * for whom, and how far the clock was BEHIND. */
static void add_noted(struct center *center, struct event *event, int64_t behind,
                      struct text *noted)
{
    struct text rows = {0};
    bool told = !center->chain.upgrades && told_waits(center->db, event->ticket_id);
    if (!behind && !told && !center->entered_by && !center->via)
        return;
    text_add_bytes(noted, event->data, strlen(event->data) - 1);
    if (told) {
        text_add_char(&rows, '[');
        told_take(center->db, event->ticket_id, &rows);
        text_add_char(&rows, ']');
        json_add_raw(noted, "rows", rows.data);
    }
    org_add_code(noted, "entered_by", center->db, center->entered_by);
    json_add_text(noted, "via", center->via);
    if (behind)
        json_add_number(noted, "clock_behind", behind);
    json_end(noted);
    event->data = noted->data;
    text_free(&rows);
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

/* Finds what an event's digest covers of the one before it of the same ticket. Of the first there
 * is none to be looked for. */
static void find_previous(struct center *center, const struct event *event, struct log_form *form)
{
    const struct event_chain *chain = &center->chain;
    if (!event->ticket_id || !strcmp(event->type, "received"))
        return;
    if (event->ticket_id == chain->last_ticket) {
        form->has_previous = true;
        memcpy(form->previous, chain->digest, DIGEST_SIZE);
        return;
    }
    struct db_query *q = ask_previous(center->db, event->ticket_id);
    form->has_previous = db_step(q);
    if (form->has_previous)
        db_bytes(q, 0, form->previous, DIGEST_SIZE);
    db_reset(q);
}

/* The seed of event ID: of the run's secret, which nobody keeps. */
static void make_seed(struct center *center, int64_t id, uint8_t seed[static SEED_SIZE])
{
    struct event_chain *chain = &center->chain;
    uint8_t digest[DIGEST_SIZE];
    if (!center->demo && !chain->has_secret) {
        random_fill(chain->secret, sizeof chain->secret);
        chain->has_secret = true;
    }
    digest_sm3(chain->secret, &id, sizeof id, digest);
    memcpy(seed, digest, SEED_SIZE);
}

/* The digest of EVENT, which is numbered, goes to the chain; FORM has its seed. True where a text
 * of it is sealed. */
static bool chain_on(struct center *center, const struct event *event, struct log_form *form)
{
    struct event_chain *chain = &center->chain;
    find_previous(center, event, form);
    if (event->seed)
        memcpy(form->seals.seed, event->seed, SEED_SIZE);
    else
        make_seed(center, event->id, form->seals.seed);
    bool sealed = log_form_write(&chain->scratch, event, form) || event->seed;
    digest_sm3(chain->digest, chain->scratch.data, chain->scratch.length, chain->digest);
    chain->last_ticket = event->ticket_id;
    return sealed;
}

static void append(struct center *center, const struct event *event)
{
    struct event_chain *chain = &center->chain;
    struct event numbered = *event;
    struct log_form form = {.has_previous = false};
    struct text noted = {0};
    numbered.id = ++chain->last_id;
    add_noted(center, &numbered, stamp(center, &numbered), &noted);
    bool sealed = chain_on(center, &numbered, &form);
    struct db_query *q =
        db_query(center->db, "INSERT INTO event (id, ticket_id, type, at, recorded_at, actor,"
                             " data, hash, seed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    db_bind(q, 1, numbered.id);
    if (event->ticket_id)
        db_bind(q, 2, event->ticket_id);
    db_bind_text(q, 3, event->type);
    db_bind(q, 4, event->at);
    db_bind(q, 5, numbered.recorded_at);
    db_bind_text(q, 6, event->actor);
    db_bind_text(q, 7, numbered.data);
    db_bind_bytes(q, 8, chain->digest, sizeof chain->digest);
    db_bind_bytes(q, 9, form.seals.seed, sealed ? SEED_SIZE : 0);
    db_run(q);
    store_shown(center, &numbered);
    text_free(&noted);
}

/* What was received of a ticket, as it stands, sealed with SEED. */
static void add_content(struct center *center, int64_t ticket_id, struct seals *seals,
                        struct text *data)
{
    struct log_content content;
    char digest[DIGEST_TEXT_SIZE];
    struct db_query *q = db_query(
        center->db, "SELECT source, ref, channel, region, category, title, body, enterprise, uscc,"
                    " contact, phone, extra FROM ticket WHERE id = ?1");
    db_bind(q, 1, ticket_id);
    if (db_step(q)) {
        for (int i = 0; i < LOG_OPEN_FIELDS; i++)
            content.open[i] = db_text(q, i);
        for (int i = 0; i < SEAL_FIELDS; i++)
            content.sealed[i] = db_text(q, LOG_OPEN_FIELDS + i);
        log_form_content(&center->chain.scratch, &content, seals, digest);
        json_add_text(data, "content", digest);
    }
    db_reset(q);
}

/* What rows an upgrade tells of: DATA has objects, divided by commas. */
static void append_rows(struct center *center, int64_t ticket_id, const char *rows)
{
    struct text data = {0};
    text_add_format(&data, "{\"rows\":[%s]}", rows);
    append(center, &(struct event){.ticket_id = ticket_id,
                                   .type = "rows-stated",
                                   .at = center->now,
                                   .actor = center->user,
                                   .data = data.data});
    text_free(&data);
}

/* How a ticket stood at an upgrade. */
static void append_stated(struct center *center, const char *type, int64_t ticket_id)
{
    struct seals seals = {.kept_count = 0};
    struct text data = {0};
    make_seed(center, center->chain.last_id + 1, seals.seed);
    json_start(&data);
    add_content(center, ticket_id, &seals, &data);
    json_end(&data);
    append(center, &(struct event){.ticket_id = ticket_id,
                                   .type = type,
                                   .at = center->now,
                                   .actor = center->user,
                                   .data = data.data,
                                   .seed = seals.seed});
    text_free(&data);
}

/* The words of the views, as they stand. */
static void add_words(struct db *db, struct text *data)
{
    struct text settings = {0}, labels = {0};
    struct db_query *q = db_query(db, "SELECT name, value FROM setting"
                                      " WHERE name NOT IN ('demo', 'to_forget') ORDER BY name");
    while (db_step(q)) {
        text_add_char(&settings, settings.length ? ',' : '[');
        json_start(&settings);
        json_add_text(&settings, "name", db_text(q, 0));
        json_add_text(&settings, "value", db_text(q, 1));
        json_end(&settings);
    }
    q = db_query(db, "SELECT domain, code, name FROM label ORDER BY domain, code");
    while (db_step(q)) {
        text_add_char(&labels, labels.length ? ',' : '[');
        json_start(&labels);
        json_add_text(&labels, "of", db_text(q, 0));
        json_add_text(&labels, "code", db_text(q, 1));
        json_add_text(&labels, "name", db_text(q, 2));
        json_end(&labels);
    }
    json_add_raw(data, "settings", json_list_end(&settings));
    json_add_raw(data, "labels", json_list_end(&labels));
    text_free(&settings);
    text_free(&labels);
}

/* What events of before did not tell of the enterprise CODE. */
static void add_enterprise(struct db *db, const char *code, struct text *data)
{
    struct db_query *q =
        db_query(db, "SELECT contact, phone, extra FROM enterprise WHERE code = ?1");
    db_bind_text(q, 1, code);
    json_add_text(data, "enterprise", code);
    if (db_step(q)) {
        json_add_text(data, "is_contact", db_text(q, 0));
        json_add_text(data, "is_phone", db_text(q, 1));
        json_add_text(data, "extra", db_text(q, 2));
    }
    db_reset(q);
}

/* How what is no ticket's stood at an upgrade: what SAID, the data of the upgrade's row, names. */
static void append_other(struct center *center, const char *type, const char *said)
{
    struct text data = {0};
    struct json *names = json_read(said);
    json_start(&data);
    if (!strcmp(type, "words-stated"))
        add_words(center->db, &data);
    else if (!strcmp(type, "enterprise-stated"))
        add_enterprise(center->db, json_text(names, "enterprise"), &data);
    json_end(&data);
    append(center, &(struct event){.type = type,
                                   .at = center->now,
                                   .actor = center->user,
                                   .data = data.length > 2 ? data.data : said});
    json_free(names);
    text_free(&data);
}

/* The rows of one ticket go into one event: they stand one behind the other. */
struct upgrading {
    struct center *center;
    int64_t ticket;
    struct text rows;
};

static void end_rows(struct upgrading *u)
{
    if (u->rows.length)
        append_rows(u->center, u->ticket, u->rows.data);
    text_clear(&u->rows);
}

static void append_one(struct upgrading *u, const char *type, int64_t ticket, const char *data)
{
    bool is_rows = !strcmp(type, "rows-stated");
    if (!is_rows || ticket != u->ticket)
        end_rows(u);
    u->ticket = ticket;
    if (is_rows)
        text_add_format(&u->rows, "%s%s", u->rows.length ? "," : "", data);
    else if (ticket)
        append_stated(u->center, type, ticket);
    else
        append_other(u->center, type, data);
}

/* What an upgrade has left to say is said first; what rows tell waits for its own event. */
static void append_upgrade(struct center *center)
{
    struct upgrading upgrading = {.center = center};
    struct db_query *q = db_query(center->db, UPGRADED);
    bool any = false;
    center->chain.upgrades = true;
    for (; db_step(q); any = true)
        append_one(&upgrading, db_text(q, 0), db_number(q, 1), db_text(q, 2));
    end_rows(&upgrading);
    center->chain.upgrades = false;
    if (any)
        db_run(db_query(center->db, "DELETE FROM upgrade_event"));
    text_free(&upgrading.rows);
}

void event_add(struct center *center, const struct event *event)
{
    if (!event_find(event->type))
        die("internal fault: no event is called %s", event->type);
    if (find_end(center))
        append_upgrade(center);
    append(center, event);
}

void event_add_rest(void *context)
{
    struct center *center = context;
    for (int64_t ticket; told_next(center->db, &ticket);)
        event_add(center, &(struct event){.ticket_id = ticket,
                                          .type = "rows-told",
                                          .at = center->now,
                                          .actor = center->user,
                                          .data = "{}"});
}

void event_seed(struct center *center, uint8_t *seed)
{
    if (find_end(center))
        append_upgrade(center);
    make_seed(center, center->chain.last_id + 1, seed);
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
    permit_need_unmask(center, ticket_id);
    json_start(&data);
    json_add_text(&data, "program", program);
    if (key)
        json_add_text(&data, key, value);
    event_log(center, ticket_id, "unmasked", 0, &data);
}

struct event event_read(struct db_query *q)
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
        struct event event = event_read(q);
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
