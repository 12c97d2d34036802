#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "center/org_file.h"
#include "center/permit.h"
#include "report/query_private.h"
#include "report/report.h"

/* The code of the topic called WORD, in the configuration's memory; NULL where there is none. */
static const char *known_topic(struct config *config, const char *word)
{
    struct topics topics = topics_load(config);
    const struct topic *topic = topics_find(&topics, word);
    const char *code = topic ? arena_string(&config->arena, topic->code) : NULL;
    topics_free(&topics);
    return code;
}

/* The code that CODE, a code or a word of the office, is in SCOPE; itself where nobody knows it. */
static const char *known_code(struct config *config, enum report_scope scope, const char *code)
{
    const struct kind *kind = scope == REPORT_KIND ? config_kind(config, code) : NULL;
    const struct term *term = scope == REPORT_CHANNEL  ? config_channel(config, code)
                              : scope == REPORT_REGION ? config_region(config, code)
                                                       : NULL;
    const char *group = NULL;
    if (scope == REPORT_GROUP)
        group = orgfile_group(
            orgfile_groups(&config->arena, config_path(config, "organisations.yaml")), code);
    if (scope == REPORT_TOPIC)
        group = known_topic(config, code);
    return kind ? kind->term.code : term ? term->code : group ? group : code;
}

struct report_only report_need_only(struct center *center, const char *word)
{
    struct report_only only = {0};
    struct report_cut cut = {0};
    struct fault fault = {0};
    const char *equals = strchr(word, '=');
    if (!equals)
        die("\"%s\": write a scope and which of it: org=tax", word);
    char *scope = mem_string(word);
    scope[equals - word] = '\0';
    bool parsed = report_parse_cut(scope, &cut, &fault);
    free(scope);
    if (!parsed)
        die("%s", fault.text);
    if (cut.by[1] != REPORT_TOTAL)
        die("\"%s\": name one scope at a time", word);
    only.scope = cut.by[0];
    const char *code = equals + 1;
    bool none = !strcmp(code, "-") || !*code;
    if (only.scope == REPORT_ORG || only.scope == REPORT_COUNTY)
        only.value.org = none ? 0 : org_need(center->db, code);
    else
        only.value.code = none ? NULL : known_code(center->config, only.scope, code);
    return only;
}

/* True where the row is of the center, and of all that was asked for. */
static bool is_asked(const struct report_asked *asked, const struct query_split *split,
                     enum source_kind source, struct db_query *q)
{
    struct query_row row = query_row(asked->center, source, q);
    if (asked->whose->one && row.county != asked->whose->county)
        return false;
    for (int i = 0; i < asked->only_count; i++) {
        struct report_value value;
        if (!query_value(asked->center, asked->orgs, split, &row, q, asked->only[i].scope,
                         &value) ||
            !report_same_value(value, asked->only[i].value))
            return false;
    }
    return true;
}

/* Dies where figures of SUBJECT are not told apart by what was asked for. */
static void need_scopes(const struct report_asked *asked, enum report_subject subject,
                        struct report_cut *cuts)
{
    for (int i = 0; i < asked->only_count; i++) {
        cuts[i] = (struct report_cut){{asked->only[i].scope, REPORT_TOTAL}};
        if (!report_has(&cuts[i], subject))
            die("%s is not told apart by %s",
                report_figure(asked->center->config, asked->figure).code,
                report_scope_code(asked->only[i].scope));
    }
}

void report_ids(const struct report_asked *asked, report_take *take, void *context)
{
    const struct definition d = report_definition(asked->center->config, asked->figure);
    enum report_subject ids = report_sources[d.source].ids;
    bool is_number = ids == REPORT_TICKETS || ids == REPORT_ENTRIES;
    struct report_cut *cuts = mem_zero((size_t)asked->only_count + 1, sizeof *cuts);
    char *before = NULL;
    need_scopes(asked, report_subject_of(d.source), cuts);
    struct topics topics = query_topics(asked->center->config, cuts, asked->only_count);
    const struct query_split split =
        query_split(report_subject_of(d.source), cuts, asked->only_count, &topics);
    struct db_query *q = query_ids(asked->center, asked->period, asked->figure, &split);
    while (db_step(q)) {
        if (!is_asked(asked, &split, d.source, q) ||
            (ids == REPORT_TICKETS && !permit_sees(asked->center, db_number(q, split.count))))
            continue;
        const char *word = is_number ? NULL : db_text(q, split.count);
        if (word && before && !strcmp(word, before))
            continue;
        take(context, is_number ? db_number(q, split.count) : 0, word);
        free(before);
        before = word ? mem_string(db_text(q, split.count)) : NULL;
    }
    free(before);
    topics_free(&topics);
    free(cuts);
}

void report_each_org(struct center *center, const struct report_period *period, int figure,
                     void (*take)(void *context, int64_t org, int64_t count), void *context)
{
    struct db_query *q = query_by_org(center, period, figure);
    while (db_step(q))
        take(context, db_number(q, 0), db_number(q, 1));
}
