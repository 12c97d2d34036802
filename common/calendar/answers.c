#include "calendar/answers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/tongue.h"
#include "calendar/ledger.h"

enum { FURTHEST = 1000000 };

static const struct out_column add_columns[] = {
    {"date", "日期", OUT_TEXT},
    {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column count_columns[] = {
    {"days", "工作日数", OUT_NUMBER},
    {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column is_columns[] = {
    {"date", "日期", OUT_TEXT},    {"working", "上班", OUT_TEXT},     {"reason", "依据", OUT_TEXT},
    {"weekday", "星期", OUT_TEXT}, {"name", "节日", OUT_TEXT},        {"notice", "通知", OUT_TEXT},
    {"number", "文号", OUT_TEXT},  {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column list_columns[] = {
    {"date", "日期", OUT_TEXT},   {"weekday", "星期", OUT_TEXT},     {"day", "上班", OUT_TEXT},
    {"reason", "依据", OUT_TEXT}, {"name", "节日", OUT_TEXT},        {"notice", "通知", OUT_TEXT},
    {"number", "文号", OUT_TEXT}, {"provisional", "暂定", OUT_TEXT},
};

int workdays_refuse(struct fault *fault, const char *what, const char *s, const char *advice)
{
    char piece[48];
    size_t length = 0;
    for (; length < sizeof piece - 1 && s[length]; length++)
        piece[length] = s[length];
    while (s[length] && length && ((unsigned char)s[length] & 0xc0) == 0x80)
        length--;
    piece[length] = '\0';
    fault_add(fault, "%s \"%s%s\"%s", tongue(what), piece, s[length] ? "..." : "", tongue(advice));
    return EXIT_BAD;
}

/* A date, or a moment, which stands for the day on which it lies in the center's zone. */
static int read_day(const char *s, int *day, struct fault *fault)
{
    if (!day_parse(s, day) && !clock_parse_day(s, day, NULL))
        return workdays_refuse(fault, "not a date:", s, " (write 2020-05-27)");
    if (!calendar_in_range(*day))
        return workdays_refuse(fault, "outside the calendar's range:", s, " (1990 to 2119)");
    return EXIT_DONE;
}

/* A whole number; one that leads out of any calendar is cut to FURTHEST. */
static int read_number(const char *s, int *number, struct fault *fault)
{
    const char *digits = s + (*s == '-' || *s == '+');
    if (!*digits || digits[strspn(digits, "0123456789")])
        return workdays_refuse(fault, "not a whole number:", s, "");
    errno = 0;
    long value = strtol(s, NULL, 10); /* saturates */
    *number = (int)(value > FURTHEST ? FURTHEST : value < -FURTHEST ? -FURTHEST : value);
    return EXIT_DONE;
}

static void put_provisional(struct workdays *job, bool provisional)
{
    out_code(job->out, provisional ? "provisional" : NULL, provisional ? "暂定" : NULL);
    out_row(job->out);
}

static int answer_add(struct workdays *job, const char *first, const char *second,
                      struct fault *fault)
{
    int day, n = 0, result = 0;
    char text[DAY_TEXT_SIZE];
    if (read_day(first, &day, fault) || read_number(second, &n, fault))
        return EXIT_BAD;
    if (!(job->natural ? calendar_add_natural : calendar_add)(job->calendar, day, n, &result)) {
        fault_add(fault, "%s and %.12s%s days: outside the calendar's range (1990 to 2119)",
                  day_print(day, text), second, strlen(second) > 12 ? "..." : "");
        return EXIT_BAD;
    }
    bool provisional = calendar_spans_provisional(job->calendar, day, result);
    day_print(result, text);
    if (job->plain) {
        out_print("%s%s\n", text, provisional ? "\tprovisional" : "");
    } else {
        out_text(job->out, text);
        put_provisional(job, provisional);
    }
    return EXIT_DONE;
}

static int answer_count(struct workdays *job, const char *first, const char *second,
                        struct fault *fault)
{
    int from, to;
    if (read_day(first, &from, fault) || read_day(second, &to, fault))
        return EXIT_BAD;
    int days = calendar_count(job->calendar, from, to);
    bool provisional = calendar_spans_provisional(job->calendar, from, to);
    if (job->plain) {
        out_print("%d%s\n", days, provisional ? "\tprovisional" : "");
    } else {
        out_number(job->out, days);
        put_provisional(job, provisional);
    }
    return EXIT_DONE;
}

static void put_weekday(struct out *out, int day)
{
    out_code(out, day_weekday_code(day), day_weekday_name(day));
}

static void put_reason(struct out *out, const struct ledger_day *entry)
{
    out_code(out, ledger_reason_code(entry->reason), ledger_reason_name(entry->reason));
}

static void put_notice(struct workdays *job, const struct ledger_day *entry)
{
    out_text(job->out, entry->notice ? entry->span->name : NULL);
    out_text(job->out, entry->notice ? entry->notice->title : NULL);
    out_text(job->out, entry->notice ? entry->notice->number : NULL);
    put_provisional(job, entry->provisional);
}

/* What the calendar says of DAY by itself, not as a day of receipt. */
static struct ledger_day look_up(const struct workdays *job, int day)
{
    return ledger_day(job->calendar, &(struct running){.start_day = day - 1}, day);
}

static int answer_is(struct workdays *job, const char *first, const char *second,
                     struct fault *fault)
{
    int day;
    char text[DAY_TEXT_SIZE];
    (void)second;
    if (read_day(first, &day, fault))
        return EXIT_BAD;
    struct ledger_day entry = look_up(job, day);
    out_text(job->out, day_print(day, text));
    out_code(job->out, entry.counted ? "yes" : "no", entry.counted ? "是" : "否");
    put_reason(job->out, &entry);
    put_weekday(job->out, day);
    put_notice(job, &entry);
    return entry.counted ? EXIT_DONE : EXIT_NO;
}

static int answer_list(struct workdays *job, const char *first, const char *second,
                       struct fault *fault)
{
    int day, last;
    char text[DAY_TEXT_SIZE];
    (void)second;
    if (!day_parse_month(first, &day, &last))
        return workdays_refuse(fault, "not a month:", first, " (write 2020-05)");
    if (!calendar_in_range(day) || !calendar_in_range(last))
        return workdays_refuse(fault, "outside the calendar's range:", first, " (1990 to 2119)");
    for (; day <= last; day++) {
        struct ledger_day entry = look_up(job, day);
        out_text(job->out, day_print(day, text));
        put_weekday(job->out, day);
        out_code(job->out, entry.counted ? "working" : "off", entry.counted ? "上班" : "休息");
        put_reason(job->out, &entry);
        put_notice(job, &entry);
    }
    return EXIT_DONE;
}

const struct workdays_command workdays_commands[] = {
    {"add", "DATE N, or -", answer_add, add_columns, 2, 2, true},
    {"count", "FROM TO, or -", answer_count, count_columns, 2, 2, false},
    {"is", "DATE", answer_is, is_columns, 8, 1, false},
    {"list", "YYYY-MM", answer_list, list_columns, 8, 1, false},
    {NULL, NULL, NULL, NULL, 0, 0, false}};
