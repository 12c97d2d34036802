#include "notice/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mask.h"
#include "notice/kind.h"
#include "notice/making.h"
#include "notice/replymark.h"
#include "notice/saying.h"

enum {
    MOST_TOGETHER = 200, /* notices of one digest */
    FIRST_PAUSE = 300,   /* seconds until the second try; each pause is twice the one before, */
    LONGEST_PAUSE = 4 * 3600,
    GRACE = 60 /* seconds after a command's time in which what came of it must be noted */
};

void outbox_free(struct outbox_message *message)
{
    free(message->ids);
    text_free(&message->subject);
    text_free(&message->body);
    text_free(&message->reply_to);
    text_free(&message->id);
    arena_free(&message->arena);
    *message = (struct outbox_message){.ids = NULL};
}

/* ---- what is due ---- */

/* The first that is due of this channel: its number and address; false where there is none. */
static bool find_first(struct center *center, const char *channel, int64_t *id, int64_t *address,
                       bool *urgent)
{
    struct db_query *q =
        db_query(center->db, "SELECT id, address_id, urgent FROM notice WHERE channel = ?1"
                             " AND state = 'waiting' AND next_at <= ?2"
                             " ORDER BY next_at, id LIMIT 1");
    db_bind_text(q, 1, channel);
    db_bind(q, 2, center->now);
    bool found = db_step(q);
    if (found) {
        *id = db_number(q, 0);
        *address = db_number(q, 1);
        *urgent = db_number(q, 2) != 0;
    }
    db_reset(q);
    return found;
}

static void add_id(struct outbox_message *m, int64_t id)
{
    m->ids = mem_grow(m->ids, (size_t)m->count, sizeof *m->ids);
    m->ids[m->count++] = id;
}

/* All that are due at this address and may wait. */
static void find_together(struct center *center, struct outbox_message *m, int limit)
{
    struct db_query *q =
        db_query(center->db, "SELECT id FROM notice WHERE address_id = ?1 AND state = 'waiting'"
                             " AND next_at <= ?2 AND urgent = 0 ORDER BY next_at, id LIMIT ?3");
    db_bind(q, 1, m->address.id);
    db_bind(q, 2, center->now);
    db_bind(q, 3, limit);
    while (db_step(q))
        add_id(m, db_number(q, 0));
}

/* What was pushed as one package with the first (policy-push --package), or it alone. */
static void find_package(struct center *center, struct outbox_message *m, int64_t first)
{
    struct db_query *q =
        db_query(center->db, "SELECT n.id FROM notice f JOIN event p ON p.id = f.event_id"
                             " JOIN notice n ON n.address_id = f.address_id AND n.kind = f.kind"
                             " JOIN event e ON e.id = n.event_id AND e.at = p.at"
                             " WHERE f.id = ?1 AND p.type = 'policy-pushed'"
                             " AND json_extract(p.data, '$.package') IS NOT NULL"
                             " AND json_extract(e.data, '$.package') IS NOT NULL"
                             " AND n.state = 'waiting' AND n.next_at <= ?2 ORDER BY n.id LIMIT ?3");
    db_bind(q, 1, first);
    db_bind(q, 2, center->now);
    db_bind(q, 3, MOST_TOGETHER);
    while (db_step(q))
        add_id(m, db_number(q, 0));
    if (!m->count)
        add_id(m, first);
}

static void act(struct center *center, enum notice_act act, struct outbox_message *m,
                const char *state, int64_t next, const char *why)
{
    struct fault fault = {""};
    const struct notice_step step = {
        .ids = m->ids, .count = m->count, .state = state, .next_at = next, .why = why};
    if (notice_do(center, act, &step, &fault) == GATE_REFUSED)
        die("notice %lld: %s", (long long)m->ids[0], fault.text);
}

static bool is_reachable(const struct address *address)
{
    return !strcmp(address->used, "yes") &&
           !mask_is_erased(address->address, strlen(address->address));
}

/* ---- in words ---- */

struct wording {
    struct center *center;
    const struct org_table *orgs;
    const struct templates *templates;
    struct outbox_message *message;
    struct notice_values values;
    struct text list; /* of a digest's subjects */
    int listed;
    char mark[REPLYMARK_SIZE]; /* of the last of them; "": it takes no reply */
};

/* A reply can be told from others by what the subject has, too. */
static void word_reply(struct wording *w, const struct notice_row *notice, struct text *subject)
{
    struct outbox_message *m = w->message;
    *w->mark = '\0';
    if (!replymark_is_used(w->center, notice, m->channel->form))
        return;
    text_add_format(subject, " [%s]", replymark_write(w->center, notice, w->mark));
    if (m->count == 1)
        replymark_add_address(&m->reply_to, w->center, w->mark);
}

static void word_one(void *context, const struct notice_row *notice)
{
    struct wording *w = context;
    struct outbox_message *m = w->message;
    struct text subject = {0}, body = {0};
    saying_fill(w->center, w->orgs, notice, &m->address, &m->arena, &w->values);
    w->values.of[VALUE_REPLIES] =
        replymark_is_used(w->center, notice, m->channel->form) ? "回复" : NULL;
    template_fill(w->templates, notice->kind, &w->values, &subject, &body);
    word_reply(w, notice, &subject);
    m->tries = notice->tries + 1 > m->tries ? notice->tries + 1 : m->tries;
    if (m->count == 1) {
        text_add(&m->subject, text_string(&subject));
        text_add(&m->body, text_string(&body));
    } else
        text_add_format(&w->list, "%s%d. %s", w->listed ? "\n" : "", w->listed + 1,
                        text_string(&subject));
    w->listed++;
    text_free(&subject);
    text_free(&body);
}

static void word_digest(struct wording *w)
{
    struct outbox_message *m = w->message;
    struct notice_values values = {{NULL}};
    values.of[VALUE_CENTER] = w->values.of[VALUE_CENTER];
    values.of[VALUE_TO] = w->values.of[VALUE_TO];
    values.of[VALUE_PERSON] = w->values.of[VALUE_PERSON];
    values.of[VALUE_COUNT] = arena_format(&m->arena, "%d", m->count);
    values.of[VALUE_LIST] = text_string(&w->list);
    template_fill(w->templates, "digest", &values, &m->subject, &m->body);
}

/* The digest of the first notice's event makes it one of this center alone. */
static void name_message(struct center *center, struct outbox_message *m, const char *mark)
{
    uint8_t hash[DIGEST_SIZE];
    char hex[DIGEST_TEXT_SIZE];
    const char *sender = center->config->notices.sender, *at = sender ? strrchr(sender, '@') : NULL;
    struct db_query *q = db_query(center->db, "SELECT e.hash FROM notice n JOIN event e"
                                              " ON e.id = n.event_id WHERE n.id = ?1");
    db_bind(q, 1, m->ids[0]);
    memset(hash, 0, sizeof hash);
    if (db_step(q))
        db_bytes(q, 0, hash, sizeof hash);
    db_reset(q);
    digest_print(hash, hex);
    if (*mark && m->count == 1)
        text_add_format(&m->id, "notice.%s", mark);
    else
        text_add_format(&m->id, "notice.%lld.%.16s", (long long)m->ids[0], hex);
    text_add_format(&m->id, "@%.*s", at ? (int)strcspn(at + 1, "> ") : 12,
                    at ? at + 1 : "qifu.invalid");
}

static void word(struct center *center, const struct org_table *orgs,
                 const struct templates *templates, struct outbox_message *m)
{
    struct wording w = {center, orgs, templates, m, {{NULL}}, {0}, 0, ""};
    for (int i = 0; i < m->count; i++)
        notice_each(center->db, &(struct notice_filter){.id = m->ids[i]}, word_one, &w);
    if (m->count > 1)
        word_digest(&w);
    name_message(center, m, w.mark);
    text_free(&w.list);
}

/* ---- taking ---- */

/* True where it may be read now; else it is postponed until then. */
static bool is_open(struct center *center, struct outbox_message *m)
{
    struct hours hours = making_hours(center, &m->address);
    int64_t next = hours_next(center_calendar(center), &hours, center->now);
    if (m->urgent || next <= center->now)
        return true;
    act(center, NOTICE_POSTPONE, m, "waiting", next, NULL);
    return false;
}

enum outbox_found outbox_take(struct center *center, const struct org_table *orgs,
                              const struct templates *templates,
                              const struct notice_channel *channel, struct outbox_message *m)
{
    int64_t first, address;
    *m = (struct outbox_message){.channel = channel};
    if (!find_first(center, channel->term.code, &first, &address, &m->urgent))
        return OUTBOX_NOTHING;
    bool known = address_load(center->db, address, &m->arena, &m->address);
    if (m->urgent || strcmp(m->address.how, "digest") != 0)
        find_package(center, m, first);
    else
        find_together(center, m, MOST_TOGETHER);
    if (!known || !is_reachable(&m->address))
        act(center, NOTICE_DROP, m, "waiting", 0, "the address is not used any more");
    else if (is_open(center, m)) {
        word(center, orgs, templates, m);
        act(center, NOTICE_TAKE, m, "waiting", 0, NULL);
        return OUTBOX_TAKEN;
    }
    outbox_free(m);
    return OUTBOX_PASSED;
}

struct command_result outbox_send(const struct center *center, const struct templates *templates,
                                  const struct outbox_message *m)
{
    struct text bytes = {0};
    const struct message message = {.channel = m->channel,
                                    .address = &m->address,
                                    .sender = center->config->notices.sender,
                                    .reply_to = m->reply_to.length ? m->reply_to.data : NULL,
                                    .id = text_string(&m->id),
                                    .now = center->now,
                                    .subject = text_string(&m->subject),
                                    .body = text_string(&m->body)};
    message_write(templates, &message, &bytes);
    struct command_result result =
        command_run(m->channel->command, "QIFU_ADDRESS", m->address.address, text_string(&bytes),
                    bytes.length, m->channel->timeout);
    text_free(&bytes);
    return result;
}

/* ---- what came of it ---- */

static const char *why_not(struct outbox_message *m, const struct command_result *result)
{
    if (result->timed_out)
        return arena_format(&m->arena, "no answer in %d seconds", m->channel->timeout);
    if (*result->said && !strpbrk(result->said, "@/"))
        return result->said; /* and no address */
    return result->status < 0 ? "it was killed"
                              : arena_format(&m->arena, "exit status %d", result->status);
}

/* When it is tried again: in hours, but for what may not wait. */
static int64_t next_try(struct center *center, const struct outbox_message *m)
{
    struct hours hours = making_hours(center, &m->address);
    int64_t pause = FIRST_PAUSE;
    for (int i = 1; i < m->tries && pause < LONGEST_PAUSE; i++)
        pause *= 2;
    int64_t next = center->now + (pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE);
    return m->urgent ? next : hours_next(center_calendar(center), &hours, next);
}

/* Its state, which others may have changed in between: they have doubted it, or settled it. */
static const char *state_of(struct db *db, const struct outbox_message *m, struct arena *arena)
{
    struct db_query *q = db_query(db, "SELECT state FROM notice WHERE id = ?1");
    db_bind(q, 1, m->ids[0]);
    const char *state = db_step(q) ? arena_string(arena, db_text(q, 0)) : "";
    db_reset(q);
    return state;
}

enum outbox_end outbox_note(struct center *center, struct outbox_message *m,
                            const struct command_result *result, const char **why)
{
    const char *state = state_of(center->db, m, &m->arena);
    bool doubted = !strcmp(state, "perhaps"), settled = !doubted && strcmp(state, "taken") != 0;
    *why = NULL;
    if (result->ran && !result->timed_out && result->status == 0) {
        if (!settled)
            act(center, NOTICE_SEND, m, state, 0, NULL);
        return OUTBOX_SENT;
    }
    bool later =
        !result->ran || result->timed_out || result->status < 0 || result->status == EXIT_BUSY;
    *why = why_not(m, result);
    if (settled || (later && doubted))
        return OUTBOX_LATER;
    if (later && m->tries < center->config->notices.tries) {
        act(center, NOTICE_POSTPONE, m, state, next_try(center, m), *why);
        return OUTBOX_LATER;
    }
    act(center, NOTICE_GIVE_UP, m, state, 0, *why);
    return OUTBOX_GIVEN_UP;
}

int outbox_doubt(struct center *center)
{
    struct outbox_message m = {.ids = NULL};
    int longest = 0;
    for (int i = 0; i < center->config->notices.channel_count; i++)
        if (center->config->notices.channels[i].timeout > longest)
            longest = center->config->notices.channels[i].timeout;
    struct db_query *q =
        db_query(center->db, "SELECT id FROM notice WHERE state = 'taken' AND next_at < ?1"
                             " ORDER BY id");
    db_bind(q, 1, center->now - longest - GRACE);
    while (db_step(q))
        add_id(&m, db_number(q, 0));
    if (m.count)
        act(center, NOTICE_DOUBT, &m, "taken", 0, "the process that sent it ended before its end");
    int count = m.count;
    outbox_free(&m);
    return count;
}
