#include "center/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "center/proof_private.h"

/* The lines of an event's bytes, in the order of log_form_write; the first form lacks two. */
enum { LINES_FIRST_FORM = 7, LINES = 9 };

/* An event of it. */
struct shown {
    int64_t id, ticket_id, at;
    const char *type, *previous, *data; /* PREVIOUS "": it names none */
    const char *seals[SEAL_FIELDS];     /* of its content; NULL: it was not shown */
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

/* Takes the lines that LINES says; the second form begins with a line 2, and names the event of the
 * ticket before. */
static bool read_fields(struct reading *r, struct shown *event, int64_t lines)
{
    const char *field[LINES] = {""};
    bool second = lines == LINES;
    for (int i = 0; i < lines; i++)
        if (!(field[i] = take_line(r)))
            return false;
    const char *const *from = field + second;
    event->id = whole_number(from[0]);
    event->ticket_id = whole_number(from[1]);
    event->at = whole_number(from[2]);
    event->type = from[4];
    event->previous = second ? from[6] : "";
    event->data = from[second ? 7 : 6];
    return event->id > 0 && event->ticket_id > 0 && is_moment(event->at) &&
           (!second || !strcmp(field[0], "2"));
}

/* An event: the digest before it, how many lines it has, and these. */
static bool read_event(struct reading *r, const char *line)
{
    uint8_t before[DIGEST_SIZE];
    const char *digest = line + strlen(PROOF_EVENT), *blank = strchr(digest, ' '), *from = r->next;
    int64_t lines = blank ? whole_number(blank + 1) : -1;
    r->events = mem_grow(r->events, r->count, sizeof *r->events);
    struct shown *event = &r->events[r->count++];
    *event = (struct shown){.index = -1};
    if ((lines != LINES && lines != LINES_FIRST_FORM) ||
        !head_digest(digest, (size_t)(blank - digest), before) || !read_fields(r, event, lines))
        return fault_add(r->fault, "event %zu of it is none", r->count);
    digest_sm3(before, from, (size_t)(r->next - from), event->digest);
    return true;
}

/* The bytes of a seal in hexadecimal, behind the ~ of LINE. */
static bool add_seal_bytes(struct text *to, const char *line)
{
    static const char digits[] = "0123456789abcdef";
    if (*line != '~' || strlen(line) != DIGEST_TEXT_SIZE ||
        strspn(line + 1, digits) != DIGEST_TEXT_SIZE - 1)
        return false;
    text_add_char(to, '~');
    for (const char *at = line + 1; *at; at += 2)
        text_add_char(
            to, (char)((strchr(digits, at[0]) - digits) << 4 | (strchr(digits, at[1]) - digits)));
    text_add_char(to, '\n');
    return true;
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

static bool add_field_bytes(struct text *to, const char *line)
{
    struct json *read = read_string(line);
    const char *value = read ? json_text(read, "v") : NULL;
    if (value)
        text_add_format(to, "%zu:%s\n", strlen(value), value);
    json_free(read);
    return value;
}

/* What was received, which the event names by its digest. */
static bool read_content(struct reading *r, struct shown *event)
{
    struct text bytes = {0}, member = {0};
    uint8_t whole[DIGEST_SIZE];
    char digest[DIGEST_TEXT_SIZE];
    bool good = true;
    for (int i = 0; good && i < LOG_OPEN_FIELDS + SEAL_FIELDS; i++) {
        const char *line = take_line(r);
        bool open = i < LOG_OPEN_FIELDS, absent = line && !strcmp(line, "-");
        if (absent)
            text_add(&bytes, "-\n");
        else
            good = line && (open ? add_field_bytes(&bytes, line) : add_seal_bytes(&bytes, line));
        if (!open)
            event->seals[i - LOG_OPEN_FIELDS] = line;
    }
    digest_sm3(NULL, text_string(&bytes), bytes.length, whole);
    text_add_format(&member, "\"content\":\"%s\"", digest_print(whole, digest));
    if (good && !strstr(event->data, member.data))
        differ(r, "what was received is not what it names", event->id);
    text_free(&bytes);
    text_free(&member);
    return good || fault_add(r->fault, "what was received is not written as it must be");
}

/* Whether SEAL, in hexadecimal, stands in the event's data for KEY, or in its content. */
static bool is_sealed(const struct shown *event, int key, const char *seal, bool in_content)
{
    struct text member = {0};
    text_add_format(&member, "\"%s\":~%s", seal_name(key), seal);
    bool found = in_content ? key < SEAL_FIELDS && event->seals[key] &&
                                  !strcmp(event->seals[key] + (*event->seals[key] == '~'), seal)
                            : strstr(event->data, member.data) != NULL;
    text_free(&member);
    return found;
}

static bool read_salt(const char *text, uint8_t salt[SEED_SIZE])
{
    struct text bytes = {0};
    struct text padded = {0};
    text_add_format(&padded, "~%.*s%032d", 2 * SEED_SIZE, text, 0);
    bool good = strlen(text) > 2 * SEED_SIZE && add_seal_bytes(&bytes, padded.data);
    if (good)
        memcpy(salt, bytes.data + 1, SEED_SIZE);
    text_free(&bytes);
    text_free(&padded);
    return good;
}

/* A text behind a seal: of the data as it stands there, of the content without its quotes. */
static bool read_opened(struct reading *r, struct shown *event, const char *line)
{
    const char *name = line + strlen(PROOF_OPEN), *blank = strchr(name, ' ');
    int key = blank ? seal_key(name, (size_t)(blank - name)) : -1;
    uint8_t salt[SEED_SIZE], seal[DIGEST_SIZE];
    char digest[DIGEST_TEXT_SIZE];
    if (key < 0 || !read_salt(blank + 1, salt) || blank[1 + 2 * SEED_SIZE] != ' ')
        return fault_add(r->fault, "an opened text is not written as it must be");
    const char *json = blank + 1 + 2 * SEED_SIZE + 1;
    seal_text(salt, key, json, strlen(json), seal);
    bool found = is_sealed(event, key, digest_print(seal, digest), false);
    struct json *read = found ? NULL : read_string(json);
    const char *value = read ? json_text(read, "v") : NULL;
    if (value) {
        seal_text(salt, key, value, strlen(value), seal);
        found = is_sealed(event, key, digest_print(seal, digest), true);
    }
    json_free(read);
    if (!found)
        differ(r, "a text is not the one behind its seal", event->id);
    r->proof->opened++;
    return true;
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
    struct shown *event = r->count ? &r->events[r->count - 1] : NULL;
    if (begins(line, PROOF_EVENT))
        return read_event(r, line);
    if (event && !strcmp(line, PROOF_CONTENT))
        return read_content(r, event);
    if (event && begins(line, PROOF_OPEN))
        return read_opened(r, event, line);
    if (event && begins(line, PROOF_INDEX))
        return read_path(r, event, line);
    return fault_add(r->fault, "a line that belongs to no proof: %s", line);
}

/* Whether NEXT names EVENT as the one of its ticket before it. */
static bool names(const struct shown *next, const struct shown *event)
{
    char digest[DIGEST_TEXT_SIZE];
    return !strcmp(next->previous, digest_print(event->digest, digest));
}

/* Goes from each event to the next, or by its path to the head. */
static void judge_events(struct reading *r)
{
    const struct head *head = &r->proof->head;
    uint8_t leaf[DIGEST_SIZE];
    for (size_t i = 0; i < r->count; i++) {
        const struct shown *event = &r->events[i], *next = event + 1;
        bool is_last = i + 1 == r->count;
        merkle_leaf(merkle_sm3, event->digest, leaf);
        bool linked = event->index < 0 ? !is_last && names(next, event)
                                       : event->index == event->id - 1 &&
                                             merkle_includes(merkle_sm3, leaf, event->index,
                                                             head->size, &event->path, head->root);
        if (!linked)
            differ(r, "nothing leads from it to the head", event->id);
        if (i ? event->ticket_id != event[-1].ticket_id || event->id <= event[-1].id
              : *event->previous != '\0')
            differ(r, "events before it are left out, or in another order", event->id);
        if (i && *event->previous && !names(event, event - 1))
            differ(r, "events before it are left out", event->id);
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
