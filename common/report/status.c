#include "report/status.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"
#include "mail/mail.h"
#include "notice/notice.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "supervision/owed.h"
#include "supervision/running.h"
#include "ticket/counts.h"

const struct out_column status_columns[STATUS_COLUMNS] = {
    {"what", "事项", OUT_TEXT}, {"count", "数量", OUT_NUMBER}, {"command", "查看", OUT_TEXT}};

/* Whose morning it is. */
struct status {
    struct center *center;
    const struct county_choice *whose;
    int64_t pool; /* of the one center, else -1 */
    void (*take)(void *context, const struct status_line *line);
    void *context;
};

static void line(const struct status *s, const char *code, const char *name, int64_t count,
                 const char *command)
{
    struct text whole = {0};
    if (command && s->whose->one)
        text_add_format(&whole, "%s --center %s", command,
                        s->whose->county ? s->whose->county->center
                                         : s->center->config->center_org);
    s->take(s->context,
            &(struct status_line){code, name, count, whole.length ? whole.data : command});
    text_free(&whole);
}

/* How many stand at each level: tickets at a lead's, which is theirs, else clocks. */
static void count_levels(const struct status *s)
{
    struct text code = {0}, name = {0}, command = {0};
    for (int i = 0; i < s->center->config->level_count; i++) {
        const struct term *level = &s->center->config->levels[i].term;
        bool is_ticket = s->center->config->levels[i].judges >> CLOCK_LEAD & 1;
        text_clear(&code);
        text_clear(&name);
        text_clear(&command);
        text_add_format(&code, "level-%s", level->code);
        text_add_format(&name, "未办结·%s", level->name);
        text_add_format(&command, "%s --level %s", is_ticket ? "ticket-list --open" : "sla-check",
                        level->code);
        line(s, code.data, name.data,
             is_ticket ? counts_level(s->center->db, s->pool, level->code)
                       : running_count_level(s->center, s->whose, i),
             command.data);
    }
    text_free(&code);
    text_free(&name);
    text_free(&command);
}

/* What is due, and what is late. */
static void count_clocks(const struct status *s)
{
    int64_t now = s->center->now, midnight = clock_moment(clock_day(now) + 1, 0);
    line(s, "due-today", "今日到期", running_count_due(s->center, s->whose, now, midnight - 1),
         "sla-check --due-within 0");
    line(s, "late", "已超期", running_count_due(s->center, s->whose, 0, now - 1),
         "sla-check --overdue");
}

/* Orders of supervision without a reply, and those of them whose reply is late. */
struct owing {
    const struct status *status;
    int64_t all, late;
};

static void take_owed(void *context, const struct owed *owed)
{
    struct owing *o = context;
    if (!county_chosen(o->status->center, o->status->whose, owed->lead))
        return;
    o->all++;
    o->late += owed->reply_due_at < o->status->center->now;
}

static void count_orders(const struct status *s)
{
    struct db *db = s->center->db;
    struct owing owing = {.status = s};
    if (s->whose->one)
        owed_each(db, OWED_WITHOUT_REPLY, take_owed, &owing);
    else
        owing = (struct owing){s, counts_owed(db), counts_owed_late(db, s->center->now)};
    line(s, "orders", "督办未回复", owing.all, "supervision-list");
    line(s, "orders-late", "督办逾期未复", owing.late, "supervision-list --late");
}

/* Sources of policies that nobody looked through on the present day. */
static int64_t sources_missing(struct center *center)
{
    struct sources sources = sourcefile_load(center->config);
    int today = clock_day(center->now);
    int64_t missing = 0;
    for (int i = 0; i < sources.count; i++)
        if (source_last_look(center->db, sources.list[i].code, today) != today)
            missing++;
    sourcefile_free(&sources);
    return missing;
}

/* Working days until the last that a notice covers: from then on deadlines are provisional. */
static void count_calendar(const struct status *s)
{
    const struct calendar *calendar = center_calendar(s->center);
    int today = clock_day(s->center->now);
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    struct text command = {0};
    text_add_format(&command, "workday count %s %s", day_print(today, from),
                    day_print(calendar->horizon, to));
    line(s, "calendar", "日历剩余工作日", calendar_count(calendar, today, calendar->horizon),
         command.data);
    text_free(&command);
}

/* What somebody has to settle, where there is any. */
static void count_notices(const struct status *s)
{
    int64_t failed = notice_count(s->center->db, "failed");
    int64_t perhaps = notice_count(s->center->db, "perhaps");
    int64_t mails = mail_count_waiting(s->center->db);
    if (mails)
        line(s, "mails", "来信待人工处理", mails, "mail-list");
    if (failed)
        line(s, "notices-failed", "通知未送达", failed, "notice-list --state failed");
    if (perhaps)
        line(s, "notices-perhaps", "通知可能已发", perhaps, "notice-list --state perhaps");
}

void status_each(struct center *center, const struct county_choice *whose,
                 void (*take)(void *context, const struct status_line *line), void *context)
{
    struct db *db = center->db;
    const struct status s = {center, whose, county_pool(center, whose), take, context};
    line(&s, "pool", "待派发", counts_pool(db, s.pool), "ticket-list --state received");
    count_clocks(&s);
    count_levels(&s);
    line(&s, "waiting", "待中心批复", counts_waiting(db, s.pool), "ticket-list --waiting");
    count_orders(&s);
    line(&s, "follow-up", "差评待回访", counts_to_follow(db, s.pool), "ticket-follow");
    line(&s, "problem", "疑难工单",
         counts_problem(db, s.pool, center->config->limits.problem_after), "ticket-list --problem");
    if (whose->one)
        return;
    count_notices(&s);
    line(&s, "sources", "今日未检索来源", sources_missing(center), "policy-source --missing");
    count_calendar(&s);
    if (!center->self.ruled) /* whoever can write acts for all */
        line(&s, "no-members", "人员未登记", 0, "member-add");
    if (center->demo)
        line(&s, "demo", "演示中心，时钟可设", 1, NULL);
}

static void print_line(void *context, const struct status_line *line)
{
    struct out *out = context;
    out_code(out, line->code, line->name);
    out_number(out, line->count);
    out_text(out, line->command);
    out_row(out);
}

void status_print(struct center *center, const struct county_choice *whose, struct out *out)
{
    status_each(center, whose, print_line, out);
}
