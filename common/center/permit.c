#include "center/permit.h"

#include <string.h>

#include "base/die.h"
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
    role_list(&list, roles, false, " or ");
    text_add_format(what, "%s %s", strchr("aeiou", *list.data) ? "an" : "a", list.data);
    text_free(&list);
}

/* What the one who runs the program is: "li is handler of tax". */
static void add_self(struct text *what, const struct center *center, struct arena *arena)
{
    const struct membership *self = &center->self;
    text_add_format(what, "; %s is %s", center->user, self->count ? "" : "no member");
    for (int i = 0; i < self->count; i++) {
        const char *code = org_find_code(center->db, self->of[i].org, arena);
        text_add(what, i ? ", " : "");
        role_list(what, self->of[i].roles, false, " and ");
        text_add_format(what, " of %s", code ? code : "?");
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
    text_add_format(&what, " of %s may", code ? code : center->config->center_org);
    if (permit->entered && org != city_of(center))
        text_add_format(&what, ", or an operator of %s for it", center->config->center_org);
    add_self(&what, center, &arena);
    fault_add(fault, "%s: %s", permit->act, what.data);
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

/* ---- reading ---- */

enum { READS_ALL = ROLE_OPERATOR | ROLE_APPROVER | ROLE_SUPERVISOR | ROLE_AUDITOR };

/* The ids of the organisations for which USER has one of ROLES, as SQL has a list; "0": for none.
 */
static void list_orgs(struct text *list, const struct membership *self, unsigned roles)
{
    text_add(list, "0");
    for (int i = 0; i < self->count; i++)
        if (self->of[i].roles & roles)
            text_add_format(list, ", %lld", (long long)self->of[i].org);
}

static bool reads_all(struct center *center)
{
    const struct membership *self = &center->self;
    bool all = !self->ruled;
    for (int i = 0; i < self->count; i++)
        all = all || (self->of[i].roles & READS_ALL &&
                      (!county_at(center, self->of[i].org) || self->of[i].roles & ROLE_AUDITOR));
    return all;
}

/* Of a ticket n: whose center, or one of whose parties, USER acts for. */
static void write_condition(struct text *sql, const struct membership *self)
{
    struct text parties = {0}, centers = {0};
    list_orgs(&parties, self, ROLE_HANDLER | READS_ALL);
    list_orgs(&centers, self, READS_ALL);
    text_add_format(sql,
                    "(n.center IN (%s)"
                    " OR EXISTS (SELECT 1 FROM route WHERE ticket_id = n.id AND org_id IN (%s))"
                    " OR EXISTS (SELECT 1 FROM supervision WHERE ticket_id = n.id"
                    " AND (org_id IN (%s) OR supervisor IN (%s))))",
                    centers.data, parties.data, parties.data, parties.data);
    text_free(&parties);
    text_free(&centers);
}

void permit_find_reading(struct center *center)
{
    struct text sql = {0};
    if (reads_all(center))
        return;
    write_condition(&sql, &center->self);
    center->reads = arena_string(&center->config->arena, sql.data);
    text_free(&sql);
}

void permit_narrow(struct center *center)
{
    if (center->reads && !center->narrowed)
        db_narrow(center->db, "ticket", center->reads);
    center->narrowed = center->reads != NULL;
}

void permit_widen(struct center *center)
{
    if (center->narrowed)
        db_widen(center->db, "ticket");
    center->narrowed = false;
}

/* True where CONDITION holds of the ticket, whether it can be seen or not. */
static bool holds(struct db *db, int64_t ticket, const char *condition)
{
    struct text sql = {0};
    text_add_format(&sql, "SELECT 1 FROM %s.ticket n WHERE n.id = ?1 AND %s", db_side(db, false),
                    condition);
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    db_bind(q, 1, ticket);
    return db_first(q) != 0;
}

bool permit_sees(struct center *center, int64_t ticket)
{
    return !center->reads || holds(center->db, ticket, center->reads);
}

/* Of the city's center, or an auditor. */
static bool is_trusted(struct center *center)
{
    const struct membership *self = &center->self;
    bool trusted = !self->ruled;
    for (int i = 0; i < self->count; i++)
        trusted = trusted || self->of[i].roles & ROLE_AUDITOR ||
                  (self->of[i].roles & (ROLE_OPERATOR | ROLE_APPROVER) &&
                   self->of[i].org == city_of(center));
    return trusted;
}

void permit_need_unmask(struct center *center, int64_t ticket)
{
    struct text sql = {0};
    if (is_trusted(center))
        return;
    if (!(membership_roles(&center->self) & (READS_ALL | ROLE_HANDLER)))
        die("personal data are not for %s to see (qifu-members(7))", center->user);
    write_condition(&sql, &center->self);
    if (ticket && holds(center->db, ticket, "n.confidential = 1") &&
        !holds(center->db, ticket, sql.data))
        die("%lld is confidential: its parties, its center, who supervises it and auditors see it",
            (long long)ticket);
    text_free(&sql);
}

void permit_need_search(struct center *center)
{
    permit_need_unmask(center, 0);
    if (!center->reads && !is_trusted(center))
        die("confidential texts are searched by the center and by auditors, and by handlers their"
            " own");
}

int64_t permit_by(struct center *center, const char *word)
{
    const struct membership *self = &center->self;
    if (word)
        return org_need(center->db, word);
    return self->count == 1 && self->of[0].org != city_of(center) ? self->of[0].org : 0;
}
