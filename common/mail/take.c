#include "mail/take.h"

#include <string.h>

#include "base/die.h"
#include "enterprise/enterprise.h"
#include "mail/reply.h"
#include "notice/address.h"
#include "notice/replymark.h"

enum { LONGEST_TITLE = 150, LONGEST_TEXT = 1024 * 1024 };

struct taking taking_new(struct center *center)
{
    return (struct taking){acting_new(center), intake_new(center)};
}

void taking_free(struct taking *taking)
{
    acting_free(&taking->acting);
    intake_free(&taking->intake);
}

/* A mail while it is taken in. */
struct take {
    struct taking *taking;
    struct center *center;
    const struct letter *letter;
    struct arena *arena;
    struct mail_row *mail;
};

static void become(const struct take *t, const char *became, const char *state)
{
    t->mail->became = became;
    t->mail->state = state;
}

/* It waits for a person, who is told WHY. */
static void wait(const struct take *t, const char *became, const char *why)
{
    become(t, became, "waiting");
    t->mail->why = arena_string(t->arena, why);
}

/* ---- replies ---- */

/* The address of NOTICE's owner that the mail is from; 0: it is from none. */
static int64_t find_writer(const struct take *t, const struct notice_row *notice)
{
    struct db_query *q =
        db_query(t->center->db, "SELECT a.id FROM address n JOIN address a ON a.owner = n.owner"
                                " AND a.owner_id = n.owner_id WHERE n.id = ?1 AND a.used = 'yes'"
                                " AND lower(a.address) = ?2 ORDER BY a.id LIMIT 1");
    db_bind(q, 1, notice->address);
    db_bind_text(q, 2, t->letter->from);
    return t->letter->from ? db_first(q) : 0;
}

/* Does ACT to the ticket for who writes: as the member whose mailbox it is, or entered for the
 * organisation. False with a FAULT. */
static bool perform(const struct take *t, struct act *act, const struct address *address,
                    struct fault *fault)
{
    struct ticket *ticket = ticket_get(t->center->db, t->mail->ticket, t->arena);
    struct center_self own;
    bool is_org = !strcmp(address->owner, owner_kind(OWNER_ORG)->code);
    bool passes = is_org && address->member && center_pass_on(t->center, address->member, &own);
    act->at = t->center->now;
    act->by = is_org ? address->owner_id : 0;
    enum gate_result result = act_perform(&t->taking->acting, ticket, t->arena, act, fault);
    if (passes)
        center_pass_back(t->center, &own);
    return result != GATE_REFUSED;
}

/* What was asked is on the ticket then, and for a person to read; who may do nothing else asks. */
static void take_question(const struct take *t, struct act *act, const struct address *address)
{
    struct fault fault = {""};
    const char *files = t->letter->files;
    *act = (struct act){.kind = ACT_NOTE, .text = act->text ? act->text : act->reason};
    act->text = arena_format(t->arena, "来信：%s%s%s", act->text ? act->text : "",
                             *files ? "\n附件：" : "", files);
    if (perform(t, act, address, &fault))
        wait(t, "question", "it asks or adds something: the note on the ticket has it");
    else
        wait(t, "unread", fault.text);
}

static void take_reply(const struct take *t, const struct address *address)
{
    struct act act;
    struct fault fault = {""};
    const char *became = reply_read(t->letter->text, t->arena, &act);
    if (!*t->letter->text)
        wait(t, "unread", "it has no text that can be read");
    else if (act.kind == ACT_NOTE || strcmp(address->owner, owner_kind(OWNER_ORG)->code) != 0)
        take_question(t, &act, address);
    else if (perform(t, &act, address, &fault))
        become(t, became, "done");
    else
        wait(t, "unread", fault.text);
}

/* A reply to a notice, by its mark: in the address that it goes to, the subject, what it refers to.
 */
static bool is_reply(const struct take *t, struct notice_row *notice)
{
    static const enum gmime_header places[] = {GMIME_TO,          GMIME_CC,      GMIME_DELIVERED_TO,
                                               GMIME_ORIGINAL_TO, GMIME_SUBJECT, GMIME_IN_REPLY_TO,
                                               GMIME_REFERENCES};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (replymark_find(t->center, t->letter->mail.headers[places[i]], notice))
            return true;
    return false;
}

static void take_marked(const struct take *t, const struct notice_row *notice)
{
    struct address address;
    t->mail->ticket = notice->ticket;
    t->mail->address = find_writer(t, notice);
    if (!t->mail->address)
        wait(t, "unread", "it replies to a notice from an address that did not get it");
    else if (address_load(t->center->db, t->mail->address, t->arena, &address))
        take_reply(t, &address);
}

/* ---- requests ---- */

/* The one enterprise whose address the mail is from; false: none, or several. */
static bool find_enterprise(const struct take *t, struct address *address)
{
    struct db_query *q =
        db_query(t->center->db, "SELECT max(id) FROM address WHERE owner = 'enterprise'"
                                " AND used = 'yes' AND lower(address) = ?1 HAVING count(*) = 1");
    db_bind_text(q, 1, t->letter->from);
    t->mail->address = t->letter->from ? db_first(q) : 0;
    return t->mail->address && address_load(t->center->db, t->mail->address, t->arena, address);
}

static char *title_of(const struct take *t)
{
    const char *title = *t->letter->subject ? t->letter->subject : t->letter->text;
    size_t line = strcspn(title, "\n");
    return arena_bytes(t->arena, title,
                       text_cut(title, line < LONGEST_TITLE ? line : LONGEST_TITLE));
}

/* Adds the request, of the enterprise whose ADDRESS it is (NULL: it is not known); its id, or 0
 * with a FAULT. */
static int64_t add_ticket(const struct take *t, const struct address *address, struct fault *fault)
{
    char *values[TICKET_FIELD_COUNT] = {NULL};
    struct fault note = {""};
    struct ticket ticket;
    struct text extra = {0};
    struct db *db = t->center->db;
    const struct letter *letter = t->letter;
    const char *contact = address && address->person ? address->person : letter->mail.from_name;
    values[TICKET_SOURCE] = arena_string(t->arena, "mail");
    values[TICKET_REF] = arena_bytes(t->arena, letter->digest, 16);
    values[TICKET_TITLE] = title_of(t);
    values[TICKET_BODY] = arena_bytes(t->arena, letter->text, text_cut(letter->text, LONGEST_TEXT));
    values[TICKET_CONTACT] = contact ? arena_string(t->arena, contact) : NULL;
    if (address) {
        const struct owner_kind *kind = owner_kind(OWNER_ENTERPRISE);
        values[TICKET_USCC] =
            arena_string(t->arena, kind->code_of(db, address->owner_id, t->arena));
        values[TICKET_ENTERPRISE] =
            arena_string(t->arena, kind->name_of(db, address->owner_id, t->arena));
    }
    if (*letter->files) {
        json_start(&extra);
        json_add_text(&extra, "附件", letter->files);
        json_end(&extra);
    }
    bool added = intake_ticket(&t->taking->intake, values, extra.data, &ticket, fault, &note) &&
                 ticket_add(&t->taking->intake, &ticket, fault) != TICKET_OTHER;
    text_free(&extra);
    return added ? ticket.id : 0;
}

static void take_request(const struct take *t)
{
    struct fault fault = {""};
    struct address address;
    if (!find_enterprise(t, &address))
        wait(t, "unread", "it is from no enterprise's address, and replies to no notice");
    else if (!*t->letter->text)
        wait(t, "unread", "it has no text that can be read");
    else if ((t->mail->ticket = add_ticket(t, &address, &fault)))
        become(t, "ticket", "done");
    else
        wait(t, "unread", fault.text);
}

/* ---- */

/* What no person has just written is no act; a notice that did not arrive is for somebody to know.
 */
static void take_sort(const struct take *t, const char *sort)
{
    if (!strcmp(sort, "bounce"))
        wait(t, sort, "a mail of the center's did not arrive");
    else
        become(t, sort, "done");
}

static void sort_out(const struct take *t)
{
    struct notice_row notice;
    const struct letter *letter = t->letter;
    const char *sort = letter->read ? letter_sort(letter, t->center->config->notices.sender) : NULL;
    if (!letter->read)
        wait(t, "unread", "it cannot be read");
    else if (sort)
        take_sort(t, sort);
    else if (is_reply(t, &notice))
        take_marked(t, &notice);
    else
        take_request(t);
}

bool take_letter(struct taking *taking, const struct letter *letter, struct arena *arena,
                 struct mail_row *mail)
{
    struct fault fault = {""};
    struct center *center = taking->acting.center;
    const struct take t = {taking, center, letter, arena, mail};
    if (mail_find(center->db, letter->digest, arena, mail))
        return false;
    *mail = (struct mail_row){.digest = letter->digest, .at = center->now};
    sort_out(&t);
    if (!mail_take(center, mail, &fault))
        die("%s", fault.text);
    return true;
}

int64_t take_as_ticket(struct taking *taking, const struct letter *letter, struct arena *arena,
                       struct mail_row *mail, const struct gate_who *who, struct fault *fault)
{
    const struct take t = {taking, taking->acting.center, letter, arena, mail};
    struct address address;
    const char *state = mail->state;
    bool known = find_enterprise(&t, &address);
    if (!(mail->ticket = add_ticket(&t, known ? &address : NULL, fault)))
        return 0;
    become(&t, "ticket", state);
    return mail_settle(taking->acting.center, mail, who, fault) == GATE_REFUSED ? 0 : mail->ticket;
}
