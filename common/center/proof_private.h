/* The words of a proof, which its writer and its reader share. */
#ifndef QIFU_CENTER_PROOF_PRIVATE_H
#define QIFU_CENTER_PROOF_PRIVATE_H

#define PROOF_START   "qifu-proof/v1\n"
#define PROOF_EVENT   "event "
#define PROOF_CONTENT "content"
#define PROOF_OPEN    "open "
#define PROOF_INDEX   "index "

#endif
