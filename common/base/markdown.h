/* markdown: foreign text inside a Markdown document (GitHub's: tables, bare addresses). Pure. */
#ifndef QIFU_BASE_MARKDOWN_H
#define QIFU_BASE_MARKDOWN_H

#include "base/text.h"

/* Appends S so that a reader of Markdown shows it as it was typed: no markup, no HTML, no link, no
 * image, no end of a table's cell. Line ends become <br>, so that it is one line; characters that
 * cannot be seen become marks (text_add_visible). */
void markdown_add(struct text *out, const char *s);

#endif
