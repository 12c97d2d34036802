#include "calendar/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "base/yamlfile.h"
#include "calendar/horizon.h"
#include "calendar/law.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2119 };
enum { WEEKEND_DEFAULT = 1 << 0 | 1 << 6, MOST_LAYERS = 8, MOST_SPAN_DAYS = 60, MOST_SPANS = 1000 };

static const char *const file_keys[] = {"calendar", "base",     "weekend", "source", "licence",
                                        "notices",  "editions", "dates",   NULL};
static const char *const notice_keys[] = {"title",  "number", "issued", "url",
                                          "covers", "off",    "work",   NULL};

/* What one file says, before it becomes part of a calendar. */
struct reading {
    struct arena *arena;
    const char *name, *base;
    unsigned weekend;
    bool weekend_given;
    const struct node *weekend_node;
    struct notice *notices; /* grown by mem_grow */
    int count;
    int layer;
    int faults;
};

static void read_weekend(struct reading *r, const struct node *node)
{
    static const char *const names[] = {"sunday",   "monday", "tuesday", "wednesday",
                                        "thursday", "friday", "saturday"};
    int count;
    const char *const *days = node_texts(r->arena, node, &count, &r->faults);
    r->weekend = 0;
    r->weekend_given = true;
    r->weekend_node = node;
    for (int i = 0; i < count; i++) {
        int weekday = 0;
        while (weekday < 7 && strcmp(names[weekday], days[i]) != 0)
            weekday++;
        if (weekday == 7)
            node_fault(node, &r->faults, "not a day of the week: \"%s\" (sunday .. saturday)",
                       days[i]);
        else
            r->weekend |= 1U << weekday;
    }
}

/* Reads YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD. */
static bool read_span(struct reading *r, const struct node *entry, struct notice_span *span)
{
    const char *key = entry->key, *dots = strstr(key, "..");
    char first[16] = "";
    if (dots && dots - key < (int)sizeof first)
        memcpy(first, key, (size_t)(dots - key));
    bool good = dots ? day_parse(first, &span->first) && day_parse(dots + 2, &span->last)
                     : day_parse(key, &span->first);
    if (!dots)
        span->last = span->first;
    if (!good)
        node_fault(entry, &r->faults,
                   "bad date \"%s\" (write 2020-01-24 or 2020-01-24..2020-01-30)", key);
    else if (span->last < span->first || span->last - span->first >= MOST_SPAN_DAYS)
        node_fault(entry, &r->faults, "\"%s\" ends before it begins, or is longer than %d days",
                   key, (int)MOST_SPAN_DAYS);
    else if (!calendar_in_range(span->first) || !calendar_in_range(span->last))
        node_fault(entry, &r->faults, "\"%s\" lies outside 1990 to 2119", key);
    else
        return true;
    return false;
}

/* A day stands twice in one notice: both off and on, or in two spans. */
static void check_overlap(struct reading *r, const struct notice *notice, const struct node *entry,
                          const struct notice_span *span)
{
    for (const struct notice_span *s = notice->spans; s < span; s++)
        if (s->first <= span->last && span->first <= s->last) {
            char day[DAY_TEXT_SIZE];
            day_print(span->first > s->first ? span->first : s->first, day);
            if (s->work != span->work)
                node_fault(entry, &r->faults, "%s is both off and on in this notice (line %d)", day,
                           s->line);
            else
                node_fault(entry, &r->faults, "%s stands twice in this notice (line %d)", day,
                           s->line);
            return;
        }
}

static void check_make_up(struct reading *r, const struct node *entry,
                          const struct notice_span *span)
{
    for (int day = span->first; day <= span->last; day++)
        if (!(r->weekend >> day_weekday(day) & 1)) {
            char text[DAY_TEXT_SIZE];
            node_fault(entry, &r->faults, "make-up day %s is a %s, not a weekend day",
                       day_print(day, text), day_weekday_name(day));
        }
}

/* A mistyped year would go unnoticed: a notice speaks of its own year and its neighbours' nearest
 * months (2018-12-29 stands in the notice for 2019). */
static void check_year(struct reading *r, const struct notice *notice, const struct node *entry,
                       const struct notice_span *span)
{
    if (notice->covers && (span->first < day_from_date(notice->covers - 1, 12, 1) ||
                           span->last > day_from_date(notice->covers + 1, 1, 31)))
        node_fault(entry, &r->faults, "\"%s\" lies far outside %d, the year that the notice covers",
                   entry->key, notice->covers);
}

static void read_spans(struct reading *r, struct notice *notice, const struct node *map, bool work)
{
    if (!node_is(map, NODE_MAP, &r->faults))
        return;
    for (const struct node *entry = map->first; entry; entry = entry->next) {
        struct notice_span *span = &notice->spans[notice->span_count];
        if (!node_is(entry, NODE_TEXT, &r->faults) || !read_span(r, entry, span))
            continue;
        span->work = work;
        span->name = entry->text;
        span->line = entry->line;
        check_overlap(r, notice, entry, span);
        check_year(r, notice, entry, span);
        if (work)
            check_make_up(r, entry, span);
        notice->span_count++;
    }
}

static void read_notice(struct reading *r, const struct node *node)
{
    node_allow(node, &r->faults, notice_keys);
    struct notice notice = {.title = node_need(node, "title", &r->faults),
                            .number = node_text(node, "number", NULL, &r->faults),
                            .url = node_text(node, "url", NULL, &r->faults),
                            .file = node->file,
                            .line = node->line,
                            .layer = r->layer};
    const char *issued = node_need(node, "issued", &r->faults);
    if (*issued && !day_parse(issued, &notice.issued))
        node_fault(node_get(node, "issued"), &r->faults, "bad date \"%s\" (write 2019-11-21)",
                   issued);
    notice.covers = node_number(node, "covers", FIRST_YEAR, LAST_YEAR, 0, &r->faults);
    if (!node_get(node, "covers"))
        node_fault(node, &r->faults, "\"covers\" is missing");
    const struct node *off = node_get(node, "off"), *work = node_get(node, "work");
    int room = (off ? off->count : 0) + (work ? work->count : 0);
    if (room > MOST_SPANS) {
        node_fault(node, &r->faults, "more than %d entries in one notice", (int)MOST_SPANS);
        return;
    }
    notice.spans = arena_zero(r->arena, (size_t)(room + 1) * sizeof *notice.spans);
    read_spans(r, &notice, off, false);
    read_spans(r, &notice, work, true);
    r->notices = mem_grow(r->notices, (size_t)r->count, sizeof *r->notices);
    r->notices[r->count++] = notice;
}

static void read_file(struct reading *r, const char *path)
{
    const struct node *root = yamlfile_read(r->arena, path);
    if (!root) {
        r->faults++;
        return;
    }
    if (!node_is(root, NODE_MAP, &r->faults))
        return;
    node_allow(root, &r->faults, file_keys);
    const char *name = node_need(root, "calendar", &r->faults);
    if (!r->name)
        r->name = name;
    else if (*name && strcmp(name, r->name) != 0)
        node_fault(root, &r->faults, "this is calendar \"%s\", not \"%s\"", name, r->name);
    const char *base = node_text(root, "base", NULL, &r->faults);
    if (base && r->base && strcmp(base, r->base) != 0)
        node_fault(node_get(root, "base"), &r->faults,
                   "another file of this calendar names another base, \"%s\"", r->base);
    if (base)
        r->base = base;
    unsigned before = r->weekend;
    bool given = r->weekend_given;
    if (node_get(root, "weekend"))
        read_weekend(r, node_get(root, "weekend"));
    if (given && r->weekend != before)
        node_fault(node_get(root, "weekend"), &r->faults,
                   "another file of this calendar names another weekend");
    law_read(r->arena, root, r->layer, &r->notices, &r->count, &r->faults);
    const struct node *notices = node_get(root, "notices");
    if (!notices && !node_get(root, "editions"))
        node_fault(root, &r->faults, "\"notices\" is missing");
    else if (node_is(notices, NODE_LIST, &r->faults))
        for (const struct node *n = notices->first; n; n = n->next)
            if (node_is(n, NODE_MAP, &r->faults))
                read_notice(r, n);
}

/* Two notices of the same day may not speak of the same date: nothing says which one holds. */
static void check_order(const struct notice *a, const struct notice *b, int *faults)
{
    if (a->issued != b->issued || a->layer != b->layer || a->law || b->law)
        return;
    for (int i = 0; i < a->span_count; i++)
        for (int j = 0; j < b->span_count; j++) {
            const struct notice_span *s = &a->spans[i], *t = &b->spans[j];
            if (s->first > t->last || t->first > s->last)
                continue;
            char day[DAY_TEXT_SIZE];
            day_print(s->first > t->first ? s->first : t->first, day);
            warn("%s:%d: overlaps %s:%d on %s, and both notices are of the same day: nothing says "
                 "which one holds",
                 b->file, t->line, a->file, s->line, day);
            ++*faults;
            return;
        }
}

static void check_all_orders(const struct notice *notices, int count, int *faults)
{
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++)
            check_order(&notices[i], &notices[j], faults);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_yaml(const char *name)
{
    size_t length = strlen(name);
    return *name != '.' && length > 5 && !strcmp(name + length - 5, ".yaml");
}

/* The sorted paths of the calendar's files, in ARENA; dies where there are none. */
static int list_files(struct arena *arena, const char *directory, const char *name, char ***paths)
{
    const char *folder = arena_format(arena, "%s/%s", directory, name);
    if (!*name || *name == '.' || strchr(name, '/'))
        die("not the name of a calendar: \"%s\"", name);
    DIR *dir = opendir(folder);
    if (!dir)
        die("no calendar \"%s\": %s: %s", name, folder, tongue_error(errno));
    char **found = NULL;
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (is_yaml(entry->d_name)) {
            found = mem_grow(found, count, sizeof *found);
            found[count++] = arena_format(arena, "%s/%s", folder, entry->d_name);
        }
    closedir(dir);
    if (!count)
        die("no calendar \"%s\": %s holds no .yaml file", name, folder);
    qsort(found, count, sizeof *found, compare_names);
    *paths = found;
    return (int)count;
}

/* Reads NAME's files into R; returns the name of its base, or NULL. */
static const char *read_layer(struct reading *r, const char *directory, const char *name)
{
    char **paths;
    int count = list_files(r->arena, directory, name, &paths);
    r->name = name;
    r->base = NULL;
    for (int i = 0; i < count; i++)
        read_file(r, paths[i]);
    free(paths);
    return r->base;
}

/* The years that a calendar's notices cover. */
struct years {
    bool covered[LAST_YEAR - FIRST_YEAR + 1];
    int first, last; /* 0: none */
};

/* An overlay announces nothing, and neither does the law. */
static void add_years(struct years *years, const struct notice *notices, int count)
{
    for (int i = 0; i < count; i++) {
        int year = notices[i].covers;
        if (notices[i].layer != 0 || year < FIRST_YEAR || year > LAST_YEAR)
            continue;
        years->covered[year - FIRST_YEAR] = true;
        years->first = years->first && years->first < year ? years->first : year;
        years->last = years->last > year ? years->last : year;
    }
}

/* A year that is missing between two others would be computed from weekends as if it had been
 * announced so. */
static void check_years(const char *name, const struct years *years, int *faults)
{
    for (int year = years->first; year < years->last; year++)
        if (!years->covered[year - FIRST_YEAR]) {
            warn("calendar \"%s\": no notice covers %d, though %d and %d are covered (is the file"
                 " of %d missing?)",
                 name, year, years->first, years->last, year);
            ++*faults;
        }
}

/* An overlay stands above its base, whose weekend it keeps: the layers were read from the top, so
 * count them from the bottom. */
static void number_layers(struct reading *r, int layers)
{
    for (int i = 0; i < r->count; i++)
        r->notices[i].layer = layers - 1 - r->notices[i].layer;
}

struct calendarfile *calendarfile_load(const char *directory, const char *name, int as_known)
{
    struct calendarfile *file = mem_zero(1, sizeof *file);
    struct reading r = {.arena = &file->arena, .weekend = WEEKEND_DEFAULT};
    struct years years = {.first = 0};
    int layers = 0;
    for (const char *next = name; next; layers++) {
        if (layers == MOST_LAYERS)
            die("calendar \"%s\": more than %d bases, one upon the other", name, MOST_LAYERS);
        r.layer = layers;
        next = read_layer(&r, directory, next);
    }
    number_layers(&r, layers);
    check_all_orders(r.notices, r.count, &r.faults);
    add_years(&years, r.notices, r.count);
    check_years(r.name, &years, &r.faults);
    if (r.faults)
        exit(EXIT_BAD);
    file->calendar = (struct calendar){.name = arena_string(&file->arena, name),
                                       .notices = r.notices,
                                       .notice_count = r.count,
                                       .weekend = r.weekend};
    calendar_build(&file->calendar, as_known);
    return file;
}

void calendarfile_free(struct calendarfile *file)
{
    calendar_free_tables(&file->calendar);
    free(file->calendar.notices);
    arena_free(&file->arena);
    free(file);
}

static bool is_same_calendar(const struct reading *a, const struct reading *b)
{
    return a->name && b->name && !strcmp(a->name, b->name);
}

/* The files before the LAST one against it. */
static void check_against(const struct reading *readings, int last, int *faults)
{
    const struct reading *b = &readings[last];
    for (const struct reading *a = readings; a < b; a++)
        for (int i = 0; is_same_calendar(a, b) && i < a->count; i++)
            for (int j = 0; j < b->count; j++)
                check_order(&a->notices[i], &b->notices[j], faults);
}

/* The years of the calendar of which the FIRST file is the first; none for an overlay. */
static struct years years_of(const struct reading *readings, int count, int first)
{
    struct years years = {.first = 0};
    for (int i = 0; i < count; i++) {
        if (!is_same_calendar(&readings[i], &readings[first]))
            continue;
        if (i < first || readings[i].base)
            return (struct years){.first = 0};
        add_years(&years, readings[i].notices, readings[i].count);
    }
    return years;
}

/* An older file is looked at for its own sake: it ends where it should. */
static void warn_of_end(const char *name, const struct years *years, int today)
{
    int horizon = years->last ? day_from_date(years->last, 12, 31) : CALENDAR_NO_DAY;
    if (!horizon_is_near(horizon, today) || today > day_from_date(years->last + 1, 12, 31))
        return;
    struct text what = {0};
    horizon_add(&what, name, horizon, today);
    warn("%s", what.data);
    text_free(&what);
}

/* What concerns a whole calendar, and not one file of it. */
static void check_calendars(const struct reading *readings, int count, int today, int *faults)
{
    for (int i = 0; i < count; i++) {
        struct years years = years_of(readings, count, i);
        check_years(readings[i].name, &years, faults);
        if (!*faults)
            warn_of_end(readings[i].name, &years, today);
    }
}

/* Files of the same calendar are checked against each other; others stand alone. */
int calendarfile_check(char **paths, int count, int today)
{
    struct arena arena = {0};
    struct reading *readings = mem_zero((size_t)count, sizeof *readings);
    int faults = 0;
    for (int i = 0; i < count; i++) {
        readings[i] = (struct reading){.arena = &arena, .weekend = WEEKEND_DEFAULT};
        read_file(&readings[i], paths[i]);
        faults += readings[i].faults;
        check_all_orders(readings[i].notices, readings[i].count, &faults);
        check_against(readings, i, &faults);
    }
    check_calendars(readings, count, today, &faults);
    for (int i = 0; i < count; i++)
        free(readings[i].notices);
    free(readings);
    arena_free(&arena);
    return faults;
}
