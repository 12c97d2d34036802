#include "center/rating.h"

#include <string.h>

#include "base/text.h"

static const char *const words[] = {"非常不满意", "不满意", "基本满意", "满意", "非常满意"};

int rating_parse(const char *word)
{
    if (strlen(word) == 1 && *word >= '0' + RATING_LOWEST && *word <= '0' + RATING_HIGHEST)
        return *word - '0';
    for (int i = 0; i < RATING_HIGHEST; i++)
        if (text_same(words[i], word))
            return i + 1;
    return 0;
}

void rating_unknown(const char *word, struct fault *fault)
{
    char list[256] = "", number[2] = "1";
    for (int i = 0; i < RATING_HIGHEST; i++, number[0]++)
        text_choice(list, sizeof list, number, words[i]);
    fault_unknown(fault, "rating", word, text_nearest(word, words, RATING_HIGHEST), list);
}

int rating_option(const struct args *args)
{
    struct fault fault = {""};
    int rating = rating_parse(args->value);
    if (!rating) {
        rating_unknown(args->value, &fault);
        args_usage(args, "%s", fault.text);
    }
    return rating;
}

const char *rating_name(int rating)
{
    return rating >= RATING_LOWEST && rating <= RATING_HIGHEST ? words[rating - RATING_LOWEST]
                                                               : NULL;
}
