/* fuzz_words: what people type: times, days, numbers, codes, addresses, and texts that are masked
 * or compared. What must hold: a value that is printed is read as the same, and the rules of each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/encoding.h"
#include "base/mask.h"
#include "base/similarity.h"
#include "base/text.h"
#include "base/url.h"
#include "base/uscc.h"
#include "harness.h"

void harness_begin(void)
{
}

static void check_times(const char *s)
{
    char buffer[CLOCK_TEXT_SIZE], day_buffer[DAY_TEXT_SIZE];
    int64_t moment, again;
    bool date_only;
    int day, day_again, last;
    if (clock_parse(s, &moment, &date_only)) {
        clock_print(moment, buffer);
        harness_must(clock_parse(buffer, &again, NULL) && again == moment,
                     "a moment that is printed is read as the same");
        harness_must(!date_only || clock_moment(clock_day(moment), 0) == moment,
                     "a date alone is its first second");
    }
    if (day_parse(s, &day))
        harness_must(day_parse(day_print(day, day_buffer), &day_again) && day_again == day &&
                         !strcmp(s, day_buffer),
                     "a day that is printed is read as the same");
    if (day_parse_month(s, &day, &last))
        harness_must(last - day >= 27 && last - day <= 30, "a month has 28 to 31 days");
}

static void check_numbers(const char *s)
{
    char buffer[DECIMAL_TEXT_SIZE];
    int64_t number, again;
    size_t used = decimal_scan(s, &number);
    harness_must(used <= strlen(s), "a number ends inside of its text");
    if (!used)
        return;
    harness_must(number >= -DECIMAL_MOST && number <= DECIMAL_MOST, "a number lies in its bounds");
    harness_must(decimal_parse(decimal_plain(number, buffer), &again) && again == number,
                 "a number that is printed plainly is read as the same");
    harness_must(decimal_parse(decimal_print(number, NULL, buffer), &again) && again == number,
                 "a number that is printed is read as the same");
    harness_must(decimal_parse(decimal_print(number, "%", buffer), &again) && again == number,
                 "a share that is printed is read as the same");
}

static void check_codes(const char *s)
{
    enum uscc_result result = uscc_check(s);
    harness_must(result == USCC_GOOD || uscc_fault(result), "a bad code has a fault");
    harness_must(result == USCC_WRONG_LENGTH || strlen(s) == 18, "a code has 18 characters");
    address_fault(s);
    address_is_meant(s);
}

static void must_be_utf8(const struct text *text, const char *what)
{
    harness_must(text_valid_utf8(text_string(text), text->length) == text->length, what);
}

/* Of a text that is UTF-8. */
static void check_masks(const char *s)
{
    struct text masked = {0};
    mask_text(&masked, s);
    must_be_utf8(&masked, "a masked text is UTF-8");
    text_clear(&masked);
    mask_name(&masked, s);
    must_be_utf8(&masked, "a masked name is UTF-8");
    text_clear(&masked);
    mask_phone(&masked, s);
    must_be_utf8(&masked, "a masked telephone is UTF-8");
    text_free(&masked);
}

static void check_texts(const char *s, char *half)
{
    struct text folded = {0}, twice = {0};
    size_t length = strlen(s);
    for (size_t most = 0; most < 8; most++) {
        size_t cut = text_cut(s, most);
        harness_must(cut <= most && cut <= length && text_valid_utf8(s, cut) == cut,
                     "a cut text is short enough and cuts no character");
    }
    text_fold(&folded, s);
    text_fold(&twice, text_string(&folded));
    harness_must(!strcmp(text_string(&folded), text_string(&twice)),
                 "folding twice is folding once");
    harness_must(text_same(s, s), "a text is the same as itself");
    int there = similarity_percent(s, half), back = similarity_percent(half, s);
    harness_must(there == back && there >= 0 && there <= 100, "likeness goes both ways");
    harness_must(similarity_percent(s, s) == 100 || similarity_percent(s, s) == 0,
                 "a text is like itself");
    text_nearest(s, (const char *const[]){half, "policy", "建议"}, 3);
    text_trim(half);
    text_free(&folded);
    text_free(&twice);
}

/* Characters that an encoding has come back from it as they were. */
static void check_encoding(const char *name, const char *s)
{
    struct text encoded = {0}, back = {0};
    size_t bad;
    struct encoding *encoding = encoding_open(name);
    encoding_from_utf8(encoding, &encoded, s);
    harness_must(encoding_to_utf8(encoding, &back, text_string(&encoded), encoded.length, &bad),
                 "what was encoded can be read");
    must_be_utf8(&back, "what was read is UTF-8");
    if (!strcmp(name, "gb18030") && !strchr(text_string(&back), '?'))
        harness_must(!strcmp(text_string(&back), s), "what was encoded is read as it was");
    text_free(&encoded);
    text_free(&back);
    encoding_close(encoding);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *s = harness_string(bytes, size),
         *half = harness_string(bytes + size / 2, size - size / 2);
    check_times(s);
    check_numbers(s);
    check_codes(s);
    if (text_valid_utf8(s, strlen(s)) == strlen(s) &&
        text_valid_utf8(half, strlen(half)) == strlen(half)) {
        check_masks(s);
        check_texts(s, half);
        check_encoding("gb18030", s);
        check_encoding("gbk", s);
    }
    free(s);
    free(half);
    return 0;
}
