#include "ticket/masked.h"

#include "base/mask.h"

static const char withheld[] = "（保密）";

const char *shown_value(struct text *to, const struct ticket *ticket, enum shown_as as,
                        const char *value, bool unmask)
{
    if (!value || unmask)
        return value;
    if (ticket->confidential)
        return withheld;
    text_clear(to);
    static void (*const masks[])(struct text *, const char *) = {[SHOWN_TEXT] = mask_text,
                                                                 [SHOWN_JSON] = mask_json,
                                                                 [SHOWN_NAME] = mask_name,
                                                                 [SHOWN_PHONE] = mask_phone};
    masks[as](to, value);
    return text_string(to);
}

void shown_title(struct out *out, const struct ticket *ticket)
{
    struct text title = {0};
    out_text(out, shown_value(&title, ticket, SHOWN_TEXT, ticket->title, false));
    text_free(&title);
}
