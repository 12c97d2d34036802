#include "base/clock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"

/* The years are those of the calendars (calendar.h). */
enum { CHINA_OFFSET = 8 * 3600, FIRST_YEAR = 1990, LAST_YEAR = 2119 };

/* Process-wide, as the C library's own TZ is: a fixed offset, or the C library's zone. */
static bool zone_fixed = true;
static int zone_offset = CHINA_OFFSET;

static enum { NOT_READ, MACHINE, SET } now_from;
static int64_t now_value;

static bool parse_offset(const char *s, int *offset)
{
    int hours, minutes;
    if (!strcmp(s, "Z") || !strcmp(s, "z")) {
        *offset = 0;
        return true;
    }
    size_t length = strlen(s);
    const char *after = s + (length == 6 && s[3] == ':' ? 4 : 3);
    if ((*s != '+' && *s != '-') || (length != 6 && length != 5 && length != 3))
        return false;
    if (length == 6 && s[3] != ':')
        return false;
    for (size_t i = 1; i < length; i++)
        if (!isdigit((unsigned char)s[i]) && !(length == 6 && i == 3))
            return false;
    hours = (s[1] - '0') * 10 + (s[2] - '0');
    minutes = length > 3 ? (after[0] - '0') * 10 + (after[1] - '0') : 0;
    if (hours > 14 || minutes > 59)
        return false;
    *offset = (hours * 3600 + minutes * 60) * (*s == '-' ? -1 : 1);
    return true;
}

/* tzset takes an unknown name for UTC in silence, so look for the zone's file first. */
static bool zone_file_exists(const char *name)
{
    char path[256];
    if (strstr(name, "..") || *name == '/')
        return false;
    int length = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

bool clock_set_zone(const char *zone)
{
    int offset;
    if (!strcmp(zone, "Asia/Shanghai")) {
        /* One offset without summer time since 1991-09-15; needs no zone files. */
        zone_fixed = true;
        zone_offset = CHINA_OFFSET;
        return true;
    }
    if (parse_offset(zone, &offset)) {
        zone_fixed = true;
        zone_offset = offset;
        return true;
    }
    if (!zone_file_exists(zone))
        return false;
    if (setenv("TZ", zone, 1) != 0)
        die("cannot set the time zone");
    tzset();
    zone_fixed = false;
    return true;
}

int64_t clock_now(void)
{
    return now_from == NOT_READ ? clock_read() : now_value;
}

int64_t clock_read(void)
{
    const char *pinned = getenv("QIFU_NOW");
    if (now_from == NOT_READ && pinned && *pinned) {
        if (!clock_parse(pinned, &now_value, NULL))
            die("QIFU_NOW: %s: \"%s\" (write 2020-05-27T09:00)", clock_fault(pinned), pinned);
        now_from = SET;
    }
    if (now_from != SET) {
        now_value = (int64_t)time(NULL);
        now_from = MACHINE;
    }
    return now_value;
}

void clock_set_now(int64_t moment)
{
    now_value = moment;
    now_from = SET;
}

bool clock_is_set(void)
{
    clock_now();
    return now_from == SET;
}

double clock_running(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int clock_offset(int64_t moment)
{
    if (zone_fixed)
        return zone_offset;
    time_t t = (time_t)moment;
    struct tm local;
    if (!localtime_r(&t, &local))
        die("a time lies outside what the C library can convert");
    int64_t as_utc = (int64_t)day_from_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday) *
                         SECONDS_PER_DAY +
                     local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
    return (int)(as_utc - moment);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int clock_day(int64_t moment)
{
    return (int)floor_divide(moment + clock_offset(moment), SECONDS_PER_DAY);
}

int64_t clock_moment(int day, int second)
{
    int64_t local = (int64_t)day * SECONDS_PER_DAY + second;
    /* The offset in force at the result, found by trying the one in force near it. */
    int64_t guess = local - clock_offset(local);
    return local - clock_offset(guess);
}

char *clock_print(int64_t moment, char buffer[static CLOCK_TEXT_SIZE])
{
    char date[DAY_TEXT_SIZE];
    int offset = clock_offset(moment), minutes = abs(offset) / 60;
    int64_t local = moment + offset, day = floor_divide(local, SECONDS_PER_DAY);
    int second = (int)(local - day * SECONDS_PER_DAY);
    snprintf(buffer, CLOCK_TEXT_SIZE, "%sT%02d:%02d:%02d%c%02d:%02d", day_print((int)day, date),
             second / 3600, second / 60 % 60, second % 60, offset < 0 ? '-' : '+', minutes / 60,
             minutes % 60);
    return buffer;
}

static bool is_in_span(int64_t moment)
{
    int day = clock_day(moment);
    return day >= day_from_date(FIRST_YEAR, 1, 1) && day < day_from_date(LAST_YEAR + 1, 1, 1);
}

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

/* Reads an unsigned number of LEAST to MOST digits; NULL where there is none. */
static const char *number(const char *s, int least, int most, int *value)
{
    int count = 0;
    for (*value = 0; count < most && isdigit((unsigned char)*s); s++, count++)
        *value = *value * 10 + (*s - '0');
    return count < least || isdigit((unsigned char)*s) ? NULL : s;
}

/* Steps over one of the separators, alternatives divided by '|'; NULL where none stands here. */
static const char *separator(const char *s, const char *alternatives)
{
    for (const char *p = alternatives; *p;) {
        size_t length = strcspn(p, "|");
        if (length && !strncmp(s, p, length))
            return s + length;
        p += length + (p[length] == '|');
    }
    return NULL;
}

static const char *parse_date(const char *s, int *day)
{
    int year, month, day_of_month;
    const char *p = number(s, 4, 4, &year);
    const char *first = p;
    if (!p || !(p = separator(p, "-|/|.|年")) || !(p = number(p, 1, 2, &month)))
        return NULL;
    const char *second = p;
    if (!(p = separator(p, "-|/|.|月")) || !(p = number(p, 1, 2, &day_of_month)))
        return NULL;
    if (*first != *second && strncmp(first, "年", 3) != 0)
        return NULL;
    if (!strncmp(p, "日", 3))
        p += 3;
    if (!day_exists(year, month, day_of_month))
        return NULL;
    *day = day_from_date(year, month, day_of_month);
    return p;
}

/* The half of the day that S starts with, as spreadsheets write it: 0 none, 1 before noon, 2 after
 * it. Steps over it. */
static int parse_half(const char **s)
{
    static const char *const words[] = {"上午", "凌晨", "早上", "下午", "晚上", "中午"};
    for (int i = 0; i < 6; i++)
        if (!strncmp(*s, words[i], strlen(words[i]))) {
            *s = skip_blanks(*s + strlen(words[i]));
            return i < 3 ? 1 : 2;
        }
    return 0;
}

/* The hour of 24 of an hour of 12, or -1. 下午15:05 is written too. */
static int full_hour(int hour, int half)
{
    if (half == 1)
        return hour == 12 ? 0 : hour < 12 ? hour : -1;
    if (half == 2)
        return hour < 12 ? hour + 12 : hour < 24 ? hour : -1;
    return hour;
}

static const char *parse_time(const char *s, int *second_of_day)
{
    int hour, minute, second = 0, half = parse_half(&s);
    const char *p = number(s, 1, 2, &hour), *rest;
    if (!p || !(p = separator(p, ":|时|：")) || !(p = number(p, 1, 2, &minute)))
        return NULL;
    if (!strncmp(p, "分", 3))
        p += 3;
    if ((rest = separator(p, ":|：")) || isdigit((unsigned char)*p)) {
        if (!(p = number(rest ? rest : p, 1, 2, &second)))
            return NULL;
        if (!strncmp(p, "秒", 3))
            p += 3;
        if (*p == '.' && isdigit((unsigned char)p[1]))
            for (p++; isdigit((unsigned char)*p);)
                p++;
    }
    if ((hour = full_hour(hour, half)) < 0)
        return NULL;
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute || second)))
        return NULL;
    *second_of_day = hour * 3600 + minute * 60 + second;
    return p;
}

/* A spreadsheet's number of days since 1899-12-30, of 1990 to 2119, to the nearest second. */
static bool parse_serial(const char *s, int64_t *moment, bool *date_only)
{
    enum { FIRST = 32874, LAST = 80353, EPOCH = 25569 };
    const char *p = skip_blanks(s);
    int days;
    double part = 0, scale = 1;
    if (!(p = number(p, 5, 5, &days)) || days < FIRST || days > LAST)
        return false;
    if (*p == '.')
        for (p++; isdigit((unsigned char)*p); p++)
            part += (*p - '0') * (scale /= 10);
    int second = (int)(part * SECONDS_PER_DAY + 0.5);
    if (*skip_blanks(p))
        return false;
    if (date_only)
        *date_only = !second;
    *moment = clock_moment(days - EPOCH, second);
    return true;
}

static bool parse(const char *s, int64_t *moment, bool *date_only)
{
    int day, second = 0, offset;
    const char *p = parse_date(skip_blanks(s), &day);
    if (!p)
        return parse_serial(s, moment, date_only);
    const char *rest = skip_blanks(*p == 'T' || *p == 't' ? p + 1 : p);
    if (date_only)
        *date_only = !*rest;
    if (!*rest) {
        *moment = clock_moment(day, 0);
        return *p != 'T' && *p != 't';
    }
    /* 2019年4月25日9时32分 needs no blank. */
    const char *hours = rest;
    bool divided = rest > p || !strncmp(p - 3, "日", 3) || parse_half(&hours);
    if (!divided || !(p = parse_time(rest, &second)))
        return false;
    p = skip_blanks(p);
    if (!*p) {
        *moment = clock_moment(day, second);
        return true;
    }
    char zone[8];
    size_t length = strcspn(p, " \t");
    if (length >= sizeof zone || *skip_blanks(p + length))
        return false;
    memcpy(zone, p, length);
    zone[length] = '\0';
    if (!parse_offset(zone, &offset))
        return false;
    *moment = (int64_t)day * SECONDS_PER_DAY + second - offset;
    return true;
}

bool clock_parse(const char *s, int64_t *moment, bool *date_only)
{
    return parse(s, moment, date_only) && is_in_span(*moment);
}

bool clock_parse_day(const char *s, int *day, bool *whole)
{
    int64_t moment;
    if (!parse(s, &moment, NULL) || clock_day(moment) >= day_from_date(10000, 1, 1))
        return false;
    *day = clock_day(moment);
    if (whole)
        *whole = moment == clock_moment(*day, 0);
    return true;
}

const char *clock_fault(const char *s)
{
    int64_t moment;
    return parse(s, &moment, NULL) ? tongue("a time outside 1990 to 2119") : tongue("not a time");
}

/* 11/3/2026: the year last, and the other two of either order. */
static bool is_ambiguous(const char *s)
{
    int part, year;
    const char *p = number(skip_blanks(s), 1, 2, &part);
    return p && (p = separator(p, "-|/|.")) && (p = number(p, 1, 2, &part)) &&
           (p = separator(p, "-|/|.")) && number(p, 4, 4, &year);
}

bool clock_refuse(struct fault *fault, const char *s)
{
    int64_t moment;
    if (parse(s, &moment, NULL))
        return fault_add(fault, "%s: \"%s\"", clock_fault(s), s);
    return fault_add(fault, "%s: \"%s\" (%swrite 2020-05-27 or 2020-05-27T09:00)", clock_fault(s),
                     s, is_ambiguous(s) ? tongue("day or month first? ") : "");
}

bool clock_happened(const char *s, int64_t *moment, struct fault *fault)
{
    char iso[CLOCK_TEXT_SIZE];
    if (!clock_parse(s, moment, NULL))
        return clock_refuse(fault, s);
    if (*moment > clock_now())
        return fault_add(fault, "%s lies in the future", clock_print(*moment, iso));
    return true;
}
