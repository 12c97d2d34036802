/* page: the pages that people fill in and read: in Chinese, without a script, by keyboard and for
 * those who hear them (WCAG 2.1 AA), from 320 pixels on. What is foreign is text, never markup. */
#ifndef QIFU_WEB_PAGE_H
#define QIFU_WEB_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* What is wrong with what was sent: a sentence each, with the field that it is about. */
enum { PAGE_MOST_ERRORS = 16 };
struct page_errors {
    int count;
    struct page_error {
        const char *field; /* its name; NULL: of none */
        const char *text;
    } list[PAGE_MOST_ERRORS];
};
/* Adds one, if there is room; texts stay the caller's. */
void page_error(struct page_errors *errors, const char *field, const char *text);

/* A page: its contents grow in HTML, which belongs to it. */
struct page {
    const char *title;  /* the heading, and the window's */
    const char *center; /* whose page it is; NULL: not known */
    const char *user;   /* who is signed in; NULL: nobody */
    int status;         /* of HTTP; 0: 200 */
    bool bare;          /* without the page itself: for HEAD */
    const char *back;   /* the address of the page above it, NULL: none */
    struct page_errors errors;
    const char *anchor; /* the ids of the fields with errors begin so; NULL: they are the names */
    struct text html;
};

/* Prints PAGE with its head, as an answer of HTTP: nothing keeps it, frames it or tells others of
 * it, and it loads and runs nothing. */
void page_print(const struct page *page);
void page_free(struct page *page);

/* ---- contents ---- */

/* Appends BEFORE, VALUE as text, AFTER; nothing where VALUE is NULL. */
void page_add(struct page *page, const char *before, const char *value, const char *after);
/* A row of a list of terms: what is said of it; nothing where VALUE is NULL. */
void page_row(struct page *page, const char *term, const char *value);
/* MOMENT to the minute, with its weekday: 2026-03-09 23:59（周一）; 0 is nothing. */
enum { PAGE_MOMENT_SIZE = 48 };
const char *page_moment(int64_t moment, char text[static PAGE_MOMENT_SIZE]);

/* A form that is posted to the address ACTION. */
void page_form(struct page *page, const char *action);
void page_hidden(struct page *page, const char *name, const char *value);
/* Ends a form with a button. */
void page_submit(struct page *page, const char *label);

/* A field of a form. What is wrong with it, of the page's errors, stands beside it. */
struct page_field {
    const char *name, *label, *hint; /* hint: NULL for none */
    const char *id;                  /* in the page; NULL: its name */
    const char *value;               /* NULL: empty */
    const char *type;                /* of an input; NULL: text */
    const char *autocomplete;        /* NULL: none */
    bool required;
    int rows; /* above 0: so many lines of text */
    int most; /* characters; 0: 300 */
};
/* The characters that it may have. */
int page_most(const struct page_field *field);
void page_input(struct page *page, const struct page_field *field);

/* One of several, as FIELD says: a row of page_choice for each, between these. SELECT: a list that
 * folds, else all are seen. */
void page_choices(struct page *page, const struct page_field *field, bool select);
void page_choice(struct page *page, const struct page_field *field, bool select, const char *value,
                 const char *label, const char *hint);
void page_choices_end(struct page *page, bool select);

/* A box that is ticked or not. */
void page_tick(struct page *page, const struct page_field *field);

#endif
