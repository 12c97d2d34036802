#include "center/convener.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "center/county.h"
#include "center/org.h"

struct conveners conveners_new(struct center *center, const struct county *county)
{
    const char *const *codes = county ? county->conveners : center->config->conveners;
    struct conveners conveners = {0};
    for (; codes[conveners.count]; conveners.count++) {
        size_t used = (size_t)conveners.count;
        conveners.orgs = mem_grow(conveners.orgs, used, sizeof *conveners.orgs);
        conveners.orgs[used] = org_find(center->db, codes[used]);
        if (!conveners.orgs[used])
            die("%s/center.yaml: conveners: no organisation \"%s\"; org-add adds one",
                center->config->directory, codes[used]);
    }
    return conveners;
}

void conveners_free(struct conveners *conveners)
{
    free(conveners->orgs);
}

bool conveners_have(const struct conveners *conveners, int64_t org)
{
    for (int i = 0; i < conveners->count; i++)
        if (conveners->orgs[i] == org)
            return true;
    return false;
}

bool convener_may(struct center *center, const struct county *county, int64_t org)
{
    struct conveners own = conveners_new(center, county);
    bool may = conveners_have(&own, org) || (county && org == county_org(center, NULL));
    conveners_free(&own);
    return may;
}

void conveners_name(const struct conveners *conveners, struct db *db, struct text *names)
{
    struct db_query *q = db_query(db, "SELECT name FROM org WHERE id = ?1");
    for (int i = 0; i < conveners->count; i++) {
        db_bind(q, 1, conveners->orgs[i]);
        if (db_step(q))
            text_add_format(names, "%s%s", i ? ", " : "", db_text(q, 0));
        db_reset(q);
    }
}
