/* page: the html page around a list or a document: in Chinese, whole by itself, fit to be printed.
 */
#ifndef QIFU_CLI_PAGE_H
#define QIFU_CLI_PAGE_H

#include <stdbool.h>

#include "base/text.h"

/* Appends all that stands before the contents: TITLE in the window; as a heading too, with CENTER
 * (may be NULL) and the present moment below, where the contents have no HEADING of their own. */
void page_add_start(struct text *html, const char *title, const char *center, bool heading);
/* Appends what ends it. */
void page_add_end(struct text *html);

#endif
