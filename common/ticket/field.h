/* field: the fields of a ticket as one table, which drives reading and writing its row, what events
 * set, and what is shown; and what a field of the intake may hold, for it and for corrections. */
#ifndef QIFU_TICKET_FIELD_H
#define QIFU_TICKET_FIELD_H

#include "base/fault.h"
#include "base/text.h"
#include "center/config.h"
#include "center/fields.h"

/* Those that an intake may bring, in the order of ticket_fields; then the others. */
enum ticket_field {
    TICKET_REF,
    TICKET_SOURCE,
    TICKET_CHANNEL,
    TICKET_KIND,
    TICKET_TITLE,
    TICKET_BODY,
    TICKET_CONTACT,
    TICKET_PHONE,
    TICKET_ENTERPRISE,
    TICKET_USCC,
    TICKET_REGION,
    TICKET_CATEGORY,
    TICKET_RECEIVED,
    TICKET_POLICY, /* ids, as origin_read makes them of words (register/origin.h) */
    TICKET_ENTRY,
    TICKET_LIAISON,
    TICKET_FIELD_COUNT,
    TICKET_KIND_BY = TICKET_FIELD_COUNT,
    TICKET_EXTRA,
    TICKET_ERRAND,
    TICKET_UNTIL_DAY,
    TICKET_STATE,
    TICKET_CONFIDENTIAL,
    TICKET_ROUND,
    TICKET_STARTED,
    TICKET_LIMIT,
    TICKET_LEAD,
    TICKET_CENTER,
    TICKET_POOLED,
    TICKET_DISPATCHED,
    TICKET_ACCEPT_DUE,
    TICKET_ACCEPTED,
    TICKET_SUSPENDED,
    TICKET_SUSPENDED_UNTIL,
    TICKET_ANSWERED,
    TICKET_FIRST_ANSWERED,
    TICKET_RATING,
    TICKET_RATED,
    TICKET_OUTCOME,
    TICKET_CLOSED,
    TICKET_CLOSED_AS,
    TICKET_RETURNS,
    TICKET_MERGED_INTO,
    TICKET_CALLERS,
    TICKET_DUE,
    TICKET_PROVISIONAL,
    TICKET_CALENDAR,
    TICKET_LEVEL,
    TICKET_NEXT_LEVEL
};

/* Flags of a field. */
enum {
    TICKET_LONG = 1 /* left out of lists */
};

/* How many of them say what a request asks about or came from, from TICKET_POLICY on. */
enum { TICKET_ORIGINS = TICKET_FIELD_COUNT - TICKET_POLICY };

extern const struct fields ticket_table;
const struct field *ticket_field(int field);
/* The names of those that an intake may bring, ended by NULL. */
const char *const *ticket_fields(void);

/* S as a title is written: one line, line ends and runs of blanks being one blank; in OUT. */
const char *field_one_line(struct text *out, const char *s);

/* False, with a fault, where VALUE is longer than FIELD may be. */
bool field_check_length(enum ticket_field field, const char *value, struct fault *fault);

/* Adds a fault if CODE is not a credit code; a wrong check character, with which it is kept, is a
 * NOTE. */
void field_check_uscc(const char *code, struct fault *fault, struct fault *note);

/* What WORD means; NULL, with the words that there are in FAULT, where it means nothing. */
const struct term *field_channel(const struct config *config, const char *word,
                                 struct fault *fault);
const struct term *field_region(const struct config *config, const char *word, struct fault *fault);
const struct kind *field_kind(const struct config *config, const char *word, struct fault *fault);

#endif
