#include "knowledge/proposal.h"

#include <string.h>

#include "base/mask.h"
#include "center/org.h"
#include "cli/args.h"

/* The last answer of each, which no entry gave. Of confidential tickets nothing is proposed. */
#define PROPOSALS                                                                                  \
    "SELECT t.id, t.lead, t.title, json_extract(e.data, '$.text'), t.enterprise, t.uscc,"          \
    " t.contact, t.rating, t.rated_at FROM ticket t JOIN event e ON e.id = (SELECT max(a.id)"      \
    " FROM event a WHERE a.ticket_id = t.id AND a.type = 'answered') WHERE t.rating >= 4"          \
    " AND t.closed_as = 'satisfied' AND t.confidential = 0 AND t.errand = 0"                       \
    " AND json_extract(e.data, '$.kb') IS NULL"
#define UNDECIDED " AND NOT EXISTS (SELECT 1 FROM kb_proposal p WHERE p.ticket_id = t.id)"

static struct kb_proposal read_proposal(struct db_query *q)
{
    return (struct kb_proposal){.ticket = db_number(q, 0),
                                .org = db_number(q, 1),
                                .title = db_text(q, 2),
                                .answer = db_text(q, 3),
                                .enterprise = db_text(q, 4),
                                .uscc = db_text(q, 5),
                                .contact = db_text(q, 6),
                                .rating = (int)db_number(q, 7),
                                .rated_at = db_number(q, 8)};
}

void kbproposal_each(struct db *db, int64_t from, int64_t to,
                     void (*take)(void *, const struct kb_proposal *), void *context)
{
    struct db_query *q = db_query(db, PROPOSALS UNDECIDED " AND t.rated_at BETWEEN ?1 AND ?2"
                                                          " ORDER BY t.rated_at DESC, t.id DESC");
    db_bind(q, 1, from);
    db_bind(q, 2, to ? to : INT64_MAX);
    while (db_step(q)) {
        const struct kb_proposal proposal = read_proposal(q);
        take(context, &proposal);
    }
}

/* Also where it was decided. */
static bool load(struct db *db, int64_t ticket, struct arena *arena, struct kb_proposal *p)
{
    struct db_query *q = db_query(db, PROPOSALS " AND t.id = ?1");
    db_bind(q, 1, ticket);
    bool found = db_step(q);
    if (found) {
        const char **texts[] = {&p->title, &p->answer, &p->enterprise, &p->uscc, &p->contact};
        *p = read_proposal(q);
        for (int i = 0; i < 5; i++)
            *texts[i] = *texts[i] ? arena_string(arena, *texts[i]) : NULL;
    }
    db_reset(q);
    return found;
}

static bool is_decided(struct db *db, int64_t ticket)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM kb_proposal WHERE ticket_id = ?1");
    db_bind(q, 1, ticket);
    return db_first(q) != 0;
}

static bool refuse(struct fault *fault, bool is_one)
{
    return fault_add(fault,
                     is_one ? "the ticket's answer was adopted or declined before"
                            : "the ticket has no answer that is proposed; kb-propose lists those");
}

/* ---- what is the ticket's alone ---- */

static bool has_number(const char *text)
{
    struct text masked = {0};
    mask_text(&masked, text);
    bool differs = strcmp(text_string(&masked), text) != 0;
    text_free(&masked);
    return differs;
}

static bool says(const char *text, const char *name)
{
    return name && *name && strstr(text, name);
}

bool kbproposal_add_personal(struct text *to, const struct kb_proposal *p, const char *text,
                             bool words)
{
    const struct {
        const char *code, *word;
        bool is;
    } kinds[] = {{"number", "号码", has_number(text)},
                 {"enterprise", "企业", says(text, p->enterprise) || says(text, p->uscc)},
                 {"contact", "联系人", says(text, p->contact)}};
    bool any = false;
    for (int i = 0; i < 3; i++)
        if (kinds[i].is) {
            text_add_format(to, "%s%s", any ? " " : "", words ? kinds[i].word : kinds[i].code);
            any = true;
        }
    return any;
}

/* ---- adopting ---- */

static bool check(const struct kb_proposal *p, int field, const char *text, struct fault *fault)
{
    struct text found = {0};
    bool good = !kbproposal_add_personal(&found, p, text, false) ||
                fault_add(fault, "%s: it says what is the ticket's alone (%s): say it without",
                          kb_fields[field], found.data);
    text_free(&found);
    return good;
}

bool kbproposal_fill(struct db *db, const char **values, struct arena *arena, struct fault *fault)
{
    struct kb_proposal p;
    int64_t ticket = values[KB_TICKET] ? args_id(values[KB_TICKET]) : 0;
    if (!values[KB_TICKET])
        return true;
    bool is_one = load(db, ticket, arena, &p);
    if (!is_one || (is_decided(db, ticket) && !kb_is_from(db, values[KB_CODE], ticket)))
        return refuse(fault, is_one);
    if (!values[KB_TITLE])
        values[KB_TITLE] = p.title;
    if (!values[KB_TEXT])
        values[KB_TEXT] = p.answer;
    bool title = check(&p, KB_TITLE, values[KB_TITLE], fault);
    return check(&p, KB_TEXT, values[KB_TEXT], fault) && title;
}

/* ---- declining ---- */

/* One that is being declined. */
struct declining {
    struct center *center;
    const struct kb_proposal *proposal;
    const struct gate_who *who;
    const char *reason;
    struct fault *fault;
};

static bool may(void *context)
{
    const struct declining *d = context;
    return org_is_center(d->center, d->who->by) || fault_add(d->fault, "only the center may");
}

static bool step(void *context)
{
    const struct declining *d = context;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "ticket", d->proposal->ticket);
    json_add_text(&data, "reason", d->reason);
    org_add_code(&data, "by", d->center->db, d->who->by);
    projected_log(d->center, &kb_projected, kb_record.acts[KB_DECLINE].event, d->who->at, &data);
    return true;
}

enum gate_result kbproposal_decline(struct center *center, int64_t ticket,
                                    const struct gate_who *who, const char *reason,
                                    struct arena *arena, struct kb_proposal *proposal,
                                    struct fault *fault)
{
    struct declining declining = {center, proposal, who, reason, fault};
    bool is_one = load(center->db, ticket, arena, proposal);
    if (!is_one || is_decided(center->db, ticket)) {
        refuse(fault, is_one);
        return GATE_REFUSED;
    }
    const struct gate gate = {.record = &kb_record,
                              .act = KB_DECLINE,
                              .state = gate_register(0),
                              .at = who->at,
                              .by = &who->by,
                              .began = proposal->rated_at,
                              .began_as = "it was rated",
                              .fault = fault,
                              .context = &declining,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(center, &gate);
}
