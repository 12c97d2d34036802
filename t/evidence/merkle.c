/* merkle: asks common/evidence/merkle.c, a question a line, for t/evidence.bats:
 *
 *     tree HASH DIGEST ...                  a list of leaves, as they are in the tree; answers
 * nothing leaf DATA                             what 32 bytes are as a leaf root SIZE inclusion
 * INDEX SIZE extension OLD SIZE includes LEAF INDEX SIZE ROOT DIGEST ... extends OLD OLD-ROOT SIZE
 * ROOT DIGEST ...
 *
 * HASH is sm3 or sha256; digests are in hexadecimal. Answers digests, or yes or no.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "evidence/merkle.h"

struct list {
    uint8_t (*digests)[DIGEST_SIZE];
    size_t count;
};

static struct list leaves;
static merkle_hash *hash = merkle_sm3;

static void node(void *context, int level, int64_t place, uint8_t digest[DIGEST_SIZE])
{
    uint8_t right[DIGEST_SIZE];
    if (!level) {
        memcpy(digest, leaves.digests[place], DIGEST_SIZE);
        return;
    }
    node(context, level - 1, 2 * place, digest);
    node(context, level - 1, 2 * place + 1, right);
    merkle_join(hash, digest, right, digest);
}

static const char *word(void)
{
    const char *next = strtok(NULL, " \n");
    if (!next)
        die("a word is missing");
    return next;
}

static void read_digest(const char *text, uint8_t digest[DIGEST_SIZE])
{
    for (int i = 0; i < DIGEST_SIZE; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1)
            die("no digest: %s", text);
        digest[i] = (uint8_t)byte;
    }
}

static int64_t number(void)
{
    return strtoll(word(), NULL, 10);
}

static void print(const uint8_t digest[DIGEST_SIZE], const char *end)
{
    char text[DIGEST_TEXT_SIZE];
    printf("%s%s", digest_print(digest, text), end);
}

static struct list rest(void)
{
    struct list list = {NULL, 0};
    for (const char *next; (next = strtok(NULL, " \n"));) {
        list.digests = mem_grow(list.digests, list.count, sizeof *list.digests);
        read_digest(next, list.digests[list.count++]);
    }
    return list;
}

/* The rest of the line; longer than any path, it is cut: that is refused as well. */
static struct merkle_path path_of_rest(void)
{
    struct merkle_path path = {0};
    struct list list = rest();
    path.count = list.count < MERKLE_DEPTH ? (int)list.count : MERKLE_DEPTH;
    for (int i = 0; i < path.count; i++)
        memcpy(path.digests[i], list.digests[i], DIGEST_SIZE);
    free(list.digests);
    return path;
}

static void print_path(const struct merkle_path *path)
{
    for (int i = 0; i < path->count; i++)
        print(path->digests[i], i + 1 < path->count ? " " : "");
    putchar('\n');
}

static void judge_inclusion(void)
{
    uint8_t leaf[DIGEST_SIZE], root[DIGEST_SIZE];
    read_digest(word(), leaf);
    int64_t index = number(), size = number();
    read_digest(word(), root);
    struct merkle_path path = path_of_rest();
    puts(merkle_includes(hash, leaf, index, size, &path, root) ? "yes" : "no");
}

static void judge_extension(void)
{
    uint8_t old_root[DIGEST_SIZE], root[DIGEST_SIZE];
    int64_t old = number();
    read_digest(word(), old_root);
    int64_t size = number();
    read_digest(word(), root);
    struct merkle_path path = path_of_rest();
    puts(merkle_extends(hash, old, old_root, size, root, &path) ? "yes" : "no");
}

static void answer(const char *question)
{
    const struct merkle_tree tree = {hash, node, NULL};
    uint8_t digest[DIGEST_SIZE];
    struct merkle_path path;
    if (!strcmp(question, "tree")) {
        hash = !strcmp(word(), "sha256") ? digest_sha256 : merkle_sm3;
        free(leaves.digests);
        leaves = rest();
    } else if (!strcmp(question, "leaf")) {
        read_digest(word(), digest);
        merkle_leaf(hash, digest, digest);
        print(digest, "\n");
    } else if (!strcmp(question, "root")) {
        merkle_root(&tree, number(), digest);
        print(digest, "\n");
    } else if (!strcmp(question, "includes")) {
        judge_inclusion();
    } else if (!strcmp(question, "extends")) {
        judge_extension();
    } else {
        int64_t first = number(), size = number();
        path = !strcmp(question, "inclusion") ? merkle_inclusion(&tree, first, size)
                                              : merkle_extension(&tree, first, size);
        print_path(&path);
    }
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    die_set_program("merkle");
    while (getline(&line, &size, stdin) != -1)
        answer(strtok(line, " \n"));
    free(line);
    free(leaves.digests);
    return EXIT_DONE;
}
