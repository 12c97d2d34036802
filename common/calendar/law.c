#include "calendar/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2119, YEARS = LAST_YEAR - FIRST_YEAR + 1 };
enum { MOST_RULES = CALENDAR_SPANS / YEARS, MOST_FEAST_DAYS = 60 };

static const char *const edition_keys[] = {"title", "number", "issued", "in_force",
                                           "url",   "off",    NULL};

/* An edition on its way to becoming a notice. */
struct edition {
    struct notice notice;
    const struct node *dates; /* NULL where there are none */
    int room;                 /* spans: a table of dates with faults may have more years than are */
    int *faults;
};

/* 0 to 99 in two digits, or -1. */
static int read_two_digits(const char *s)
{
    bool good = s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9';
    return good ? (s[0] - '0') * 10 + s[1] - '0' : -1;
}

/* MM-DD in YEAR. Every program reads thousands of these. */
static bool read_month_day(int year, const char *s, size_t length, int *day)
{
    int month = length == 5 ? read_two_digits(s) : -1;
    int of_month = length == 5 && s[2] == '-' ? read_two_digits(s + 3) : -1;
    if (!day_exists(year, month, of_month))
        return false;
    *day = day_from_date(year, month, of_month);
    return true;
}

/* A date of an edition, which must be there. */
static int read_date(const struct node *edition, const char *key, int *faults)
{
    int day = 0;
    const char *date = node_need(edition, key, faults);
    if (*date && !day_parse(date, &day))
        node_fault(node_get(edition, key), faults, "bad date \"%s\" (write 2025-01-01)", date);
    return day;
}

static void add_span(struct edition *e, const struct node *entry, int first, int last)
{
    if (e->notice.span_count < e->room)
        e->notice.spans[e->notice.span_count++] = (struct notice_span){
            .first = first, .last = last, .name = entry->text, .line = entry->line};
}

/* The same days each year: MM-DD or MM-DD..MM-DD. False where KEY is nothing of the kind. A day
 * that a year lacks (02-29) is not one of it. */
static bool add_fixed(struct edition *e, const struct node *entry)
{
    const char *key = entry->key, *dots = strstr(key, "..");
    size_t length = dots ? (size_t)(dots - key) : strlen(key);
    const char *end = dots ? dots + 2 : key;
    int first, last, year, month, day;
    if (!read_month_day(2000, key, length, &first) ||
        !read_month_day(2000, end, strlen(end), &last) || last < first)
        return false;
    day_to_date(e->notice.in_force, &year, &month, &day);
    for (; year <= LAST_YEAR; year++)
        if (read_month_day(year, key, length, &first) &&
            read_month_day(year, end, strlen(end), &last))
            add_span(e, entry, first, last);
    return true;
}

/* Reads what follows a feast's name: nothing, or the first and the last day off, counted from the
 * feast (" -1..+2"). */
static bool read_offsets(const char *s, int *first, int *last)
{
    int length = 0;
    *first = *last = 0;
    if (!*s)
        return true;
    return sscanf(s, " %3d..%3d%n", first, last, &length) == 2 && !s[length] && *first <= *last &&
           *last - *first < MOST_FEAST_DAYS;
}

/* A moving feast: its name, with the days around it or without. False where KEY is none. */
static bool add_feast(struct edition *e, const struct node *entry)
{
    char name[64];
    int before, after, day;
    size_t length = strcspn(entry->key, " ");
    if (length >= sizeof name || !read_offsets(entry->key + length, &before, &after))
        return false;
    memcpy(name, entry->key, length);
    name[length] = '\0';
    if (!e->dates || !e->dates->first || !node_get(e->dates->first, name))
        return false;
    for (const struct node *row = e->dates->first; row; row = row->next) {
        const struct node *date = node_get(row, name);
        if (date && read_month_day(atoi(row->key), date->text, strlen(date->text), &day))
            add_span(e, entry, day + before, day + after);
    }
    return true;
}

static void read_off(struct arena *arena, struct edition *e, const struct node *off)
{
    if (!node_is(off, NODE_MAP, e->faults))
        return;
    if (off->count > MOST_RULES) {
        node_fault(off, e->faults, "more than %d entries in one edition", (int)MOST_RULES);
        return;
    }
    e->room = off->count * YEARS;
    e->notice.spans = arena_zero(arena, (size_t)e->room * sizeof *e->notice.spans);
    for (const struct node *entry = off->first; entry; entry = entry->next)
        if (node_is(entry, NODE_TEXT, e->faults) && !add_fixed(e, entry) && !add_feast(e, entry))
            node_fault(entry, e->faults,
                       "\"%s\" is neither a day of the year (10-01 or 10-01..10-03) nor a feast of"
                       " \"dates\" (alone, or followed by -1..+2)",
                       entry->key);
}

/* Two editions that begin on one day: nothing says which one holds. */
static void check_begin(const struct node *node, const struct edition *e,
                        const struct notice *notices, int count)
{
    for (int i = 0; i < count; i++)
        if (notices[i].law && notices[i].layer == e->notice.layer &&
            notices[i].in_force == e->notice.in_force)
            node_fault(node, e->faults, "another edition is in force since the same day (%s:%d)",
                       notices[i].file, notices[i].line);
}

static struct edition read_edition(struct arena *arena, const struct node *node,
                                   const struct node *dates, int layer, int *faults)
{
    node_allow(node, faults, edition_keys);
    struct edition e = {.dates = dates, .faults = faults};
    e.notice = (struct notice){.title = node_need(node, "title", faults),
                               .number = node_text(node, "number", NULL, faults),
                               .url = node_text(node, "url", NULL, faults),
                               .file = node->file,
                               .line = node->line,
                               .issued = read_date(node, "issued", faults),
                               .in_force = read_date(node, "in_force", faults),
                               .layer = layer,
                               .law = true};
    if (!calendar_in_range(e.notice.in_force))
        node_fault(node, faults, "in force since a day outside 1990 to 2119");
    else if (!node_get(node, "off"))
        node_fault(node, faults, "\"off\" is missing");
    else
        read_off(arena, &e, node_get(node, "off"));
    return e;
}

/* Each year names the feasts that the first one names, each with a day that it has. */
static void check_row(const struct node *row, const struct node *first, int year, int *faults)
{
    int day;
    for (const struct node *feast = first->first; feast; feast = feast->next)
        if (!node_get(row, feast->key))
            node_fault(row, faults, "%d: \"%s\" is missing", year, feast->key);
    for (const struct node *feast = row->first; feast; feast = feast->next)
        if (!node_get(first, feast->key))
            node_fault(feast, faults, "\"%s\" is not a feast of the first year (line %d)",
                       feast->key, first->line);
        else if (node_is(feast, NODE_TEXT, faults) &&
                 !read_month_day(year, feast->text, strlen(feast->text), &day))
            node_fault(feast, faults, "bad day \"%s\" (write 02-06)", feast->text);
}

/* The table of dates: year upon year, without a gap. */
static void check_dates(const struct node *dates, int *faults)
{
    int year = 0, day;
    if (!node_is(dates, NODE_MAP, faults))
        return;
    for (const struct node *row = dates->first; row; row = row->next) {
        char first_day[DAY_TEXT_SIZE];
        snprintf(first_day, sizeof first_day, "%.5s-01-01", row->key);
        if (!node_is(row, NODE_MAP, faults))
            continue;
        if (!day_parse(first_day, &day) || !calendar_in_range(day)) {
            node_fault(row, faults, "not a year from 1990 to 2119: \"%s\"", row->key);
            continue;
        }
        if (year && atoi(row->key) != year + 1)
            node_fault(row, faults, "%s follows %d: the years stand in order, each of them",
                       row->key, year);
        year = atoi(row->key);
        if (dates->first->type == NODE_MAP)
            check_row(row, dates->first, year, faults);
    }
}

void law_read(struct arena *arena, const struct node *root, int layer, struct notice **notices,
              int *count, int *faults)
{
    const struct node *editions = node_get(root, "editions"), *dates = node_get(root, "dates");
    if (dates)
        check_dates(dates, faults);
    if (!editions && dates)
        node_fault(dates, faults, "\"dates\" without \"editions\"");
    if (!node_is(editions, NODE_LIST, faults))
        return;
    for (const struct node *node = editions->first; node; node = node->next) {
        if (!node_is(node, NODE_MAP, faults))
            continue;
        struct edition e = read_edition(arena, node, dates, layer, faults);
        check_begin(node, &e, *notices, *count);
        *notices = mem_grow(*notices, (size_t)*count, sizeof **notices);
        (*notices)[(*count)++] = e.notice;
    }
}
