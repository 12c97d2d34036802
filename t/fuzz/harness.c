#include "harness.h"

#include <csv.h>
#include <fcntl.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/db.h"
#include "base/die.h"

/* What a try has reserved and not given back. */
struct held {
    void *what;
    void (*give_back)(void *what);
};
static struct held *held;
static size_t held_count, held_room;
static jmp_buf start;
static bool trying;
static int messages = STDERR_FILENO; /* libFuzzer closes the real one: readers report much */

_Noreturn void __real_exit(int status);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *memory);
char *__real_strdup(const char *string);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__real_tmpfile(void);
int __real_fclose(FILE *file);
iconv_t __real_iconv_open(const char *to, const char *from);
int __real_iconv_close(iconv_t converter);
int __real_csv_init(struct csv_parser *parser, unsigned char options);
void __real_csv_free(struct csv_parser *parser);

_Noreturn void __wrap_exit(int status);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *memory);
char *__wrap_strdup(const char *string);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_tmpfile(void);
int __wrap_fclose(FILE *file);
iconv_t __wrap_iconv_open(const char *to, const char *from);
int __wrap_iconv_close(iconv_t converter);
char *__real_realpath(const char *path, char *buffer);
char *__wrap_realpath(const char *path, char *buffer);
int __wrap_csv_init(struct csv_parser *parser, unsigned char options);
void __wrap_csv_free(struct csv_parser *parser);
void __wrap_db_begin(struct db *db);
void __wrap_db_commit(struct db *db);
void __wrap_db_rollback(struct db *db);
const char *__wrap_db_path(const struct db *db);

static void hold(void *what, void (*give_back)(void *what))
{
    if (!trying || !what)
        return;
    if (held_count == held_room) {
        held_room = held_room ? 2 * held_room : 1024;
        held = __real_realloc(held, held_room * sizeof *held);
        if (!held)
            abort();
    }
    held[held_count++] = (struct held){what, give_back};
}

/* The last ones are mostly the first to go. The order stays: what lies in other memory goes first.
 */
static void release(const void *what)
{
    for (size_t i = held_count; what && i-- > 0;)
        if (held[i].what == what) {
            memmove(held + i, held + i + 1, (--held_count - i) * sizeof *held);
            return;
        }
}

static void close_file(void *file)
{
    __real_fclose(file);
}

static void close_converter(void *converter)
{
    __real_iconv_close(converter);
}

static void free_parser(void *parser)
{
    __real_csv_free(parser);
}

void __wrap_exit(int status)
{
    if (trying)
        longjmp(start, 1);
    __real_exit(status);
}

void *__wrap_malloc(size_t size)
{
    void *memory = __real_malloc(size);
    hold(memory, __real_free);
    return memory;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *memory = __real_calloc(count, size);
    hold(memory, __real_free);
    return memory;
}

void *__wrap_realloc(void *old, size_t size)
{
    release(old);
    void *memory = __real_realloc(old, size);
    hold(memory, __real_free);
    return memory;
}

void __wrap_free(void *memory)
{
    release(memory);
    __real_free(memory);
}

char *__wrap_strdup(const char *string)
{
    char *copy = __real_strdup(string);
    hold(copy, __real_free);
    return copy;
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    FILE *file = __real_fopen(path, mode);
    hold(file, close_file);
    return file;
}

FILE *__wrap_tmpfile(void)
{
    FILE *file = __real_tmpfile();
    hold(file, close_file);
    return file;
}

int __wrap_fclose(FILE *file)
{
    release(file);
    return __real_fclose(file);
}

iconv_t __wrap_iconv_open(const char *to, const char *from)
{
    iconv_t converter = __real_iconv_open(to, from);
    if (converter != (iconv_t)-1)
        hold(converter, close_converter);
    return converter;
}

int __wrap_iconv_close(iconv_t converter)
{
    release(converter);
    return __real_iconv_close(converter);
}

int __wrap_csv_init(struct csv_parser *parser, unsigned char options)
{
    int result = __real_csv_init(parser, options);
    if (result == 0)
        hold(parser, free_parser);
    return result;
}

void __wrap_csv_free(struct csv_parser *parser)
{
    release(parser);
    __real_csv_free(parser);
}

char *__wrap_realpath(const char *path, char *buffer)
{
    char *real = __real_realpath(path, buffer);
    if (real != buffer)
        hold(real, __real_free);
    return real;
}

/* Files are read inside of a transaction of the database, which is none here. */
void __wrap_db_begin(struct db *db)
{
    (void)db;
}

void __wrap_db_commit(struct db *db)
{
    (void)db;
}

void __wrap_db_rollback(struct db *db)
{
    (void)db;
}

const char *__wrap_db_path(const struct db *db)
{
    (void)db;
    return "center.db";
}

bool harness_try(void (*work)(void *context), void *context)
{
    held_count = 0;
    if (setjmp(start) == 0) {
        trying = true;
        work(context);
        trying = false;
        held_count = 0; /* or LeakSanitizer would find these here */
        return true;
    }
    trying = false;
    die_set_cleanup(NULL);
    while (held_count > 0) {
        struct held last = held[--held_count];
        last.give_back(last.what);
    }
    return false;
}

void harness_must(bool holds, const char *what)
{
    if (holds)
        return;
    dprintf(messages, "this does not hold: %s\n", what);
    abort();
}

const char *harness_file(const char *name, const void *bytes, size_t size)
{
    static char paths[8][512];
    static int turn;
    char *path = paths[turn++ % 8];
    const char *folder = getenv("FUZZ_WORK");
    snprintf(path, sizeof *paths, "%s/%s", folder ? folder : "/tmp", name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    harness_must(file >= 0 && write(file, bytes, size) == (ssize_t)size && close(file) == 0,
                 "the harness can write a file in FUZZ_WORK");
    return path;
}

char *harness_string(const uint8_t *bytes, size_t size)
{
    char *string = malloc(size + 1);
    harness_must(string, "there is memory");
    if (size)
        memcpy(string, bytes, size);
    string[size] = '\0';
    return string;
}

static uint64_t chance;

void harness_seed(const uint8_t *bytes, size_t size)
{
    chance = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        chance = (chance ^ bytes[i]) * UINT64_C(1099511628211);
    chance |= 1;
}

uint32_t harness_any(uint32_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)(chance >> 32) % below;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    messages = dup(STDERR_FILENO);
    harness_begin();
    return 0;
}
