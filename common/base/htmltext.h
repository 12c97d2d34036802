/* htmltext: what a page says, as text: what mails that have no text are read by. Pure. */
#ifndef QIFU_BASE_HTMLTEXT_H
#define QIFU_BASE_HTMLTEXT_H

#include "base/text.h"

/* Appends the text of HTML, in UTF-8: a line for each paragraph, row and break; lines of what is
 * quoted begin with "> ". Scripts, styles and comments are left out. */
void htmltext_add(struct text *to, const char *html);

#endif
