/* quote: what somebody has written in a reply, and not what mail programs add: the mail replied to,
 * who wrote that and when, and the names of telephones. Pure. */
#ifndef QIFU_MAIL_QUOTE_H
#define QIFU_MAIL_QUOTE_H

#include "base/text.h"

/* Appends the lines of TEXT that are the writer's own, without blank ones at the ends: behind the
 * line by which Outlook, Foxmail, QQ and 163 begin the old mail nothing is, and of lines that begin
 * with
 * ">" none, nor the one that announces them. */
void quote_strip(struct text *to, const char *text);

#endif
