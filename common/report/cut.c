#include "report/cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "center/org_file.h"
#include "policy/policy.h"
#include "policy/taxonomy.h"
#include "report/topic.h"

/* By which rule of the catalogue a ticket was first dispatched. */
#define FIRST_RULE                                                                                 \
    "(SELECT d.rule FROM route d WHERE d.ticket_id = t.id AND d.role = 'lead'"                     \
    " ORDER BY d.at, d.id LIMIT 1)"

/* The policy that it asks about; the register from whose entry it came. */
#define ASKED_ABOUT                                                                                \
    "(SELECT a.code FROM ticket l JOIN policy a ON a.id = l.policy_id WHERE l.id = t.id)"
#define CAME_FROM                                                                                  \
    "(SELECT a.register FROM ticket l JOIN entry a ON a.id = l.entry_id WHERE l.id = t.id)"

/* Where neither is given, C tells by the organisation, of both; or by what the scopes of tickets
 * and policies say that make it. */
static const struct scope {
    const char *code, *title, *ticket, *policy;
} scopes[REPORT_SCOPES] = {
    [REPORT_TOTAL] = {"total", "合计", NULL, NULL},
    [REPORT_ORG] = {"org", "单位", NULL, NULL},
    [REPORT_KIND] = {"kind", "类型", "t.kind", NULL},
    [REPORT_CHANNEL] = {"channel", "渠道", "t.channel", NULL},
    [REPORT_COUNTY] = {"county", "县级平台", NULL, NULL},
    [REPORT_GROUP] = {"group", "组别", NULL, NULL},
    [REPORT_SOURCE] = {"source", "来源", "t.source", NULL},
    [REPORT_REGION] = {"region", "区域", "t.region", NULL},
    [REPORT_CATEGORY] = {"category", "类别", "t.category", NULL},
    [REPORT_RULE] = {"rule", "派单规则", FIRST_RULE, NULL},
    [REPORT_TOPIC] = {"topic", "专题", NULL, NULL},
    [REPORT_POLICY] = {"policy", "政策", ASKED_ABOUT, "p.code"},
    [REPORT_REGISTER] = {"register", "来自台账", CAME_FROM, NULL},
    [REPORT_CLASS] = {"class", "政策类型", NULL, "p.class"},
    [REPORT_POLICY_KIND] = {"policy-kind", "政策种类", NULL, "p.kind"},
    [REPORT_LEVEL] = {"level", "政策层级", NULL, "p.level"},
};

const char *report_scope_code(enum report_scope scope)
{
    return scopes[scope].code;
}

const char *report_scope_title(enum report_scope scope)
{
    return scopes[scope].title;
}

const char *report_scope_sql(enum report_scope scope, enum report_subject subject)
{
    return subject == REPORT_TICKETS    ? scopes[scope].ticket
           : subject == REPORT_POLICIES ? scopes[scope].policy
                                        : NULL;
}

static bool has_scope(enum report_scope scope, enum report_subject subject)
{
    if (scope == REPORT_TOPIC)
        return subject == REPORT_TICKETS || subject == REPORT_POLICIES;
    bool by_org = !scopes[scope].ticket && !scopes[scope].policy;
    return by_org || report_scope_sql(scope, subject);
}

bool report_has(const struct report_cut *cut, enum report_subject subject)
{
    for (int i = 0; i < REPORT_CROSSED; i++)
        if (!has_scope(cut->by[i], subject))
            return false;
    return true;
}

/* The scope called so by LENGTH bytes, or REPORT_TOTAL with a fault. */
static enum report_scope parse_scope(const char *word, size_t length, struct fault *fault)
{
    const char *pairs[2 * REPORT_SCOPES];
    size_t count = 0;
    char list[512] = "";
    for (int i = REPORT_ORG; i < REPORT_SCOPES; i++) {
        if ((strlen(scopes[i].code) == length && !strncmp(word, scopes[i].code, length)) ||
            (strlen(scopes[i].title) == length && !strncmp(word, scopes[i].title, length)))
            return (enum report_scope)i;
        pairs[count++] = scopes[i].code;
        pairs[count++] = scopes[i].title;
    }
    char *unknown = mem_string(word);
    unknown[length] = '\0';
    fault_unknown(fault, "scope", unknown, NULL, text_choices(list, sizeof list, pairs, count));
    free(unknown);
    return REPORT_TOTAL;
}

bool report_parse_cut(const char *word, struct report_cut *cut, struct fault *fault)
{
    size_t length = strcspn(word, ",");
    *cut = (struct report_cut){{parse_scope(word, length, fault), REPORT_TOTAL}};
    if (cut->by[0] == REPORT_TOTAL || !word[length])
        return cut->by[0] != REPORT_TOTAL;
    const char *second = word + length + 1;
    cut->by[1] = parse_scope(second, strlen(second), fault);
    if (cut->by[1] == cut->by[0])
        return fault_add(fault, "\"%s\" crosses a scope with itself", word);
    if (cut->by[1] == REPORT_TOTAL)
        return false;
    return report_has(cut, REPORT_TICKETS) || report_has(cut, REPORT_POLICIES) ||
           fault_add(fault, "\"%s\": one is of tickets, the other of policies", word);
}

bool report_same_value(struct report_value a, struct report_value b)
{
    return a.org == b.org && (a.code && b.code ? !strcmp(a.code, b.code) : a.code == b.code);
}

struct report_names report_names(struct config *config, const struct org_table *orgs)
{
    return (struct report_names){.config = config, .orgs = orgs};
}

void report_names_free(struct report_names *names)
{
    if (names->taxonomy)
        taxonomy_free(names->taxonomy);
    if (names->topics)
        topics_free(names->topics);
    arena_free(&names->arena);
}

const char *report_value_code(const struct report_names *names, enum report_scope scope,
                              struct report_value value)
{
    return scope == REPORT_ORG || scope == REPORT_COUNTY ? org_code(names->orgs, value.org)
                                                         : value.code;
}

static const char *class_name(struct report_names *names, const char *code)
{
    if (!names->taxonomy) {
        names->taxonomy = arena_zero(&names->arena, sizeof *names->taxonomy);
        *names->taxonomy = taxonomy_load(names->config);
    }
    return taxonomy_name(names->taxonomy, code);
}

static const char *topic_name(struct report_names *names, const char *code)
{
    if (!names->topics) {
        names->topics = arena_zero(&names->arena, sizeof *names->topics);
        *names->topics = topics_load(names->config);
    }
    const struct topic *topic = topics_find(names->topics, code);
    return topic ? topic->name : code;
}

static const char *group_name(struct report_names *names, const char *code)
{
    if (!names->groups)
        names->groups =
            orgfile_groups(&names->arena, config_path(names->config, "organisations.yaml"));
    for (const char *const *word = names->groups; *word; word += 2)
        if (!strcmp(word[0], code))
            return word[1];
    return code;
}

const char *report_value_name(struct report_names *names, enum report_scope scope,
                              struct report_value value)
{
    if (scope == REPORT_TOTAL)
        return scopes[REPORT_TOTAL].title;
    if (scope == REPORT_ORG || scope == REPORT_COUNTY)
        return value.org ? org_name(names->orgs, value.org) : "（待派发）";
    if (!value.code)
        return scope == REPORT_RULE       ? "（人工派发或未派发）"
               : scope == REPORT_GROUP    ? "（待派发）"
               : scope == REPORT_TOPIC    ? "（未分）"
               : scope == REPORT_POLICY   ? "（未指明）"
               : scope == REPORT_REGISTER ? "（其他来源）"
                                          : "（未填）";
    switch (scope) {
    case REPORT_KIND: return config_kind_name(names->config, value.code);
    case REPORT_CHANNEL: return config_channel_name(names->config, value.code);
    case REPORT_REGION: return config_region_name(names->config, value.code);
    case REPORT_GROUP: return group_name(names, value.code);
    case REPORT_TOPIC: return topic_name(names, value.code);
    case REPORT_CLASS: return class_name(names, value.code);
    case REPORT_POLICY_KIND: return policy_word_name(POLICY_KIND, value.code);
    case REPORT_LEVEL: return policy_word_name(POLICY_LEVEL, value.code);
    default: return value.code;
    }
}
