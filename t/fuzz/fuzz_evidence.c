/* fuzz_evidence: what outsiders are sent: notes, heads, extensions, proofs. What must hold: a note
 * that is read is written as it was; a head that is written is read as it was; an extension that
 * proves something does not once its path is longer. */
#include <stdlib.h>
#include <string.h>

#include "center/proof.h"
#include "evidence/judge.h"
#include "harness.h"

void harness_begin(void)
{
}

static void check_note(struct arena *arena, const char *text)
{
    struct note note;
    struct fault fault = {""};
    struct text again = {0};
    bool good = note_read(&note, arena, text, &fault);
    harness_must(good || *fault.text, "what is no note has a fault");
    if (good) {
        note_add(&again, &note);
        harness_must(!strcmp(again.data, text), "a note is written as it was read");
    }
    text_free(&again);
}

static void check_head(struct arena *arena, const char *text)
{
    struct head head, again;
    struct fault fault = {""};
    struct text written = {0};
    bool good = head_read(&head, arena, text, &fault);
    harness_must(good || *fault.text, "what is no head has a fault");
    if (good && head.time) {
        head_add(&written, &head);
        text_add(&written, "\n\xe2\x80\x94 a AAAAAAA=\n");
        harness_must(head_read(&again, arena, written.data, &fault) && again.size == head.size &&
                         again.time == head.time && !strcmp(again.origin, head.origin) &&
                         !memcmp(again.root, head.root, DIGEST_SIZE),
                     "a head that is written is read as it was");
    }
    text_free(&written);
}

static void check_extension(struct arena *arena, const char *text)
{
    struct extension extension;
    struct fault fault = {""};
    if (!extension_read(&extension, arena, text, &fault)) {
        harness_must(*fault.text, "what is no extension has a fault");
        return;
    }
    struct merkle_path *path = &extension.path;
    const uint8_t *root = extension.head.root;
    bool holds = merkle_extends(merkle_sm3, extension.old, root, extension.head.size, root, path);
    if (path->count == MERKLE_DEPTH || (holds && !extension.old))
        return;
    memset(path->digests[path->count++], 7, DIGEST_SIZE);
    harness_must(!merkle_extends(merkle_sm3, extension.old, root, extension.head.size, root, path),
                 "a path that is too long proves nothing");
}

static void check_proof(struct arena *arena, const char *text)
{
    struct proof proof;
    struct fault fault = {""}, why = {""};
    bool good = proof_read(&proof, arena, text, &fault, &why);
    harness_must(good || *fault.text, "what is no proof has a fault");
    harness_must(!good || (proof.verdict == VERDICT_HOLDS) == !*why.text,
                 "what does not lead on says why");
    harness_must(!good || proof.events > 0, "a proof is of something");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    char *text = harness_string(bytes, size);
    check_note(&arena, text);
    check_head(&arena, text);
    check_extension(&arena, text);
    check_proof(&arena, text);
    arena_free(&arena);
    free(text);
    return 0;
}
