#include "calendar/ledger.h"

#include <stddef.h>

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
    return entry;
}

const char *ledger_reason_code(enum ledger_reason reason)
{
    static const char *const codes[] = {"receipt", "workday", "make-up", "weekend",
                                        "holiday", "law",     "paused"};
    return codes[reason];
}

const char *ledger_reason_name(enum ledger_reason reason)
{
    static const char *const names[] = {"受理当日不计", "工作日",     "调休上班", "休息日",
                                        "放假",         "法定节假日", "挂起"};
    return names[reason];
}
