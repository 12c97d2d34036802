/* log-cosign: what a witness runs: signs a head of a log, where it extends the one it signed last.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/tongue.h"
#include "cli/args.h"
#include "evidence/input.h"
#include "evidence/judge.h"
#include "evidence/signer.h"

enum { KEY_KEY = 'k', KEY_LOG = 'l', KEY_RECORD = 'r' };

static const struct args_option options[] = {
    {KEY_KEY, "key", "FILE", "the witness's own key (log-key --witness)"},
    {KEY_LOG, "log", "KEY", "the log's public key, or a file of such"},
    {KEY_RECORD, "record", "FILE", "the heads that were signed so far; it is made, and grows"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-n] -k FILE -l KEY -r FILE EXTENSION | HEAD | -", NULL};
static const struct args_program program = {
    .name = "log-cosign",
    .synopsis = synopsis,
    .purpose = "Cosign a head of a log, which must extend the one that was cosigned last.",
    .options = options,
};

struct cosigning {
    struct args args;
    struct arena arena;
    const char *key_file, *record;
    struct signer signer;
    struct keys logs;
    struct extension extension;
    struct head last; /* of the record */
    bool has_last;
    int fd; /* the record, locked */
};

static void must(bool good, const struct fault *fault)
{
    if (!good)
        die("%s", fault->text);
}

static void read_options(struct cosigning *c)
{
    struct args *args = &c->args;
    struct fault fault = {""};
    for (int key; (key = args_next(args));)
        if (key == KEY_KEY)
            c->key_file = args->value;
        else if (key == KEY_RECORD)
            c->record = args->value;
        else
            must(keys_take(&c->logs, &c->arena, args->value, &fault), &fault);
    if (!c->key_file || !c->record || !c->logs.count)
        args_usage(args, "--key, --log and --record are needed");
    if (args->operand_count != 1)
        args_usage(args, "name one file: an extension (log-prove --since), or the first head");
}

static void read_files(struct cosigning *c)
{
    struct fault fault = {""};
    const char *path = c->args.operands[0];
    must(signer_read(&c->signer, &c->arena, c->key_file, &fault), &fault);
    if (!c->signer.key.witness)
        die("%s: this is the key of a log, not of a witness", c->key_file);
    char *text = input_read(path, &fault);
    must(text, &fault);
    if (extension_is(text) ? !extension_read(&c->extension, &c->arena, text, &fault)
                           : !head_read(&c->extension.head, &c->arena, text, &fault))
        die("%s: %s", path, fault.text);
    free(text);
}

/* Two at once would each extend the same head: one waits for the other. */
static void open_record(struct cosigning *c)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int making = c->args.dry_run ? 0 : O_CREAT;
    c->fd = open(c->record, O_RDWR | making | O_APPEND | O_CLOEXEC, 0600);
    if (c->fd < 0 && !making && errno == ENOENT)
        return;
    if (c->fd < 0 || fcntl(c->fd, F_SETLKW, &whole) != 0)
        die("%s: %s", c->record, tongue_error(errno));
}

/* How many bytes of TEXT are whole heads, each ended by an empty line; where the LAST begins. */
static size_t whole_heads(const char *text, size_t *last)
{
    size_t whole = 0;
    for (const char *split, *end;
         (split = strstr(text + whole, "\n\n")) && (end = strstr(split + 2, "\n\n"));) {
        *last = whole;
        whole = (size_t)(end + 2 - text);
    }
    return whole;
}

/* What a crash has cut off was never printed, and goes; what is no head of this log stays. */
static void cut_tail(const struct cosigning *c, const char *tail, size_t whole)
{
    size_t same = 0;
    while (tail[same] && tail[same] == c->extension.head.origin[same])
        same++;
    if (tail[same] && c->extension.head.origin[same])
        die("%s: this is no record of log-cosign for this log", c->record);
    if (*tail && !c->args.dry_run && ftruncate(c->fd, (off_t)whole) != 0)
        die("%s: %s", c->record, tongue_error(errno));
}

/* Takes the record's last head. */
static void read_record(struct cosigning *c)
{
    struct text all = {0};
    struct fault fault = {""};
    char block[8192];
    size_t last = 0;
    text_add(&all, "");
    for (ssize_t got; c->fd >= 0 && (got = read(c->fd, block, sizeof block)) > 0;)
        text_add_bytes(&all, block, (size_t)got);
    size_t whole = whole_heads(all.data, &last);
    cut_tail(c, all.data + whole, whole);
    c->has_last = whole > 0;
    if (c->has_last)
        all.data[whole - 1] = '\0';
    if (c->has_last && !head_read(&c->last, &c->arena, all.data + last, &fault))
        die("%s: this is no record of log-cosign: %s", c->record, fault.text);
    text_free(&all);
}

static void refuse(enum verdict verdict, const struct fault *why)
{
    die_status(EXIT_NO, "%s: %s", verdict_code(verdict), why->text);
}

static void judge(struct cosigning *c)
{
    struct fault why = {""};
    enum verdict verdict = judge_signatures(&c->logs, 0, &c->extension.head, &why);
    if (verdict != VERDICT_HOLDS)
        refuse(verdict, &why);
    fault_clear(&why);
    verdict = judge_extension(c->has_last ? &c->last : NULL, &c->extension, &why);
    if (verdict != VERDICT_HOLDS)
        refuse(verdict, &why);
}

/* The signature is out only when the record has it. */
static void keep(const struct cosigning *c, const struct text *note)
{
    struct text entry = {0};
    text_add_format(&entry, "%s\n", note->data);
    if (write(c->fd, entry.data, entry.length) != (ssize_t)entry.length || fsync(c->fd) != 0)
        die("%s: cannot write: %s", c->record, tongue_error(errno));
    text_free(&entry);
}

int main(int argc, char **argv)
{
    struct cosigning c = {.args = args_start(&program, argc, argv)};
    struct text note = {0};
    read_options(&c);
    read_files(&c);
    open_record(&c);
    read_record(&c);
    judge(&c);
    note_add(&note, &c.extension.head.note);
    signer_sign(&note, &c.signer, clock_now(), c.extension.head.note.text,
                c.extension.head.note.length);
    if (!c.args.dry_run) {
        keep(&c, &note);
        out_print("%s", note.data);
    }
    if (c.fd >= 0)
        close(c.fd);
    signer_free(&c.signer);
    keys_free(&c.logs);
    text_free(&note);
    arena_free(&c.arena);
    args_free(&c.args);
    out_finish();
    return EXIT_DONE;
}
