#include "policy/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"

const char *const policy_fields[] = {
    "id",         "title",      "document",    "issuer",    "org",
    "level",      "kind",       "class",       "summary",   "interpreter",
    "phone",      "issued",     "valid_from",  "valid_to",  "apply",
    "applicants", "conditions", "materials",   "procedure", "promised",
    "criteria",   "implements", "supersedes",  "source",    "interpretation",
    "collected",  "published",  "interpreted", "pinned",    NULL};

static const char *const field_names[] = {
    "编号",     "标题",     "文号",     "发文机关", "责任单位",   "级别",
    "类型",     "分类",     "摘要",     "解读人",   "解读人电话", "印发日期",
    "有效期起", "有效期止", "申报网址", "申报对象", "申报条件",   "申报材料",
    "申报流程", "承诺时限", "匹配条件", "落实政策", "替代政策",   "来源",
    "解读",     "归集时间", "发布时间", "解读时间", "置顶"};

const char *policy_field_name(enum policy_field field)
{
    return field_names[field];
}

static const char select_by_code[] = "SELECT id FROM policy WHERE code = ?1";
static const char select_by_document[] =
    "SELECT id, code FROM policy WHERE document = ?1 ORDER BY id LIMIT 2";

/* The policy with this document number, 0 where there is none or SEVERAL (may be NULL). */
static int64_t find_document(struct db *db, const char *word, bool *several)
{
    struct db_query *q = db_query(db, select_by_document);
    db_bind_text(q, 1, word);
    int64_t id = db_step(q) ? db_number(q, 0) : 0;
    bool more = id && db_step(q);
    db_reset(q);
    if (several)
        *several = more;
    return more ? 0 : id;
}

static int64_t find(struct db *db, const char *word, bool *several)
{
    struct db_query *q = db_query(db, select_by_code);
    db_bind_text(q, 1, word);
    int64_t id = db_first(q);
    return id ? id : find_document(db, word, several);
}

int64_t policy_find(struct db *db, const char *word)
{
    return find(db, word, NULL);
}

char *policy_nearest(struct db *db, const char *word)
{
    return db_nearest(db_query(db, "SELECT code FROM policy"), word);
}

const char *policy_unknown(struct db *db, const char *word, struct fault *fault)
{
    bool several = false;
    find(db, word, &several);
    char *near = several ? NULL : policy_nearest(db, word);
    if (several)
        fault_add(fault, "several policies stand in document \"%s\": name one by its id", word);
    else
        fault_unknown(fault, "policy", word, near, "; policy-list --all shows them");
    free(near);
    return fault->text;
}

int64_t policy_need(struct db *db, const char *word)
{
    struct fault fault = {""};
    int64_t id = policy_find(db, word);
    if (!id)
        die("%s", policy_unknown(db, word, &fault));
    return id;
}

void policy_warn_unknown(struct db *db, const char *word)
{
    struct fault fault = {""};
    warn("%s", policy_unknown(db, word, &fault));
}

#define COLUMNS                                                                                    \
    "id, version, org_id, issued_day, valid_from, valid_to, pinned, collected_at, published_at,"   \
    " interpreted_at, collect_due_at, publish_due_at, interpret_due_at, ended_at, superseded_by,"  \
    " code, state, title, document, issuer, level, kind, class, summary, interpreter, phone,"      \
    " apply, applicants, conditions, materials, procedure, promised, criteria, implements, "       \
    "source,"                                                                                      \
    " interpretation, ended_reason"
enum { FIRST_TEXT = 15, ORG_CODE = 37 };

static const char *copy(struct arena *arena, struct db_query *q, int column)
{
    const char *value = db_text(q, column);
    return value ? arena_string(arena, value) : NULL;
}

static int day(struct db_query *q, int column)
{
    return db_text(q, column) ? (int)db_number(q, column) : POLICY_NO_DAY;
}

static void read_row(struct db_query *q, struct arena *arena, struct policy *p)
{
    *p = (struct policy){.id = db_number(q, 0),
                         .version = (int)db_number(q, 1),
                         .org = db_number(q, 2),
                         .issued = day(q, 3),
                         .valid_from = day(q, 4),
                         .valid_to = day(q, 5),
                         .pinned = db_number(q, 6) != 0,
                         .collected_at = db_number(q, 7),
                         .published_at = db_number(q, 8),
                         .interpreted_at = db_number(q, 9),
                         .collect_due_at = db_number(q, 10),
                         .publish_due_at = db_number(q, 11),
                         .interpret_due_at = db_number(q, 12),
                         .ended_at = db_number(q, 13),
                         .superseded_by = db_number(q, 14)};
    const char **texts[] = {&p->code,           &p->state,       &p->title,      &p->document,
                            &p->issuer,         &p->level,       &p->kind,       &p->class,
                            &p->summary,        &p->interpreter, &p->phone,      &p->apply,
                            &p->applicants,     &p->conditions,  &p->materials,  &p->procedure,
                            &p->promised,       &p->criteria,    &p->implements, &p->source,
                            &p->interpretation, &p->ended_reason};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        *texts[i] = copy(arena, q, FIRST_TEXT + i);
}

bool policy_load(struct db *db, int64_t id, struct arena *arena, struct policy *policy)
{
    struct db_query *q = db_query(db, "SELECT " COLUMNS " FROM policy WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found)
        read_row(q, arena, policy);
    db_reset(q);
    return found;
}

bool policy_any(struct db *db)
{
    return db_count(db, "SELECT EXISTS (SELECT 1 FROM policy)") > 0;
}

const char *const *policy_superseded_codes(struct db *db, int64_t id, struct arena *arena)
{
    const char **codes = NULL;
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT code FROM policy WHERE superseded_by = ?1 ORDER BY code");
    db_bind(q, 1, id);
    while (db_step(q)) {
        codes = mem_grow(codes, count, sizeof *codes);
        codes[count++] = arena_string(arena, db_text(q, 0));
    }
    const char **list = arena_zero(arena, (count + 1) * sizeof *list);
    if (count)
        memcpy(list, codes, count * sizeof *list);
    free(codes);
    return list;
}

/* Of the organisations and the issuers asked for any will do. */
static bool is_issued_by(const struct policy_filter *filter, const char *org, const char *issuer)
{
    bool meant = !filter->orgs.count && !filter->issuers.count;
    for (int i = 0; issuer && i < filter->issuers.count; i++)
        meant = meant || strstr(issuer, filter->issuers.list[i]);
    return meant || (filter->orgs.count && wanted_allows(&filter->orgs, org));
}

/* The row of policy_list: its organisation's code stands after its texts. */
static bool is_meant(const struct policy_filter *filter, struct db_query *q)
{
    return wanted_allows(&filter->levels, db_text(q, FIRST_TEXT + 5)) &&
           wanted_allows(&filter->kinds, db_text(q, FIRST_TEXT + 6)) &&
           wanted_allows(&filter->classes, db_text(q, FIRST_TEXT + 7)) &&
           is_issued_by(filter, db_text(q, ORG_CODE), db_text(q, FIRST_TEXT + 4));
}

struct policy *policy_list(struct db *db, const struct policy_filter *filter, struct arena *arena,
                           int *count)
{
    struct db_query *q = db_query(
        db, "SELECT " COLUMNS ", (SELECT o.code FROM org o WHERE o.id = org_id) FROM policy"
            " WHERE (?1 IS NULL OR instr(title, ?1) > 0 OR instr(summary, ?1) > 0"
            " OR instr(document, ?1) > 0)"
            " AND (?2 IS NULL OR (state = 'published' AND (valid_to IS NULL OR valid_to >= ?2)))"
            " AND (?3 = 0 OR criteria IS NOT NULL)"
            " ORDER BY pinned DESC, valid_to IS NULL, valid_to, code");
    db_bind_text(q, 1, filter->text);
    if (filter->live)
        db_bind(q, 2, filter->day);
    db_bind(q, 3, filter->has_criteria);
    struct policy *found = NULL;
    *count = 0;
    while (db_step(q)) {
        if (!is_meant(filter, q))
            continue;
        found = mem_grow(found, (size_t)*count, sizeof *found);
        read_row(q, arena, &found[(*count)++]);
    }
    struct policy *list = arena_zero(arena, ((size_t)*count + 1) * sizeof *list);
    if (*count)
        memcpy(list, found, (size_t)*count * sizeof *list);
    free(found);
    return list;
}

const char *policy_text(const struct policy *p, enum policy_field field)
{
    const char *const texts[POLICY_FIELD_COUNT] = {
        [POLICY_CODE] = p->code,
        [POLICY_TITLE] = p->title,
        [POLICY_DOCUMENT] = p->document,
        [POLICY_ISSUER] = p->issuer,
        [POLICY_LEVEL] = p->level,
        [POLICY_KIND] = p->kind,
        [POLICY_CLASS] = p->class,
        [POLICY_SUMMARY] = p->summary,
        [POLICY_INTERPRETER] = p->interpreter,
        [POLICY_PHONE] = p->phone,
        [POLICY_APPLY] = p->apply,
        [POLICY_APPLICANTS] = p->applicants,
        [POLICY_CONDITIONS] = p->conditions,
        [POLICY_MATERIALS] = p->materials,
        [POLICY_PROCEDURE] = p->procedure,
        [POLICY_PROMISED] = p->promised,
        [POLICY_CRITERIA] = p->criteria,
        [POLICY_IMPLEMENTS] = p->implements,
        [POLICY_SOURCE] = p->source,
        [POLICY_INTERPRETATION] = p->interpretation,
    };
    return texts[field];
}

static bool has(const struct policy *policy, enum policy_field field)
{
    switch (field) {
    case POLICY_ISSUED: return policy->issued != POLICY_NO_DAY;
    case POLICY_VALID_FROM: return policy->valid_from != POLICY_NO_DAY;
    case POLICY_VALID_TO: return policy->valid_to != POLICY_NO_DAY;
    default: return policy_text(policy, field) != NULL;
    }
}

int policy_next_missing(const struct policy *policy, int after)
{
    /* The taxonomy is the rules' too: without a class nobody's preference is met. */
    static const enum policy_field always[] = {
        POLICY_TITLE, POLICY_DOCUMENT, POLICY_ISSUER,      POLICY_LEVEL, POLICY_KIND,
        POLICY_CLASS, POLICY_SUMMARY,  POLICY_INTERPRETER, POLICY_PHONE, POLICY_ISSUED};
    static const enum policy_field application[] = {
        POLICY_VALID_FROM, POLICY_VALID_TO,  POLICY_APPLY,     POLICY_APPLICANTS,
        POLICY_CONDITIONS, POLICY_MATERIALS, POLICY_PROCEDURE, POLICY_PROMISED};
    bool applies = policy->kind && !strcmp(policy->kind, "application");
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if ((int)always[i] > after && !has(policy, always[i]))
            return (int)always[i];
    for (size_t i = 0; applies && i < sizeof application / sizeof *application; i++)
        if ((int)application[i] > after && !has(policy, application[i]))
            return (int)application[i];
    return -1;
}

bool policy_add_missing(const struct policy *policy, struct text *out)
{
    bool any = false;
    for (int field = -1; (field = policy_next_missing(policy, field)) >= 0; any = true)
        text_add_format(out, "%s%s (%s)", any ? ", " : "", policy_fields[field],
                        field_names[field]);
    return any;
}

/* A code, the office's name, and what else is written for it, ended by NULL. */
struct word {
    const char *code, *name;
    const char *also[4];
};

static const struct word levels[] = {{"national", "国家级", {"国家", "中央", "部级", NULL}},
                                     {"province", "省级", {"省", "省厅", NULL}},
                                     {"city", "市级", {"市", "本市", NULL}},
                                     {"county", "县级", {"县", "区县级", "区级", NULL}},
                                     {NULL, NULL, {NULL}}};
static const struct word kinds[] = {{"application", "申报类", {"申报", "申请类", NULL}},
                                    {"general", "其他类", {"其他", "一般", "一般类", NULL}},
                                    {NULL, NULL, {NULL}}};
static const struct word states[] = {{"draft", "草稿", {NULL}},
                                     {"published", "已发布", {"有效", NULL}},
                                     {"expired", "已过期", {"过期", NULL}},
                                     {"superseded", "已替代", {"被替代", NULL}},
                                     {"withdrawn", "已撤下", {"撤下", "撤回", NULL}},
                                     {NULL, NULL, {NULL}}};

static const char *find_word(const struct word *words, const char *word)
{
    for (; words->code; words++) {
        if (text_same(words->code, word) || text_same(words->name, word))
            return words->code;
        for (const char *const *also = words->also; *also; also++)
            if (text_same(*also, word))
                return words->code;
    }
    return NULL;
}

static const char *nearest_word(const struct word *words, const char *word)
{
    const char *all[16];
    size_t count = 0;
    for (; words->code; words++) {
        all[count++] = words->code;
        all[count++] = words->name;
    }
    return text_nearest(word, all, count);
}

static const char *list_words(const struct word *words, char *list, size_t size)
{
    *list = '\0';
    for (; words->code; words++)
        text_choice(list, size, words->code, words->name);
    return list;
}

static const char *word_name(const struct word *words, const char *code)
{
    for (; code && words->code; words++)
        if (!strcmp(words->code, code))
            return words->name;
    return code;
}

const char *policy_level(const char *word)
{
    return find_word(levels, word);
}

const char *policy_kind(const char *word)
{
    return find_word(kinds, word);
}

const char *policy_state(const char *word)
{
    return find_word(states, word);
}

const char *policy_nearest_level(const char *word)
{
    return nearest_word(levels, word);
}

const char *policy_nearest_kind(const char *word)
{
    return nearest_word(kinds, word);
}

const char *policy_nearest_state(const char *word)
{
    return nearest_word(states, word);
}

const char *policy_list_levels(char *list, size_t size)
{
    return list_words(levels, list, size);
}

const char *policy_list_kinds(char *list, size_t size)
{
    return list_words(kinds, list, size);
}

const char *policy_list_states(char *list, size_t size)
{
    return list_words(states, list, size);
}

const char *policy_level_name(const char *code)
{
    return word_name(levels, code);
}

const char *policy_kind_name(const char *code)
{
    return word_name(kinds, code);
}

const char *policy_state_name(const char *code)
{
    return word_name(states, code);
}

const char *policy_state_on(const struct policy *policy, int day)
{
    bool expired = !strcmp(policy->state, "published") && policy->valid_to != POLICY_NO_DAY &&
                   policy->valid_to < day;
    return expired ? "expired" : policy->state;
}

bool policy_is_address(const char *s)
{
    size_t scheme = !strncmp(s, "https://", 8) ? 8 : !strncmp(s, "http://", 7) ? 7 : 0;
    if (!scheme || !s[scheme] || strchr("/.:?#", s[scheme]))
        return false;
    for (; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f || strchr("\"<>\\", *s))
            return false;
    return true;
}
