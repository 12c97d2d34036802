/* replymark: what shows which notice a mail replies to, and that whoever writes it got that notice:
 * a word that only this center can have made. It stands in the notice's subject, in the address
 * that replies go to, and in the Message-ID, so that whichever of them a mail program keeps will
 * do. */
#ifndef QIFU_NOTICE_REPLYMARK_H
#define QIFU_NOTICE_REPLYMARK_H

#include "center/center.h"
#include "notice/notice.h"

enum { REPLYMARK_SIZE = 64 };

/* True where replies to NOTICE, a mail, are taken: center.yaml says where to, and it is a ticket's.
 */
bool replymark_is_used(const struct center *center, const struct notice_row *notice,
                       enum notice_form form);

/* Writes the mark of NOTICE to BUFFER (QF-12-WORD); returns BUFFER. */
char *replymark_write(const struct center *center, const struct notice_row *notice,
                      char buffer[static REPLYMARK_SIZE]);

/* Appends the address that replies with MARK go to. */
void replymark_add_address(struct text *to, const struct center *center, const char *mark);

/* True where TEXT (may be NULL) has the mark of a notice, which still holds; reads NOTICE. What
 * looks like a mark and is none is passed over. Its texts are not kept: state alone is set. */
bool replymark_find(const struct center *center, const char *text, struct notice_row *notice);

#endif
