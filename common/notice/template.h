/* template: the words of notices, from share/notices: a file for each kind, whose first line is the
 * subject and whose body follows a blank line. {name} stands for a value; a line all of whose
 * values are missing is left out. */
#ifndef QIFU_NOTICE_TEMPLATE_H
#define QIFU_NOTICE_TEMPLATE_H

#include "base/text.h"
#include "center/config.h"

/* What a template may name. */
enum notice_value {
    VALUE_CENTER,
    VALUE_TO,
    VALUE_PERSON,
    VALUE_TIME,
    VALUE_WORD,
    VALUE_TICKET,
    VALUE_REF,
    VALUE_TITLE,
    VALUE_KIND,
    VALUE_DUE,
    VALUE_HANDLER,
    VALUE_TEXT,
    VALUE_REASON,
    VALUE_BASIS,
    VALUE_WAY,
    VALUE_RATING,
    VALUE_LEVEL,
    VALUE_DOCUMENT,
    VALUE_SUPERVISOR,
    VALUE_REPLY_DUE,
    VALUE_POLICY,
    VALUE_SUMMARY,
    VALUE_APPLY,
    VALUE_UNTIL,
    VALUE_LINK,
    VALUE_REPLIES, /* there where a reply by mail is taken */
    VALUE_COUNT,   /* of a digest, and its lines */
    VALUE_LIST,
    NOTICE_VALUES
};

/* The values of one notice; NULL: missing. */
struct notice_values {
    const char *of[NOTICE_VALUES];
};

struct templates;
/* Reads all of them. Dies after reporting every fault as file:line. The caller frees. */
struct templates *templates_load(const struct config *config);
void templates_free(struct templates *templates);

/* Appends subject and body of the notice of KIND, a code, or of "digest". */
void template_fill(const struct templates *templates, const char *kind,
                   const struct notice_values *values, struct text *subject, struct text *body);
/* Appends the page of a mail that says the same: page.html, in which {subject} and {body} stand. */
void template_fill_page(const struct templates *templates, const char *subject, const char *body,
                        struct text *page);

#endif
