#include "policy/act.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/decimal.h"
#include "base/text.h"
#include "center/rating.h"
#include "enterprise/enterprise.h"

enum { MOST_VIEWS = 1000000000 };

const char *const policyact_fields[] = {"policy", "type", "count", "enterprise", "score",
                                        "amount", "text", "at",    NULL};
static const char *const codes[] = {"published", "interpreted", "withdrawn", "pinned",
                                    "unpinned",  "viewed",      "feedback",  "granted"};
static const char *const names[] = {"发布",     "解读", "撤下", "置顶",
                                    "取消置顶", "浏览", "评价", "兑现"};

const char *policyact_code(int type)
{
    return codes[type];
}

const char *policyact_name(int type)
{
    return names[type];
}

int policyact_find(const char *word, struct policy_acts acts)
{
    for (int i = (int)acts.first; i <= (int)acts.last; i++)
        if (text_same(codes[i], word) || text_same(names[i], word))
            return i;
    return -1;
}

const char *policyact_nearest(const char *word, struct policy_acts acts)
{
    const char *all[2 * POLICYACT_TYPES];
    size_t count = 0;
    for (int i = (int)acts.first; i <= (int)acts.last; i++) {
        all[count++] = codes[i];
        all[count++] = names[i];
    }
    return text_nearest(word, all, count);
}

const char *policyact_list(struct policy_acts acts, char *list, size_t size)
{
    *list = '\0';
    for (int i = (int)acts.first; i <= (int)acts.last; i++)
        text_choice(list, size, codes[i], names[i]);
    return list;
}

const char *policyact_wrong(const struct policyact *act)
{
    const struct policyevent *e = &act->event;
    bool has_event = act->type >= POLICYACT_VIEWED;
    if (act->type == POLICYACT_WITHDRAWN && !act->reason)
        return "withdrawn needs a reason";
    if (act->type != POLICYACT_WITHDRAWN && act->reason)
        return "a reason goes with withdrawn";
    if (act->type != POLICYACT_VIEWED && e->count)
        return "a count goes with viewed";
    if (act->type == POLICYACT_FEEDBACK && !e->score && !e->text)
        return "feedback needs a score or a text";
    if (act->type != POLICYACT_FEEDBACK && e->score)
        return "a score goes with feedback";
    if (act->type != POLICYACT_FEEDBACK && act->type != POLICYACT_GRANTED && e->text)
        return "a text goes with feedback and granted";
    if (act->type == POLICYACT_GRANTED && (!e->amount || !e->enterprise))
        return "granted needs an amount and an enterprise";
    if (act->type != POLICYACT_GRANTED && e->amount)
        return "an amount goes with granted";
    if (!has_event && e->enterprise)
        return "an enterprise goes with viewed, feedback and granted";
    return NULL;
}

static enum policy_result add_event(struct center *center, const struct policy *policy,
                                    const struct policyact *act, int64_t last, struct fault *fault)
{
    struct policyevent event = act->event;
    if (!strcmp(policy->state, "draft")) {
        fault_add(fault, "%s is a draft: nobody has seen it", policy->code);
        return POLICY_REFUSED;
    }
    event.type = act->type == POLICYACT_VIEWED     ? POLICYEVENT_VIEWED
                 : act->type == POLICYACT_FEEDBACK ? POLICYEVENT_FEEDBACK
                                                   : POLICYEVENT_GRANTED;
    event.policy = policy->id;
    event.count = act->event.count ? act->event.count : 1;
    if (last && policyevent_known(center->db, &event, last))
        return POLICY_SAME;
    policyevent_add(center, policy->code, &event);
    return POLICY_ADDED;
}

enum policy_result policyact_do(struct center *center, struct policy *policy, struct arena *arena,
                                const struct policyact *act, int64_t last, struct fault *fault)
{
    int64_t at = act->event.at;
    switch (act->type) {
    case POLICYACT_PUBLISHED: return policy_publish(center, policy, arena, at, fault);
    case POLICYACT_INTERPRETED: return policy_interpret(center, policy, arena, at, fault);
    case POLICYACT_WITHDRAWN: return policy_withdraw(center, policy, arena, at, act->reason, fault);
    case POLICYACT_PINNED: return policy_pin(center, policy, arena, at, true, fault);
    case POLICYACT_UNPINNED: return policy_pin(center, policy, arena, at, false, fault);
    default: return add_event(center, policy, act, last, fault);
    }
}

static bool read_count(const char *value, int64_t *count)
{
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    *count = number;
    return !*end && !errno && number > 0 && number <= MOST_VIEWS;
}

bool policyact_read(const struct center *center, char *const *v, struct policy_acts acts,
                    struct policyact *act, struct fault *fault)
{
    struct policyevent *e = &act->event;
    const char *at = v[POLICYACT_AT], *wrong;
    char list[256];
    if (!v[POLICYACT_POLICY])
        fault_add(fault, "no policy");
    if (v[POLICYACT_TYPE] && (act->type = policyact_find(v[POLICYACT_TYPE], acts)) < 0)
        fault_unknown(fault, "type", v[POLICYACT_TYPE], policyact_nearest(v[POLICYACT_TYPE], acts),
                      policyact_list(acts, list, sizeof list));
    else if (act->type < 0)
        fault_add(fault, "no type");
    if (v[POLICYACT_COUNT] && !read_count(v[POLICYACT_COUNT], &e->count))
        fault_add(fault, "not a number of views: \"%s\"", v[POLICYACT_COUNT]);
    if (v[POLICYACT_ENTERPRISE] &&
        !(e->enterprise = enterprise_find(center->db, v[POLICYACT_ENTERPRISE])))
        enterprise_unknown(v[POLICYACT_ENTERPRISE], fault);
    if (v[POLICYACT_SCORE] && !(e->score = rating_parse(v[POLICYACT_SCORE])))
        rating_unknown(v[POLICYACT_SCORE], fault);
    if (v[POLICYACT_AMOUNT] && (!decimal_parse(v[POLICYACT_AMOUNT], &e->amount) || e->amount <= 0))
        fault_add(fault, "not an amount: \"%s\"", v[POLICYACT_AMOUNT]);
    if (at && !clock_parse(at, &e->at, NULL))
        clock_refuse(fault, at);
    else if (e->at > center->now)
        fault_add(fault, "it lies in the future: \"%s\"", at);
    act->at_given = act->at_given || at;
    if (v[POLICYACT_TEXT] && act->type == POLICYACT_WITHDRAWN)
        act->reason = v[POLICYACT_TEXT];
    else if (v[POLICYACT_TEXT])
        e->text = v[POLICYACT_TEXT];
    if (!*fault->text && (wrong = policyact_wrong(act)))
        fault_add(fault, "%s", wrong);
    return !*fault->text;
}
