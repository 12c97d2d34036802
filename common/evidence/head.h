/* head: the head of a log (日志封签): whose it is, how many events it has, the root over them, when
 * that was. A signed note in the form of c2sp.org/tlog-checkpoint, with SM3 as the tree's hash and
 * the moment as a line of its own:
 *
 *     log.example
 *     3051
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *     time 2026-03-02T18:00:00+08:00
 *
 *     — log.example Az3grlgtz...
 */
#ifndef QIFU_EVIDENCE_HEAD_H
#define QIFU_EVIDENCE_HEAD_H

#include "base/digest.h"
#include "evidence/note.h"

struct head {
    const char *origin; /* the log's name */
    int64_t size;
    uint8_t root[DIGEST_SIZE];
    int64_t time; /* 0 where it does not say */
    char zone[8]; /* in which it says so: +08:00 */
    struct note note;
};

/* Appends the text of HEAD, which is to be signed: origin, size, root and time. */
void head_add(struct text *to, const struct head *head);

/* Reads the string BYTES, whose parts live in ARENA; false with a FAULT where it is no head. Who
 * signed it is not looked at. */
bool head_read(struct head *head, struct arena *arena, const char *bytes, struct fault *fault);

/* The number that stands at TEXT, written in the one way that it can be, and the END behind it; -1
 * where there is none. */
int64_t head_number(const char *text, const char **end);

/* Appends a digest, and reads one that takes up a line at TEXT. */
void head_add_digest(struct text *to, const uint8_t digest[DIGEST_SIZE]);
bool head_digest(const char *text, size_t length, uint8_t digest[DIGEST_SIZE]);

#endif
