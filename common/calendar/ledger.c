#include "calendar/ledger.h"

#include <stddef.h>

/* Of natural days every one counts but those of a pause; after the last one comes the working day
 * to which it rolls, and then the working days overdue are counted. */
static void count_natural(const struct calendar *calendar, const struct running *clock,
                          struct ledger_day *entry)
{
    int due, day = entry->day;
    bool paused = running_is_paused(clock, day);
    if (!running_nth(calendar, clock, clock->limit, &due))
        return;
    if (day > due) {
        entry->count = clock->limit + running_count(calendar, clock, day) -
                       running_count(calendar, clock, due);
        return;
    }
    entry->count = running_counted(calendar, clock, day);
    bool rolled = entry->count > clock->limit;
    entry->count = rolled ? clock->limit : entry->count;
    entry->counted = !rolled && !paused && day != clock->start_day;
    if (rolled && day == due)
        entry->reason = LEDGER_ROLLED;
    else if (paused)
        entry->reason = LEDGER_PAUSED;
}

struct ledger_day ledger_day(const struct calendar *calendar, const struct running *clock, int day)
{
    struct ledger_day entry = {.day = day, .count = running_count(calendar, clock, day)};
    bool paused = running_is_paused(clock, day);
    bool working = calendar_is_working(calendar, day);
    entry.notice = calendar_reason(calendar, day, &entry.span);
    entry.provisional = calendar_is_provisional(calendar, day);
    entry.counted = working && !paused && day != clock->start_day;
    if (day == clock->start_day)
        entry.reason = LEDGER_RECEIPT;
    else if (working && paused)
        entry.reason = LEDGER_PAUSED;
    else if (working)
        entry.reason = entry.notice ? LEDGER_MAKE_UP : LEDGER_WORKDAY;
    else if (entry.notice)
        entry.reason = entry.notice->law ? LEDGER_LAW : LEDGER_HOLIDAY;
    else
        entry.reason = LEDGER_WEEKEND;
    if (clock->natural)
        count_natural(calendar, clock, &entry);
    return entry;
}

const char *ledger_reason_code(enum ledger_reason reason)
{
    static const char *const codes[] = {"receipt", "workday", "make-up", "weekend",
                                        "holiday", "law",     "paused",  "rolled"};
    return codes[reason];
}

const char *ledger_reason_name(enum ledger_reason reason)
{
    static const char *const names[] = {"受理当日不计", "工作日",     "调休上班", "休息日",
                                        "放假",         "法定节假日", "挂起",     "顺延"};
    return names[reason];
}
