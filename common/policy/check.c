#include "policy/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/url.h"
#include "meaning/search.h"

static const char *const findings[FINDING_COUNT][2] = {
    [FINDING_MISSING] = {"missing", "缺要素"},
    [FINDING_INTERPRETER] = {"interpreter", "缺解读人"},
    [FINDING_EXPIRED] = {"expired", "过期未撤"},
    [FINDING_LINK] = {"link", "网址无效"},
    [FINDING_CLASS] = {"class", "分类不存在"},
    [FINDING_NO_CRITERIA] = {"no-criteria", "缺匹配条件"},
    [FINDING_CRITERIA] = {"criteria", "条件有误"},
    [FINDING_NEVER] = {"never", "条件不可能满足"},
    [FINDING_ALWAYS] = {"always", "条件恒成立"},
    [FINDING_UNJUDGED] = {"unjudged", "条件过大未判定"},
    [FINDING_CONTRADICTS] = {"contradicts", "政策打架"},
    [FINDING_STRICTER] = {"stricter", "层层加码"},
    [FINDING_DANGLING] = {"dangling", "关联政策无效"},
    [FINDING_DUPLICATE] = {"duplicate", "重复归集"},
    [FINDING_LATE_COLLECTED] = {"late-collected", "归集超期"},
    [FINDING_LATE_PUBLISHED] = {"late-published", "发布超期"},
    [FINDING_LATE_INTERPRETED] = {"late-interpreted", "解读超期"},
    [FINDING_UNREVIEWED] = {"unreviewed", "未经审查"},
    [FINDING_EVALUATE] = {"evaluate", "评估到期"},
    [FINDING_SHORT_TERM] = {"short-term", "公开征求期短"},
    [FINDING_SOURCE] = {"source", "来源未检索"}};

const char *policycheck_code(enum policy_finding finding)
{
    return findings[finding][0];
}

const char *policycheck_name(enum policy_finding finding)
{
    return findings[finding][1];
}

enum policy_finding policycheck_find(const char *word)
{
    int i = 0;
    while (i < FINDING_COUNT && !text_same(findings[i][0], word) &&
           !text_same(findings[i][1], word))
        i++;
    return (enum policy_finding)i;
}

const char *policycheck_nearest(const char *word)
{
    const char *words[2 * FINDING_COUNT];
    for (int i = 0; i < FINDING_COUNT; i++) {
        words[2 * i] = findings[i][0];
        words[2 * i + 1] = findings[i][1];
    }
    return text_nearest(word, words, 2 * FINDING_COUNT);
}

/* Looks at conditions that the criteria of one policy may cost, and one question about them; and
 * conditions that a message names. */
enum { MOST_LOOKS = 10000000, MOST_OF_ONE = 1000000, MOST_NAMED = 20 };

struct checking {
    const struct policycheck *check;
    const struct policy *policy;
    struct search *search; /* of the criteria, as the next two */
    long left;             /* of the looks */
    bool undecided;        /* some part */
};

/* A part of criteria, and its form. */
struct part {
    const struct criteria_node *node;
    const struct form *form;
};

static void found(const struct checking *c, enum policy_finding finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void found(const struct checking *c, enum policy_finding finding, const char *format, ...)
{
    va_list arguments, again;
    if (!c->check->wanted[finding])
        return;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *message = mem_zero((size_t)length + 1, 1);
    vsnprintf(message, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    c->check->take(c->check->context, c->policy, finding, message);
    free(message);
}

/* ---- elements ---- */

/* The interpreter is a finding of its own. */
static void check_missing(const struct checking *c)
{
    struct text names = {0};
    const struct policy *p = c->policy;
    for (int field = -1; (field = policy_next_missing(p, field)) >= 0;)
        if (field != POLICY_INTERPRETER && field != POLICY_PHONE)
            text_add_format(&names, "%s%s (%s)", names.length ? ", " : "",
                            policy_field(field)->name, policy_field(field)->word);
    if (names.length)
        found(c, FINDING_MISSING, "it lacks %s", names.data);
    text_free(&names);
}

static void check_interpreter(const struct checking *c)
{
    const struct policy *p = c->policy;
    bool phone = p->phone && p->phone[strcspn(p->phone, "0123456789")];
    if (!p->interpreter && !p->phone)
        found(c, FINDING_INTERPRETER, "nobody is named who interprets it");
    else if (!p->interpreter)
        found(c, FINDING_INTERPRETER, "its interpreter has a telephone but no name");
    else if (!p->phone)
        found(c, FINDING_INTERPRETER, "its interpreter has no telephone");
    else if (!phone)
        found(c, FINDING_INTERPRETER, "its interpreter's telephone has no digits: %s", p->phone);
}

static void check_expired(const struct checking *c)
{
    char date[DAY_TEXT_SIZE];
    if (!strcmp(policy_state_on(c->policy, c->check->day), "expired"))
        found(c, FINDING_EXPIRED, "its last day was %s, and it is still published",
              day_print(c->policy->valid_to, date));
}

static void check_link(const struct checking *c, enum policy_field field, bool must)
{
    const char *address = field_text(policy_field((int)field), c->policy);
    const char *fault =
        address && (must || address_is_meant(address)) ? address_fault(address) : NULL;
    if (fault)
        found(c, FINDING_LINK, "%s (%s) leads nowhere: %s: %s", policy_field((int)field)->name,
              policy_field((int)field)->word, fault, address);
}

static void check_class(const struct checking *c)
{
    const struct taxonomy *taxonomy = c->check->taxonomy;
    const char *class = c->policy->class;
    const struct taxonomy_entry *above = taxonomy_class_of(taxonomy, class);
    if (class && !above)
        found(c, FINDING_CLASS, "its class is not in taxonomy.yaml any more: %s", class);
    else if (class && !strcmp(above->term.code, class))
        found(c, FINDING_CLASS, "its class has subclasses now, none of which it names: %s", class);
}

/* What it implements must be there, and in force. */
static void check_links(const struct checking *c)
{
    const struct policy *p = c->policy;
    const struct policy *upper =
        p->implements ? policypairs_find(c->check->pairs, p->implements) : NULL;
    if (!p->implements)
        return;
    if (!upper)
        found(c, FINDING_DANGLING, "it implements an unknown policy: %s", p->implements);
    else if (upper == p)
        found(c, FINDING_DANGLING, "it implements itself");
    else if (!policypairs_is_open(upper))
        found(c, FINDING_DANGLING, "it implements %s, which has ended: %s", upper->code,
              upper->state);
}

/* ---- criteria ---- */

/* The conditions below NODE, the first ones by their texts; NAMED counts. */
static void add_texts(struct text *out, const struct criteria_node *node, int *named)
{
    if (node->type == CRITERIA_CONDITION && ++*named <= MOST_NAMED)
        text_add_format(out, "%s%s", out->length ? ", " : "", node->condition->text);
    for (const struct criteria_node *member = node->first; member; member = member->next)
        add_texts(out, member, named);
}

static bool exclude(const struct form *a, const struct form *b)
{
    uint64_t common = 0;
    if (!a->is_condition || !b->is_condition || a->fact != b->fact)
        return false;
    for (int i = 0; i < a->fact->words; i++)
        common |= a->met[i] & b->met[i];
    return !common;
}

static struct part first_of(struct part part)
{
    return (struct part){part.node->first, part.form->first};
}

static struct part next_of(struct part part)
{
    return (struct part){part.node->next, part.form->next};
}

/* Two members of an "and", conditions on one fact, that exclude each other. */
static bool add_pair(struct text *out, struct checking *c, struct part part)
{
    if (part.node->type != CRITERIA_ALL)
        return false;
    for (struct part a = first_of(part); a.node; a = next_of(a))
        for (struct part b = next_of(a); b.node && c->left > 0; b = next_of(b)) {
            c->left--;
            if (!exclude(a.form, b.form))
                continue;
            text_add_format(out, "%s and %s", a.node->condition->text, b.node->condition->text);
            return true;
        }
    return false;
}

/* PART has the answer ANSWER, or not a yes, whatever is known of an enterprise. */
static bool is_settled(struct checking *c, struct part part, enum answer answer)
{
    struct goal other = {.form = part.form, .negated = answer == ANSWER_YES};
    long most = c->left < MOST_OF_ONE ? c->left : MOST_OF_ONE, left = most;
    enum possible result = search_alone(c->search, other, &left);
    c->left -= most - left;
    c->undecided = c->undecided || result == POSSIBLE_UNDECIDED;
    return result == POSSIBLE_NO;
}

static void settled(struct checking *c, struct part part, bool is_all, enum answer answer)
{
    struct text words = {0};
    char date[DAY_TEXT_SIZE];
    int named = 0;
    const char *what = is_all ? "its criteria" : "a part of its criteria";
    bool never = answer == ANSWER_NO;
    if (!never || !add_pair(&words, c, part))
        add_texts(&words, part.node, &named);
    if (named > MOST_NAMED)
        text_add_format(&words, " and %d more", named - MOST_NAMED);
    found(c, never ? FINDING_NEVER : FINDING_ALWAYS, "%s %s on %s: %s", what,
          never    ? "can never hold"
          : is_all ? "always hold"
                   : "always holds",
          day_print(c->check->day, date), text_string(&words));
    text_free(&words);
}

/* The largest parts that are settled: what lies inside them follows. */
static void check_part(struct checking *c, struct part part, bool is_all)
{
    static const enum answer answers[] = {ANSWER_NO, ANSWER_YES};
    for (int i = 0; i < 2; i++)
        if (is_settled(c, part, answers[i])) {
            settled(c, part, is_all, answers[i]);
            return;
        }
    for (struct part member = first_of(part); member.node && c->left > 0; member = next_of(member))
        check_part(c, member, false);
}

static void check_sense(struct checking *c, struct criteria *criteria)
{
    const bool *wanted = c->check->wanted;
    if (!wanted[FINDING_NEVER] && !wanted[FINDING_ALWAYS] && !wanted[FINDING_UNJUDGED])
        return;
    struct space *space = space_new(c->check->profile, c->check->day, &criteria, 1);
    struct part all = {criteria->root, space_form(space, criteria->root, NULL)};
    c->left = space->too_large ? 0 : MOST_LOOKS;
    c->search = search_new(space);
    if (all.form)
        check_part(c, all, true);
    search_free(c->search);
    space_free(space);
    if (c->undecided || c->left <= 0)
        found(c, FINDING_UNJUDGED,
              "its criteria are too large to be judged within %d looks at conditions: not judged%s",
              MOST_LOOKS, c->left > 0 ? " in every part" : " to the end");
}

static void take_pair(void *context, enum pair_finding finding, const char *message)
{
    static const enum policy_finding meant[] = {
        [PAIR_DUPLICATE] = FINDING_DUPLICATE,
        [PAIR_CONTRADICTS] = FINDING_CONTRADICTS,
        [PAIR_STRICTER] = FINDING_STRICTER,
        [PAIR_UNJUDGED] = FINDING_UNJUDGED,
    };
    found(context, meant[finding], "%s", message);
}

static void check_pairs(struct checking *c, struct criteria *criteria)
{
    const struct policycheck *check = c->check;
    if (check->wanted[FINDING_DUPLICATE] || check->wanted[FINDING_CONTRADICTS] ||
        check->wanted[FINDING_STRICTER])
        policypairs_compare(check->pairs, check->profile, c->policy, criteria, check->day,
                            check->later, take_pair, c);
}

/* What the criteria say, alone and beside those of other policies. */
static void check_criteria(struct checking *c)
{
    struct criteria_fault fault;
    const struct policy *p = c->policy;
    struct criteria *criteria =
        p->criteria ? criteria_parse(c->check->profile, p->criteria, &fault) : NULL;
    if (!p->criteria && p->kind && !strcmp(p->kind, "application"))
        found(c, FINDING_NO_CRITERIA,
              "it can be applied for, but has no criteria: it is matched with nobody");
    if (p->criteria && !criteria)
        found(c, FINDING_CRITERIA, "its criteria cannot be read any more: %s", fault.message);
    if (criteria)
        check_sense(c, criteria);
    check_pairs(c, criteria);
    criteria_free(criteria);
}

/* ---- the 135 clock ---- */

static void check_clock(const struct checking *c, enum policy_finding finding, int64_t due,
                        int64_t done, const char *what)
{
    char due_text[CLOCK_TEXT_SIZE], done_text[CLOCK_TEXT_SIZE];
    if (!due || due >= c->check->moment || (done && done <= due))
        return;
    if (done)
        found(c, finding, "%s on %.10s, due on %.10s", what, clock_print(done, done_text),
              clock_print(due, due_text));
    else
        found(c, finding, "not %s, due on %.10s", what, clock_print(due, due_text));
}

/* ---- before it was issued, and after ---- */

/* What the city and its counties issue is reviewed before, from the day on that the office says. */
static void check_reviews(const struct checking *c)
{
    const struct policy *p = c->policy;
    bool own = p->level && (!strcmp(p->level, "city") || !strcmp(p->level, "county"));
    if (!own || !c->check->reviewed_from || p->issued < c->check->reviewed_from)
        return;
    if (!p->fair_review)
        found(c, FINDING_UNREVIEWED, "nothing is said of a review of fair competition (%s)",
              policy_field(POLICY_FAIR_REVIEW)->word);
    if (!p->legal_review)
        found(c, FINDING_UNREVIEWED, "nothing is said of a review by law (%s)",
              policy_field(POLICY_LEGAL_REVIEW)->word);
}

static void check_evaluation(const struct checking *c)
{
    char date[DAY_TEXT_SIZE];
    if (c->policy->evaluate != POLICY_NO_DAY && c->policy->evaluate <= c->check->day)
        found(c, FINDING_EVALUATE, "it was to be evaluated on %s",
              day_print(c->policy->evaluate, date));
}

void policycheck_run(const struct policycheck *check, const struct policy *policy)
{
    struct checking c = {.check = check, .policy = policy};
    if (!policypairs_is_open(policy))
        return;
    check_missing(&c);
    check_interpreter(&c);
    check_expired(&c);
    check_link(&c, POLICY_APPLY, true);
    check_link(&c, POLICY_SOURCE, false);
    check_link(&c, POLICY_INTERPRETATION, false);
    check_class(&c);
    check_criteria(&c);
    check_links(&c);
    check_reviews(&c);
    check_evaluation(&c);
    check_clock(&c, FINDING_LATE_COLLECTED, policy->collect_due_at, policy->collected_at,
                "collected");
    check_clock(&c, FINDING_LATE_PUBLISHED, policy->publish_due_at, policy->published_at,
                "published");
    check_clock(&c, FINDING_LATE_INTERPRETED, policy->interpret_due_at, policy->interpreted_at,
                "interpreted");
}
