/* The words of a proof, which its writer and its reader share. */
#ifndef QIFU_CENTER_PROOF_PRIVATE_H
#define QIFU_CENTER_PROOF_PRIVATE_H

#define PROOF_START       "qifu-proof/v1\n"
#define PROOF_EVENT       "event "
#define PROOF_EVENT_FIRST "event/1 " /* of the first form */
#define PROOF_CONTENT     "content"
#define PROOF_INDEX       "index "

/* In place of a digest: that of the event that was shown before. */
#define PROOF_SHOWN "="

/* A text behind a seal: the seal, or the salt, in so many characters, and the text. */
enum { PROOF_CLOSED = '~', PROOF_OPENED = '^', PROOF_SALT = 24 };

/* What was received is named by its digest, in hexadecimal and quotes, which is not shown. */
#define PROOF_CONTENT_NAMED "\"content\":\""
#define PROOF_CONTENT_SHOWN "\"content\":~"

#endif
