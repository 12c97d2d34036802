#include "match/delivery.h"

#include "base/json.h"
#include "center/projected.h"
#include "match/push.h"

int64_t delivery_next_id(struct db *db)
{
    return db_count(db, "SELECT coalesce(max(id), 0) + 1 FROM push");
}

void delivery_store(struct db *db, const struct delivery *delivery)
{
    struct db_query *q =
        db_query(db, "INSERT INTO push (id, policy_id, org_id, enterprise_id, via, at, package)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING");
    db_bind(q, 1, delivery->id);
    db_bind(q, 2, delivery->policy);
    db_bind_some(q, 3, delivery->association);
    db_bind_some(q, 4, delivery->enterprise);
    db_bind_some(q, 5, delivery->via);
    db_bind(q, 6, delivery->at);
    db_bind(q, 7, delivery->package);
    db_run(q);
}

/* ---- the list of an event ---- */

static void end_part(struct delivery_list *list)
{
    const char *codes = json_list_end(&list->codes);
    if (!codes)
        return;
    text_add_char(&list->parts, list->parts.length ? ',' : '[');
    json_start(&list->parts);
    json_add_text(&list->parts, "via", list->via);
    json_add_raw(&list->parts, "enterprises", codes);
    json_end(&list->parts);
    text_clear(&list->codes);
}

void delivery_list_enterprise(struct delivery_list *list, const char *code, const char *via)
{
    if (list->via != via)
        end_part(list);
    list->via = via;
    json_list_add(&list->codes, code);
}

void delivery_list_association(struct delivery_list *list, const char *code)
{
    end_part(list);
    text_add_char(&list->parts, list->parts.length ? ',' : '[');
    json_start(&list->parts);
    json_add_text(&list->parts, "association", code);
    json_end(&list->parts);
}

const char *delivery_list_end(struct delivery_list *list)
{
    end_part(list);
    if (list->parts.length)
        text_add_char(&list->parts, ']');
    return list->parts.data;
}

void delivery_list_free(struct delivery_list *list)
{
    text_free(&list->parts);
    text_free(&list->codes);
}

/* ---- what events make of deliveries ---- */

static int64_t find(struct db_query *q, const char *code)
{
    db_bind_text(q, 1, code);
    return db_first(q);
}

static int64_t find_association(struct db *db, const char *code)
{
    return code ? find(db_query(db, "SELECT id FROM org WHERE code = ?1"), code) : 0;
}

static void store_part(struct db *db, struct delivery *d, const struct json *part)
{
    d->association = find_association(db, json_text(part, "association"));
    d->via = find_association(db, json_text(part, "via"));
    d->enterprise = 0;
    if (d->association) {
        delivery_store(db, d);
        d->id++;
    }
    for (int i = 0; i < json_count(part, "enterprises"); i++, d->id++) {
        d->enterprise = find(db_query(db, "SELECT id FROM enterprise WHERE code = ?1"),
                             json_text_at(part, "enterprises", i));
        if (d->enterprise)
            delivery_store(db, d);
    }
}

/* Events of before told how many there were alone: delivery-stated tells the rest. */
static void apply(struct db *db, const struct event *event, const struct json *data)
{
    struct delivery d = {.id = json_number(data, "first"),
                         .at = event->at,
                         .package = json_number(data, "package") != 0};
    d.policy =
        find(db_query(db, "SELECT id FROM policy WHERE code = ?1"), json_text(data, "policy"));
    for (int i = 0; d.policy && i < json_count(data, "sent"); i++)
        store_part(db, &d, json_object_at(data, "sent", i));
}

static void apply_stated(struct db *db, const struct event *event, const struct json *data)
{
    const struct delivery d = {.id = json_number(data, "id"),
                               .policy = json_number(data, "policy_id"),
                               .association = json_number(data, "org_id"),
                               .enterprise = json_number(data, "enterprise_id"),
                               .via = json_number(data, "via_id"),
                               .at = json_number(data, "at")};
    (void)event;
    delivery_store(db, &d);
}

const struct projected push_projected = {
    .check = "deliveries",
    .tables =
        (const struct projected_table[]){
            {"push", "m.id",
             "(SELECT code FROM policy WHERE id = m.policy_id) || ' to ' || coalesce((SELECT code"
             " FROM enterprise WHERE id = m.enterprise_id), (SELECT code FROM org WHERE id ="
             " m.org_id), '?')",
             NULL},
            {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"policy-pushed", apply}, {"delivery-stated", apply_stated}, {NULL, NULL}}};
