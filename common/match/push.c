#include "match/push.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/progress.h"
#include "base/tongue.h"
#include "center/log.h"
#include "center/org.h"
#include "enterprise/association.h"
#include "match/delivery.h"
#include "match/match.h"
#include "policy/act.h"

/* An association as a recipient, with the members of the population that belong to it. */
struct addressee {
    int64_t id;
    const char *code, *name, *contact, *phone;
    const char *const *classes; /* ended by NULL */
    int *members;               /* numbers in the population, rising */
    int member_count;
};

/* What is known of a firm that is to be left in peace. */
struct peace {
    int had;            /* contacts in the month; -1: not asked yet */
    bool got, left_out; /* something in this run */
};

struct sending {
    struct center *center;
    const struct push_order *order;
    struct matching matching;
    struct arena arena;
    struct addressee *addressees;
    int addressee_count;
    push_take *take;
    push_refuse *refuse;
    void *context;
    int64_t total;
    struct peace *peace; /* of each enterprise; NULL: there is no limit */
    int64_t next, at;    /* the number of the next delivery; when it is sent */
    const struct taxonomy *taxonomy;

    /* of the present policy */
    const struct policy *policy;
    const struct answers *answers; /* NULL: it has no criteria */
    int number;                    /* its own, in the matching */
    uint64_t *sent;                /* enterprises that have it */
    int64_t enterprises, associations, members;
    struct delivery_list list;
    struct fault fault;
};

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The number of enterprise ID in the population, or -1. */
static int find_member(const struct sending *s, int64_t id)
{
    const int64_t *ids = s->matching.ids;
    const int64_t *found =
        s->matching.population.count
            ? bsearch(&id, ids, (size_t)s->matching.population.count, sizeof *ids, compare_ids)
            : NULL;
    return found ? (int)(found - ids) : -1;
}

static const char *copy(struct arena *arena, const char *text)
{
    return text ? arena_string(arena, text) : NULL;
}

static void take_association(void *context, const struct association *association)
{
    struct sending *s = context;
    size_t count = 0;
    while (association->classes[count])
        count++;
    const char **classes = arena_zero(&s->arena, (count + 1) * sizeof *classes);
    for (size_t i = 0; i < count; i++)
        classes[i] = arena_string(&s->arena, association->classes[i]);
    s->addressees = mem_grow(s->addressees, (size_t)s->addressee_count, sizeof *s->addressees);
    s->addressees[s->addressee_count++] =
        (struct addressee){.id = association->id,
                           .code = arena_string(&s->arena, association->code),
                           .name = arena_string(&s->arena, association->name),
                           .contact = copy(&s->arena, association->contact),
                           .phone = copy(&s->arena, association->phone),
                           .classes = classes};
}

static void load_members(struct sending *s, struct addressee *to)
{
    struct db_query *q =
        db_query(s->center->db, "SELECT enterprise_id FROM association_member WHERE org_id = ?1"
                                " ORDER BY enterprise_id");
    db_bind(q, 1, to->id);
    while (db_step(q)) {
        int member = find_member(s, db_number(q, 0));
        if (member < 0)
            continue;
        to->members = mem_grow(to->members, (size_t)to->member_count, sizeof *to->members);
        to->members[to->member_count++] = member;
    }
}

static void load_addressees(struct sending *s)
{
    if (!s->order->associations)
        return;
    association_each(s->center->db, 0, NULL, take_association, s);
    for (int i = 0; i < s->addressee_count; i++)
        load_members(s, &s->addressees[i]);
}

static void load_peace(struct sending *s)
{
    size_t count = (size_t)s->matching.population.count;
    if (!s->order->most || !count)
        return;
    s->peace = mem_zero(count, sizeof *s->peace);
    for (size_t i = 0; i < count; i++)
        s->peace[i].had = -1;
}

static bool is_full(const struct sending *s)
{
    return s->order->limit && s->total >= s->order->limit;
}

/* Stores a delivery of the present policy; its number, 0 in a dry run. Nobody else sends meanwhile,
 * and who has it already was looked up: it is new. */
static int64_t record(struct sending *s, int64_t org, int64_t enterprise, int64_t via)
{
    struct delivery delivery = {.id = s->next,
                                .policy = s->policy->id,
                                .association = org,
                                .enterprise = enterprise,
                                .via = via,
                                .at = s->at,
                                .package = enterprise && s->order->package};
    if (s->order->dry_run)
        return 0;
    delivery_store(s->center->db, &delivery);
    return s->next++;
}

static void tell_left_out(struct sending *s, int64_t enterprise)
{
    struct db_query *q = db_query(s->center->db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, enterprise);
    if (db_step(q))
        s->order->left_out(s->context, db_text(q, 0));
    db_reset(q);
}

/* True where it has had contacts enough in the month; what joins a package is none of its own. */
static bool is_left_in_peace(struct sending *s, int member)
{
    if (!s->peace)
        return false;
    struct peace *peace = &s->peace[member];
    int64_t enterprise = s->matching.ids[member];
    if (peace->had < 0)
        peace->had = s->order->contacts(s->context, enterprise);
    if ((peace->got && s->order->package) || peace->had < s->order->most)
        return false;
    if (!peace->left_out)
        tell_left_out(s, enterprise);
    return peace->left_out = true;
}

static void count_contact(struct sending *s, int member)
{
    if (!s->peace)
        return;
    s->peace[member].had += !(s->peace[member].got && s->order->package);
    s->peace[member].got = true;
}

static void send_to_enterprise(struct sending *s, int member, const struct addressee *via)
{
    int64_t enterprise = s->matching.ids[member];
    struct push_delivery delivery = {.policy = s->policy, .via = via ? via->code : NULL};
    s->sent[member / 64] |= UINT64_C(1) << (member % 64);
    delivery.id = record(s, 0, enterprise, via ? via->id : 0);
    count_contact(s, member);
    struct db_query *q =
        db_query(s->center->db, "SELECT code, name, contact, phone FROM enterprise WHERE id = ?1");
    db_bind(q, 1, enterprise);
    if (db_step(q)) {
        delivery.code = db_text(q, 0);
        delivery.name = db_text(q, 1);
        delivery.contact = db_text(q, 2);
        delivery.phone = db_text(q, 3);
        delivery_list_enterprise(&s->list, delivery.code, delivery.via);
        s->take(s->context, &delivery);
    }
    db_reset(q);
    *(via ? &s->members : &s->enterprises) += 1;
    progress_step(++s->total, 0, "deliveries");
}

static void send_to_matching(struct sending *s)
{
    for (size_t i = 0; s->answers && i < s->answers->words; i++) {
        uint64_t fresh = s->answers->yes[i] & ~s->sent[i];
        for (int bit = 0; fresh && !is_full(s); bit++, fresh >>= 1)
            if (fresh & 1 && !is_left_in_peace(s, (int)i * 64 + bit))
                send_to_enterprise(s, (int)i * 64 + bit, NULL);
    }
}

static bool was_sent_to(struct sending *s, int64_t org)
{
    struct db_query *q =
        db_query(s->center->db, "SELECT 1 FROM push WHERE policy_id = ?1 AND org_id = ?2");
    db_bind(q, 1, s->policy->id);
    db_bind(q, 2, org);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

static void send_to_association(struct sending *s, const struct addressee *to)
{
    struct push_delivery delivery = {.policy = s->policy,
                                     .to_association = true,
                                     .code = to->code,
                                     .name = to->name,
                                     .contact = to->contact,
                                     .phone = to->phone};
    if (was_sent_to(s, to->id))
        return;
    delivery.id = record(s, to->id, 0, 0);
    delivery_list_association(&s->list, to->code);
    s->take(s->context, &delivery);
    s->associations++;
    progress_step(++s->total, 0, "deliveries");
}

static void send_to_members(struct sending *s, const struct addressee *to)
{
    for (int i = 0; i < to->member_count && !is_full(s); i++) {
        int member = to->members[i];
        bool excluded = s->answers && answers_has(s->answers->no, member);
        if (!excluded && !answers_has(s->sent, member) && !is_left_in_peace(s, member))
            send_to_enterprise(s, member, to);
    }
}

/* True where the association wants CLASS, itself or as a part of what it wants. */
static bool prefers(const struct addressee *to, const struct taxonomy *taxonomy, const char *class)
{
    const struct taxonomy_entry *whole = taxonomy_class_of(taxonomy, class);
    for (const char *const *wanted = to->classes; class && *wanted; wanted++)
        if (!strcmp(*wanted, class) || (whole && !strcmp(*wanted, whole->term.code)))
            return true;
    return false;
}

/* Marks who has the policy already. */
static void mark_sent(struct sending *s)
{
    size_t words = (size_t)s->matching.population.count / 64 + 1;
    memset(s->sent, 0, words * sizeof *s->sent);
    struct db_query *q =
        db_query(s->center->db, "SELECT enterprise_id FROM push WHERE policy_id = ?1"
                                " AND enterprise_id IS NOT NULL");
    db_bind(q, 1, s->policy->id);
    while (db_step(q)) {
        int member = find_member(s, db_number(q, 0));
        if (member >= 0)
            s->sent[member / 64] |= UINT64_C(1) << (member % 64);
    }
}

/* FIRST: the number of the first delivery. */
static void log_policy(struct sending *s, int64_t first)
{
    struct center *center = s->center;
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "policy", s->policy->code);
    json_add_number(&data, "enterprises", s->enterprises);
    json_add_number(&data, "associations", s->associations);
    json_add_number(&data, "members", s->members);
    json_add_number(&data, "first", first);
    if (s->order->package)
        json_add_number(&data, "package", 1);
    json_add_raw(&data, "sent", delivery_list_end(&s->list));
    org_add_code(&data, "by", center->db, s->order->who.by);
    event_log(center, 0, policyact_record.acts[POLICYACT_PUSHED].event, s->at, &data);
}

static bool may(void *context)
{
    struct sending *s = context;
    return policyact_may(s->center, s->policy, POLICYACT_PUSHED, s->order->who.by, &s->fault);
}

static bool step(void *context)
{
    struct sending *s = context;
    int64_t first = s->next;
    s->answers = s->policy->criteria ? matching_answers(&s->matching, s->number) : NULL;
    s->enterprises = s->associations = s->members = 0;
    s->list = (struct delivery_list){.via = NULL};
    mark_sent(s);
    if (s->order->enterprises)
        send_to_matching(s);
    for (int i = 0; i < s->addressee_count && !is_full(s); i++)
        if (prefers(&s->addressees[i], s->taxonomy, s->policy->class)) {
            send_to_association(s, &s->addressees[i]);
            send_to_members(s, &s->addressees[i]);
        }
    if (!s->order->dry_run && s->enterprises + s->associations + s->members)
        log_policy(s, first);
    delivery_list_free(&s->list);
    return true;
}

static void send_policy(struct sending *s, int number)
{
    s->number = number;
    s->policy = &s->matching.policies[number];
    fault_clear(&s->fault);
    const struct gate gate = {.record = &policyact_record,
                              .act = POLICYACT_PUSHED,
                              .state = s->policy->state,
                              .at = s->at,
                              .by = &s->order->who.by,
                              .began = s->order->who.at ? s->policy->published_at : 0,
                              .began_as = N_("it was published"),
                              .fault = &s->fault,
                              .context = s,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    if (gate_pass(s->center, &gate) == GATE_REFUSED)
        s->refuse(s->context, s->policy, &s->fault);
}

int64_t push_send(struct center *center, const struct profile *profile,
                  const struct taxonomy *taxonomy, const struct policy *policies, int count,
                  const struct push_order *order, push_take *take, push_refuse *refuse,
                  void *context)
{
    struct sending s = {.center = center,
                        .order = order,
                        .take = take,
                        .refuse = refuse,
                        .context = context,
                        .taxonomy = taxonomy,
                        .next = delivery_next_id(center->db),
                        .at = order->who.at ? order->who.at : center->now};
    s.matching = matching_new(center, profile, policies, count, order->day);
    s.sent = mem_zero((size_t)s.matching.population.count / 64 + 1, sizeof *s.sent);
    load_peace(&s);
    load_addressees(&s);
    for (int i = 0; i < count && !is_full(&s); i++)
        send_policy(&s, i);
    for (int i = 0; i < s.addressee_count; i++)
        free(s.addressees[i].members);
    free(s.addressees);
    free(s.sent);
    free(s.peace);
    matching_free(&s.matching);
    arena_free(&s.arena);
    return s.total;
}

int64_t push_sent(struct db *db, const struct policy *policy, int64_t since, push_take *take,
                  void *context)
{
    int64_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT p.id, p.org_id, coalesce(e.code, o.code), coalesce(e.name, o.name),"
                     " coalesce(e.contact, o.contact), coalesce(e.phone, o.phone), via.code"
                     " FROM push p LEFT JOIN enterprise e ON e.id = p.enterprise_id"
                     " LEFT JOIN org o ON o.id = p.org_id LEFT JOIN org via ON via.id = p.via"
                     " WHERE p.policy_id = ?1 AND p.at >= ?2 ORDER BY p.id");
    db_bind(q, 1, policy->id);
    db_bind(q, 2, since);
    for (; db_step(q); count++)
        take(context, &(struct push_delivery){.id = db_number(q, 0),
                                              .policy = policy,
                                              .to_association = db_number(q, 1) != 0,
                                              .code = db_text(q, 2),
                                              .name = db_text(q, 3),
                                              .contact = db_text(q, 4),
                                              .phone = db_text(q, 5),
                                              .via = db_text(q, 6)});
    return count;
}
