/* What the one who runs the program may read. */
#include <string.h>

#include "base/die.h"
#include "center/county.h"
#include "center/org.h"
#include "center/permit.h"
#include "center/role.h"

enum { READS_ALL = ROLE_OPERATOR | ROLE_APPROVER | ROLE_SUPERVISOR | ROLE_AUDITOR };

/* Of whom is read: the ids of the organisations whose own USER reads, and of those whose center's,
 * as SQL has a list; "0" alone: none. */
struct whose {
    struct text parties, centers;
    const char *side;
    bool reads, member; /* it reads for somebody; it is somebody's member */
};

/* ---- which rows of which table ---- */

/* Where {P} is the parties, {C} the centers; {R} and {M} 1 where it reads, and where it is a
 * member; {S} the side of the database where nothing is narrowed. A table may ask those before it,
 * which are narrowed then. What is not here is
 * everybody's: organisations, knowledge, policies that were published, and what figures count. */
static const struct {
    struct permit_reading shown;
    const char *condition;
} tables[] = {
    {{"ticket", "工单", "those that they lead, assist or are ordered on, or once did", NULL},
     "(n.center IN ({C})"
     " OR EXISTS (SELECT 1 FROM {S}.route WHERE ticket_id = n.id AND org_id IN ({P}))"
     " OR EXISTS (SELECT 1 FROM {S}.supervision WHERE ticket_id = n.id"
     " AND (org_id IN ({P}) OR supervisor IN ({P}))))"},
    {{"supervision", "督办", "those on these tickets", NULL},
     "EXISTS (SELECT 1 FROM ticket WHERE id = n.ticket_id)"},
    {{"ruling", "会商裁定", "all, but for the ticket that they were about", NULL}, "{R} = 1"},
    {{"member", "人员", "all, and so do administrators", NULL}, "{M} = 1"},
    {{"enterprise", "企业", "all", NULL}, "{R} = 1"},
    {{"liaison", "助企员", "all", NULL}, "{R} = 1"},
    {{"policy", "政策", "their own drafts, too", "those that were published"},
     "n.published_at IS NOT NULL OR n.org_id IN ({P})"},
    {{"push", "推送", "those to them, through them, or of their policies", NULL},
     "n.org_id IN ({P}) OR n.via IN ({P})"
     " OR n.policy_id IN (SELECT id FROM policy WHERE org_id IN ({P}))"},
    {{"survey_answer", "问卷", "answers about them, too", "how many there are"},
     "n.org_id IN ({P})"},
    {{"consultation", "征求意见", "all, with the opinions", NULL}, "{R} = 1"},
    {{"ballot_vote", "评议票", "ballots, too", "ranks"}, "{R} = 1"},
    {{"entry", "台账", "entries for which they answer, that name them, or on which they have acted",
      NULL},
     "n.org_id IN ({P})"
     " OR EXISTS (SELECT 1 FROM entry_value v JOIN org o ON o.code = v.text"
     " WHERE v.entry_id = n.id AND o.id IN ({P}))"
     " OR EXISTS (SELECT 1 FROM entry_move WHERE entry_id = n.id AND org_id IN ({P}))"},
    {{"address", "通知地址", "their own, and those of their liaisons", NULL},
     "(n.owner = 'org' AND n.owner_id IN ({P})) OR (n.owner = 'liaison'"
     " AND n.owner_id IN (SELECT id FROM liaison WHERE org_id IN ({P})))"},
    {{"notice", "通知", "those to these addresses", NULL},
     "EXISTS (SELECT 1 FROM address WHERE id = n.address_id)"},
    {{"mail", "来信", "those from these addresses", NULL},
     "EXISTS (SELECT 1 FROM address WHERE id = n.address_id)"},
};
enum { TABLES = sizeof tables / sizeof *tables, TICKETS = 0 };

const struct permit_reading *permit_reading(int number)
{
    return number < TABLES ? &tables[number].shown : NULL;
}

static void add_list(struct text *list, int64_t org)
{
    text_add_format(list, "%s%lld", list->length ? ", " : "", (long long)org);
}

/* The bureaus of a county whose desk reads. */
static void add_bureaus(struct text *list, struct center *center, const struct county *county)
{
    struct db_query *q = db_query(center->db, "SELECT id FROM org WHERE peer_group = ?1");
    db_bind_text(q, 1, county->bureaus);
    while (db_step(q))
        add_list(list, db_number(q, 0));
}

static struct whose find_whose(struct center *center)
{
    const struct membership *self = &center->self;
    struct whose whose = {.side = db_side(center->db, false), .member = self->count > 0};
    add_list(&whose.parties, 0);
    add_list(&whose.centers, 0);
    for (int i = 0; i < self->count; i++) {
        const struct county *county = county_at(center, self->of[i].org);
        bool is_desk = self->of[i].roles & READS_ALL;
        if (!is_desk && !(self->of[i].roles & ROLE_HANDLER))
            continue;
        whose.reads = true;
        add_list(&whose.parties, self->of[i].org);
        if (is_desk)
            add_list(&whose.centers, self->of[i].org);
        if (is_desk && county)
            add_bureaus(&whose.parties, center, county);
    }
    return whose;
}

static void free_whose(struct whose *whose)
{
    text_free(&whose->parties);
    text_free(&whose->centers);
}

static void write_condition(struct text *sql, const char *pattern, const struct whose *whose)
{
    for (const char *open; (open = strchr(pattern, '{')); pattern = open + 3) {
        text_add_bytes(sql, pattern, (size_t)(open - pattern));
        switch (open[1]) {
        case 'P': text_add(sql, whose->parties.data); break;
        case 'C': text_add(sql, whose->centers.data); break;
        case 'S': text_add(sql, whose->side); break;
        case 'R': text_add(sql, whose->reads ? "1" : "0"); break;
        default: text_add(sql, whose->member ? "1" : "0"); break;
        }
    }
    text_add(sql, pattern);
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

void permit_find_reading(struct center *center)
{
    struct arena *arena = &center->config->arena;
    struct text sql = {0};
    if (reads_all(center))
        return;
    struct whose whose = find_whose(center);
    center->reads = arena_zero(arena, TABLES * sizeof *center->reads);
    for (int i = 0; i < TABLES; i++) {
        text_clear(&sql);
        write_condition(&sql, tables[i].condition, &whose);
        center->reads[i] = arena_string(arena, sql.data);
    }
    center->reads_for = arena_string(arena, whose.parties.data);
    text_free(&sql);
    free_whose(&whose);
}

void permit_narrow(struct center *center, bool but_tickets)
{
    if (!center->reads || center->narrowed)
        return;
    center->narrowed_from = but_tickets ? TICKETS + 1 : TICKETS;
    for (int i = center->narrowed_from; i < TABLES; i++)
        db_narrow(center->db, tables[i].shown.table, center->reads[i]);
    center->narrowed = true;
}

/* Some rest on those before them. */
void permit_widen(struct center *center)
{
    for (int i = TABLES - 1; center->narrowed && i >= center->narrowed_from; i--)
        db_widen(center->db, tables[i].shown.table);
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
    return !center->reads || holds(center->db, ticket, center->reads[TICKETS]);
}

bool permit_reads_for(struct center *center, const char *org)
{
    struct text sql = {0};
    if (!center->reads)
        return true;
    text_add_format(&sql, "SELECT 1 FROM org WHERE code = ?1 AND id IN (%s)", center->reads_for);
    struct db_query *q = db_query_built(center->db, sql.data);
    text_free(&sql);
    db_bind_text(q, 1, org);
    return db_first(q) != 0;
}

/* ---- personal data ---- */

/* Of the city's center, or an auditor. */
static bool is_trusted(struct center *center)
{
    const struct membership *self = &center->self;
    bool trusted = !self->ruled;
    for (int i = 0; i < self->count; i++)
        trusted = trusted || self->of[i].roles & ROLE_AUDITOR ||
                  (self->of[i].roles & (ROLE_OPERATOR | ROLE_APPROVER) &&
                   org_is_center(center, self->of[i].org));
    return trusted;
}

static bool is_party(struct center *center, int64_t ticket)
{
    struct text sql = {0};
    struct whose whose = find_whose(center);
    write_condition(&sql, tables[TICKETS].condition, &whose);
    bool is = holds(center->db, ticket, sql.data);
    text_free(&sql);
    free_whose(&whose);
    return is;
}

void permit_need_unmask(struct center *center, int64_t ticket)
{
    if (is_trusted(center))
        return;
    if (!(membership_roles(&center->self) & (READS_ALL | ROLE_HANDLER)))
        die("personal data are not for %s to see (qifu-members(7))", center->user);
    if (ticket && holds(center->db, ticket, "n.confidential = 1") && !is_party(center, ticket))
        die("%lld is confidential: its parties, its center, who supervises it and auditors see it",
            (long long)ticket);
}

void permit_need_search(struct center *center)
{
    permit_need_unmask(center, 0);
    if (!center->reads && !is_trusted(center))
        die("confidential texts are searched by the center and by auditors, and by handlers their"
            " own");
}
