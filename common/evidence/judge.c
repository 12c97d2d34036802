#include "evidence/judge.h"

#include <string.h>

#include "base/clock.h"

static const struct {
    const char *code, *word;
} verdicts[] = {
    [VERDICT_HOLDS] = {"holds", "成立"},       [VERDICT_CHANGED] = {"changed", "被改"},
    [VERDICT_UNSIGNED] = {"unsigned", "未签"}, [VERDICT_UNCOSIGNED] = {"uncosigned", "未会签"},
    [VERDICT_STALE] = {"stale", "过旧"},       [VERDICT_FORK] = {"fork", "分叉"},
    [VERDICT_APART] = {"apart", "不相接"},
};

const char *verdict_code(enum verdict verdict)
{
    return verdicts[verdict].code;
}

const char *verdict_word(enum verdict verdict)
{
    return verdicts[verdict].word;
}

/* Whether the log itself has signed: by a key with its name. */
static enum verdict judge_log(const struct keys *keys, const struct head *head, struct fault *why)
{
    enum verdict verdict = VERDICT_UNSIGNED;
    for (int i = 0; i < keys->count; i++) {
        const struct key *key = &keys->list[i];
        if (key->witness || strcmp(key->name, head->origin) != 0)
            continue;
        enum key_verdict found = key_judge(key, &head->note, NULL);
        if (found == KEY_BROKEN) {
            fault_add(why, "the signature of %s does not hold", key->name);
            return VERDICT_CHANGED;
        }
        if (found == KEY_HOLDS)
            verdict = VERDICT_HOLDS;
    }
    fault_add(why,
              verdict == VERDICT_HOLDS ? "signed by %s"
                                       : "no trusted key of %s has signed this head",
              head->origin);
    return verdict;
}

static enum verdict judge_witnesses(const struct keys *keys, int wanted, const struct head *head,
                                    struct fault *why)
{
    int witnesses = 0, signed_by = 0;
    for (int i = 0; i < keys->count; i++) {
        const struct key *key = &keys->list[i];
        char moment[CLOCK_TEXT_SIZE];
        int64_t at;
        if (!key->witness)
            continue;
        enum key_verdict found = key_judge(key, &head->note, &at);
        witnesses++;
        if (found == KEY_BROKEN) {
            fault_add(why, "the signature of %s does not hold", key->name);
            return VERDICT_CHANGED;
        }
        signed_by += found == KEY_HOLDS;
        if (found == KEY_HOLDS)
            fault_add(why, "cosigned by %s %s", key->name, clock_print(at, moment));
    }
    if (signed_by >= (wanted < 0 ? witnesses : wanted))
        return VERDICT_HOLDS;
    fault_add(why, "%d of %d witnesses have cosigned it", signed_by, witnesses);
    return VERDICT_UNCOSIGNED;
}

enum verdict judge_signatures(const struct keys *keys, int witnesses, const struct head *head,
                              struct fault *why)
{
    enum verdict verdict = judge_log(keys, head, why);
    return verdict == VERDICT_HOLDS ? judge_witnesses(keys, witnesses, head, why) : verdict;
}

enum verdict judge_beside(const struct head *known, const struct head *head, struct fault *why)
{
    long long size = head->size, before = known->size;
    if (strcmp(known->origin, head->origin) != 0) {
        fault_add(why, "the known head is of another log, %s", known->origin);
        return VERDICT_APART;
    }
    if (size < before || (size == before && head->time < known->time)) {
        fault_add(why, "it has %lld events, and a head of %lld is known", size, before);
        return VERDICT_STALE;
    }
    if (size == before && memcmp(known->root, head->root, DIGEST_SIZE) != 0) {
        fault_add(why, "two heads of %lld events with other roots", size);
        return VERDICT_FORK;
    }
    if (size > before) {
        fault_add(why, "nothing shows that it extends the known head of %lld events", before);
        return VERDICT_APART;
    }
    return VERDICT_HOLDS;
}

enum verdict judge_extension(const struct head *known, const struct extension *extension,
                             struct fault *why)
{
    const struct head *head = &extension->head;
    static const struct head nothing = {.origin = ""};
    const struct head *old = known ? known : &nothing;
    struct fault none = {""};
    enum verdict beside = known ? judge_beside(known, head, &none) : VERDICT_APART;
    if (beside == VERDICT_STALE || beside == VERDICT_FORK ||
        (known && strcmp(known->origin, head->origin) != 0)) {
        fault_add(why, "%s", none.text);
        return beside;
    }
    if (extension->old != old->size) {
        fault_add(why, "the extension starts at %lld events, and the known head has %lld",
                  (long long)extension->old, (long long)old->size);
        return VERDICT_APART;
    }
    if (head->time < old->time) {
        fault_add(why, "it was signed before the known head, or a clock went back");
        return VERDICT_STALE;
    }
    if (merkle_extends(merkle_sm3, old->size, old->root, head->size, head->root, &extension->path))
        return VERDICT_HOLDS;
    fault_add(why, "its %lld events do not begin with the %lld of the known head",
              (long long)head->size, (long long)old->size);
    return VERDICT_FORK;
}
