#include "opinion/consultation_act.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "enterprise/association.h"

enum { BATCH = 200 };

const struct out_column consultact_tickets[CONSULTACT_TICKETS] = {{"id", "工单", OUT_NUMBER},
                                                                  {"org", "单位", OUT_TEXT}};
const struct out_column consultact_columns[CONSULTACT_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},
    {"consultation", "征求意见", OUT_NUMBER},
    {"by", "单位", OUT_TEXT},
    {"result", "结果", OUT_TEXT}};

struct consultact consultact_start(struct args *args, struct config *config,
                                   const struct out_column *columns, int count)
{
    struct consultact act = {.args = args, .config = config};
    act.center = center_open(args_database(args), config, args_user(), clock_now());
    act.orgs = org_table_load(act.center.db);
    act.out = out_open(columns, count, args->format, args->header);
    return act;
}

int consultact_end(struct consultact *a)
{
    center_close(&a->center);
    out_close(a->out);
    org_table_free(&a->orgs);
    config_free(a->config);
    args_free(a->args);
    out_finish();
    return a->bad ? EXIT_BAD : EXIT_DONE;
}

static void end(struct consultact *a, bool keep)
{
    if (keep && !a->args->dry_run)
        db_commit(a->center.db);
    else
        db_rollback(a->center.db);
}

static void print_ticket(void *context, int64_t ticket, int64_t org)
{
    struct consultact *a = context;
    if (a->args->dry_run)
        out_text(a->out, NULL);
    else
        out_number(a->out, ticket);
    out_code(a->out, org_code(&a->orgs, org), org_name(&a->orgs, org));
    out_row(a->out);
}

/* The ids of the addressees; the caller frees. */
static int64_t *find_addressees(struct consultact *a, const struct consultact_to *to, int count)
{
    int64_t *orgs = mem_zero((size_t)count, sizeof *orgs);
    for (int i = 0; i < count; i++) {
        orgs[i] = org_need(a->center.db, to[i].word);
        if (to[i].is_association && !association_find(a->center.db, to[i].word))
            die("\"%s\" is no association; --to sends to any organisation", to[i].word);
    }
    return orgs;
}

void consultact_open(struct consultact *a, struct consultation *consultation,
                     const struct consultact_to *to, int count)
{
    struct fault fault = {""};
    int64_t *orgs = find_addressees(a, to, count);
    center_begin(&a->center, a->args->dry_run);
    if (!consult_open(&a->center, consultation, orgs, count, print_ticket, a, &fault))
        die("%s", fault.text);
    end(a, true);
    free(orgs);
}

static void print_opinion(struct consultact *a, const struct opinion *o, const char *result,
                          const char *name)
{
    out_number(a->out, o->id);
    out_number(a->out, o->consultation);
    out_code(a->out, org_code(&a->orgs, o->org), org_name(&a->orgs, o->org));
    out_code(a->out, result, name);
    out_row(a->out);
}

static bool give(struct consultact *a, struct acting *acting, struct opinion *o, bool at_given,
                 struct fault *fault)
{
    enum consult_result result = consult_give(acting, o, at_given, fault);
    if (result == CONSULT_DONE)
        print_opinion(a, o, "added", NULL);
    else if (result == CONSULT_SAME)
        print_opinion(a, o, "same", NULL);
    return result != CONSULT_REFUSED;
}

void consultact_give(struct consultact *a, struct opinion *opinion, bool at_given)
{
    struct acting acting = acting_new(&a->center);
    struct fault fault = {""};
    center_begin(&a->center, a->args->dry_run);
    if (!at_given)
        opinion->at = a->center.now;
    if (!give(a, &acting, opinion, at_given, &fault))
        die("%s", fault.text);
    end(a, true);
    acting_free(&acting);
}

static void refuse(struct fault *fault, const char *what, const char *word)
{
    if (word)
        fault_unknown(fault, what, word, NULL, NULL);
    else
        fault_add(fault, "no %s", what);
}

/* Every fault of the row at once. */
static bool read_row(struct consultact *a, char *const *values, struct opinion *o,
                     struct fault *fault)
{
    const char *word = values[OPINION_CONSULTATION], *at = values[OPINION_AT];
    *o = (struct opinion){.text = values[OPINION_TEXT], .at = a->center.now};
    if (!word || !(o->consultation = consult_find(a->center.db, word)))
        refuse(fault, "consultation", word);
    if (!values[OPINION_BY])
        refuse(fault, "organisation", NULL);
    else if (!(o->org = org_find(a->center.db, values[OPINION_BY])))
        org_unknown(a->center.db, values[OPINION_BY], fault);
    if (!o->text)
        refuse(fault, "text", NULL);
    if (at && !clock_parse(at, &o->at, NULL))
        clock_refuse(fault, at);
    return !*fault->text;
}

static void take_rows(struct consultact *a, struct bulk *bulk)
{
    struct acting acting = acting_new(&a->center);
    struct bulk_row row;
    struct opinion opinion;
    struct fault fault = {""};
    while (bulk_next(bulk, &row)) {
        fault_clear(&fault);
        if (!read_row(a, row.values, &opinion, &fault) ||
            !give(a, &acting, &opinion, row.values[OPINION_AT] != NULL, &fault))
            bulk_reject(bulk, fault.text);
    }
    acting_free(&acting);
}

void consultact_file(struct consultact *a, const struct bulk_source *source)
{
    struct headers headers =
        headers_load(config_path(a->center.config, "headers.yaml"), "opinion", opinion_fields);
    struct bulk *bulk = bulk_open(source, a->center.db, &headers, opinion_fields,
                                  (struct column_need[]){{OPINION_TEXT, NULL}, {-1, NULL}});
    center_begin(&a->center, a->args->dry_run);
    take_rows(a, bulk);
    a->bad += bulk_end(bulk, a->out);
    headers_free(&headers);
}

static void decide(struct consultact *a, int64_t id, bool adopted, const char *reason)
{
    struct arena arena = {0};
    struct opinion opinion;
    struct fault fault = {""};
    enum consult_result result =
        consult_decide(&a->center, id, adopted, reason, &arena, &opinion, &fault);
    if (result == CONSULT_DONE) {
        print_opinion(a, &opinion, adopted ? "adopted" : "declined", adopted ? "采纳" : "未采纳");
    } else if (result == CONSULT_SAME) {
        print_opinion(a, &opinion, "same", NULL);
    } else {
        warn("%lld: %s", (long long)id, fault.text);
        a->bad++;
    }
    arena_free(&arena);
}

void consultact_decide(struct consultact *a, bool adopted, const char *reason)
{
    struct args_ids loop = args_ids(a->args, 0);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        center_begin(&a->center, a->args->dry_run);
        for (int i = 0; i < count; i++)
            decide(a, ids[i], adopted, reason);
        end(a, true);
        out_flush(a->out);
    }
    a->bad += args_ids_end(&loop);
}
