#include "report/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"
#include "center/permit.h"
#include "ticket/story.h"

const struct out_column changes_columns[CHANGES_COLUMNS] = {
    {"event", "序号", OUT_NUMBER}, {"recorded", "录入时间", OUT_TEXT}, {"record", "对象", OUT_TEXT},
    {"id", "编号", OUT_TEXT},      {"title", "标题", OUT_TEXT},        {"type", "事项", OUT_TEXT},
    {"actor", "操作人", OUT_TEXT}, {"told", "经过", OUT_TEXT}};

/* The records of events, by enum event_record, and which members of an event's data name one: the
 * first that is there.
 */
static const struct {
    const char *code, *word, *id[2];
} records[] = {
    [RECORD_CENTER] = {"center", "中心", {NULL}},
    [RECORD_ORG] = {"org", "单位", {"code"}},
    [RECORD_MEMBER] = {"member", "人员", {"member"}},
    [RECORD_TICKET] = {"ticket", "工单", {NULL}},
    [RECORD_ENTERPRISE] = {"enterprise", "企业", {"enterprise"}},
    [RECORD_ASSOCIATION] = {"association", "行商协会", {"code"}},
    [RECORD_LIAISON] = {"liaison", "助企员", {"id"}},
    [RECORD_NOTICE] = {"notice", "通知", {"id"}},
    [RECORD_MAIL] = {"mail", "来信", {"id"}},
    [RECORD_POLICY] = {"policy", "政策", {"policy"}},
    [RECORD_SOURCE] = {"source", "政策来源", {NULL}},
    [RECORD_SURVEY] = {"survey", "问卷", {"answer"}},
    [RECORD_BALLOT] = {"ballot", "评议", {"vote", "wave"}},
    [RECORD_KNOWLEDGE] = {"knowledge", "知识库", {"code"}},
    [RECORD_CONSULTATION] = {"consultation", "征求意见", {"consultation"}},
    [RECORD_ENTRY] = {"entry", "台账", {"entry"}},
};

/* What a line tells of other records' events, in this order. */
static const struct {
    const char *key, *word;
    bool is_org;
} members[] = {
    {"title", "标题", false}, {"name", "名称", false},    {"register", "台账", false},
    {"org", "单位", true},    {"by", "由", true},         {"version", "版本", false},
    {"wave", "批次", false},  {"unit", "对象", false},    {"count", "次数", false},
    {"score", "评分", false}, {"added", "新增", false},   {"day", "日期", false},
    {"until", "至", false},   {"text", "内容", false},    {"reason", "理由", false},
    {"law", "依据", false},   {"program", "程序", false},
};
enum { MEMBERS = sizeof members / sizeof *members };

/* Of one event what its data say. */
struct said {
    const struct org_table *orgs;
    enum event_record record;
    char *id, *told[MEMBERS]; /* NULL: nothing */
};

static void keep(char **text, const char *value)
{
    if (!*text && value)
        *text = mem_string(value);
}

static void take_member(void *context, const char *key, const char *value)
{
    struct said *said = context;
    for (int i = 0; i < 2; i++)
        if (records[said->record].id[i] && !strcmp(records[said->record].id[i], key))
            keep(&said->id, value);
    for (int i = 0; i < MEMBERS; i++)
        if (!strcmp(members[i].key, key))
            keep(&said->told[i], value);
}

/* Appends the event's word, and what is told of it. */
static void tell(struct text *to, const struct event *event, const struct said *said)
{
    const char *between = "：";
    text_add(to, event_word(event->type));
    for (int i = 0; i < MEMBERS; i++) {
        if (!said->told[i])
            continue;
        const char *name = members[i].is_org ? org_name_of(said->orgs, said->told[i]) : NULL;
        text_add_format(to, "%s%s %s", between, members[i].word, name ? name : said->told[i]);
        between = "；";
    }
}

/* Of another record than a ticket: its id, and what is told. */
static void print_other(struct out *out, const struct org_table *orgs, const struct event *event,
                        enum event_record record)
{
    struct said said = {.orgs = orgs, .record = record};
    struct fault fault = {""};
    struct text told = {0};
    json_read_object(event->data, take_member, &said, &fault);
    tell(&told, event, &said);
    out_text(out, said.id);
    out_text(out, NULL);
    out_code(out, event->type, event_word(event->type));
    out_text(out, event->actor);
    out_text(out, told.data);
    free(said.id);
    for (int i = 0; i < MEMBERS; i++)
        free(said.told[i]);
    text_free(&told);
}

/* Of a ticket, of a kind and with a title (NULL: withheld); DATA as they may be shown. */
static void print_ticket(struct out *out, const struct story *story, const struct event *event,
                         const char *title, const char *data)
{
    struct text told = {0};
    story_tell(&told, story, event, data);
    out_number(out, event->ticket_id);
    out_text(out, title);
    out_code(out, event->type, event_word(event->type));
    out_text(out, event->actor);
    out_text(out, told.data);
    text_free(&told);
}

/* The first event that was entered at SINCE or later; one behind the last where there is none. The
 * log's own time never goes back. */
static int64_t first_since(struct db *db, int64_t since)
{
    int64_t low = 1, high = db_count(db, "SELECT coalesce(max(id), 0) FROM event") + 1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        struct db_query *q =
            db_query(db, "SELECT recorded_at FROM event WHERE id >= ?1 ORDER BY id LIMIT 1");
        db_bind(q, 1, middle);
        const bool is_before = db_step(q) && db_number(q, 0) < since;
        db_reset(q);
        if (is_before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void print_change(struct center *center, const struct org_table *orgs, struct db_query *q,
                         struct out *out)
{
    const struct event event = event_read(q);
    const struct event_kind *kind = event_find(event.type);
    const enum event_record record = event.ticket_id ? RECORD_TICKET
                                     : kind          ? kind->record
                                                     : RECORD_CENTER;
    out_number(out, event.id);
    out_moment(out, event.recorded_at);
    out_code(out, records[record].code, records[record].word);
    if (event.ticket_id) {
        const struct ticket ticket = {.kind = db_text(q, 7)};
        const struct story story = {center->config, orgs, &ticket};
        print_ticket(out, &story, &event, db_text(q, 8), db_number(q, 9) ? NULL : event.data);
    } else
        print_other(out, orgs, &event, record);
    out_row(out);
}

long changes_print(struct center *center, const struct org_table *orgs, int64_t since,
                   int64_t until, struct out *out)
{
    long count = 0;
    const int64_t first = first_since(center->db, since);
    const int64_t end = until < INT64_MAX ? first_since(center->db, until + 1) : until;
    struct db_query *q =
        db_query(center->db, "SELECT e.id, e.ticket_id, e.type, e.at, e.recorded_at, e.actor,"
                             " coalesce(s.data, e.data), t.kind,"
                             " (SELECT v.title FROM v_shown v WHERE v.id = e.ticket_id),"
                             " coalesce(t.confidential, 0)"
                             " FROM event e LEFT JOIN event_shown s ON s.event_id = e.id"
                             " LEFT JOIN ticket t ON t.id = e.ticket_id"
                             " WHERE e.id >= ?1 AND e.id < ?2 ORDER BY e.id");
    db_bind(q, 1, first);
    db_bind(q, 2, end);
    while (db_step(q)) {
        const int64_t ticket = db_number(q, 1);
        if (ticket ? !permit_sees(center, ticket) : center->reads != NULL)
            continue;
        print_change(center, orgs, q, out);
        count++;
    }
    return count;
}
