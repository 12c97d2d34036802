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

int rating_option(const struct args *args)
{
    int rating = rating_parse(args->value);
    if (!rating)
        args_unknown(args, "rating", text_nearest(args->value, words, RATING_HIGHEST));
    return rating;
}
