#include "register/save.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/org.h"
#include "register/intake.h"
#include "register/late.h"

/* One thing that is being done to an entry. */
struct doing {
    struct center *center;
    struct entry *entry; /* as it will be */
    const char *state;   /* as it is */
    int act;
    unsigned changed; /* 1 << field */
    int64_t was_due;
    const char *text;
    const struct gate_who *who;
    struct fault *fault;
};

static const struct gate_act *gate_act(const struct doing *d)
{
    return &d->entry->registry->record.acts[d->act];
}

/* ---- the event ---- */

static const char *private_member(enum registry_type type)
{
    return type == REGISTRY_PERSON ? "person" : type == REGISTRY_PHONE ? "telephone" : "text";
}

static void start_value(struct text *list, const struct registry_field *field, int place)
{
    text_add_char(list, list->length ? ',' : '[');
    json_start(list);
    json_add_text(list, "field", field->term.code);
    json_add_number(list, "place", place);
}

/* The values of an event: those that stand in it, and those that are sealed, as an object in a text
 * each, since a member is sealed, and erased, as a whole. */
struct saying {
    struct text open, private, texts;
    const char *key; /* among the texts; NULL: it says none */
};

static void add_value(struct saying *s, const struct registry_field *field,
                      const struct entry_value *value, int place)
{
    bool counts = field->type == REGISTRY_NUMBER || field->type == REGISTRY_MONEY ||
                  field->type == REGISTRY_DATE || field->type == REGISTRY_TICKET;
    struct text *sealed = field->is_private              ? &s->private
                          : field->type == REGISTRY_TEXT ? &s->texts
                                                         : NULL;
    start_value(&s->open, field, place);
    if (sealed) {
        json_add_number(&s->open, sealed == &s->texts ? "sealed" : "private", 1);
        start_value(sealed, field, place);
        json_add_text(sealed, private_member(field->type), value->text);
        json_end(sealed);
    } else {
        json_add_text(&s->open, "text", value->text);
    }
    if (counts)
        json_add_number(&s->open, "number", value->number);
    json_end(&s->open);
}

static void add_sealed(struct text *data, const char *member, const struct text *values,
                       const char *key)
{
    struct text object = {0}, list = {0};
    if (!values->length && !key)
        return;
    text_add_format(&list, "%s]", values->length ? values->data : "[");
    json_start(&object);
    json_add_text(&object, "key", key);
    json_add_raw(&object, "values", list.data);
    json_end(&object);
    json_add_text(data, member, object.data);
    text_free(&object);
    text_free(&list);
}

/* A key is as open as the fields that it is made of. */
static bool has_open_key(const struct registry *registry)
{
    bool open = true;
    for (const int *field = registry->key; *field != REGISTRY_NONE; field++)
        open = open && registry->fields[*field].type != REGISTRY_TEXT;
    return open;
}

static void add_values(struct text *data, const struct doing *d)
{
    const struct registry *registry = d->entry->registry;
    bool open = has_open_key(registry);
    struct saying s = {.key = d->act == REGISTRY_ADD && !open ? d->entry->key : NULL};
    for (int i = 0; i < registry->field_count; i++) {
        const struct registry_field *field = &registry->fields[i];
        const struct entry_values *values = &d->entry->fields[i];
        if (!(d->changed >> i & 1))
            continue;
        if (!values->count) {
            start_value(&s.open, field, 0);
            json_end(&s.open);
        }
        for (int j = 0; j < values->count; j++)
            add_value(&s, field, &values->list[j], j + 1);
    }
    text_add(&s.open, s.open.length ? "]" : "");
    json_add_raw(data, "values", s.open.length ? s.open.data : NULL);
    json_add_text(data, "key", d->act == REGISTRY_ADD && open ? d->entry->key : NULL);
    add_sealed(data, "private", &s.private, NULL);
    add_sealed(data, "texts", &s.texts, s.key);
    text_free(&s.open);
    text_free(&s.private);
    text_free(&s.texts);
}

/* All that follows of it is said. */
static bool log_it(void *context)
{
    const struct doing *d = context;
    const struct entry *e = d->entry;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "entry", e->id);
    json_add_text(&data, "register", e->registry->code);
    json_add_text(&data, "act", gate_act(d)->name);
    json_add_text(&data, "state", e->state);
    json_add_number(&data, "ended", e->has_ended);
    org_add_code(&data, "org", d->center->db, e->org);
    if (e->due_at)
        json_add_number(&data, "due", e->due_at);
    org_add_code(&data, "by", d->center->db, d->who->by);
    json_add_text(&data, "text", d->text);
    add_values(&data, d);
    projected_log(d->center, &entry_projected, gate_act(d)->event, d->who->at, &data);
    if (e->ticket && (e->has_ended || e->due_at != d->was_due))
        late_settle(d->center, e, d->who);
    return true;
}

/* ---- what follows of its values ---- */

static bool set_due(struct doing *d)
{
    const struct registry_due *due = &d->entry->registry->due;
    const struct config *config = d->center->config;
    const struct calendar *calendar = center_calendar(d->center);
    const struct entry_value *day = entry_first(d->entry, due->field);
    const struct entry_value *start = entry_first(d->entry, due->from);
    struct deadline deadline;
    d->entry->due_at = day ? clock_moment((int)day->number, config->rule.day_end) : 0;
    if (day || due->days < 0 || (due->from != REGISTRY_NONE && !start))
        return true;
    int64_t from = start ? clock_moment((int)start->number, 0) : d->entry->added_at;
    bool good = due->natural
                    ? deadline_natural(calendar, &config->rule, from, due->days, &deadline)
                    : deadline_compute(calendar, &config->rule, from, due->days, &deadline);
    d->entry->due_at = good ? deadline.due_at : 0;
    return good || fault_add(d->fault, "its time ends after the last calendar");
}

static bool set_consequences(struct doing *d)
{
    const struct registry *registry = d->entry->registry;
    const struct entry_value *org = entry_first(d->entry, registry->answers);
    int to = registry->acts[d->act].to;
    d->entry->org = org ? org_find(d->center->db, org->text) : 0;
    if (to != REGISTRY_NONE)
        d->entry->state = registry->record.states[to];
    int state = registry_state(registry, d->entry->state);
    d->entry->has_ended = state != REGISTRY_NONE && registry->ends[state];
    return set_due(d);
}

/* ---- who may ---- */

static bool is_named(const struct doing *d, int field)
{
    struct arena arena = {0};
    const char *code = org_find_code(d->center->db, d->who->by, &arena);
    bool named = field != REGISTRY_NONE && code && entry_has(&d->entry->fields[field], code);
    arena_free(&arena);
    return named;
}

static bool may(void *context)
{
    const struct doing *d = context;
    const struct registry *registry = d->entry->registry;
    enum gate_by by = gate_act(d)->by;
    if (by == GATE_BY_ANYONE || org_is_center(d->center, d->who->by))
        return true;
    if (by != GATE_BY_CENTER && is_named(d, registry->answers))
        return true;
    if (by == GATE_BY_PARTY && is_named(d, registry->helps))
        return true;
    return fault_add(d->fault, "%s: only %s may", gate_called(gate_act(d)),
                     by == GATE_BY_CENTER  ? tongue("the center")
                     : by == GATE_BY_PARTY ? tongue("who answers for it, who helps, or the center")
                                           : tongue("who answers for it, or the center"));
}

/* Entered before: the same act, at the same moment, with the same words. */
static bool is_known(void *context)
{
    const struct doing *d = context;
    struct db_query *q =
        db_query(d->center->db, "SELECT 1 FROM entry_move WHERE entry_id = ?1 AND act = ?2"
                                " AND at = ?3 AND text IS NOT DISTINCT FROM ?4");
    db_bind(q, 1, d->entry->id);
    db_bind_text(q, 2, gate_act(d)->name);
    db_bind(q, 3, d->who->at);
    db_bind_text(q, 4, d->text);
    return d->who->at && db_first(q) != 0;
}

static enum gate_result pass(struct doing *d)
{
    const struct gate gate = {.record = &d->entry->registry->record,
                              .act = d->act,
                              .state = d->state,
                              .at = d->who->at,
                              .began = d->entry->moved_at,
                              .began_as = N_("something happened to it last"),
                              .by = &d->who->by,
                              .fault = d->fault,
                              .context = d,
                              .known = d->entry->id && d->act >= REGISTRY_CORRECT ? is_known : NULL,
                              .may = may,
                              .step = log_it,
                              .is_sure = true};
    return gate_pass(d->center, &gate);
}

/* ---- rows that say it again, and rows that go on ---- */

/* True where TEXT is one of the lines of WHOLE, or several that follow each other. */
static bool has_line(const char *whole, const char *text)
{
    struct text all = {0}, lines = {0};
    text_add_format(&all, "\n%s\n", whole);
    text_add_format(&lines, "\n%s\n", text);
    bool found = strstr(all.data, lines.data) != NULL;
    text_free(&all);
    text_free(&lines);
    return found;
}

/* True where an entry that has STORED says what is SAID, of a field. */
static bool says(const struct registry *registry, int field, const struct entry_values *stored,
                 const struct entry_values *said)
{
    if (registry->continues && registry->fields[field].type == REGISTRY_TEXT)
        return !said->count ||
               (stored->count && has_line(stored->list[0].text, said->list[0].text));
    for (int i = 0; i < said->count; i++)
        if (!entry_has(stored, said->list[i].text))
            return false;
    return !said->count || registry->continues || stored->count == said->count;
}

static bool is_set_by_act(const struct registry *registry, int field)
{
    for (int i = REGISTRY_OWN; registry->record.acts[i].name; i++)
        if (registry_has(registry->acts[i].sets, field) ||
            registry_has(registry->acts[i].needs, field))
            return true;
    return false;
}

static bool was_corrected(struct db *db, int64_t id)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM entry_move WHERE entry_id = ?1 AND act = 'correct'");
    db_bind(q, 1, id);
    return db_first(q) != 0;
}

/* The first field of which STORED does not say what is SAID; REGISTRY_NONE: none. */
static int find_other(const struct entry *stored, const struct entry *said)
{
    const struct registry *registry = said->registry;
    for (int i = 0; i < registry->field_count; i++)
        if (!is_set_by_act(registry, i) && !says(registry, i, &stored->fields[i], &said->fields[i]))
            return i;
    return REGISTRY_NONE;
}

/* Adds to field I of INTO what MORE has of it. False where both have one, and not the same. */
static bool join_field(struct entry *into, const struct entry *more, int i, struct arena *arena)
{
    const struct registry_field *field = &into->registry->fields[i];
    const struct entry_values *said = &more->fields[i];
    struct entry_values *values = &into->fields[i];
    if (field->type == REGISTRY_TEXT && values->count) {
        values->list[0].text =
            arena_format(arena, "%s\n%s", values->list[0].text, said->list[0].text);
        return true;
    }
    for (int j = 0; j < said->count; j++)
        if (!entry_has(values, said->list[j].text)) {
            if (values->count && !field->many)
                return false;
            entry_put(into, arena, i, said->list[j].text, said->list[j].number);
        }
    return true;
}

static enum entry_result go_on(struct doing *d, const struct entry *row, struct arena *arena)
{
    const struct registry *registry = row->registry;
    for (int i = 0; i < registry->field_count; i++) {
        if (says(registry, i, &d->entry->fields[i], &row->fields[i]))
            continue;
        d->changed |= 1U << i;
        if (!join_field(d->entry, row, i, arena)) {
            fault_add(d->fault, "it goes on with %s, but says another %s", d->entry->key,
                      registry->fields[i].term.name);
            return ENTRY_REFUSED;
        }
    }
    d->act = REGISTRY_CONTINUE;
    d->state = d->entry->state;
    return set_consequences(d) && pass(d) != GATE_REFUSED ? ENTRY_CONTINUED : ENTRY_REFUSED;
}

/* A row about the entry ID, which is there: the same again, more of it, or a contradiction. */
static enum entry_result add_again(const struct doing *d, const struct entry *row, int64_t id,
                                   bool follows, struct arena *arena)
{
    struct entry stored;
    struct doing on = *d;
    if (!entry_load(d->center, id, arena, &stored))
        return ENTRY_REFUSED;
    int other = find_other(&stored, row);
    if (other == REGISTRY_NONE || was_corrected(d->center->db, id))
        return ENTRY_SAME;
    on.entry = &stored;
    on.was_due = stored.due_at;
    if (follows && row->registry->continues)
        return go_on(&on, row, arena);
    fault_add(d->fault, "%s is there with another %s; register-act %s correct changes it",
              stored.key, row->registry->fields[other].term.name, row->registry->code);
    return ENTRY_REFUSED;
}

static enum entry_result add_new(struct doing *d)
{
    struct entry *entry = d->entry;
    entry->id = db_count(d->center->db, "SELECT coalesce(max(id), 0) + 1 FROM entry");
    entry->added_at = d->who->at ? d->who->at : d->center->now;
    d->act = REGISTRY_ADD;
    d->state = entry->registry->record.states[0];
    for (int i = 0; i < entry->registry->field_count; i++)
        d->changed |= entry->fields[i].count ? 1U << i : 0;
    return set_consequences(d) && pass(d) != GATE_REFUSED ? ENTRY_ADDED : ENTRY_REFUSED;
}

enum entry_result entry_add(struct center *center, struct entry *entry, int64_t previous,
                            const struct gate_who *who, struct arena *arena, struct fault *fault)
{
    struct doing d = {.center = center, .entry = entry, .who = who, .fault = fault};
    entry->key = entry_key(entry, arena);
    if (!entry->key && previous && entry->registry->continues)
        entry->id = previous;
    else if (!entry_is_whole(entry, fault))
        return ENTRY_REFUSED;
    else
        entry->id = entry_find(center->db, entry->registry, entry->key);
    return entry->id ? add_again(&d, entry, entry->id, entry->id == previous, arena) : add_new(&d);
}

/* ---- acts ---- */

/* Takes over what is said of the fields; false with a FAULT for each that the act does not set, or
 * needs and does not have. */
static bool take_values(struct doing *d, const struct entry_act *said)
{
    const struct registry *registry = d->entry->registry;
    const struct registry_act *act = &registry->acts[d->act];
    for (int i = 0; i < registry->field_count; i++) {
        const char *code = registry->fields[i].term.code, *name = registry->fields[i].term.name;
        bool sets = d->act == REGISTRY_CORRECT
                        ? !registry_has(registry->key, i)
                        : registry_has(act->sets, i) || registry_has(act->needs, i);
        if (said->values->fields[i].count && !sets)
            fault_add(d->fault, "%s does not set %s (%s)", gate_called(gate_act(d)), code, name);
        else if (!said->values->fields[i].count && registry_has(act->needs, i))
            fault_add(d->fault, "%s needs %s (%s)", gate_called(gate_act(d)), code, name);
        else if (said->values->fields[i].count) {
            d->entry->fields[i] = said->values->fields[i];
            d->changed |= 1U << i;
        }
    }
    if (act->text && !(said->text && !text_is_blank(said->text)))
        fault_add(d->fault, "%s needs a text", gate_called(gate_act(d)));
    return !*d->fault->text;
}

enum gate_result entry_act(struct center *center, const struct registry *registry, int64_t id,
                           const struct entry_act *act, struct fault *fault)
{
    struct arena arena = {0};
    struct entry entry;
    enum gate_result result = GATE_REFUSED;
    if (!entry_load(center, id, &arena, &entry) || entry.registry != registry) {
        fault_add(fault, "no such entry of %s", registry->code);
    } else {
        struct doing d = {.center = center,
                          .entry = &entry,
                          .state = entry.state,
                          .was_due = entry.due_at,
                          .act = act->act,
                          .text = act->text,
                          .who = &act->who,
                          .fault = fault};
        if (take_values(&d, act) && set_consequences(&d))
            result = pass(&d);
    }
    arena_free(&arena);
    return result;
}
