#include "report/status.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "supervision/running.h"
#include "ticket/counts.h"

const struct out_column status_columns[STATUS_COLUMNS] = {
    {"what", "事项", OUT_TEXT}, {"count", "数量", OUT_NUMBER}, {"command", "查看", OUT_TEXT}};

static void line(struct out *out, const char *code, const char *name, int64_t count,
                 const char *command)
{
    out_code(out, code, name);
    out_number(out, count);
    out_text(out, command);
    out_row(out);
}

/* What is due, what is late, and how many stand at each level: tickets at a lead's, which is
 * theirs, else clocks. */
static void count_clocks(struct out *out, struct center *center)
{
    struct text code = {0}, name = {0}, command = {0};
    int64_t midnight = clock_moment(clock_day(center->now) + 1, 0);
    line(out, "due-today", "今日到期", running_count_due(center, center->now, midnight - 1),
         "sla-check --due-within 0");
    line(out, "late", "已超期", running_count_due(center, 0, center->now - 1),
         "sla-check --overdue");
    for (int i = 0; i < center->config->level_count; i++) {
        const struct term *level = &center->config->levels[i].term;
        bool is_ticket = center->config->levels[i].judges >> CLOCK_LEAD & 1;
        text_clear(&code);
        text_clear(&name);
        text_clear(&command);
        text_add_format(&code, "level-%s", level->code);
        text_add_format(&name, "未办结·%s", level->name);
        text_add_format(&command, "%s --level %s", is_ticket ? "ticket-list --open" : "sla-check",
                        level->code);
        line(out, code.data, name.data,
             is_ticket ? counts_level(center->db, level->code) : running_count_level(center, i),
             command.data);
    }
    text_free(&code);
    text_free(&name);
    text_free(&command);
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
static void count_calendar(struct out *out, const struct center *center)
{
    const struct calendar *calendar = center_calendar(center);
    int today = clock_day(center->now);
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    struct text command = {0};
    text_add_format(&command, "workday count %s %s", day_print(today, from),
                    day_print(calendar->horizon, to));
    line(out, "calendar", "日历剩余工作日", calendar_count(calendar, today, calendar->horizon),
         command.data);
    text_free(&command);
}

void status_print(struct center *center, struct out *out)
{
    struct db *db = center->db;
    line(out, "pool", "待派发", counts_pool(db), "ticket-list --state received");
    count_clocks(out, center);
    line(out, "waiting", "待中心批复", counts_waiting(db), "ticket-list --waiting");
    line(out, "orders", "督办未回复", counts_owed(db), "supervision-list");
    line(out, "orders-late", "督办逾期未复", counts_owed_late(db, center->now),
         "supervision-list --late");
    line(out, "follow-up", "差评待回访", counts_to_follow(db), "ticket-follow");
    line(out, "problem", "疑难工单", counts_problem(db, center->config->limits.problem_after),
         "ticket-list --problem");
    line(out, "sources", "今日未检索来源", sources_missing(center), "policy-source --missing");
    count_calendar(out, center);
    if (center->demo)
        line(out, "demo", "演示中心，时钟可设", 1, NULL);
}
