/* reply: what the text of a reply asks for, as an act on the ticket: its first line says which, in
 * the office's words (签收, 答复, 办结, 退单, 延期 3 天, 督办回复, 询问), the rest is what the act
 * is told. */
#ifndef QIFU_MAIL_REPLY_H
#define QIFU_MAIL_REPLY_H

#include "act/act.h"
#include "base/mem.h"

/* Reads TEXT into ACT; texts are in ARENA. Returns what the mail becomes by it (mail.h); a text
 * that begins with none of the words asks something: a question, with the whole as its text. */
const char *reply_read(const char *text, struct arena *arena, struct act *act);

#endif
