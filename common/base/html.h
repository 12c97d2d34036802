/* html: foreign text inside a page. Pure. */
#ifndef QIFU_BASE_HTML_H
#define QIFU_BASE_HTML_H

#include "base/text.h"

/* Appends S as text, or as the value of an attribute: never markup. Characters that cannot be seen
 * become marks (text_add_visible). */
void html_add(struct text *html, const char *s);

/* Appends the start of a page in Chinese, up to its <body>: its TITLE (the first part of it, where
 * CENTER is not NULL, the second) and STYLE, a style sheet. It may load and run nothing. */
void html_add_head(struct text *html, const char *title, const char *center, const char *style);

#endif
