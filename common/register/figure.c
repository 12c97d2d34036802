/* The figures of registers as SQL, for the one list of figures (report/). Codes are small letters,
 * digits and hyphens, which need no quotes of their own. */
#include "base/text.h"
#include "register/registry_private.h"

#define OFFSET      "(SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'utc_offset')"
#define DAY(moment) "(" moment " + " OFFSET ") / 86400"
#define VALUE(as)   "entry_value " as " WHERE " as ".entry_id = n.id AND " as ".field = '%s'"

/* The requests that came from it, as all figures of requests count them. */
#define TICKETS                                                                                    \
    "ticket k WHERE k.entry_id = n.id AND k.errand = 0 AND k.received_at BETWEEN ?1 AND ?2"        \
    " AND (k.closed_as IS NULL OR k.closed_as <> 'void')"

static const char *code_of(const struct registry *registry, int field)
{
    return registry->fields[field].term.code;
}

/* It came to be in the state, out of another one. */
static void add_reached(struct text *sql, const char *state)
{
    text_add_format(sql,
                    " AND EXISTS (SELECT 1 FROM entry_move m WHERE m.entry_id = n.id"
                    " AND m.state = '%s' AND m.at BETWEEN ?1 AND ?2"
                    " AND NOT EXISTS (SELECT 1 FROM entry_move b WHERE b.entry_id = n.id"
                    " AND b.number = m.number - 1 AND b.state = m.state))",
                    state);
}

/* It was there at the end of the period, in none of the states that end it. */
static void add_open(struct text *sql, const struct registry *registry)
{
    const char *const *states = registry->record.states;
    text_add(sql, " AND n.added_at <= ?2 AND (SELECT m.state FROM entry_move m"
                  " WHERE m.entry_id = n.id AND m.at <= ?2 ORDER BY m.number DESC LIMIT 1)"
                  " NOT IN (''");
    for (int i = 1; states[i]; i++)
        if (registry->ends[i])
            text_add_format(sql, ", '%s'", states[i]);
    text_add(sql, ")");
}

static void add_when(struct text *sql, const struct registry *registry,
                     const struct registry_figure *figure)
{
    switch (figure->counts) {
    case REGISTRY_COUNT_ADDED: text_add(sql, " AND n.added_at BETWEEN ?1 AND ?2"); break;
    case REGISTRY_COUNT_STATE: add_reached(sql, registry->record.states[figure->state]); break;
    case REGISTRY_COUNT_DATE:
        text_add_format(sql,
                        " AND EXISTS (SELECT 1 FROM " VALUE("d") " AND d.number BETWEEN " DAY(
                            "?1") " AND " DAY("?2") ")",
                        code_of(registry, figure->date));
        break;
    case REGISTRY_COUNT_REQUESTS: text_add(sql, " AND EXISTS (SELECT 1 FROM " TICKETS ")"); break;
    case REGISTRY_COUNT_OPEN: add_open(sql, registry); break;
    case REGISTRY_COUNT_LATE: add_open(sql, registry); text_add(sql, " AND n.due_at < ?2");
    }
}

static void add_what(struct text *sql, const struct registry *registry,
                     const struct registry_figure *figure)
{
    if (figure->sum != REGISTRY_NONE)
        text_add_format(sql, "coalesce((SELECT v.number FROM " VALUE("v") " AND v.place = 1), 0)",
                        code_of(registry, figure->sum));
    else if (figure->distinct != REGISTRY_NONE)
        text_add_format(sql,
                        "(SELECT f.id FROM enterprise f WHERE f.code = (SELECT v.text FROM " VALUE(
                            "v") " AND v.place = 1))",
                        code_of(registry, figure->distinct));
    else if (figure->counts == REGISTRY_COUNT_REQUESTS)
        text_add(sql, "(SELECT count(*) FROM " TICKETS ")");
    else
        text_add(sql, "1");
}

void registry_write_figure(const struct registry *registry, struct registry_figure *figure,
                           struct arena *arena)
{
    struct text condition = {0}, what = {0};
    text_add_format(&condition, "n.register = '%s'", registry->code);
    if (figure->where != REGISTRY_NONE)
        text_add_format(&condition, " AND EXISTS (SELECT 1 FROM " VALUE("w") " AND w.text = '%s')",
                        code_of(registry, figure->where), figure->is);
    if (figure->distinct != REGISTRY_NONE)
        text_add_format(&condition, " AND EXISTS (SELECT 1 FROM " VALUE("x") ")",
                        code_of(registry, figure->distinct));
    add_when(&condition, registry, figure);
    add_what(&what, registry, figure);
    figure->condition = arena_string(arena, condition.data);
    figure->what = arena_string(arena, what.data);
    text_free(&condition);
    text_free(&what);
}
