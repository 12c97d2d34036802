#include "ticket/masked.h"

#include "base/mask.h"

static const char withheld[] = "（保密）";

const char *masked_value(struct text *to, const struct ticket *ticket, enum masked_as as,
                         const char *value, bool unmask)
{
    if (!value || unmask)
        return value;
    if (ticket->confidential)
        return withheld;
    text_clear(to);
    static void (*const masks[])(struct text *, const char *) = {[MASKED_TEXT] = mask_text,
                                                                 [MASKED_JSON] = mask_json,
                                                                 [MASKED_NAME] = mask_name,
                                                                 [MASKED_PHONE] = mask_phone};
    masks[as](to, value);
    return text_string(to);
}

void masked_title(struct out *out, const struct ticket *ticket)
{
    struct text title = {0};
    out_text(out, masked_value(&title, ticket, MASKED_TEXT, ticket->title, false));
    text_free(&title);
}
