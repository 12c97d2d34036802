/* push: live policies sent to whom they concern (推送): to the enterprises that they fit, to the
 * associations that want their class, and through these to their members; once per policy and
 * recipient (qifu-rules(7)). */
#ifndef QIFU_MATCH_PUSH_H
#define QIFU_MATCH_PUSH_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "center/gate.h"
#include "criteria/profile.h"
#include "policy/policy.h"
#include "policy/taxonomy.h"

/* The rows of deliveries, made by their events (projected.h). */
extern const struct projected push_projected;

/* How a push is done. */
struct push_order {
    int day;                        /* as of which enterprises are matched */
    bool enterprises, associations; /* to whom; members count with their associations */
    int64_t limit; /* deliveries at most, 0: all; the rest is left to later pushes */
    bool dry_run;  /* only says what would be sent */
    bool package;  /* what a firm is sent is one message, and one contact */
    /* Firms are left in peace (无事不扰): how many contacts in the month are enough, 0: any number;
     * how many ENTERPRISE has had; and, once for each, that it is left out. CONTEXT is TAKE's. */
    int most;
    int (*contacts)(void *context, int64_t enterprise);
    void (*left_out)(void *context, const char *code);
    struct gate_who who;
};

/* One delivery; texts live during the call. */
struct push_delivery {
    int64_t id; /* 0: of a dry run */
    const struct policy *policy;
    bool to_association;               /* else to an enterprise */
    const char *code, *name;           /* of the recipient */
    const char *contact, *phone, *via; /* NULL where absent; via: code of the association */
};
typedef void push_take(void *context, const struct push_delivery *delivery);
typedef void push_refuse(void *context, const struct policy *policy, const struct fault *fault);

/* Sends COUNT POLICIES, which are live, to everyone who was not sent them before: per policy first
 * the enterprises whose answer to its criteria is yes, then each association that prefers its
 * class, and its members, except those whose answer is no. Calls TAKE for each delivery, and
 * writes an event for each policy that was sent. A policy that the gate does not let pass is handed
 * to REFUSE with the fault. Inside a write transaction; returns how many deliveries there are. */
int64_t push_send(struct center *center, const struct profile *profile,
                  const struct taxonomy *taxonomy, const struct policy *policies, int count,
                  const struct push_order *order, push_take *take, push_refuse *refuse,
                  void *context);

/* Calls TAKE for each delivery of POLICY that was recorded at SINCE or later, in order; returns how
 * many there are. */
int64_t push_sent(struct db *db, const struct policy *policy, int64_t since, push_take *take,
                  void *context);

#endif
