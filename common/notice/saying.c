#include "notice/saying.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/mask.h"
#include "center/county.h"
#include "center/log.h"
#include "center/rating.h"
#include "policy/policy.h"
#include "ticket/lookup.h"
#include "ticket/masked.h"
#include "ticket/ticket.h"

/* One notice while it is put into words. */
struct saying {
    struct center *center;
    const struct org_table *orgs;
    struct arena *arena;
    struct notice_values *values;
    const struct event *event;
    const struct json *data;
    const struct ticket *ticket; /* NULL: none */
};

static void set(const struct saying *s, enum notice_value value, const char *text)
{
    s->values->of[value] = text && *text ? arena_string(s->arena, text) : NULL;
}

static void set_number(const struct saying *s, enum notice_value value, int64_t number)
{
    s->values->of[value] = arena_format(s->arena, "%lld", (long long)number);
}

/* To the minute, as the office writes it. */
static void set_moment(const struct saying *s, enum notice_value value, int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    if (moment)
        s->values->of[value] =
            arena_format(s->arena, "%.10s %.5s", clock_print(moment, iso), iso + 11);
}

/* Of a ticket, masked or withheld. */
static void set_masked(const struct saying *s, enum notice_value value, const char *text)
{
    struct text masked = {0};
    if (s->ticket)
        text = masked_value(&masked, s->ticket, MASKED_TEXT, text, false);
    set(s, value, text);
    text_free(&masked);
}

static void set_org(const struct saying *s, enum notice_value value, const char *member)
{
    const char *code = json_text(s->data, member);
    int64_t id = code && *code ? org_find(s->center->db, code) : 0;
    if (id)
        set(s, value, org_name(s->orgs, id));
}

static void say_event(const struct saying *s)
{
    set(s, VALUE_WORD, event_word(s->event->type));
    set_moment(s, VALUE_TIME, s->event->at);
    set_masked(s, VALUE_TEXT, json_text(s->data, "text"));
    set_masked(s, VALUE_REASON, json_text(s->data, "reason"));
    set_masked(s, VALUE_BASIS, json_text(s->data, "basis"));
    set_masked(s, VALUE_WAY, json_text(s->data, "way"));
    set(s, VALUE_DOCUMENT, json_text(s->data, "document"));
    set_moment(s, VALUE_REPLY_DUE, json_number(s->data, "reply_due"));
    if (json_has(s->data, "rating"))
        set(s, VALUE_RATING, rating_name((int)json_number(s->data, "rating")));
    set_org(s, VALUE_SUPERVISOR, "supervisor");
    set(s, VALUE_UNTIL, json_text(s->data, "until"));
    set(s, VALUE_TITLE, json_text(s->data, "title"));
}

/* Whom it is about: the one that the event names, or the lead. */
static void say_handler(const struct saying *s)
{
    static const char *const members[] = {"lead", "org", "by"};
    for (int i = 0; i < 3 && !s->values->of[VALUE_HANDLER]; i++)
        set_org(s, VALUE_HANDLER, members[i]);
    if (!s->values->of[VALUE_HANDLER] && s->ticket->lead)
        set(s, VALUE_HANDLER, org_name(s->orgs, s->ticket->lead));
}

/* The party's own deadline, where the one who is told has one; else the ticket's. */
static int64_t due_of(const struct saying *s, const struct address *address)
{
    struct db_query *q =
        db_query(s->center->db, "SELECT due_at FROM route WHERE ticket_id = ?1 AND round = ?2"
                                " AND org_id = ?3 AND ended_at IS NULL LIMIT 1");
    db_bind(q, 1, s->ticket->id);
    db_bind(q, 2, s->ticket->round);
    db_bind(q, 3, strcmp(address->owner, "org") ? 0 : address->owner_id);
    int64_t due = db_first(q);
    return due ? due : s->ticket->due_at;
}

/* LINK with VALUE in the place of MARK. */
static const char *fill_link(const struct saying *s, const char *link, const char *mark,
                             const char *value)
{
    const char *at = strstr(link, mark);
    return at ? arena_format(s->arena, "%.*s%s%s", (int)(at - link), link, value, at + strlen(mark))
              : link;
}

/* The word by which a request is looked up and rated is for who filed it alone. */
static const char *fill_word(const struct saying *s, const char *link)
{
    static const char mark[] = "{word}";
    uint8_t key[DIGEST_SIZE];
    char word[LOOKUP_WORD_SIZE];
    if (!strstr(link, mark))
        return link;
    token_key_read(token_folder(db_path(s->center->db), s->arena), key);
    return fill_link(s, link, mark, lookup_word(key, s->ticket, word));
}

static void say_link(const struct saying *s, const struct address *address)
{
    char digits[24];
    const char *link = s->center->config->notices.link;
    bool is_filer = !strcmp(address->owner, owner_kind(OWNER_ENTERPRISE)->code);
    if (!link || (!is_filer && strstr(link, "{word}")))
        return;
    snprintf(digits, sizeof digits, "%lld", (long long)s->ticket->id);
    set(s, VALUE_LINK, fill_word(s, fill_link(s, link, "{ticket}", digits)));
}

static void say_ticket(const struct saying *s, const struct address *address)
{
    const struct ticket *ticket = s->ticket;
    set_number(s, VALUE_TICKET, ticket->id);
    set(s, VALUE_REF, ticket->ref);
    set_masked(s, VALUE_TITLE, ticket->title);
    set(s, VALUE_KIND, config_kind_name(s->center->config, ticket->kind));
    set_moment(s, VALUE_DUE, due_of(s, address));
    say_handler(s);
    say_link(s, address);
}

/* The level of the event, and the order that it is. */
static void say_level(const struct saying *s)
{
    static const char *const members[] = {"reached", "revoked", "level"};
    const char *level = NULL;
    for (int i = 0; i < 3 && !level; i++)
        level = json_text(s->data, members[i]);
    if (!level || !*level)
        return;
    set(s, VALUE_LEVEL, config_level_name(s->center->config, level));
    struct db_query *q =
        db_query(s->center->db,
                 "SELECT document, reply_due_at, due_at FROM supervision WHERE ticket_id = ?1"
                 " AND level = ?2 AND level_at <= ?3 ORDER BY level_at DESC, id DESC LIMIT 1");
    db_bind(q, 1, s->event->ticket_id);
    db_bind_text(q, 2, level);
    db_bind(q, 3, s->event->at);
    if (db_step(q)) {
        set(s, VALUE_DOCUMENT, db_text(q, 0));
        set_moment(s, VALUE_REPLY_DUE, db_number(q, 1));
        set_moment(s, VALUE_DUE, db_number(q, 2));
    }
    db_reset(q);
}

static void say_policy(const struct saying *s)
{
    const char *code = json_text(s->data, "policy");
    int64_t id = code ? policy_find(s->center->db, code) : 0;
    struct policy policy;
    char day[DAY_TEXT_SIZE];
    if (!id || !policy_load(s->center->db, id, s->arena, &policy))
        return;
    set(s, VALUE_POLICY, policy.title);
    set(s, VALUE_SUMMARY, policy.summary);
    set(s, VALUE_APPLY, policy.apply);
    if (policy.valid_to != POLICY_NO_DAY)
        set(s, VALUE_UNTIL, day_print(policy.valid_to, day));
}

static bool read_event(struct db *db, int64_t id, struct arena *arena, struct event *event)
{
    struct db_query *q = db_query(db, "SELECT id, ticket_id, type, at, recorded_at, actor, data"
                                      " FROM event WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *event = event_read(q);
        event->type = arena_string(arena, event->type);
        event->data = arena_string(arena, event->data);
    }
    db_reset(q);
    return found;
}

void saying_fill(struct center *center, const struct org_table *orgs,
                 const struct notice_row *notice, const struct address *address,
                 struct arena *arena, struct notice_values *values)
{
    struct event event;
    struct saying s = {center, orgs, arena, values, &event, NULL, NULL};
    const struct owner_kind *owner = owner_kind_coded(address->owner);
    *values = (struct notice_values){{NULL}};
    struct json *data =
        read_event(center->db, notice->event, arena, &event) ? json_read(event.data) : NULL;
    if (!data)
        return;
    s.data = data;
    s.ticket = event.ticket_id ? ticket_get(center->db, event.ticket_id, arena) : NULL;
    set(&s, VALUE_TO, owner ? owner->name_of(center->db, address->owner_id, arena) : NULL);
    set(&s, VALUE_PERSON, address->person);
    const struct county *county =
        s.ticket && s.ticket->center ? county_at(center, s.ticket->center) : NULL;
    set(&s, VALUE_CENTER, county_title(center, county));
    say_event(&s);
    if (s.ticket)
        say_ticket(&s, address);
    say_level(&s);
    say_policy(&s);
    json_free(data);
}
