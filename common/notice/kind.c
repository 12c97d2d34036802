#include "notice/kind.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

static const struct notice_kind kinds[] = {
    {"received", "受理告知", "received", TOLD_ENTERPRISE, NOTICE_ALWAYS, false},
    {"declined", "不予受理告知", "closed", TOLD_ENTERPRISE, NOTICE_DECLINED, false},
    {"handed-down", "交办县区", "handed-down", TOLD_CENTER, NOTICE_ALWAYS, false},
    {"dispatched", "交办", "dispatched", TOLD_PARTIES, NOTICE_ALWAYS, false},
    {"assist", "协办", "assist-added", TOLD_ASSISTS, NOTICE_ALWAYS, false},
    {"reminder", "催办", "", TOLD_JUDGED, NOTICE_BY_CLOCK, false},
    {"question", "待批复", "return-asked extension-asked suspension-asked close-asked appealed",
     TOLD_CENTER, NOTICE_ALWAYS, false},
    {"decision", "批复",
     "returned return-refused extended extension-refused suspended suspension-refused"
     " close-refused appeal-granted appeal-refused",
     TOLD_ASKER, NOTICE_ALWAYS, false},
    {"extended", "延期告知", "extended", TOLD_ENTERPRISE, NOTICE_ALWAYS, false},
    {"answered", "答复告知", "answered", TOLD_ENTERPRISE | TOLD_LIAISON, NOTICE_ALWAYS, false},
    {"bad-rating", "差评", "rated", TOLD_CENTER, NOTICE_BAD_RATING, false},
    {"redo", "重办", "redo", TOLD_LEAD, NOTICE_ALWAYS, false},
    {"level", "督办", "escalated assist-escalated dispatch-escalated",
     TOLD_JUDGED | TOLD_SUPERVISOR, NOTICE_ALWAYS, true},
    {"order", "督办单", "supervision-ordered", TOLD_ORDERED, NOTICE_ALWAYS, true},
    {"refusal", "督办回复退回", "supervision-refused", TOLD_OF_ORDER, NOTICE_ALWAYS, false},
    {"revoked", "撤销预警", "level-revoked", TOLD_JUDGED, NOTICE_ALWAYS, false},
    {"delivery", "政策推送", "policy-pushed", TOLD_RECIPIENTS, NOTICE_ALWAYS, false},
    {"draft", "征求意见", "consultation-opened", TOLD_ORDERED, NOTICE_ALWAYS, false},
};

const struct notice_kind *noticekind_at(int number)
{
    return (size_t)number < sizeof kinds / sizeof *kinds ? &kinds[number] : NULL;
}

const struct notice_kind *noticekind_find(const char *word)
{
    const struct notice_kind *kind;
    for (int i = 0; (kind = noticekind_at(i)); i++)
        if (text_same(kind->code, word) || text_same(kind->word, word))
            return kind;
    return NULL;
}

bool noticekind_is_made_by(const struct notice_kind *kind, const char *type)
{
    size_t length = strlen(type);
    for (const char *at = kind->events; (at = strstr(at, type)); at += length)
        if ((at == kind->events || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}
