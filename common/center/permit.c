#include "center/permit.h"

#include <string.h>

#include "base/die.h"
#include "base/tongue.h"
#include "center/county.h"
#include "center/org.h"
#include "center/role.h"

static int64_t city_of(const struct center *center)
{
    return org_find(center->db, center->config->center_org);
}

/* The city's center may all that a county's center may of its own. */
static bool acts_for(struct center *center, int64_t own, int64_t org)
{
    return own == org || (own == city_of(center) && county_at(center, org));
}

/* The center's desk enters what is told by telephone or on paper: the city's for everybody, a
 * county's for its bureaus. */
static bool enters_for(struct center *center, const struct membership_of *of, int64_t org)
{
    const struct county *county = county_at(center, of->org);
    return of->roles & ROLE_OPERATOR &&
           (of->org == city_of(center) || (county && county_of(center, org) == county));
}

/* ---- refusing ---- */

static void add_roles(struct text *what, unsigned roles)
{
    struct text list = {0};
    role_list(&list, roles, false, tongue(" or "));
    text_add_format(what, "%s%s", strchr("aeiou", *list.data) ? tongue("an ") : tongue("a "),
                    list.data);
    text_free(&list);
}

/* What the one who runs the program is: "li is handler of tax". */
static void add_self(struct text *what, const struct center *center, struct arena *arena)
{
    const struct membership *self = &center->self;
    text_add_format(what, tongue("; %s is %s"), center->user,
                    self->count ? "" : tongue("no member"));
    for (int i = 0; i < self->count; i++) {
        const char *code = org_find_code(center->db, self->of[i].org, arena);
        text_add(what, i ? ", " : "");
        role_list(what, self->of[i].roles, false, tongue(" and "));
        text_add_format(what, tongue(" of %s"), code ? code : "?");
    }
}

static bool refuse(struct center *center, const struct permit *permit, int64_t org,
                   struct fault *fault)
{
    bool is_centers = !(permit->roles & ~(unsigned)ROLE_OF_CENTER) && !county_at(center, org);
    struct arena arena = {0};
    struct text what = {0};
    const char *code = is_centers ? NULL : org_find_code(center->db, org, &arena);
    add_roles(&what, permit->roles);
    text_add_format(&what, tongue(" of %s may"), code ? code : center->config->center_org);
    if (permit->entered && org != city_of(center))
        text_add_format(&what, tongue(", or an operator of %s for it"), center->config->center_org);
    add_self(&what, center, &arena);
    fault_add(fault, "%s: %s", tongue(permit->act), what.data);
    text_free(&what);
    arena_free(&arena);
    return false;
}

/* ---- */

bool permit_allows(struct center *center, const struct permit *permit, struct fault *fault)
{
    const struct membership *self = &center->self;
    int64_t org = permit->by ? permit->by : city_of(center);
    if (!self->ruled)
        return true;
    for (int i = 0; i < self->count; i++)
        if (self->of[i].roles & permit->roles && acts_for(center, self->of[i].org, org))
            return true;
    for (int i = 0; i < self->count && permit->entered; i++)
        if (enters_for(center, &self->of[i], org)) {
            center->entered_by = self->of[i].org;
            return true;
        }
    return refuse(center, permit, org, fault);
}

void permit_need(struct center *center, const char *act, unsigned roles, bool counties)
{
    const struct membership *self = &center->self;
    struct fault fault = {""};
    for (int i = 0; i < self->count && counties; i++)
        if (self->of[i].roles & roles && county_at(center, self->of[i].org))
            return;
    if (!permit_allows(center, &(struct permit){.act = act, .roles = roles}, &fault))
        die("%s", fault.text);
}

bool permit_grants(const struct center *center, const char *user)
{
    return !center->self.ruled || !user || strcmp(user, center->user) != 0;
}

int64_t permit_by(struct center *center, const char *word)
{
    const struct membership *self = &center->self;
    if (word)
        return org_need(center->db, word);
    return self->count == 1 && self->of[0].org != city_of(center) ? self->of[0].org : 0;
}
