/* message: a notice, or a digest of several, as its channel takes it. */
#ifndef QIFU_NOTICE_MESSAGE_H
#define QIFU_NOTICE_MESSAGE_H

#include "notice/notice.h"
#include "notice/template.h"

/* What is to be said to whom. */
struct message {
    const struct notice_channel *channel;
    const struct address *address;
    const char *sender;   /* of mails; NULL: the mailer says it */
    const char *reply_to; /* of mails; NULL: the sender */
    const char *id;       /* the same whenever it is sent again; a mail's Message-ID without <> */
    int64_t now;
    const char *subject, *body;
};

/* Appends the bytes that the channel's command gets. */
void message_write(const struct templates *templates, const struct message *message,
                   struct text *bytes);

#endif
