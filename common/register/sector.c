#include "register/sector.h"

#include "base/clock.h"
#include "base/text.h"
#include "register/list.h"
#include "register/origin.h"
#include "ticket/masked.h"

struct telling {
    struct center *center;
    const char *part, *part_name;
    void (*take)(void *context, const struct sector_item *item);
    void *context;
};

static void tell(const struct telling *t, struct sector_item item)
{
    item.part = t->part;
    item.part_name = t->part_name;
    t->take(t->context, &item);
}

/* A look for each policy: no index has pushes by whom they went to. */
static void tell_deliveries(struct telling *t, int64_t id)
{
    struct db_query *q = db_query(
        t->center->db, "SELECT p.code, p.title, s.at FROM policy p CROSS JOIN push s"
                       " WHERE s.policy_id = p.id AND s.org_id = ?1 ORDER BY s.at, p.code");
    db_bind(q, 1, id);
    t->part = "deliveries";
    t->part_name = "推送政策";
    while (db_step(q))
        tell(t, (struct sector_item){
                    .item = db_text(q, 0), .value = db_text(q, 1), .from = db_number(q, 2)});
}

/* Whether it has said something; else whether it may still. */
static const char *const states[][2] = {
    {"answered", "已反馈"}, {"open", "征求中"}, {"over", "已截止"}};

static void tell_drafts(struct telling *t, int64_t id)
{
    int today = clock_day(t->center->now);
    struct db_query *q = db_query(
        t->center->db,
        "SELECT CAST(c.id AS TEXT), c.title, c.opened_at, c.until_day, (SELECT count(*) FROM"
        " opinion o WHERE o.consultation_id = c.id AND o.org_id = ?1) FROM consultation c"
        " CROSS JOIN consultee e WHERE e.consultation_id = c.id AND e.org_id = ?1 ORDER BY c.id");
    db_bind(q, 1, id);
    t->part = "drafts";
    t->part_name = "征求意见";
    while (db_step(q)) {
        int day = (int)db_number(q, 3);
        const char *const *state = states[db_number(q, 4) ? 0 : day >= today ? 1 : 2];
        tell(t, (struct sector_item){.item = db_text(q, 0),
                                     .value = db_text(q, 1),
                                     .from = db_number(q, 2),
                                     .until = clock_moment(day, SECONDS_PER_DAY - 1),
                                     .state = state[0],
                                     .state_name = state[1]});
    }
}

static void tell_ticket(void *context, const struct ticket *ticket)
{
    const struct telling *t = context;
    struct text id = {0}, title = {0};
    text_add_number(&id, ticket->id);
    tell(t, (struct sector_item){
                .item = id.data,
                .value = masked_value(&title, ticket, MASKED_TEXT, ticket->title, false),
                .from = ticket->received_at,
                .until = ticket->closed_at,
                .state = ticket->state,
                .state_name = ticket_state_name(ticket->state)});
    text_free(&id);
    text_free(&title);
}

static void tell_requests(struct telling *t, int64_t id, const char *code, const char *name)
{
    t->part = "own";
    t->part_name = "协会诉求";
    ticket_each(t->center->db, &(struct ticket_filter){.firm_code = code, .firm_name = name},
                tell_ticket, t);
    t->part = "members";
    t->part_name = "会员诉求";
    ticket_each(t->center->db, &(struct ticket_filter){.association = id}, tell_ticket, t);
}

static void take_said(void *context, const struct entry_move *move)
{
    struct text *said = context;
    if (!move->text)
        return;
    text_clear(said);
    text_add(said, move->text);
}

static void tell_entry(void *context, const struct entry *entry)
{
    struct telling *t = context;
    struct text id = {0}, name = {0}, said = {0};
    entry_moves(t->center->db, entry->id, take_said, &said);
    text_add_number(&id, entry->id);
    origin_name_entry(&name, entry);
    t->part = "entries";
    t->part_name = entry->registry->name;
    tell(t, (struct sector_item){.item = id.data,
                                 .value = name.data,
                                 .from = entry->added_at,
                                 .until = entry->due_at,
                                 .state = entry->state,
                                 .state_name = registry_state_name(entry->registry, entry->state),
                                 .said = said.data});
    text_free(&id);
    text_free(&name);
    text_free(&said);
}

void sector_each(struct center *center, int64_t id, const char *code, const char *name,
                 void (*take)(void *context, const struct sector_item *item), void *context)
{
    struct telling t = {.center = center, .take = take, .context = context};
    tell_deliveries(&t, id);
    tell_drafts(&t, id);
    tell_requests(&t, id, code, name);
    entry_each_naming(center, REGISTRY_ASSOCIATION, code, tell_entry, &t);
}
