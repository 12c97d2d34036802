#include "opinion/consultation_act.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/tongue.h"
#include "enterprise/association.h"
#include "enterprise/enterprise.h"

enum { BATCH = 200 };

const char *const decision_fields[] = {"opinion", "result", "reason", "by", "at", NULL};
enum decision_field {
    DECISION_OPINION,
    DECISION_RESULT,
    DECISION_REASON,
    DECISION_BY,
    DECISION_AT
};

const struct out_column consultact_tickets[CONSULTACT_TICKETS] = {{"id", "工单", OUT_NUMBER},
                                                                  {"org", "单位", OUT_TEXT}};
const struct out_column consultact_columns[CONSULTACT_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},
    {"consultation", "征求意见", OUT_NUMBER},
    {"by", "单位", OUT_TEXT},
    {"result", "结果", OUT_TEXT}};

static void print_addressee(void *context, int64_t ticket, int64_t org, int64_t firm)
{
    struct program *p = context;
    struct arena arena = {0};
    if (p->args.dry_run || !ticket)
        out_text(p->out, NULL);
    else
        out_number(p->out, ticket);
    if (org)
        out_code(p->out, org_code(&p->orgs, org), org_name(&p->orgs, org));
    else if (firm)
        out_text(p->out, enterprise_code(p->center.db, firm, &arena));
    else
        out_code(p->out, "public", "社会公众");
    out_row(p->out);
    arena_free(&arena);
}

/* Finds the addressees, whose ids CALL has then. */
static void find_addressees(struct program *p, const struct consultact_to *to, int count,
                            struct consult_call *call, int64_t *orgs, int64_t *firms)
{
    call->orgs = orgs;
    call->firms = firms;
    for (int i = 0; i < count; i++) {
        if (to[i].kind == CONSULTACT_FIRM) {
            firms[call->firm_count++] = enterprise_need(p->center.db, to[i].word);
            continue;
        }
        orgs[call->count++] = org_need(p->center.db, to[i].word);
        if (to[i].kind == CONSULTACT_ASSOCIATION && !association_find(p->center.db, to[i].word))
            die("\"%s\" is not an association; --to sends to any organisation", to[i].word);
    }
}

void consultact_open(struct program *p, struct consultation *consultation,
                     const struct consultact_to *to, int count, struct consult_call call,
                     const struct gate_who *who)
{
    struct fault fault = {""};
    int64_t *orgs = mem_zero((size_t)count + 1, sizeof *orgs);
    int64_t *firms = mem_zero((size_t)count + 1, sizeof *firms);
    find_addressees(p, to, count, &call, orgs, firms);
    program_begin(p);
    if (!consult_open(&p->center, consultation, &call, who, print_addressee, p, &fault))
        die("%s", fault.text);
    program_commit(p);
    free(orgs);
    free(firms);
}

static void print_opinion(struct program *p, const struct opinion *o, const char *result,
                          const char *name)
{
    out_number(p->out, o->id);
    out_number(p->out, o->consultation);
    struct arena arena = {0};
    struct opinion stored = *o;
    stored.firm_code = stored.firm_name = enterprise_code(p->center.db, o->firm, &arena);
    out_code(p->out, opinion_giver(&stored, &p->orgs), opinion_giver_name(&stored, &p->orgs));
    out_code(p->out, result, name);
    out_row(p->out);
    arena_free(&arena);
}

static bool give(struct program *p, struct acting *acting, struct opinion *o, bool at_given,
                 struct fault *fault)
{
    enum gate_result result = opinion_give(acting, o, at_given, fault);
    if (result == GATE_DONE)
        print_opinion(p, o, "added", NULL);
    else if (result == GATE_KNOWN)
        print_opinion(p, o, "same", NULL);
    return result != GATE_REFUSED;
}

void consultact_give(struct program *p, struct opinion *opinion, bool at_given)
{
    struct acting acting = acting_new(&p->center);
    struct fault fault = {""};
    program_begin(p);
    if (!at_given)
        opinion->at = p->center.now;
    if (!give(p, &acting, opinion, at_given, &fault))
        die("%s", fault.text);
    program_commit(p);
    acting_free(&acting);
}

static void refuse(struct fault *fault, const char *what, const char *word)
{
    if (word)
        fault_unknown(fault, what, word, NULL, NULL);
    else
        fault_add(fault, "no %s", tongue(what));
}

/* Who gave it: an organisation, an enterprise, or the public, as the word by says. */
static void read_giver(struct db *db, const char *by, const char *firm, struct opinion *o,
                       struct fault *fault)
{
    if (!by && !firm)
        refuse(fault, "organisation", NULL);
    if (by && firm)
        fault_add(fault, "one of by and enterprise");
    if (by && !opinion_is_public(by) && !(o->org = org_find(db, by)))
        org_unknown(db, by, fault);
    if (firm && !(o->firm = enterprise_find(db, firm)))
        enterprise_unknown(firm, fault);
}

/* Every fault of the row at once. */
static bool read_row(struct program *p, char *const *values, struct opinion *o, struct fault *fault)
{
    const char *word = values[OPINION_CONSULTATION], *at = values[OPINION_AT];
    *o = (struct opinion){.text = values[OPINION_TEXT], .at = p->center.now};
    if (!word || !(o->consultation = consult_find(p->center.db, word)))
        refuse(fault, "consultation", word);
    read_giver(p->center.db, values[OPINION_BY], values[OPINION_ENTERPRISE], o, fault);
    if (!o->text)
        refuse(fault, "text", NULL);
    if (at && !clock_parse(at, &o->at, NULL))
        clock_refuse(fault, at);
    return !*fault->text;
}

static void take_rows(struct program *p, struct bulk *bulk)
{
    struct acting acting = acting_new(&p->center);
    struct bulk_row row;
    struct opinion opinion;
    struct fault fault = {""};
    while (bulk_next(bulk, &row)) {
        fault_clear(&fault);
        if (!read_row(p, row.values, &opinion, &fault) ||
            !give(p, &acting, &opinion, row.values[OPINION_AT] != NULL, &fault))
            bulk_reject(bulk, fault.text);
    }
    acting_free(&acting);
}

void consultact_file(struct program *p, const struct bulk_source *source)
{
    struct headers headers =
        headers_load(config_path(p->config, "headers.yaml"), "opinion", opinion_fields);
    struct bulk *bulk = bulk_open(source, p->center.db, &headers, opinion_fields,
                                  (struct column_need[]){{OPINION_TEXT, NULL}, {-1, NULL}});
    program_begin(p);
    take_rows(p, bulk);
    p->bad += bulk_end(bulk, p->out);
    headers_free(&headers);
}

static bool decide(struct program *p, int64_t id, const struct decision *decision,
                   struct fault *fault)
{
    struct arena arena = {0};
    struct opinion opinion;
    enum gate_result result = opinion_decide(&p->center, id, decision, &arena, &opinion, fault);
    if (result == GATE_DONE)
        print_opinion(p, &opinion, decision->adopted ? "adopted" : "declined",
                      decision->adopted ? "采纳" : "未采纳");
    else if (result == GATE_KNOWN)
        print_opinion(p, &opinion, "same", NULL);
    arena_free(&arena);
    return result != GATE_REFUSED;
}

void consultact_decide(struct program *p, const struct decision *given)
{
    struct args_ids loop = args_ids(&p->args, 0);
    int64_t ids[BATCH];
    struct fault fault = {""};
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        program_begin(p);
        struct decision decision = *given;
        decision.at = given->at ? given->at : p->center.now;
        for (int i = 0; i < count; i++) {
            fault_clear(&fault);
            if (decide(p, ids[i], &decision, &fault))
                continue;
            warn("%lld: %s", (long long)ids[i], fault.text);
            p->bad++;
        }
        program_commit(p);
        out_flush(p->out);
    }
    p->bad += args_ids_end(&loop);
}

/* 1, 0 or -1: adopted, declined, neither. */
static int read_verdict(const char *word)
{
    static const char *const words[][2] = {{"未采纳", "不采纳"}, {"采纳", "采用"}};
    for (int adopted = 0; adopted < 2; adopted++)
        if (text_same(word, adopted ? "adopted" : "declined") ||
            text_same(word, words[adopted][0]) || text_same(word, words[adopted][1]))
            return adopted;
    return -1;
}

/* What the row says stands above what the options say; every fault of it at once. */
static bool read_decision(struct program *p, char *const *v, const struct decision *given,
                          struct decision *d, int64_t *id, struct fault *fault)
{
    const char *verdict = v[DECISION_RESULT];
    *d = *given;
    *id = v[DECISION_OPINION] ? args_id(v[DECISION_OPINION]) : 0;
    int adopted = verdict ? read_verdict(verdict) : given->adopted;
    d->adopted = adopted > 0;
    d->reason = v[DECISION_REASON] ? v[DECISION_REASON] : given->reason;
    d->at = given->at ? given->at : p->center.now;
    if (!*id)
        refuse(fault, "opinion", v[DECISION_OPINION]);
    if (adopted < 0)
        fault_unknown(fault, "result", verdict, NULL, " (adopted 采纳, declined 未采纳)");
    if (!d->reason)
        refuse(fault, "reason", NULL);
    if (v[DECISION_BY] && !(d->by = org_find(p->center.db, v[DECISION_BY])))
        org_unknown(p->center.db, v[DECISION_BY], fault);
    if (v[DECISION_AT] && !clock_parse(v[DECISION_AT], &d->at, NULL))
        clock_refuse(fault, v[DECISION_AT]);
    return !*fault->text;
}

void consultact_decide_file(struct program *p, const struct bulk_source *source,
                            const struct decision *given, bool verdict_given)
{
    struct headers headers =
        headers_load(config_path(p->config, "headers.yaml"), "decision", decision_fields);
    const struct column_need needs[] = {
        {DECISION_OPINION, NULL}, {verdict_given ? -1 : DECISION_RESULT, NULL}, {-1, NULL}};
    struct bulk *bulk = bulk_open(source, p->center.db, &headers, decision_fields, needs);
    struct bulk_row row;
    struct fault fault = {""};
    program_begin(p);
    while (bulk_next(bulk, &row)) {
        struct decision decision;
        int64_t id;
        fault_clear(&fault);
        if (!read_decision(p, row.values, given, &decision, &id, &fault) ||
            !decide(p, id, &decision, &fault))
            bulk_reject(bulk, fault.text);
    }
    p->bad += bulk_end(bulk, p->out);
    headers_free(&headers);
}
