#include "center/county.h"

#include <string.h>

#include "base/die.h"
#include "center/org.h"

/* The county that SQL's row (code, group) belongs to; WHOLE: or is a bureau of. */
static const struct county *find_county(struct center *center, int64_t org, bool whole)
{
    const struct config *config = center->config;
    const struct county *found = NULL;
    if (!config->county_count || !org)
        return NULL;
    struct db_query *q = db_query(center->db, "SELECT code, peer_group FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    bool known = db_step(q);
    for (int i = 0; known && i < config->county_count && !found; i++)
        if (!strcmp(config->counties[i].center, db_text(q, 0)))
            found = &config->counties[i];
    bool is_city = known && !strcmp(config->center_org, db_text(q, 0));
    for (int i = 0; known && whole && !is_city && i < config->county_count && !found; i++)
        if (!strcmp(config->counties[i].bureaus, db_text(q, 1)))
            found = &config->counties[i];
    db_reset(q);
    return found;
}

const struct county *county_at(struct center *center, int64_t org)
{
    return find_county(center, org, false);
}

const struct county *county_of(struct center *center, int64_t org)
{
    return find_county(center, org, true);
}

int64_t county_org(struct center *center, const struct county *county)
{
    return org_need(center->db, county ? county->center : center->config->center_org);
}

const char *county_title(struct center *center, const struct county *county)
{
    struct arena *arena = &center->config->arena;
    if (!county)
        return center_title(center);
    struct db_query *q = db_query(center->db, "SELECT name FROM org WHERE code = ?1");
    db_bind_text(q, 1, county->center);
    const char *name = db_step(q) ? arena_string(arena, db_text(q, 0)) : county->center;
    db_reset(q);
    return center->demo ? arena_format(arena, "%s（演示数据）", name) : name;
}

const struct county *county_need(struct center *center, const char *word)
{
    int64_t org = org_need(center->db, word);
    const struct county *county = county_at(center, org);
    if (!county && org != county_org(center, NULL))
        die("%s is no center: center.yaml names the counties that are", word);
    return county;
}

struct county_choice county_choose(struct center *center, const char *word)
{
    return (struct county_choice){word != NULL, word ? county_need(center, word) : NULL};
}

bool county_chosen(struct center *center, const struct county_choice *choice, int64_t org)
{
    return !choice->one || county_of(center, org) == choice->county;
}

int64_t county_pool(struct center *center, const struct county_choice *choice)
{
    return !choice->one ? -1 : choice->county ? county_org(center, choice->county) : 0;
}

static void need_org(struct center *center, const struct county *county, const char *what,
                     const char *code)
{
    if (!org_find(center->db, code))
        die("%s/center.yaml: county %s: %s: no organisation \"%s\"; org-add adds one",
            center->config->directory, county->center, what, code);
}

void county_check(struct center *center)
{
    const struct config *config = center->config;
    for (int i = 0; i < config->county_count; i++) {
        const struct county *county = &config->counties[i];
        need_org(center, county, "center", county->center);
        for (const char *const *code = county->conveners; *code; code++)
            need_org(center, county, "conveners", *code);
        for (int level = 0; level < config->level_count; level++)
            if (county->supervisors[level])
                need_org(center, county, "supervisors", county->supervisors[level]);
    }
}
