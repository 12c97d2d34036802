#include "report/period.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mem.h"

enum { MONTHS = 12, YEAR_MOST = 9999 };

static void set_days(struct report_period *p, int64_t now, int first, int last, int months)
{
    *p = (struct report_period){.first = first, .last = last, .months = months, .now = now};
    p->start = clock_moment(first, 0);
    p->end = clock_moment(last + 1, 0) - 1;
    p->running = now < p->end;
    if (p->running)
        p->end = now;
}

/* COUNT months from month NUMBER on, which is year * 12 + month - 1. */
static bool set_months(struct report_period *p, int64_t now, int number, int count)
{
    int next = number + count;
    if (number < MONTHS || next > YEAR_MOST * MONTHS || count < 1)
        return false;
    set_days(p, now, day_from_date(number / MONTHS, number % MONTHS + 1, 1),
             day_from_date(next / MONTHS, next % MONTHS + 1, 1) - 1, count);
    return true;
}

static int month_number(int day)
{
    int year, month, of_month;
    day_to_date(day, &year, &month, &of_month);
    return year * MONTHS + month - 1;
}

bool report_parse_month(const char *s, int64_t now, struct report_period *period)
{
    int first, last;
    if (!day_parse_month(s, &first, &last))
        return false;
    set_days(period, now, first, last, 1);
    return true;
}

/* A number of at most MOST digits at *S, which it moves behind; -1 where there is none. */
static int scan_number(const char **s, int most)
{
    int number = 0, digits = 0;
    for (; **s >= '0' && **s <= '9' && digits < most; (*s)++, digits++)
        number = number * 10 + (**s - '0');
    return digits ? number : -1;
}

/* True where one of the words (ended by NULL) stands at *S, which it moves behind. */
static bool scan_word(const char **s, const char *const *words)
{
    for (; *words; words++)
        if (!strncmp(*s, *words, strlen(*words))) {
            *s += strlen(*words);
            return true;
        }
    return false;
}

static bool scan(const char **s, const char *word)
{
    const char *const words[] = {word, NULL};
    return scan_word(s, words);
}

/* One of four: 2, 二. -1 where there is none. */
static int scan_quarter(const char **s)
{
    static const char *const words[] = {"一", "二", "三", "四"};
    for (int i = 0; i < 4; i++)
        if (scan(s, words[i]))
            return i;
    int number = scan_number(s, 1);
    return number >= 1 && number <= 4 ? number - 1 : -1;
}

/* A part of a year: its first month (from 0) and how many. */
struct part {
    int first, count;
};

/* What stands behind a year without 年: -Q2, -H1, -05, 05, /5. */
static bool scan_code(const char *s, struct part *part)
{
    bool dash = scan(&s, "-"), slash = !dash && scan(&s, "/");
    if (scan(&s, "Q")) {
        *part = (struct part){3 * scan_quarter(&s), 3};
    } else if (scan(&s, "H")) {
        *part = (struct part){6 * (scan_number(&s, 1) - 1), 6};
    } else {
        const char *digits = s;
        *part = (struct part){scan_number(&s, 2) - 1, 1};
        if (!slash && s - digits != 2)
            return false;
    }
    return !*s && part->first >= 0;
}

/* What stands behind a year with 年: 上半年, 第二季度, 5月, 1-11月. */
static bool scan_words(const char *s, struct part *part)
{
    static const char *const between[] = {"-", "—", "～", "~", "至", NULL};
    static const char *const halves[] = {"上半年", "下半年"};
    for (int i = 0; i < 2; i++)
        if (!strcmp(s, halves[i])) {
            *part = (struct part){6 * i, 6};
            return true;
        }
    const char *quarter = s;
    bool ordinal = scan(&quarter, "第");
    *part = (struct part){3 * scan_quarter(&quarter), 3};
    if (part->first >= 0 && (!strcmp(quarter, "季度") || (ordinal && !strcmp(quarter, "季"))))
        return true;
    int first = scan_number(&s, 2), last = scan_word(&s, between) ? scan_number(&s, 2) : first;
    *part = (struct part){first - 1, last - first + 1};
    return first >= 1 && !strcmp(s, "月");
}

static bool scan_part(const char *s, struct part *part)
{
    bool words = scan(&s, "年");
    *part = (struct part){0, MONTHS};
    return !*s || (words ? scan_words(s, part) : scan_code(s, part));
}

static bool parse_part(const char *s, int64_t now, struct report_period *p)
{
    struct part part;
    int year = strspn(s, "0123456789") >= 4 ? scan_number(&s, 4) : -1;
    return year > 0 && scan_part(s, &part) && part.first + part.count <= MONTHS &&
           set_months(p, now, year * MONTHS + part.first, part.count);
}

bool report_parse_period(const char *s, int64_t now, struct report_period *p)
{
    struct report_period to;
    int first, last;
    const char *dots = strstr(s, "..");
    if (!dots && day_parse(s, &first)) {
        set_days(p, now, first, first, 0);
        return true;
    }
    if (!dots)
        return parse_part(s, now, p);
    char *from = mem_string(s);
    from[dots - s] = '\0';
    bool is_days = day_parse(from, &first) && day_parse(dots + 2, &last);
    bool good =
        is_days ? first <= last
                : parse_part(from, now, p) && parse_part(dots + 2, now, &to) && p->first <= to.last;
    free(from);
    if (!good)
        return false;
    if (is_days)
        set_days(p, now, first, last, 0);
    return is_days || set_months(p, now, month_number(p->first),
                                 month_number(to.last) - month_number(p->first) + 1);
}

static struct report_period months_back(const struct report_period *p, int months)
{
    struct report_period before;
    if (!set_months(&before, p->now, month_number(p->first) - months, p->months))
        die("there is no period before");
    return before;
}

struct report_period report_earlier(const struct report_period *p, int back)
{
    struct report_period before;
    if (p->months)
        return months_back(p, back * p->months);
    int days = (p->last - p->first + 1) * back;
    set_days(&before, p->now, p->first - days, p->last - days, 0);
    return before;
}

static int same_day_year_before(int day)
{
    int year, month, of_month;
    day_to_date(day, &year, &month, &of_month);
    while (!day_exists(year - 1, month, of_month))
        of_month--;
    return day_from_date(year - 1, month, of_month);
}

struct report_period report_year_before(const struct report_period *p)
{
    struct report_period before;
    if (p->months)
        return months_back(p, MONTHS);
    set_days(&before, p->now, same_day_year_before(p->first), same_day_year_before(p->last), 0);
    return before;
}

struct report_period report_until(const struct report_period *p)
{
    struct report_period all = *p;
    all.start = 0;
    return all;
}

bool report_part(const struct report_period *p, bool days, int n, struct report_period *part)
{
    if (days)
        set_days(part, p->now, p->first + n, p->first + n, 0);
    else if (!set_months(part, p->now, month_number(p->first) + n, 1))
        return false;
    return part->first <= p->last && part->start <= p->end;
}

/* Which part of its year it is: 0 a year, then halves, quarters, months; -1: none of them. */
static int part_of_year(const struct report_period *p, int *n)
{
    static const int lengths[] = {12, 6, 3, 1};
    for (int i = 0; i < 4; i++)
        if (p->months == lengths[i] && month_number(p->first) % lengths[i] == 0) {
            *n = month_number(p->first) % MONTHS / lengths[i] + 1;
            return i;
        }
    return -1;
}

void report_add_name(struct text *to, const struct report_period *p)
{
    static const char *const between[] = {"", "-H", "-Q"};
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    int n, part = part_of_year(p, &n);
    day_print(p->first, first);
    day_print(p->last, last);
    if (part == 0)
        text_add_format(to, "%.4s", first);
    else if (part == 1 || part == 2)
        text_add_format(to, "%.4s%s%d", first, between[part], n);
    else if (part == 3)
        text_add_format(to, "%.7s", first);
    else if (p->months)
        text_add_format(to, "%.7s..%.7s", first, last);
    else
        text_add_format(to, p->last > p->first ? "%s..%s" : "%s", first, last);
}

static void add_date(struct text *to, int day, bool year)
{
    int y, month, of_month;
    day_to_date(day, &y, &month, &of_month);
    if (year)
        text_add_format(to, "%d年", y);
    text_add_format(to, "%d月%d日", month, of_month);
}

void report_add_title(struct text *to, const struct report_period *p)
{
    static const char *const parts[][4] = {
        {""}, {"上半年", "下半年"}, {"第一季度", "第二季度", "第三季度", "第四季度"}};
    int year, month, of_month, last_year, last_month, n, part = part_of_year(p, &n);
    day_to_date(p->first, &year, &month, &of_month);
    day_to_date(p->last, &last_year, &last_month, &of_month);
    if (p->months)
        text_add_format(to, "%d年", year);
    if (part >= 0 && part < 3) {
        text_add(to, parts[part][n - 1]);
    } else if (part == 3) {
        text_add_format(to, "%d月", month);
    } else if (p->months) {
        text_add_format(to, last_year == year ? "%d—" : "%d月—", month);
        if (last_year != year)
            text_add_format(to, "%d年", last_year);
        text_add_format(to, "%d月", last_month);
    } else {
        add_date(to, p->first, true);
        if (p->last > p->first)
            text_add(to, "—");
        if (p->last > p->first)
            add_date(to, p->last, last_year != year);
    }
}
