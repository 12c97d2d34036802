#include "policy/act_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/permit.h"
#include "center/rating.h"
#include "enterprise/enterprise.h"

enum { MOST_VIEWS = 1000000000, BATCH = 200 };

static const struct out_column columns[] = {{"code", "编号", OUT_TEXT},
                                            {"type", "事项", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT}};

/* Lets ACT happen to the policy called WORD and prints it; false with a fault where it is refused.
 * LAST as of policyact_do. */
static bool happen(struct policy_desk *r, const char *word, const struct policyact *act,
                   int64_t last, struct fault *fault)
{
    static const char *const results[][2] = {
        [POLICY_ADDED] = {"added", "已记录"},
        [POLICY_CHANGED] = {"changed", "已更新"},
        [POLICY_SAME] = {"same", "未变"},
    };
    struct arena arena = {0};
    struct policy policy;
    int64_t id = policy_find(r->p.center.db, word);
    enum policy_result result = POLICY_REFUSED;
    if (id && policy_load(r->p.center.db, id, &arena, &policy)) {
        result = policyact_do(&r->p.center, &policy, &arena, act, last, fault);
    } else {
        policy_unknown(r->p.center.db, word, fault);
    }
    if (result != POLICY_REFUSED) {
        out_text(r->p.out, policy.code);
        out_code(r->p.out, policyact_code(act->type), policyact_name(act->type));
        out_code(r->p.out, results[result][0], results[result][1]);
        out_text(r->p.out, policy.title);
        out_row(r->p.out);
    }
    arena_free(&arena);
    return result != POLICY_REFUSED;
}

static void report(const char *fault)
{
    struct text safe = {0};
    text_add_visible(&safe, fault, "");
    warn("%s", safe.data);
    text_free(&safe);
}

/* What is said to happen now happens when the lock is there. */
static void begin(struct policy_desk *r)
{
    program_begin(&r->p);
    if (!r->given.at_given)
        r->given.event.at = r->p.center.now;
}

/* Operands, a batch to a transaction: the bad ones are reported, the others are done. */
static void run_operands(struct policy_desk *r)
{
    struct fault fault = {""};
    struct args_ids loop = args_ids(&r->p.args, 0);
    for (int count = BATCH; count == BATCH;) {
        struct arena arena = {0};
        const char *words[BATCH], *word;
        for (count = 0; count < BATCH && (word = args_next_word(&loop));)
            words[count++] = arena_string(&arena, word);
        if (!count)
            break;
        begin(r);
        for (int i = 0; i < count; i++) {
            fault_clear(&fault);
            if (happen(r, words[i], &r->given, 0, &fault))
                continue;
            report(fault.text);
            r->p.bad++;
        }
        program_commit(&r->p);
        out_flush(r->p.out);
        arena_free(&arena);
    }
    r->p.bad += args_ids_end(&loop);
}

/* All or nothing, unless bad rows have somewhere to go. */
static void run_file(struct policy_desk *r)
{
    struct headers headers =
        headers_load(config_path(r->p.config, "headers.yaml"), "policy-event", policyact_fields);
    struct bulk *bulk = bulk_open(&r->source, r->p.center.db, &headers, policyact_fields,
                                  (struct column_need[]){{POLICYACT_POLICY, NULL}, {-1, NULL}});
    struct bulk_row row;
    struct policyact act;
    struct fault fault = {""};
    begin(r);
    int64_t last = policyevent_last(r->p.center.db);
    while (bulk_next(bulk, &row)) {
        act = r->given;
        fault_clear(&fault);
        if (!policyact_read(&r->p.center, row.values, r->acts, &act, &fault) ||
            !happen(r, row.values[POLICYACT_POLICY], &act, act.at_given ? last : 0, &fault))
            bulk_reject(bulk, fault.text);
    }
    r->p.bad += bulk_end(bulk, r->p.out);
    headers_free(&headers);
}

static const char *need_text(const struct args *args)
{
    if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
        args_usage(args, "an option's value is not UTF-8");
    return *args->value ? args->value : NULL;
}

static void take_file(struct policy_desk *r, int key)
{
    struct args *args = &r->p.args;
    switch (key) {
    case POLICY_DESK_ENCODING: r->source.encoding = args->value; break;
    case POLICY_DESK_REJECTS: r->source.rejects = args->value; break;
    default:
        if (r->source.path)
            args_usage(args, "one of --csv and --jsonl, once");
        r->source.path = args->value;
        r->source.is_jsonl = key == POLICY_DESK_JSONL;
    }
}

static void take_option(struct policy_desk *r, int key)
{
    struct args *args = &r->p.args;
    struct policyact *act = &r->given;
    char list[256];
    switch (key) {
    case POLICY_DESK_TYPE:
        if ((act->type = policyact_find(args->value, r->acts)) < 0)
            args_unknown(args, "type", policyact_nearest(args->value, r->acts),
                         policyact_list(r->acts, list, sizeof list));
        break;
    case POLICY_DESK_UNPIN: act->type = POLICYACT_UNPINNED; break;
    case POLICY_DESK_AT:
        act->event.at = args_moment(args);
        act->at_given = true;
        break;
    case POLICY_DESK_BY: r->by = args->value; break;
    case POLICY_DESK_REASON: act->reason = need_text(args); break;
    case POLICY_DESK_COUNT: act->event.count = args_number(args, 1, MOST_VIEWS); break;
    case POLICY_DESK_ENTERPRISE: r->enterprise = args->value; break;
    case POLICY_DESK_SCORE: act->event.score = rating_option(args); break;
    case POLICY_DESK_AMOUNT:
        if (!decimal_parse(args->value, &act->event.amount) || act->event.amount <= 0)
            args_usage(args, "not an amount: \"%s\" (write 500000 or 50万)", args->value);
        break;
    case POLICY_DESK_TEXT: act->event.text = need_text(args); break;
    default: take_file(r, key);
    }
}

static void check_options(const struct policy_desk *r)
{
    const struct args *args = &r->p.args;
    struct policyact act = r->given;
    act.event.enterprise = r->enterprise != NULL;
    if (r->source.path && args->operand_count)
        args_usage(args, "policies are named by a file or by operands, not both");
    if (!r->source.path && (r->source.encoding || r->source.rejects))
        args_usage(args, "--encoding and --rejects go with --csv or --jsonl");
    if (r->source.is_jsonl && r->source.encoding)
        args_usage(args, "--encoding goes with --csv; JSON lines are UTF-8");
    if (!r->source.path && !args->operand_count)
        args_usage(args, "name the policies, or a file with --csv");
    if (!r->source.path && act.type < 0)
        args_usage(args, "--type is missing");
    if (!r->source.path && policyact_wrong(&act))
        args_usage(args, "%s", policyact_wrong(&act));
}

int policy_desk_main(const struct args_program *program, struct policy_acts acts, int argc,
                     char **argv)
{
    struct policy_desk r = {.p = program_start(program, argc, argv), .acts = acts};
    struct args *args = &r.p.args;
    r.source = (struct bulk_source){.quiet = args->quiet, .dry_run = args->dry_run};
    r.given.type = acts.usual;
    for (int key; (key = args_next(args));)
        take_option(&r, key);
    check_options(&r);
    program_open(&r.p, OUT_COLUMNS(columns));
    if (r.given.at_given && r.given.event.at > r.p.center.now)
        args_usage(args, "--at lies in the future");
    r.given.by = permit_by(&r.p.center, r.by);
    if (r.enterprise)
        r.given.event.enterprise = enterprise_need(r.p.center.db, r.enterprise);
    if (r.source.path)
        run_file(&r);
    else
        run_operands(&r);
    return program_end(&r.p, EXIT_DONE);
}
