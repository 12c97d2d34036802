/* log-key: makes the key by which a log, or a witness of it, signs; prints its public one. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/tongue.h"
#include "cli/args.h"
#include "evidence/signer.h"

enum { KEY_ALGORITHM = 'a', KEY_WITNESS = ARGS_LONG, KEY_SHOW };

static const struct args_option options[] = {
    {KEY_ALGORITHM, "algorithm", "NAME", "sm2 (with SM3; else) or ed25519"},
    {KEY_WITNESS, "witness", NULL, "the key of a witness, which cosigns heads of others"},
    {KEY_SHOW, "show", NULL, "make nothing: print the public key of the one in FILE"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-a NAME] [--witness] NAME FILE", "--show FILE", NULL};
static const struct args_program program = {
    .name = "log-key",
    .synopsis = synopsis,
    .purpose = "Make the key that signs heads of the log; print its public key.",
    .options = options,
};

struct wanted_key {
    enum libcrypto_kind kind;
    bool witness, show;
};

static enum libcrypto_kind read_algorithm(const struct args *args)
{
    static const char *const names[] = {"ed25519", "sm2"};
    if (!strcmp(args->value, names[0]))
        return LIBCRYPTO_ED25519;
    if (strcmp(args->value, names[1]) != 0)
        args_unknown(args, "algorithm", text_nearest(args->value, names, 2), " (sm2 or ed25519)");
    return LIBCRYPTO_SM2;
}

static struct wanted_key read_options(struct args *args)
{
    struct wanted_key wanted = {.kind = LIBCRYPTO_SM2};
    for (int key; (key = args_next(args));)
        if (key == KEY_ALGORITHM)
            wanted.kind = read_algorithm(args);
        else if (key == KEY_WITNESS)
            wanted.witness = true;
        else
            wanted.show = true;
    if (args->operand_count != (wanted.show ? 1 : 2))
        args_usage(args, wanted.show ? "name the file of the key"
                                     : N_("name whose key it is, and the file to make"));
    if (!wanted.show && !note_is_name(args->operands[0]))
        args_usage(args, "\"%s\" cannot be a key's name: no blanks and no plus", args->operands[0]);
    return wanted;
}

/* A file that nobody else reads, that was not there before, and that is on the disk. */
static void write_file(const char *path, const struct signer *signer)
{
    struct text text = {0};
    signer_add(&text, signer);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        die("%s: %s", path, tongue_error(errno));
    bool kept = write(fd, text.data, text.length) == (ssize_t)text.length && fsync(fd) == 0;
    if (close(fd) != 0 || !kept) {
        int why = errno;
        unlink(path);
        die("%s: cannot write: %s", path, tongue_error(why));
    }
    memset(text.data, 0, text.length);
    text_free(&text);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct wanted_key wanted = read_options(&args);
    struct arena arena = {0};
    struct fault fault = {""};
    struct signer signer;
    struct text text = {0};
    if (wanted.show) {
        if (!signer_read(&signer, &arena, args.operands[0], &fault))
            die("%s", fault.text);
    } else {
        signer = signer_make(args.operands[0], wanted.kind, wanted.witness);
        if (!args.dry_run)
            write_file(args.operands[1], &signer);
    }
    key_add(&text, &signer.key);
    out_print("%s\n", text.data);
    signer_free(&signer);
    text_free(&text);
    arena_free(&arena);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
