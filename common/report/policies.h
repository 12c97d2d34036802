/* policyfigures: the figures of policies: what was collected, published, interpreted, sent and
 * looked at, and who was late with it (qifu-rules(7)). */
#ifndef QIFU_REPORT_POLICIES_H
#define QIFU_REPORT_POLICIES_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"

/* How many happened from START to END, both included. */
struct policyfigures {
    int64_t collected, published, interpreted;
    int64_t pushed; /* deliveries */
    int64_t views;
};
struct policyfigures policyfigures_count(struct db *db, int64_t start, int64_t end);

enum policy_clock { CLOCK_COLLECT, CLOCK_PUBLISH, CLOCK_INTERPRET, POLICY_CLOCKS };

/* An organisation and its policies by the 135 clock. */
struct policy_lateness {
    int64_t org; /* 0: policies of which it is not known */
    int64_t due[POLICY_CLOCKS], late[POLICY_CLOCKS];
};

/* Calls TAKE for each organisation with a policy of which something was due from START to END, by
 * their ids. Late is what was done after its time, or not done though it has passed; a policy that
 * has ended owes nothing any more. Leave END before the present moment. */
void policyfigures_late(struct db *db, int64_t start, int64_t end,
                        void (*take)(void *context, const struct policy_lateness *row),
                        void *context);

/* True where the center has any policy. */
bool policyfigures_any(struct db *db);

#endif
