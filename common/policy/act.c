#include "policy/act.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/decimal.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/org.h"
#include "center/rating.h"
#include "enterprise/enterprise.h"

enum { MOST_VIEWS = 1000000000 };

const char *const policyact_fields[] = {"policy", "type", "count", "enterprise", "score",
                                        "amount", "text", "at",    "by",         NULL};
static const char *const codes[] = {"published", "interpreted", "withdrawn", "pinned",  "unpinned",
                                    "viewed",    "feedback",    "applied",   "refused", "granted"};

/* The states, as bits, in their order. */
enum {
    DRAFT = 1,
    PUBLISHED = 2,
    SUPERSEDED = 4,
    WITHDRAWN = 8,
    SEEN = PUBLISHED | SUPERSEDED | WITHDRAWN, /* by somebody, once */
    ANY = DRAFT | SEEN,
    NEW = 16
};
static const char *const states[] = {"draft", "published", "superseded", "withdrawn", "new", NULL};

static const struct gate_act rows[POLICYACT_CHANGED + 2] = {
    [POLICYACT_PUBLISHED] = {"publish", "policy-publish", "发布", DRAFT, GATE_BY_OWNER,
                             "policy-published"},
    [POLICYACT_INTERPRETED] = {"interpret", "policy-interpret", "解读", PUBLISHED, GATE_BY_OWNER,
                               "policy-interpreted"},
    [POLICYACT_WITHDRAWN] = {"take down", "policy-withdraw", "撤下", DRAFT | PUBLISHED,
                             GATE_BY_OWNER, "policy-withdrawn"},
    [POLICYACT_PINNED] = {"pin", "policy-pin", "置顶", DRAFT | PUBLISHED, GATE_BY_CENTER,
                          "policy-pinned"},
    [POLICYACT_UNPINNED] = {"unpin", "policy-pin", "取消置顶", ANY, GATE_BY_CENTER,
                            "policy-unpinned"},
    [POLICYACT_VIEWED] = {"record views", "policy-record", "浏览", SEEN, GATE_BY_ANYONE,
                          "policy-viewed"},
    [POLICYACT_FEEDBACK] = {"record feedback", "policy-record", "评价", SEEN, GATE_BY_ANYONE,
                            "policy-feedback"},
    [POLICYACT_APPLIED] = {"record an application", "policy-record", "申报", SEEN, GATE_BY_OWNER,
                           "policy-applied"},
    [POLICYACT_REFUSED] = {"record a refusal", "policy-record", "未通过", SEEN, GATE_BY_OWNER,
                           "policy-refused"},
    [POLICYACT_GRANTED] = {"record a grant", "policy-record", "兑现", SEEN, GATE_BY_OWNER,
                           "policy-granted"},
    [POLICYACT_PUSHED] = {"push", "policy-push", "推送", PUBLISHED, GATE_BY_OWNER, "policy-pushed"},
    [POLICYACT_ADDED] = {"add a policy", "policy-add", "归集", NEW, GATE_BY_OWNER, "policy-added"},
    [POLICYACT_CHANGED] = {"add a version", "policy-add", "更新", ANY, GATE_BY_OWNER,
                           "policy-changed"},
};

static const char *state_name(const char *state)
{
    return !strcmp(state, "new") ? gate_register_name(state)
                                 : policy_word_name(POLICY_STATE, state);
}

const struct gate_record policyact_record = {"policy", "政策", states, state_name, rows};

const char *policyact_code(int type)
{
    return codes[type];
}

const char *policyact_name(int type)
{
    return rows[type].word;
}

int policyact_find(const char *word, struct policy_acts acts)
{
    for (int i = (int)acts.first; i <= (int)acts.last; i++)
        if (text_same(codes[i], word) || text_same(rows[i].word, word))
            return i;
    return -1;
}

const char *policyact_nearest(const char *word, struct policy_acts acts)
{
    const char *all[2 * POLICYACT_TYPES];
    size_t count = 0;
    for (int i = (int)acts.first; i <= (int)acts.last; i++) {
        all[count++] = codes[i];
        all[count++] = rows[i].word;
    }
    return text_nearest(word, all, count);
}

const char *policyact_list(struct policy_acts acts, char *list, size_t size)
{
    *list = '\0';
    for (int i = (int)acts.first; i <= (int)acts.last; i++)
        text_choice(list, size, codes[i], rows[i].word);
    return list;
}

const char *policyact_wrong(const struct policyact *act)
{
    const struct policyevent *e = &act->event;
    bool has_event = act->type >= POLICYACT_VIEWED;
    if (act->type == POLICYACT_WITHDRAWN && !act->reason)
        return tongue("withdrawn needs a reason");
    if (act->type != POLICYACT_WITHDRAWN && act->reason)
        return tongue("a reason goes with withdrawn");
    if (act->type != POLICYACT_VIEWED && e->count)
        return tongue("a count goes with viewed");
    if (act->type == POLICYACT_FEEDBACK && !e->score && !e->text)
        return tongue("feedback needs a score or a text");
    if (act->type != POLICYACT_FEEDBACK && e->score)
        return tongue("a score goes with feedback");
    if ((!has_event || act->type == POLICYACT_VIEWED) && e->text)
        return tongue("a text goes with feedback, applied, refused and granted");
    if (act->type == POLICYACT_APPLIED && !e->enterprise)
        return tongue("applied needs an enterprise");
    if (act->type == POLICYACT_REFUSED && (!e->enterprise || !e->text))
        return tongue("refused needs an enterprise and a text: why");
    if (act->type == POLICYACT_GRANTED && (!e->amount || !e->enterprise))
        return tongue("granted needs an amount and an enterprise");
    if (act->type != POLICYACT_APPLIED && act->type != POLICYACT_GRANTED && e->amount)
        return tongue("an amount goes with applied and granted");
    if (!has_event && e->enterprise)
        return tongue("an enterprise goes with what comes of a policy");
    return NULL;
}

/* One act under way. */
struct doing {
    struct center *center;
    struct policy *policy;
    struct arena *arena;
    const struct policyact *act;
    int64_t last;               /* of the outcomes that were there before */
    struct policyevent outcome; /* that the act brings, by its type */
    const char *by;             /* code of who acts; NULL: nobody was named */
    struct fault *fault;
};

static bool is_known(void *context)
{
    const struct doing *d = context;
    const struct policy *p = d->policy;
    switch (d->act->type) {
    case POLICYACT_PUBLISHED:
    case POLICYACT_WITHDRAWN: return !strcmp(p->state, codes[d->act->type]);
    case POLICYACT_INTERPRETED: return p->interpreted_at != 0;
    case POLICYACT_PINNED: return p->pinned;
    case POLICYACT_UNPINNED: return !p->pinned;
    default: return d->last && policyevent_known(d->center->db, &d->outcome, d->last);
    }
}

/* Where nobody is named it is the center's. */
bool policyact_may(struct center *center, const struct policy *policy, int type, int64_t by,
                   struct fault *fault)
{
    enum gate_by whose = rows[type].by;
    if (whose == GATE_BY_ANYONE || org_is_center(center, by) ||
        (whose == GATE_BY_OWNER && by == policy->org))
        return true;
    return fault_add(fault,
                     whose == GATE_BY_OWNER ? "%s: the policy is not that organisation's"
                                            : "%s: only the center may",
                     gate_called(&rows[type]));
}

static bool may(void *context)
{
    const struct doing *d = context;
    return policyact_may(d->center, d->policy, d->act->type, d->act->by, d->fault);
}

static bool step(void *context)
{
    struct doing *d = context;
    const struct policy_doing how = {d->act->event.at, d->by, d->act->reason};
    switch (d->act->type) {
    case POLICYACT_PUBLISHED: return policy_publish(d->center, d->policy, d->arena, &how, d->fault);
    case POLICYACT_INTERPRETED: policy_interpret(d->center, d->policy, d->arena, &how); break;
    case POLICYACT_WITHDRAWN: policy_withdraw(d->center, d->policy, d->arena, &how); break;
    case POLICYACT_PINNED: policy_pin(d->center, d->policy, d->arena, &how, true); break;
    case POLICYACT_UNPINNED: policy_pin(d->center, d->policy, d->arena, &how, false); break;
    default: policyevent_add(d->center, d->policy->code, &d->outcome, d->by);
    }
    return true;
}

static struct policyevent outcome_of(const struct policy *policy, const struct policyact *act)
{
    static const enum policyevent_type types[] = {[POLICYACT_VIEWED] = POLICYEVENT_VIEWED,
                                                  [POLICYACT_FEEDBACK] = POLICYEVENT_FEEDBACK,
                                                  [POLICYACT_APPLIED] = POLICYEVENT_APPLIED,
                                                  [POLICYACT_REFUSED] = POLICYEVENT_REFUSED,
                                                  [POLICYACT_GRANTED] = POLICYEVENT_GRANTED};
    struct policyevent outcome = act->event;
    outcome.type = types[act->type];
    outcome.policy = policy->id;
    outcome.count = act->event.count ? act->event.count : 1;
    return outcome;
}

enum policy_result policyact_do(struct center *center, struct policy *policy, struct arena *arena,
                                const struct policyact *act, int64_t last, struct fault *fault)
{
    struct fault refusal = {""};
    struct doing doing = {.center = center,
                          .policy = policy,
                          .arena = arena,
                          .act = act,
                          .last = last,
                          .outcome = outcome_of(policy, act),
                          .by = act->by ? org_find_code(center->db, act->by, arena) : NULL,
                          .fault = &refusal};
    const struct gate gate = {
        .record = &policyact_record,
        .act = act->type,
        .state = policy->state,
        .at = act->event.at,
        .by = &act->by,
        .began = policy->issued != POLICY_NO_DAY ? clock_moment(policy->issued, 0) : 0,
        .began_as = N_("it was issued"),
        .fault = &refusal,
        .context = &doing,
        .known = is_known,
        .may = may,
        .step = step};
    switch (gate_pass(center, &gate)) {
    case GATE_DONE: return act->type >= POLICYACT_VIEWED ? POLICY_ADDED : POLICY_CHANGED;
    case GATE_KNOWN: return POLICY_SAME;
    default: fault_add(fault, "%s: %s", policy->code, refusal.text); return POLICY_REFUSED;
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
    if (v[POLICYACT_BY] && !(act->by = org_find(center->db, v[POLICYACT_BY])))
        org_unknown(center->db, v[POLICYACT_BY], fault);
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
    act->at_given = act->at_given || at;
    if (v[POLICYACT_TEXT] && act->type == POLICYACT_WITHDRAWN)
        act->reason = v[POLICYACT_TEXT];
    else if (v[POLICYACT_TEXT])
        e->text = v[POLICYACT_TEXT];
    if (!*fault->text && (wrong = policyact_wrong(act)))
        fault_add(fault, "%s", wrong);
    return !*fault->text;
}
