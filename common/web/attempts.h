/* attempts: how often something was tried lately, whoever tries: counted in a file that all who
 * serve pages share. It holds no addresses and no names, only numbers that the key makes of them;
 * it has one size for ever, and what was counted longest ago makes room. */
#ifndef QIFU_WEB_ATTEMPTS_H
#define QIFU_WEB_ATTEMPTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"

struct attempts {
    const char *folder; /* that of the key */
    const uint8_t *key;
    int64_t now;
};

/* What may be tried how often: MOST times in SECONDS from the first one on. */
struct attempts_rule {
    const char *name;
    int most, seconds;
};

/* Counts one more attempt of WHO; false where it is one too many. Dies where the file cannot be
 * written. */
bool attempts_take(const struct attempts *attempts, const struct attempts_rule *rule,
                   const char *who);

/* The last one of WHO was right, and is not counted. */
void attempts_give_back(const struct attempts *attempts, const struct attempts_rule *rule,
                        const char *who);

/* ADDRESS as it is counted: of IPv6 the network, whose addresses all are one customer's; in TO. */
enum { ATTEMPTS_ADDRESS_SIZE = 48 };
const char *attempts_address(const char *address, char to[static ATTEMPTS_ADDRESS_SIZE]);

#endif
