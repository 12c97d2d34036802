#include "base/uscc.h"

#include <string.h>

#include "base/tongue.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum uscc_result uscc_check(const char *code)
{
    int sum = 0, weight = 1;
    if (strlen(code) != 18)
        return USCC_WRONG_LENGTH;
    for (int i = 0; i < 18; i++) {
        const char *place = strchr(alphabet, code[i]);
        if (!place)
            return USCC_WRONG_LETTER;
        if (i < 17)
            sum += (int)(place - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    /* Remainder 0 gives check character '0', not the alphabet's 32nd. */
    char expected = alphabet[(31 - sum % 31) % 31];
    return code[17] == expected ? USCC_GOOD : USCC_WRONG_CHECK;
}

const char *uscc_fault(enum uscc_result result)
{
    switch (result) {
    case USCC_GOOD: return "correct";
    case USCC_WRONG_CHECK: return tongue("its check character does not fit");
    case USCC_WRONG_LENGTH: return tongue("it must have 18 characters");
    case USCC_WRONG_LETTER:
        return tongue("it has a character other than 0-9 and A-Z without I, O, S, V, Z");
    }
    return "";
}
