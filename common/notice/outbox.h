/* outbox: notices leave: one process takes what is due, message by message, each in a transaction
 * of its own, and notes afterwards what came of it. Two at once never send the same. */
#ifndef QIFU_NOTICE_OUTBOX_H
#define QIFU_NOTICE_OUTBOX_H

#include "base/command.h"
#include "notice/message.h"
#include "notice/notice.h"

/* What belongs to one message: one notice, or those that wait for a digest. */
struct outbox_message {
    const struct notice_channel *channel;
    struct address address;
    int64_t *ids;
    int count;
    int tries; /* the one that comes now included */
    bool urgent;
    struct text subject, body, reply_to, id; /* as struct message has them */
    struct arena arena;
};
void outbox_free(struct outbox_message *message);

enum outbox_found {
    OUTBOX_NOTHING,
    OUTBOX_TAKEN, /* MESSAGE is to be sent, and then freed */
    OUTBOX_PASSED /* something else was done with what was due; look again */
};

/* Takes the next message of CHANNEL that is due at the center's now, inside a write transaction.
 * What cannot be read at this hour is postponed, what has no address any more dropped. */
enum outbox_found outbox_take(struct center *center, const struct org_table *orgs,
                              const struct templates *templates,
                              const struct notice_channel *channel, struct outbox_message *message);

/* Hands it to the channel's command. Outside any transaction. */
struct command_result outbox_send(const struct center *center, const struct templates *templates,
                                  const struct outbox_message *message);

/* What came of it. */
enum outbox_end { OUTBOX_SENT, OUTBOX_LATER, OUTBOX_GIVEN_UP };

/* Notes it, inside a write transaction; WHY is set for what was not sent, and lives as long as
 * RESULT and MESSAGE. */
enum outbox_end outbox_note(struct center *center, struct outbox_message *message,
                            const struct command_result *result, const char **why);

/* Of notices that were taken so long ago that their process must be gone nobody knows whether they
 * were sent: notes that, and returns how many. Inside a write transaction. */
int outbox_doubt(struct center *center);

#endif
