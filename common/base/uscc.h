/* uscc: the unified social credit code of an enterprise (统一社会信用代码, GB 32100-2015). Pure. */
#ifndef QIFU_BASE_USCC_H
#define QIFU_BASE_USCC_H

enum uscc_result {
    USCC_GOOD,
    USCC_WRONG_CHECK,  /* well formed, but the last character is not the check character: some
                          genuine codes given before 2016 are so; a warning, never a refusal */
    USCC_WRONG_LENGTH, /* not 18 characters */
    USCC_WRONG_LETTER  /* a character outside 0-9 and A-Z without I O S V Z */
};

enum uscc_result uscc_check(const char *code);

/* What is wrong, in words for a message. */
const char *uscc_fault(enum uscc_result result);

#endif
