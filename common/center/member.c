#include "center/member.h"

#include <string.h>

#include "base/clock.h"
#include "center/county.h"
#include "center/org.h"
#include "center/role.h"

enum member_act { MEMBER_ADD, MEMBER_CHANGE, MEMBER_REMOVE };

static const struct gate_act acts[] = {
    [MEMBER_ADD] = {"add a member", "member-add", "登记人员", GATE_NEW, GATE_BY_CENTER,
                    "member-added"},
    [MEMBER_CHANGE] = {"change a member", "member-add", "变更人员", GATE_REGISTERED, GATE_BY_CENTER,
                       "member-changed"},
    [MEMBER_REMOVE] = {"remove a member", "member-remove", "注销人员", GATE_REGISTERED,
                       GATE_BY_CENTER, "member-removed"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record member_record = {"member", "人员", gate_registers, gate_register_name,
                                          acts};

const char *const member_fields[] = {"name", "org", "roles", "by", "at", NULL};

/* ---- what events make of members ---- */

static void apply_added(struct db *db, const struct event *event, const struct json *data)
{
    struct text roles = {0};
    unsigned set = 0;
    for (int i = 0; i < json_count(data, "roles"); i++)
        set |= role_set(json_text_at(data, "roles", i));
    role_list(&roles, set, false, " ");
    struct db_query *q =
        db_query(db, "INSERT INTO member (name, org_id, roles, since) SELECT ?1, id, ?3, ?4 FROM"
                     " org WHERE code = ?2 ON CONFLICT (name, org_id) DO UPDATE SET"
                     " roles = excluded.roles, until = NULL,"
                     " since = CASE WHEN member.until IS NULL THEN member.since"
                     " ELSE excluded.since END");
    db_bind_text(q, 1, json_text(data, "member"));
    db_bind_text(q, 2, json_text(data, "org"));
    db_bind_text(q, 3, text_string(&roles));
    db_bind(q, 4, event->at);
    db_run(q);
    text_free(&roles);
}

static void apply_removed(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "UPDATE member SET until = ?3 WHERE name = ?1 AND org_id ="
                                      " (SELECT id FROM org WHERE code = ?2)");
    db_bind_text(q, 1, json_text(data, "member"));
    db_bind_text(q, 2, json_text(data, "org"));
    db_bind(q, 3, event->at);
    db_run(q);
}

const struct projected member_projected = {
    .check = "members",
    .tables = (const struct projected_table[]){{"member", "m.org_id", "m.name", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"member-added", apply_added},
                                                 {"member-changed", apply_added},
                                                 {"member-removed", apply_removed},
                                                 {NULL, NULL}}};

/* ---- saving ---- */

/* One that is being added, changed or removed. */
struct saving {
    struct center *center;
    struct member is, was; /* WAS: roles 0 and since 0 where it never was one */
    const struct gate_who *who;
    enum member_act act;
    struct fault *fault;
};

static struct member find(struct db *db, const char *name, int64_t org)
{
    struct member found = {.name = name, .org = org};
    struct db_query *q = db_query(db, "SELECT roles, since, coalesce(until, 0) FROM member"
                                      " WHERE name = ?1 AND org_id = ?2");
    db_bind_text(q, 1, name);
    db_bind(q, 2, org);
    if (db_step(q)) {
        found.roles = role_set(db_text(q, 0));
        found.since = db_number(q, 1);
        found.until = db_number(q, 2);
    }
    db_reset(q);
    return found;
}

static bool is_one(const struct member *member)
{
    return member->since && !member->until;
}

static bool is_known(void *context)
{
    const struct saving *s = context;
    if (s->act == MEMBER_REMOVE)
        return s->was.until != 0;
    return is_one(&s->was) && s->was.roles == s->is.roles;
}

/* An administrator of a county's center keeps the members of its own and of its bureaus. */
static bool may(void *context)
{
    struct saving *s = context;
    int64_t by = s->who->by;
    const struct county *county = county_at(s->center, by);
    return org_is_center(s->center, by) || (county && county_of(s->center, s->is.org) == county) ||
           fault_add(s->fault, "%s: only the center may", gate_called(&acts[s->act]));
}

static bool step(void *context)
{
    const struct saving *s = context;
    struct text data = {0}, roles = {0};
    for (int i = 0; role_code(i); i++)
        if (s->is.roles >> i & 1)
            json_list_add(&roles, role_code(i));
    json_start(&data);
    json_add_text(&data, "member", s->is.name);
    org_add_code(&data, "org", s->center->db, s->is.org);
    json_add_raw(&data, "roles", json_list_end(&roles));
    org_add_code(&data, "by", s->center->db, s->who->by);
    projected_log(s->center, &member_projected, acts[s->act].event, s->who->at, &data);
    text_free(&roles);
    return true;
}

static enum gate_result pass(struct saving *s)
{
    const struct gate gate = {.record = &member_record,
                              .act = (int)s->act,
                              .state = gate_registers[is_one(&s->was)],
                              .at = s->who->at,
                              .by = &s->who->by,
                              .fault = s->fault,
                              .context = s,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(s->center, &gate);
}

/* Roles that go with no other, or not with this organisation. */
static bool fits(struct center *center, const struct member *member, struct fault *fault)
{
    struct text list = {0};
    bool is_center = org_is_center(center, member->org) || county_at(center, member->org);
    unsigned centers = member->roles & ROLE_OF_CENTER;
    if (!member->roles)
        fault_add(fault, "no roles");
    if (member->roles & ROLE_AUDITOR && member->roles != ROLE_AUDITOR)
        fault_add(fault, "an auditor reads all and acts never: no other role goes with it");
    role_list(&list, centers, false, " and ");
    if (centers && !is_center)
        fault_add(fault, "only a center has %s", list.data);
    if (!membership_is_name(member->name) || text_is_blank(member->name))
        fault_add(fault, "a name has 1 to %d bytes, all of them seen", MEMBERSHIP_LONGEST_NAME);
    text_free(&list);
    return !*fault->text;
}

enum gate_result member_save(struct center *center, const struct member *member,
                             const struct gate_who *who, bool *added, struct fault *fault)
{
    struct saving s = {.center = center,
                       .is = *member,
                       .was = find(center->db, member->name, member->org),
                       .who = who,
                       .fault = fault};
    *added = !is_one(&s.was);
    s.act = *added ? MEMBER_ADD : MEMBER_CHANGE;
    return fits(center, member, fault) ? pass(&s) : GATE_REFUSED;
}

enum gate_result member_remove(struct center *center, const char *name, int64_t org,
                               const struct gate_who *who, struct fault *fault)
{
    struct saving s = {.center = center,
                       .is = {.name = name, .org = org},
                       .was = find(center->db, name, org),
                       .who = who,
                       .act = MEMBER_REMOVE,
                       .fault = fault};
    return pass(&s);
}

bool member_check_left(struct center *center, struct fault *fault)
{
    struct db_query *q = db_query(center->db, "SELECT m.roles FROM member m JOIN org o"
                                              " ON o.id = m.org_id WHERE m.until IS NULL"
                                              " AND o.code = ?1");
    bool left = false;
    db_bind_text(q, 1, center->config->center_org);
    while (db_step(q))
        left = left || role_set(db_text(q, 0)) & ROLE_ADMINISTRATOR;
    return left || fault_add(fault,
                             "nobody would be left who may add members: first member-add NAME"
                             " --org %s --role administrator",
                             center->config->center_org);
}

void member_each(struct db *db, const char *name, bool former,
                 void (*take)(void *, const struct member *), void *context)
{
    struct db_query *q =
        db_query(db, "SELECT m.name, m.org_id, m.roles, m.since, coalesce(m.until, 0) FROM member m"
                     " JOIN org o ON o.id = m.org_id WHERE (?1 IS NULL OR m.name = ?1)"
                     " AND (?2 = 1 OR m.until IS NULL) ORDER BY m.name, o.code");
    db_bind_text(q, 1, name);
    db_bind(q, 2, former);
    while (db_step(q))
        take(context, &(struct member){db_text(q, 0), db_number(q, 1), role_set(db_text(q, 2)),
                                       db_number(q, 3), db_number(q, 4)});
}
