#include "erasure/erase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mask.h"
#include "center/erase.h"
#include "center/log.h"
#include "center/org.h"
#include "center/personal.h"
#include "erasure/copy.h"
#include "erasure/forget.h"
#include "register/entry.h"
#include "ticket/content.h"
#include "ticket/correction.h"
#include "ticket/shown.h"
#include "ticket/ticket.h"

/* ---- the act ---- */

static const char *const states[] = {"kept", NULL};

static const struct gate_act acts[] = {
    [ERASE_PERSON] = {"erase personal data", "record-erase", "删除个人信息", 1, GATE_BY_CENTER,
                      "erased"},
    [ERASE_RETENTION] = {"carry out a retention", "record-retain", "到期删除", 1, GATE_BY_CENTER,
                         "retained"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

static const char *state_name(const char *state)
{
    (void)state;
    return "在存";
}

const struct gate_record erase_record = {"personal-data", "个人信息", states, state_name, acts};

struct asking {
    const struct erase_run *run;
    struct fault *fault;
};

static bool may(void *context)
{
    const struct asking *a = context;
    const struct erase_order *order = a->run->order;
    if (!org_is_center(a->run->center, order->who.by))
        return fault_add(a->fault, "%s: only the center may", gate_called(&acts[order->act]));
    if (person_stands_in(&order->person, order->law) ||
        person_stands_in(&order->person, order->reason))
        return fault_add(a->fault, "the law or the reason says what is to be erased");
    return true;
}

bool erase_may(const struct erase_run *run, struct fault *fault)
{
    struct asking asking = {run, fault};
    const struct gate_who *who = &run->order->who;
    const struct gate gate = {.record = &erase_record,
                              .act = (int)run->order->act,
                              .state = states[0],
                              .at = who->at,
                              .by = &who->by,
                              .fault = fault,
                              .context = &asking,
                              .may = may,
                              .is_sure = true};
    return gate_pass(run->center, &gate) != GATE_REFUSED;
}

/* ---- which texts ---- */

static bool begins(const char *type, const char *with)
{
    return !strncmp(type, with, strlen(with));
}

/* Titles and names by which others know a record are no personal data, and so are codes. */
static bool is_structure(const struct event *event, int key)
{
    const char *name = seal_name(key);
    if (!strcmp(name, "name"))
        return !begins(event->type, "liaison-");
    if (!strcmp(name, "reason") && !strcmp(event->type, "closed"))
        return strstr(event->data, "\"closed_as\":\"declined\"") != NULL;
    if (!strcmp(name, "reason") && !strcmp(event->type, "suspension-asked"))
        return true; /* one of the configured */
    return !event->ticket_id && (!strcmp(name, "title") || !strcmp(name, "enterprise"));
}

/* What names a record, so that two that were erased must be told apart. */
static bool names_record(const struct event *event, int key)
{
    return !strcmp(seal_name(key), "person") || !strcmp(seal_name(key), "name") ||
           !strcmp(seal_name(key), "texts") || !strcmp(seal_name(key), "destination") ||
           (!strcmp(event->type, "opinion-given") && !strcmp(seal_name(key), "text"));
}

/* One ticket, or what is none's. */
struct erasing {
    const struct erase_run *run;
    int64_t ticket;
    struct copies copies;
    struct wanted fields; /* of which something went */
    struct text events;   /* their ids, a list */
    int64_t *entries;     /* of registers, of which something went */
    size_t entry_count;
    bool only_asks; /* whether something would go */
};

/* Why something was erased goes only where it names the person. */
static bool is_kept(const struct erase_order *order, const struct event *event, int key)
{
    return is_structure(event, key) ||
           (!strcmp(event->type, acts[ERASE_PERSON].event) && !person_is_named(&order->person));
}

static bool is_wanted(const struct erase_order *order, int key, const char *text)
{
    const char *field = personal_field_of(key);
    return field && *text && wanted_allows(&order->fields, field) &&
           (!person_is_named(&order->person) || person_stands_in(&order->person, text));
}

static void say(struct erasing *e, const char *record, int64_t id, int key)
{
    const char *field = personal_field_of(key);
    e->run->take(e->run->context, e->ticket, record, id, field);
    if (!e->fields.count || !wanted_allows(&e->fields, field))
        wanted_add(&e->fields, field);
}

/* The entry of a register that EVENT is about. */
static void note_entry(struct erasing *e, const struct event *event)
{
    struct json *data = json_read(event->data);
    int64_t entry = data ? json_number(data, "entry") : 0;
    json_free(data);
    if (e->entry_count && e->entries[e->entry_count - 1] == entry)
        return;
    e->entries = mem_grow(e->entries, e->entry_count, sizeof *e->entries);
    e->entries[e->entry_count++] = entry;
}

/* Rows that have the number which their event says, and a text of it: other rows may have the same.
 */
static const struct {
    const char *type, *number, *sql;
} numbered[] = {
    {"survey-answered", "answer", "UPDATE survey_answer SET text = ?2 WHERE id = ?1"},
    {"survey-stated", "answer", "UPDATE survey_answer SET text = ?2 WHERE id = ?1"},
    {"policy-feedback", "id", "UPDATE policy_event SET text = ?2 WHERE id = ?1"},
};

/* False where the row of EVENT is none of these. */
static bool erase_numbered(struct erasing *e, const struct event *event)
{
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        if (strcmp(numbered[i].type, event->type) != 0)
            continue;
        struct json *data = json_read(event->data);
        int64_t number = data ? json_number(data, numbered[i].number) : 0;
        json_free(data);
        if (!number)
            return false;
        struct db_query *q = db_query(e->run->center->db, numbered[i].sql);
        db_bind(q, 1, number);
        db_bind_text(q, 2, MASK_ERASED);
        db_run(q);
        return true;
    }
    return false;
}

static const char *choose(void *context, const struct event *event, int key, const char *text)
{
    struct erasing *e = context;
    if (is_kept(e->run->order, event, key) || !is_wanted(e->run->order, key, text))
        return NULL;
    if (e->only_asks)
        return MASK_ERASED;
    say(e, "event", event->id, key);
    if (key == SEAL_EXTRA && event->ticket_id)
        return SEAL_ERASED_EXTRA; /* of what was received; an event has it as a text */
    bool names = names_record(event, key), entry = begins(event->type, "entry-");
    if (entry)
        note_entry(e, event);
    if (entry || erase_numbered(e, event))
        return copy_mark(&e->copies, names, event->id);
    return copy_add(&e->copies, text, personal_field_of(key), names, event->id);
}

/* ---- events ---- */

struct row {
    struct erase_event of;
    uint8_t seed[SEED_SIZE];
};

struct rows {
    struct row *list;
    size_t count;
    struct arena arena;
};

static void add_row(struct rows *rows, struct db_query *q)
{
    rows->list = mem_grow(rows->list, rows->count, sizeof *rows->list);
    struct row *row = &rows->list[rows->count++];
    *row = (struct row){.of.event = event_read(q)};
    row->of.event.type = arena_string(&rows->arena, row->of.event.type);
    row->of.event.actor = NULL;
    row->of.event.data = arena_string(&rows->arena, row->of.event.data);
    if (!db_is_null(q, 7)) {
        db_bytes(q, 7, row->seed, SEED_SIZE);
        row->of.seed = row->seed; /* set_seeds */
    }
}

#define EVENTS "SELECT id, ticket_id, type, at, recorded_at, actor, data, seed FROM event"

static void set_seeds(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].of.seed)
            rows->list[i].of.seed = rows->list[i].seed;
}

static struct rows read_rows(struct db_query *q)
{
    struct rows rows = {.list = NULL};
    while (db_step(q))
        add_row(&rows, q);
    set_seeds(&rows);
    return rows;
}

static void free_rows(struct rows *rows)
{
    free(rows->list);
    arena_free(&rows->arena);
}

/* Says who erased what, and by which law: never what it was. */
static void log_erased(struct erasing *e)
{
    const struct erase_order *order = e->run->order;
    struct center *center = e->run->center;
    struct text data = {0}, list = {0};
    forget_note(center->db);
    json_start(&data);
    org_add_code(&data, "by", center->db, order->who.by);
    json_add_text(&data, "law", order->law);
    json_add_text(&data, "reason", order->reason);
    json_add_text(&data, "retention", order->retention);
    for (int i = 0; i < e->fields.count; i++)
        json_list_add(&list, e->fields.list[i]);
    json_add_raw(&data, "fields", json_list_end(&list));
    json_add_raw(&data, "of", json_list_end(&e->events));
    event_log(center, e->ticket, acts[ERASE_PERSON].event, order->who.at, &data);
    text_free(&list);
}

static void free_erasing(struct erasing *e)
{
    copies_free(&e->copies);
    text_free(&e->events);
    free(e->entries);
}

static enum erase_result erase_row(struct erasing *e, const struct row *row)
{
    e->only_asks = !row->of.seed; /* it cannot be, and neither is what follows from it */
    enum erase_result result = erase_event(e->run->center, &row->of, choose, e);
    if (result == ERASE_DONE)
        json_list_add_number(&e->events, row->of.event.id);
    return result;
}

/* ---- a ticket ---- */

/* What was received stands under the digest of the first event that names one. */
static void find_content(struct rows *rows, struct db *db, const struct ticket *ticket,
                         struct log_content *content)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct erase_event *of = &rows->list[i].of;
        struct ticket then = *ticket;
        if (!strstr(of->event.data, "\"content\":\""))
            continue;
        correction_undo(db, &then, of->event.id, &rows->arena);
        *content = content_of(&then);
        of->content = content;
        return;
    }
}

/* The first event that would have to be erased and cannot be; 0: none. */
static int64_t find_unsealed(struct erasing *e, const struct rows *rows)
{
    int64_t found = 0;
    e->only_asks = true;
    for (size_t i = 0; i < rows->count && !found; i++)
        if (!rows->list[i].of.seed &&
            erase_event(e->run->center, &rows->list[i].of, choose, e) == ERASE_UNSEALED)
            found = rows->list[i].of.event.id;
    e->only_asks = false;
    return found;
}

/* The columns of the ticket itself, as they stand now. */
static bool erase_columns(struct erasing *e, const struct ticket *ticket)
{
    struct ticket after = *ticket;
    static const int sealed[SEAL_FIELDS] = {TICKET_TITLE, TICKET_BODY,    TICKET_ENTERPRISE,
                                            TICKET_USCC,  TICKET_CONTACT, TICKET_PHONE,
                                            TICKET_EXTRA};
    bool any = false;
    for (int key = 0; key < SEAL_FIELDS; key++) {
        const char **text = field_text_at(ticket_field(sealed[key]), &after);
        if (!*text || mask_is_erased(*text, strlen(*text)) || !strcmp(*text, SEAL_ERASED_EXTRA) ||
            !is_wanted(e->run->order, key, *text))
            continue;
        *text = key == SEAL_EXTRA ? SEAL_ERASED_EXTRA : MASK_ERASED;
        say(e, "ticket", e->ticket, key);
        any = true;
    }
    if (!any)
        return false;
    fields_update(e->run->center->db, &ticket_table, e->ticket, ticket, &after);
    shown_store(e->run->center->db, &after);
    return true;
}

static struct rows rows_of(struct db *db, int64_t ticket_id)
{
    struct db_query *q = db_query(db, EVENTS " WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, ticket_id);
    return read_rows(q);
}

static bool erase_all(struct erasing *e, struct rows *rows, const struct ticket *ticket)
{
    struct log_content content;
    bool any = false;
    find_content(rows, e->run->center->db, ticket, &content);
    for (size_t i = 0; i < rows->count; i++)
        any |= erase_row(e, &rows->list[i]) == ERASE_DONE;
    any |= erase_columns(e, ticket);
    copy_erase(&e->copies, e->run->center->db, e->ticket);
    if (any)
        log_erased(e);
    return any;
}

bool erase_ticket(const struct erase_run *run, int64_t id, bool *any, struct fault *fault)
{
    struct arena arena = {0};
    struct erasing e = {.run = run, .ticket = id};
    const struct ticket *ticket = ticket_get(run->center->db, id, &arena);
    if (!ticket)
        return fault_add(fault, "no such ticket");
    struct rows rows = rows_of(run->center->db, id);
    int64_t unsealed = find_unsealed(&e, &rows);
    if (unsealed)
        fault_add(fault,
                  "event %lld is of before the upgrade, and its digest covers the text itself",
                  (long long)unsealed);
    else
        *any |= erase_all(&e, &rows, ticket);
    free_erasing(&e);
    free_rows(&rows);
    arena_free(&arena);
    return !unsealed;
}

/* ---- what is no ticket's ---- */

/* Of enterprises the events only say that these changed. */
static const struct {
    const char *select, *update, *mark;
    int key;
} of_enterprises[] = {
    {"SELECT id, contact FROM enterprise WHERE contact IS NOT NULL",
     "UPDATE enterprise SET contact = ?2 WHERE id = ?1", MASK_ERASED, SEAL_CONTACT},
    {"SELECT id, phone FROM enterprise WHERE phone IS NOT NULL",
     "UPDATE enterprise SET phone = ?2 WHERE id = ?1", MASK_ERASED, SEAL_PHONE},
    {"SELECT id, extra FROM enterprise WHERE extra IS NOT NULL",
     "UPDATE enterprise SET extra = ?2 WHERE id = ?1", SEAL_ERASED_EXTRA, SEAL_EXTRA},
};

static bool erase_enterprises(struct erasing *e)
{
    struct db *db = e->run->center->db;
    bool any = false;
    for (int i = 0; i < 3; i++) {
        int64_t *ids = NULL;
        size_t count = 0;
        struct db_query *q = db_query(db, of_enterprises[i].select);
        while (db_step(q)) {
            if (!is_wanted(e->run->order, of_enterprises[i].key, db_text(q, 1)))
                continue;
            ids = mem_grow(ids, count, sizeof *ids);
            ids[count++] = db_number(q, 0);
        }
        for (size_t j = 0; j < count; j++) {
            q = db_query(db, of_enterprises[i].update);
            db_bind(q, 1, ids[j]);
            db_bind_text(q, 2, of_enterprises[i].mark);
            db_run(q);
            say(e, "enterprise", ids[j], of_enterprises[i].key);
        }
        any |= count > 0;
        free(ids);
    }
    return any;
}

/* The events in whose data the person stands: JSON has a text as it is but for what names and
 * numbers do not have. */
static struct rows find_rows(const struct erase_run *run)
{
    struct rows rows = {.list = NULL};
    struct db_query *q =
        db_query_stream(run->center->db, EVENTS " WHERE ticket_id IS NULL ORDER BY id");
    while (db_step(q))
        if (person_stands_in(&run->order->person, db_text(q, 6)))
            add_row(&rows, q);
    set_seeds(&rows);
    return rows;
}

static void warn_unsealed(const struct erase_run *run, int64_t event)
{
    char what[128];
    snprintf(what, sizeof what,
             "event %lld is of before the upgrade, and its digest covers the text itself",
             (long long)event);
    run->warn(what);
}

/* The events of ROWS and what follows from them; frees ROWS. Returns how many cannot be erased. */
static long erase_rows(struct erasing *e, struct rows *rows, bool *here)
{
    struct db *db = e->run->center->db;
    long bad = 0;
    for (size_t i = 0; i < rows->count; i++) {
        enum erase_result result = erase_row(e, &rows->list[i]);
        *here |= result == ERASE_DONE;
        if (result != ERASE_UNSEALED)
            continue;
        warn_unsealed(e->run, rows->list[i].of.event.id);
        bad++;
    }
    copy_erase(&e->copies, db, 0);
    for (size_t i = 0; i < e->entry_count; i++)
        entry_rebuild(db, e->entries[i]);
    free_rows(rows);
    return bad;
}

static void end_erasing(struct erasing *e, bool here, bool *any)
{
    if (here)
        log_erased(e);
    *any |= here;
    free_erasing(e);
}

long erase_center(const struct erase_run *run, bool *any)
{
    struct erasing e = {.run = run};
    struct rows rows = find_rows(run);
    bool here = false;
    long bad = erase_rows(&e, &rows, &here);
    here |= erase_enterprises(&e);
    end_erasing(&e, here, any);
    return bad;
}

static long erase_query(const struct erase_run *run, struct db_query *q, bool *any)
{
    struct erasing e = {.run = run};
    struct rows rows = read_rows(q);
    bool here = false;
    long bad = erase_rows(&e, &rows, &here);
    end_erasing(&e, here, any);
    return bad;
}

long erase_entry(const struct erase_run *run, int64_t id, bool *any)
{
    struct db_query *q =
        db_query(run->center->db, EVENTS " WHERE " ENTRY_EVENTS " AND " ENTRY_OF_EVENT " = ?1"
                                         " ORDER BY id");
    db_bind(q, 1, id);
    return erase_query(run, q, any);
}

long erase_entered(const struct erase_run *run, const char *type, int64_t from, int64_t until,
                   bool *any)
{
    struct db_query *q =
        db_query(run->center->db, EVENTS " WHERE (type = 'unmasked' OR type = 'survey-answered'"
                                         " OR type = 'survey-stated' OR type = 'policy-feedback')"
                                         " AND recorded_at >= ?2 AND recorded_at < ?3"
                                         " AND type = ?1 AND ticket_id IS NULL ORDER BY id");
    db_bind_text(q, 1, type);
    db_bind(q, 2, from);
    db_bind(q, 3, until);
    return erase_query(run, q, any);
}

/* ---- where a person stands ---- */

static void add_id(int64_t **ids, size_t *count, int64_t id)
{
    if (*count && (*ids)[*count - 1] == id)
        return;
    *ids = mem_grow(*ids, *count, sizeof **ids);
    (*ids)[(*count)++] = id;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int64_t *erase_find(const struct erase_run *run, size_t *count)
{
    static const char *const where[] = {
        "SELECT id, title, body, enterprise, uscc, contact, phone, extra FROM ticket ORDER BY id",
        "SELECT ticket_id, data FROM event WHERE ticket_id IS NOT NULL ORDER BY ticket_id"};
    static const int columns[] = {7, 1};
    int64_t *ids = NULL;
    *count = 0;
    for (int i = 0; i < 2; i++) {
        struct db_query *q = db_query_stream(run->center->db, where[i]);
        while (db_step(q))
            for (int column = 1; column <= columns[i]; column++)
                if (!db_is_null(q, column) &&
                    person_stands_in(&run->order->person, db_text(q, column)))
                    add_id(&ids, count, db_number(q, 0));
    }
    if (*count)
        qsort(ids, *count, sizeof *ids, compare_ids);
    size_t different = 0;
    for (size_t i = 0; i < *count; i++)
        if (!different || ids[different - 1] != ids[i])
            ids[different++] = ids[i];
    *count = different;
    return ids;
}
