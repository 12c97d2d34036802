#include "base/phone.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/tongue.h"

enum { FEWEST_DIGITS = 5 };

/* True where a spreadsheet has made a number of it: 1.39E+10. */
static bool is_rounded(const char *s)
{
    const char *e = strpbrk(s, "Ee");
    return e && e > s && isdigit((unsigned char)e[-1]) && e[1] == '+' &&
           isdigit((unsigned char)e[2]);
}

/* The length of a word at S that may stand beside a number, or 0. */
static size_t known_word(const char *s)
{
    static const char *const words[] = {"ext", "tel", "mobile", "x"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncasecmp(s, words[i], strlen(words[i])))
            return strlen(words[i]);
    return 0;
}

static const char *find_fault(const char *phone)
{
    struct text folded = {0}; /* full-width digits and letters are half-width there */
    const char *fault = NULL;
    int digits = 0, hidden = 0;
    text_fold(&folded, phone);
    if (is_rounded(text_string(&folded)))
        fault =
            tongue("a spreadsheet has rounded it; make the column text there and enter it anew");
    for (const char *s = text_string(&folded); *s && !fault;) {
        digits += isdigit((unsigned char)*s) != 0;
        hidden += *s == '*';
        size_t known = known_word(s);
        if (!known && isalpha((unsigned char)*s))
            fault = tongue("it has letters");
        s += known ? known : 1;
    }
    if (!fault && digits && digits + hidden < FEWEST_DIGITS)
        fault = tongue("too short");
    text_free(&folded);
    return fault;
}

void phone_check(const char *phone, struct fault *fault)
{
    const char *wrong = phone ? find_fault(phone) : NULL;
    if (wrong)
        fault_add(fault, "phone \"%.40s\": %s", phone, wrong);
}
