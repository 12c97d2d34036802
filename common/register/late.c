#include "register/late.h"

#include <stdlib.h>

#include "act/apply.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "register/list.h"
#include "ticket/assignment.h"

/* The state of the gate is the entry's own; what is done to it is found, not asked for. */
static void log_it(struct center *center, const struct entry *entry, int64_t ticket)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "entry", entry->id);
    json_add_number(&data, "ticket", ticket);
    projected_log(center, &entry_projected, "entry-supervised", 0, &data);
}

/* What the register's wall shows of it. */
static void write_body(struct center *center, const struct entry *entry, struct text *body)
{
    const struct registry *registry = entry->registry;
    for (const int *field = registry->wall; *field != REGISTRY_NONE; field++) {
        if (!entry->fields[*field].count)
            continue;
        text_add_format(body, "%s%s：", body->length ? "\n" : "",
                        registry->fields[*field].term.name);
        entry_add_shown(body, center, entry, *field, false);
    }
}

/* One ticket for each day on which it was due, and each time that it was taken up again. */
static void write_ref(struct center *center, const struct entry *entry, struct text *ref)
{
    char day[CLOCK_TEXT_SIZE];
    struct db_query *q = db_query(
        center->db, "SELECT count(*) FROM entry_move WHERE entry_id = ?1 AND act = 'reopen'");
    db_bind(q, 1, entry->id);
    clock_print(entry->due_at, day)[10] = '\0';
    text_add_format(ref, "%s:%lld:%s:%lld", entry->registry->code, (long long)entry->id, day,
                    (long long)db_first(q));
}

static void supervise(struct intake *intake, int64_t id)
{
    struct center *center = intake->center;
    struct arena arena = {0};
    struct entry entry;
    struct text title = {0}, body = {0}, ref = {0};
    int64_t ticket;
    if (!entry_load(center, id, &arena, &entry))
        die("internal fault: entry %lld is gone", (long long)id);
    write_body(center, &entry, &body);
    write_ref(center, &entry, &ref);
    text_add_format(&title, "%s到期：%s", entry.registry->name, entry.key);
    assignment_open(intake,
                    &(struct assignment){.source = "register",
                                         .ref = ref.data,
                                         .kind = entry.registry->supervised,
                                         .title = title.data,
                                         .body = text_string(&body),
                                         .basis = entry.registry->name,
                                         .org = entry.org},
                    &ticket);
    log_it(center, &entry, ticket);
    text_free(&title);
    text_free(&body);
    text_free(&ref);
    arena_free(&arena);
}

/* The entries of a register that are due by the end of today, in a list to be freed. */
static int64_t *find_due(struct center *center, const struct registry *registry, size_t *count)
{
    int64_t *ids = NULL;
    struct db_query *q =
        db_query(center->db, "SELECT id FROM entry WHERE register = ?1 AND ended = 0"
                             " AND due_at <= ?2 AND ticket_id IS NULL AND org_id IS NOT NULL"
                             " ORDER BY id");
    db_bind_text(q, 1, registry->code);
    db_bind(q, 2, clock_moment(clock_day(center->now), SECONDS_PER_DAY) - 1);
    for (*count = 0; db_step(q); (*count)++) {
        ids = mem_grow(ids, *count, sizeof *ids);
        ids[*count] = db_number(q, 0);
    }
    return ids;
}

long late_supervise(struct center *center)
{
    const struct registry_set *all = registry_all(center->config);
    struct intake intake;
    long opened = 0;
    for (int i = 0; i < all->count; i++) {
        size_t count = 0;
        int64_t *ids = all->list[i]->supervised ? find_due(center, all->list[i], &count) : NULL;
        for (size_t j = 0; j < count; j++) {
            if (!opened++)
                intake = intake_new(center);
            supervise(&intake, ids[j]);
        }
        free(ids);
    }
    if (opened)
        intake_free(&intake);
    return opened;
}

void late_settle(struct center *center, const struct entry *entry, const struct gate_who *who)
{
    bool ended = entry->has_ended;
    struct acting acting = acting_new(center);
    struct arena arena = {0};
    struct fault fault = {""};
    struct ticket *ticket = ticket_get(center->db, entry->ticket, &arena);
    const struct act act = {.kind = ended ? ACT_ANSWER : ACT_VOID,
                            .by = ended ? entry->org : 0,
                            .at = who->at ? who->at : center->now,
                            .at_given = who->at != 0,
                            .text = "台账已办结",
                            .reason = "台账期限已改",
                            .resolves = true};
    /* refused where it was answered, or is closed: then nothing is left to be done */
    if (ticket)
        act_perform(&acting, ticket, &arena, &act, &fault);
    arena_free(&arena);
    acting_free(&acting);
}
