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

/* A member of an event's data that is sealed: its key, and its value as it stands, in its quotes.
 */
struct log_member {
    int key;
    const char *value;
    size_t length;
};

/* The next one behind *AT, which begins as the data and is moved behind it. */
bool log_form_next(const char **at, struct log_member *member);

/* Appends the fields that stand before the data in both forms, a line each. */
void log_form_fields(struct text *out, const struct event *event);

/* Puts the bytes into OUT. Returns whether a text of it is sealed. */
bool log_form_write(struct text *out, const struct event *event, struct log_form *form);

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
