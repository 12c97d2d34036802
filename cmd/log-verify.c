/* log-verify: verifies heads, extensions and proofs with nothing but public keys: no database, no
 * configuration, and linked statically (make log-verify-alone) no library. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/proof.h"
#include "cli/args.h"
#include "evidence/input.h"
#include "evidence/judge.h"

enum { KEY_KEY = 'k', KEY_SINCE = ARGS_LONG, KEY_WITNESSES, KEY_MAX_AGE };

static const struct args_option options[] = {
    {KEY_KEY, "key", "KEY", "a public key that is trusted, or a file of such"},
    {KEY_SINCE, "since", "HEAD", "the head that is known already: the others must extend it"},
    {KEY_WITNESSES, "witnesses", "N", "how many of the witnesses must have cosigned (else all)"},
    {KEY_MAX_AGE, "max-age", "DAYS", "no head may be older"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "-k KEY ... [--witnesses N] [--max-age DAYS] [--since HEAD] FILE ... | -", NULL};
static const struct args_program program = {
    .name = "log-verify",
    .title = "存证核验",
    .synopsis = synopsis,
    .purpose = "Verify heads of a log, extensions and proofs, by public keys alone.",
    .options = options,
};

static const struct out_column columns[] = {
    {"file", "文件", OUT_TEXT},     {"kind", "类型", OUT_TEXT},     {"verdict", "结论", OUT_TEXT},
    {"size", "事项数", OUT_NUMBER}, {"time", "封签时间", OUT_TEXT}, {"why", "说明", OUT_TEXT}};

struct verifying {
    struct args args;
    struct arena arena;
    struct out *out;
    struct keys keys;
    const char *since;
    int witnesses;             /* -1: all */
    int max_age;               /* days; -1: any */
    struct head known, *heads; /* those that held so far */
    size_t head_count;
    long refused, bad;
};

static void read_options(struct verifying *v)
{
    struct args *args = &v->args;
    struct fault fault = {""};
    v->witnesses = v->max_age = -1;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_SINCE: v->since = args->value; break;
        case KEY_WITNESSES: v->witnesses = args_number(args, 0, NOTE_MOST_SIGNATURES); break;
        case KEY_MAX_AGE: v->max_age = args_number(args, 0, 100000); break;
        default:
            if (!keys_take(&v->keys, &v->arena, args->value, &fault))
                die("%s", fault.text);
        }
    if (!v->keys.count)
        args_usage(args, "--key is missing: whose signature is to be believed");
    if (!args->operand_count)
        args_usage(args, "name the files to verify");
}

static void print(struct verifying *v, const char *path, const char *kind, const char *word,
                  enum verdict verdict, const struct head *head, const struct fault *why)
{
    out_text(v->out, path);
    out_code(v->out, kind, word);
    out_code(v->out, verdict_code(verdict), verdict_word(verdict));
    out_number(v->out, head->size);
    out_moment(v->out, head->time);
    out_text(v->out, why->text);
    out_row(v->out);
    v->refused += verdict != VERDICT_HOLDS;
}

/* Two heads of one size that were both signed are a fork, wherever they come from. */
static enum verdict judge_others(struct verifying *v, const struct head *head, struct fault *why)
{
    for (size_t i = 0; i < v->head_count; i++)
        if (v->heads[i].size == head->size && !strcmp(v->heads[i].origin, head->origin) &&
            memcmp(v->heads[i].root, head->root, DIGEST_SIZE) != 0) {
            fault_clear(why);
            return judge_beside(&v->heads[i], head, why);
        }
    v->heads = mem_grow(v->heads, v->head_count, sizeof *v->heads);
    v->heads[v->head_count++] = *head;
    return VERDICT_HOLDS;
}

static enum verdict judge_age(const struct verifying *v, const struct head *head, struct fault *why)
{
    int64_t age = clock_now() - head->time;
    if (v->max_age < 0 || age <= (int64_t)v->max_age * SECONDS_PER_DAY)
        return VERDICT_HOLDS;
    fault_clear(why);
    fault_add(why, "it is %lld days old", (long long)(age / SECONDS_PER_DAY));
    return VERDICT_STALE;
}

/* All that is asked of a head by itself, and beside the others. */
static enum verdict judge_head(struct verifying *v, const struct head *head,
                               const struct extension *extension, struct fault *why)
{
    struct fault refusal = {""};
    enum verdict verdict = judge_signatures(&v->keys, v->witnesses, head, why);
    if (verdict == VERDICT_HOLDS && v->since)
        verdict = extension ? judge_extension(&v->known, extension, &refusal)
                            : judge_beside(&v->known, head, &refusal);
    if (*refusal.text)
        *why = refusal;
    if (verdict == VERDICT_HOLDS)
        verdict = judge_others(v, head, why);
    return verdict == VERDICT_HOLDS ? judge_age(v, head, why) : verdict;
}

static bool verify_extension(struct verifying *v, const char *path, const char *text,
                             struct fault *fault)
{
    struct extension extension;
    struct fault why = {""};
    if (!v->since)
        return fault_add(fault, "an extension is verified from the head that is known: --since");
    if (!extension_read(&extension, &v->arena, text, fault))
        return false;
    enum verdict verdict = judge_head(v, &extension.head, &extension, &why);
    print(v, path, "extension", "延伸", verdict, &extension.head, &why);
    return true;
}

static bool verify_head(struct verifying *v, const char *path, const char *text,
                        struct fault *fault)
{
    struct head head;
    struct fault why = {""};
    if (!head_read(&head, &v->arena, text, fault))
        return false;
    print(v, path, "head", "封签", judge_head(v, &head, NULL, &why), &head, &why);
    return true;
}

static bool verify_proof(struct verifying *v, const char *path, const char *text,
                         struct fault *fault)
{
    struct proof proof;
    struct fault why = {""}, broken = {""}, shown = {""};
    char moment[CLOCK_TEXT_SIZE];
    if (!proof_read(&proof, &v->arena, text, fault, &broken))
        return false;
    enum verdict verdict = judge_head(v, &proof.head, NULL, &why);
    if (verdict == VERDICT_HOLDS)
        verdict = proof.verdict;
    if (*broken.text)
        why = broken;
    fault_add(&shown, "ticket %lld, %d events, the last %s %s", (long long)proof.ticket_id,
              proof.events, proof.last_type, clock_print(proof.last_at, moment));
    if (proof.opened)
        fault_add(&shown, "%d texts opened", proof.opened);
    if (verdict == VERDICT_HOLDS)
        fault_add(&shown, "%s", why.text);
    bool receipt = *text == '#';
    print(v, path, receipt ? "receipt" : "proof", receipt ? "回执" : "存证", verdict, &proof.head,
          verdict == VERDICT_HOLDS ? &shown : &why);
    return true;
}

static bool verify_text(struct verifying *v, const char *path, const char *text,
                        struct fault *fault)
{
    struct fault why = {""};
    bool good = proof_is(text)       ? verify_proof(v, path, text, &why)
                : extension_is(text) ? verify_extension(v, path, text, &why)
                                     : verify_head(v, path, text, &why);
    return good || fault_add(fault, "%s: %s", path, why.text);
}

static void verify(struct verifying *v, const char *path)
{
    struct fault fault = {""};
    char *text = input_read(path, &fault);
    if (!text || !verify_text(v, path, text, &fault)) {
        warn("%s", fault.text);
        v->bad++;
    }
    free(text);
}

/* The head that the others are held to must hold itself. */
static void read_known(struct verifying *v)
{
    struct fault fault = {""}, why = {""};
    char *text = input_read(v->since, &fault);
    if (!text)
        die("%s", fault.text);
    if (!head_read(&v->known, &v->arena, text, &fault))
        die("%s: %s", v->since, fault.text);
    enum verdict verdict = judge_signatures(&v->keys, v->witnesses, &v->known, &why);
    if (verdict != VERDICT_HOLDS)
        die_status(EXIT_NO, "%s: %s: %s", v->since, verdict_code(verdict), why.text);
    free(text);
}

int main(int argc, char **argv)
{
    struct verifying v = {.args = args_start(&program, argc, argv)};
    read_options(&v);
    if (v.since)
        read_known(&v);
    v.out = out_open(OUT_COLUMNS(columns), v.args.format, v.args.header);
    out_set_title(v.out, program.title, NULL);
    for (int i = 0; i < v.args.operand_count; i++)
        verify(&v, v.args.operands[i]);
    out_close(v.out);
    keys_free(&v.keys);
    free(v.heads);
    arena_free(&v.arena);
    args_free(&v.args);
    out_finish();
    return v.bad ? EXIT_BAD : v.refused ? EXIT_NO : EXIT_DONE;
}
