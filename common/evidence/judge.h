/* judge: what is to be thought of a head, by the keys and the head that somebody trusts. Every
 * refusal has a name. */
#ifndef QIFU_EVIDENCE_JUDGE_H
#define QIFU_EVIDENCE_JUDGE_H

#include "evidence/extension.h"
#include "evidence/key.h"

enum verdict {
    VERDICT_HOLDS,
    VERDICT_CHANGED,    /* what it says is not what was signed, or logged */
    VERDICT_UNSIGNED,   /* its log has not signed it, by any key that is trusted */
    VERDICT_UNCOSIGNED, /* fewer witnesses have signed it than are asked for */
    VERDICT_STALE,      /* it is behind what is known already, or older than it may be */
    VERDICT_FORK,       /* the log shows one history here and another there */
    VERDICT_APART,      /* nothing leads to it from what is known */
    VERDICTS
};

/* The code of a verdict, and the office's word. */
const char *verdict_code(enum verdict verdict);
const char *verdict_word(enum verdict verdict);

/* Each says in WHY what it found, a refusal or (judge_signatures) who has signed. */

/* Whether HEAD is signed by its log, and by WITNESSES of the witnesses among KEYS (-1: all). */
enum verdict judge_signatures(const struct keys *keys, int witnesses, const struct head *head,
                              struct fault *why);

/* Whether HEAD goes with KNOWN, a head of the same log that is trusted. */
enum verdict judge_beside(const struct head *known, const struct head *head, struct fault *why);

/* Whether EXTENSION leads from KNOWN to its head; KNOWN may be NULL: nothing is known yet. */
enum verdict judge_extension(const struct head *known, const struct extension *extension,
                             struct fault *why);

#endif
