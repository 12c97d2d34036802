#include "register/contact.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "register/duty.h"
#include "register/registry.h"

/* ?1 and ?2 are the first and the last second, ?3 and ?4 the days. What was pushed as a package is
 * one message. */
static const char pushed_and_asked[] =
    "SELECT 'push' AS how, enterprise_id AS firm, at, CASE WHEN package = 1 THEN -at ELSE id END"
    " AS mark FROM push WHERE enterprise_id IS NOT NULL AND at BETWEEN ?1 AND ?2"
    " UNION ALL SELECT 'survey', enterprise_id, at, id FROM survey_answer"
    " WHERE enterprise_id IS NOT NULL AND at BETWEEN ?1 AND ?2";

/* An entry names the firm in any field of enterprises. Codes need no quotes of their own. */
static void add_registry(struct text *sql, const struct registry *registry)
{
    text_add_format(sql,
                    " UNION ALL SELECT DISTINCT n.register, f.id, d.number, n.id FROM entry n"
                    " JOIN entry_value d ON d.entry_id = n.id AND d.field = '%s'"
                    " JOIN entry_value w ON w.entry_id = n.id"
                    " JOIN enterprise f ON f.code = w.text"
                    " WHERE n.register = '%s' AND d.number BETWEEN ?3 AND ?4 AND w.field IN (''",
                    registry->fields[registry->contact].term.code, registry->code);
    for (int i = 0; i < registry->field_count; i++)
        if (registry->fields[i].type == REGISTRY_ENTERPRISE)
            text_add_format(sql, ", '%s'", registry->fields[i].term.code);
    text_add(sql, ")");
}

static struct db_query *ask(struct center *center, const char *what, const char *rest, int first,
                            int last)
{
    struct text sql = {0};
    const struct registry_set *all = registry_all(center->config);
    text_add_format(&sql, "SELECT %s FROM (%s", what, pushed_and_asked);
    for (int i = 0; i < all->count; i++)
        if (all->list[i]->contact != REGISTRY_NONE)
            add_registry(&sql, all->list[i]);
    text_add_format(&sql, ") c %s", rest);
    struct db_query *q = db_query_built(center->db, sql.data);
    text_free(&sql);
    db_bind(q, 1, clock_moment(first, 0));
    db_bind(q, 2, clock_moment(last, SECONDS_PER_DAY - 1));
    db_bind(q, 3, first);
    db_bind(q, 4, last);
    return q;
}

struct contacts contacts_load(struct center *center, int first, int last)
{
    struct contacts contacts = {.count = 0};
    struct db_query *q = ask(center, "c.firm, count(DISTINCT c.how || c.mark)",
                             "GROUP BY c.firm ORDER BY c.firm", first, last);
    for (; db_step(q); contacts.count++) {
        size_t count = (size_t)contacts.count;
        contacts.enterprises = mem_grow(contacts.enterprises, count, sizeof *contacts.enterprises);
        contacts.counts = mem_grow(contacts.counts, count, sizeof *contacts.counts);
        contacts.enterprises[count] = db_number(q, 0);
        contacts.counts[count] = (int)db_number(q, 1);
    }
    return contacts;
}

struct contacts contacts_of_month(struct center *center, int64_t at)
{
    int next, first = duty_period(DUTY_MONTH, clock_day(at ? at : center->now), &next);
    return contacts_load(center, first, next - 1);
}

void contacts_free(struct contacts *contacts)
{
    free(contacts->enterprises);
    free(contacts->counts);
    *contacts = (struct contacts){.count = 0};
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int contacts_of(const struct contacts *contacts, int64_t enterprise)
{
    const int64_t *found = contacts->count
                               ? bsearch(&enterprise, contacts->enterprises,
                                         (size_t)contacts->count, sizeof enterprise, compare)
                               : NULL;
    return found ? contacts->counts[found - contacts->enterprises] : 0;
}

static const char *name_of(struct config *config, const char *how)
{
    const struct registry *registry = registry_find(config, how);
    return !strcmp(how, "push")     ? "政策推送"
           : !strcmp(how, "survey") ? "问卷"
           : registry               ? registry->name
                                    : how;
}

void contacts_each(struct center *center, int64_t enterprise, int first, int last,
                   void (*take)(void *context, const struct contact *contact), void *context)
{
    struct db_query *q = ask(center, "DISTINCT c.how, c.at, c.mark",
                             "WHERE c.firm = ?5 ORDER BY c.how, c.at, c.mark", first, last);
    db_bind(q, 5, enterprise);
    while (db_step(q)) {
        struct contact contact = {.how = db_text(q, 0), .at = db_number(q, 1)};
        contact.how_name = name_of(center->config, contact.how);
        if (contact.at < SECONDS_PER_DAY * 40) /* the day that a register says */
            contact.at = clock_moment((int)contact.at, 0);
        take(context, &contact);
    }
}
