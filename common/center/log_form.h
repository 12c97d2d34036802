/* log_form: the bytes that an event's digest covers, in the two forms that there are, and the
 * content of a ticket that its first event names by a digest (qifu-log(7)). */
#ifndef QIFU_CENTER_LOG_FORM_H
#define QIFU_CENTER_LOG_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "center/log.h"
#include "center/seal.h"

/* What an event's digest covers besides its fields; NULL: of the first form, which covers the data
 * as they stand. */
struct log_form {
    struct seals seals;
    bool has_previous;
    uint8_t previous[DIGEST_SIZE]; /* the digest of the same ticket's event before */
};

/* Puts the bytes into OUT. Returns whether a text of it is sealed. */
bool log_form_write(struct text *out, const struct event *event, struct log_form *form);

/* The value of the next sealed member of an event's data, from its start or the end of another such
 * value on, the number of its key and its LENGTH; NULL where there is none. */
const char *log_form_sealed(const char *from, int *key, size_t *length);

/* What was received of a ticket: the fields that everybody may know, in the order source, ref,
 * channel, region, category, and those that are sealed. NULL: none. */
enum { LOG_OPEN_FIELDS = 5 };
struct log_content {
    const char *open[LOG_OPEN_FIELDS];
    const char *sealed[SEAL_FIELDS];
};

/* Puts what the content's digest covers into OUT, and the digest, in hexadecimal, into DIGEST. */
void log_form_content(struct text *out, const struct log_content *content, struct seals *seals,
                      char digest[static DIGEST_TEXT_SIZE]);

#endif
