#include "center/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "center/proof_private.h"

/* The lines of an event: those of log_form_fields, and its data. */
enum { LINES = 7 };

/* An event of it. */
struct shown {
    int64_t id, ticket_id, at;
    const char *type, *data; /* as the digest covers them */
    bool is_second;          /* form: its digest covers that of the event shown before it */
    uint8_t digest[DIGEST_SIZE];
    int64_t index; /* of its path; -1: it has none */
    struct merkle_path path;
};

struct reading {
    struct proof *proof;
    struct arena *arena;
    const char *next; /* line */
    struct shown *events;
    size_t count;
    bool has_content; /* what was received, of the next event */
    char content[DIGEST_TEXT_SIZE];
    struct fault *fault, *why;
};

/* What does not lead on is said once: the first of it. */
static void differ(struct reading *r, const char *what, int64_t id)
{
    if (r->proof->verdict == VERDICT_HOLDS)
        fault_add(r->why, "event %lld: %s", (long long)id, what);
    r->proof->verdict = VERDICT_CHANGED;
}

/* The next line, without its newline; NULL where there is none. */
static const char *take_line(struct reading *r)
{
    const char *end = strchr(r->next, '\n'), *line = r->next;
    if (!end)
        return NULL;
    r->next = end + 1;
    return arena_bytes(r->arena, line, (size_t)(end - line));
}

static bool begins(const char *line, const char *word)
{
    return !strncmp(line, word, strlen(word));
}

/* The number that the line is; -1 where it is none. */
static int64_t whole_number(const char *line)
{
    const char *end;
    int64_t number = head_number(line, &end);
    return number >= 0 && !*end ? number : -1;
}

/* No moment of a log lies behind the year 9999. */
static bool is_moment(int64_t moment)
{
    return moment >= 0 && moment <= INT64_C(253402300799);
}

/* The string that JSON is, as its own object; free it with json_free. */
static struct json *read_string(const char *json)
{
    struct text object = {0};
    text_add_format(&object, "{\"v\":%s}", json);
    struct json *read = *json == '"' ? json_read(object.data) : NULL;
    text_free(&object);
    return read;
}

/* The seal that SHOWN is, or the seal of the text that it opens: a salt and the text. */
static bool read_seal(struct reading *r, int key, const char *shown, size_t length,
                      uint8_t seal[DIGEST_SIZE])
{
    uint8_t salt[SEED_SIZE];
    if (*shown == PROOF_CLOSED)
        return head_digest(shown + 1, length - 1, seal);
    if (*shown != PROOF_OPENED || length < 1 + PROOF_SALT ||
        base64_read(shown + 1, PROOF_SALT, salt, SEED_SIZE) != SEED_SIZE)
        return false;
    seal_text(salt, key, shown + 1 + PROOF_SALT, length - 1 - PROOF_SALT, seal);
    r->proof->opened++;
    return true;
}

/* What of the data is open, from FROM to END; CONTENT, if it is there, becomes the digest. */
static void add_open(const struct reading *r, struct text *to, const char *from, const char *end,
                     const char *content)
{
    if (content && content >= from && content < end) {
        text_add_bytes(to, from, (size_t)(content - from));
        text_add_format(to, "%s%s\"", PROOF_CONTENT_NAMED, r->content);
        from = content + strlen(PROOF_CONTENT_SHOWN);
    }
    text_add_bytes(to, from, (size_t)(end - from));
}

/* The data as the digest covers them, from those that are SHOWN. */
static bool add_data(struct reading *r, struct text *to, const char *shown)
{
    struct log_member member;
    const char *from = shown, *content = strstr(shown, PROOF_CONTENT_SHOWN);
    uint8_t seal[DIGEST_SIZE];
    char digest[DIGEST_TEXT_SIZE];
    if ((content != NULL) != r->has_content)
        return fault_add(r->fault, "what was received does not stand before its event");
    for (const char *at = shown; log_form_next(&at, &member); from = at) {
        if (!read_seal(r, member.key, member.value, member.length, seal))
            return fault_add(r->fault, "%s is neither sealed nor opened", seal_name(member.key));
        add_open(r, to, from, member.value, content);
        text_add_format(to, "~%s", digest_print(seal, digest));
    }
    add_open(r, to, from, from + strlen(from), content);
    r->has_content = false;
    return true;
}

/* The digest of the event of the ticket that was shown before EVENT; nothing for the first. */
static void add_previous(const struct reading *r, struct text *to, const struct shown *event)
{
    char digest[DIGEST_TEXT_SIZE];
    if (event != r->events)
        text_add(to, digest_print(event[-1].digest, digest));
    text_add_char(to, '\n');
}

/* Takes the lines of EVENT; BYTES become what its digest covers. */
static bool read_fields(struct reading *r, struct shown *event, struct text *bytes)
{
    const char *field[LINES];
    if (event->is_second)
        text_add(bytes, "2\n");
    for (int i = 0; i < LINES; i++) {
        if (!(field[i] = take_line(r)))
            return false;
        if (i + 1 < LINES)
            text_add_format(bytes, "%s\n", field[i]);
    }
    event->id = whole_number(field[0]);
    event->ticket_id = whole_number(field[1]);
    event->at = whole_number(field[2]);
    event->type = field[4];
    if (event->is_second)
        add_previous(r, bytes, event);
    size_t data = bytes->length;
    if (!event->is_second)
        text_add(bytes, field[6]);
    else if (!add_data(r, bytes, field[6]))
        return false;
    event->data = arena_bytes(r->arena, bytes->data + data, bytes->length - data);
    text_add_char(bytes, '\n');
    return event->id > 0 && event->ticket_id > 0 && is_moment(event->at);
}

/* The digest of the event before in the log: as it stands, or that of the event shown before. */
static bool read_before(const struct reading *r, const char *text, uint8_t before[DIGEST_SIZE])
{
    if (strcmp(text, PROOF_SHOWN) != 0)
        return head_digest(text, strlen(text), before);
    if (r->count > 1)
        memcpy(before, r->events[r->count - 2].digest, DIGEST_SIZE);
    return r->count > 1;
}

/* An event: the digest BEFORE it, and its lines. */
static bool read_event(struct reading *r, const char *before, bool is_second)
{
    uint8_t digest[DIGEST_SIZE];
    struct text bytes = {0};
    r->events = mem_grow(r->events, r->count, sizeof *r->events);
    struct shown *event = &r->events[r->count++];
    *event = (struct shown){.is_second = is_second, .index = -1};
    bool good = read_before(r, before, digest) && read_fields(r, event, &bytes);
    if (good)
        digest_sm3(digest, bytes.data, bytes.length, event->digest);
    text_free(&bytes);
    return good || fault_add(r->fault, "event %zu of it is none", r->count);
}

/* A text of what was received that everybody may know. */
static bool add_field(struct text *to, const char *line)
{
    struct json *read = read_string(line);
    const char *value = read ? json_text(read, "v") : NULL;
    if (value)
        text_add_format(to, "%zu:%s\n", strlen(value), value);
    json_free(read);
    return value;
}

/* One that is sealed: unlike in data, without its quotes. */
static bool add_sealed(struct reading *r, struct text *to, int key, const char *line)
{
    struct text plain = {0};
    uint8_t seal[DIGEST_SIZE];
    const char *json = line + (*line == PROOF_OPENED ? strnlen(line, 1 + PROOF_SALT) : 0);
    struct json *read = read_string(json);
    const char *value = read ? json_text(read, "v") : NULL;
    text_add_format(&plain, "%.*s%s", (int)(json - line), line, value ? value : json);
    bool good =
        (*line == PROOF_CLOSED || value) && read_seal(r, key, plain.data, plain.length, seal);
    if (good) {
        text_add_char(to, '~');
        text_add_bytes(to, (const char *)seal, DIGEST_SIZE);
        text_add_char(to, '\n');
    }
    json_free(read);
    text_free(&plain);
    return good;
}

/* What was received, which the next event names by its digest. */
static bool read_content(struct reading *r)
{
    struct text bytes = {0};
    uint8_t whole[DIGEST_SIZE];
    bool good = true;
    for (int i = 0; good && i < LOG_OPEN_FIELDS + SEAL_FIELDS; i++) {
        const char *line = take_line(r);
        if (line && !strcmp(line, "-"))
            text_add(&bytes, "-\n");
        else
            good = line && (i < LOG_OPEN_FIELDS ? add_field(&bytes, line)
                                                : add_sealed(r, &bytes, i - LOG_OPEN_FIELDS, line));
    }
    digest_sm3(NULL, text_string(&bytes), bytes.length, whole);
    digest_print(whole, r->content);
    r->has_content = true;
    text_free(&bytes);
    return good || fault_add(r->fault, "what was received is not written as it must be");
}

static bool read_path(struct reading *r, struct shown *event, const char *line)
{
    event->index = whole_number(line + strlen(PROOF_INDEX));
    for (const char *end;
         (end = strchr(r->next, '\n')) && event->path.count < MERKLE_DEPTH &&
         head_digest(r->next, (size_t)(end - r->next), event->path.digests[event->path.count]);
         r->next = end + 1)
        event->path.count++;
    return event->index >= 0 || fault_add(r->fault, "an index is no number");
}

static bool read_part(struct reading *r, const char *line)
{
    if (begins(line, PROOF_EVENT))
        return read_event(r, line + strlen(PROOF_EVENT), true);
    if (begins(line, PROOF_EVENT_FIRST))
        return read_event(r, line + strlen(PROOF_EVENT_FIRST), false);
    if (!strcmp(line, PROOF_CONTENT))
        return read_content(r);
    if (r->count && begins(line, PROOF_INDEX))
        return read_path(r, &r->events[r->count - 1], line);
    return fault_add(r->fault, "a line that belongs to no proof: %s", line);
}

/* Whether EVENT has a path to the head, or the next event covers it. */
static bool leads_on(const struct reading *r, const struct shown *event)
{
    const struct head *head = &r->proof->head;
    uint8_t leaf[DIGEST_SIZE];
    if (event->index < 0)
        return event + 1 < r->events + r->count && event[1].is_second;
    merkle_leaf(merkle_sm3, event->digest, leaf);
    return event->index == event->id - 1 &&
           merkle_includes(merkle_sm3, leaf, event->index, head->size, &event->path, head->root);
}

/* Goes from each event to the next, or by its path to the head. A digest covers that of the event
 * shown before, so that what was changed, or left out, shows at the first path behind it. */
static void judge_events(struct reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct shown *event = &r->events[i];
        if (!leads_on(r, event))
            differ(r, "it, or what is shown before it, is not what leads to the head", event->id);
        if (i && (event->ticket_id != event[-1].ticket_id || event->id <= event[-1].id))
            differ(r, "it is of another ticket, or in another order", event->id);
    }
}

static int64_t data_number(const char *data, const char *member)
{
    const char *at = strstr(data, member), *end;
    return at ? head_number(at + strlen(member), &end) : 0;
}

/* What is proved, in few words. */
static void sum_up(struct reading *r)
{
    struct proof *proof = r->proof;
    const struct shown *first = &r->events[0], *last = &r->events[r->count - 1];
    proof->events = (int)r->count;
    proof->ticket_id = first->ticket_id;
    proof->received_at = first->at;
    int64_t due = data_number(first->data, "\"due\":");
    proof->due_at = is_moment(due) ? due : 0;
    proof->last_type = last->type;
    proof->last_at = last->at;
}

/* The text of a receipt says what the events say, in the zone of the head. */
static void judge_receipt(struct reading *r, const char *text, size_t length)
{
    struct text lines = {0};
    if (length)
        clock_set_zone(r->proof->head.zone);
    proof_add_receipt(&lines, r->proof);
    if (length && (lines.length != length || memcmp(lines.data, text, length) != 0))
        differ(r, "the text of the receipt says something else", r->events[0].id);
    text_free(&lines);
}

bool proof_is(const char *text)
{
    return begins(text, PROOF_START) || begins(text, "# ");
}

static bool read_all(struct reading *r, const char *text)
{
    const char *begin = begins(text, PROOF_START) ? text : strstr(text, "\n" PROOF_START);
    size_t receipt = begin && begin != text ? (size_t)(begin + 1 - text) : 0;
    if (!begin)
        return fault_add(r->fault, "this is no proof");
    r->next = text + receipt + strlen(PROOF_START);
    for (const char *line; (line = take_line(r)) && *line;)
        if (!read_part(r, line))
            return false;
    if (!r->count)
        return fault_add(r->fault, "a proof of nothing");
    if (!head_read(&r->proof->head, r->arena, r->next, r->fault))
        return false;
    sum_up(r);
    judge_events(r);
    judge_receipt(r, text, receipt);
    return true;
}

bool proof_read(struct proof *proof, struct arena *arena, const char *text, struct fault *fault,
                struct fault *why)
{
    struct reading r = {.proof = proof, .arena = arena, .fault = fault, .why = why};
    *proof = (struct proof){.verdict = VERDICT_HOLDS, .last_type = ""};
    bool good = read_all(&r, text);
    free(r.events);
    return good;
}
