#include "supervision/ladder.h"

#include "base/die.h"
#include "center/county.h"
#include "center/org.h"

static int64_t find_supervisor(const struct center *center, const struct level *level)
{
    int64_t org = org_find(center->db, level->supervisor);
    if (!org)
        die("%s/center.yaml: level %s: no organisation \"%s\" to supervise it; org-add adds one",
            center->config->directory, level->term.code, level->supervisor);
    return org;
}

struct ladder ladder_new(struct center *center)
{
    struct config *config = center->config;
    struct ladder ladder = {.center = center,
                            .center_org = org_need(center->db, config->center_org)};
    ladder.supervisors =
        arena_zero(&config->arena, (size_t)config->level_count * sizeof *ladder.supervisors);
    for (int i = 0; i < config->level_count; i++)
        ladder.supervisors[i] = find_supervisor(center, &config->levels[i]);
    county_check(center);
    return ladder;
}

/* The county one of whose bureaus ORG is; NULL: none. */
static const struct county *county_over(const struct ladder *ladder, int64_t org)
{
    return county_at(ladder->center, org) ? NULL : county_of(ladder->center, org);
}

int64_t ladder_supervisor(const struct ladder *ladder, int64_t org, int level)
{
    const struct county *county = county_over(ladder, org);
    if (county && county->supervisors[level])
        return org_find(ladder->center->db, county->supervisors[level]);
    return county && ladder->supervisors[level] == ladder->center_org
               ? county_org(ladder->center, county)
               : ladder->supervisors[level];
}

const char *ladder_document(const struct ladder *ladder, int64_t org, int level)
{
    const struct county *county = county_over(ladder, org);
    return county && county->documents[level] ? county->documents[level]
                                              : ladder->center->config->levels[level].document;
}

int64_t ladder_center(const struct ladder *ladder, int64_t org)
{
    const struct county *county = county_over(ladder, org);
    return county ? county_org(ladder->center, county) : ladder->center_org;
}
