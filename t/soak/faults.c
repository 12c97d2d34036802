/* faults: a library for LD_PRELOAD (make soak) that makes the disk under one file fail. It counts
 * the calls that change the database SOAK_FILE or its side files (write, pwrite, fsync, fdatasync,
 * ftruncate), and at call SOAK_AT does what SOAK_DO says:
 *
 *     kill      the process is killed before the call
 *     torn      half of what is written is, then the process is killed
 *     eio       this call fails with EIO; eio-on: all from this one on
 *     enospc    all writes from this one on fail with ENOSPC
 *
 * At its end the process adds a line to the file SOAK_CALLS: the number of calls. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at);
int ftruncate64(int file, off64_t size);

static long calls;

/* The C library's own. */
typedef ssize_t write_call(int file, const void *bytes, size_t size);
typedef ssize_t pwrite_call(int file, const void *bytes, size_t size, off_t at);
typedef int sync_call(int file);
typedef int truncate_call(int file, off_t size);

/* CALL becomes what NAME is behind this library: a pointer to a function out of a void *. */
static void find(void *call, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(call, &found, sizeof found);
}

static int is_ours(int file)
{
    char link[64], path[4096];
    const char *ours = getenv("SOAK_FILE");
    if (!ours || file <= STDERR_FILENO)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = '\0';
    return !strncmp(path, ours, strlen(ours));
}

/* What is to be done now: '-' nothing, else the first letter of SOAK_DO. A call fails by errno. */
static char turn(int file, int is_write)
{
    const char *at = getenv("SOAK_AT"), *what = getenv("SOAK_DO");
    if (!is_ours(file))
        return '-';
    long wanted = at ? atol(at) : 0, now = ++calls;
    if (!wanted || !what || now < wanted)
        return '-';
    if (!strcmp(what, "eio-on") || (!strcmp(what, "eio") && now == wanted)) {
        errno = EIO;
        return 'e';
    }
    if (!strcmp(what, "enospc") && is_write) {
        errno = ENOSPC;
        return 'e';
    }
    if (!strcmp(what, "kill"))
        kill(getpid(), SIGKILL);
    return !strcmp(what, "torn") ? 't' : '-';
}

ssize_t write(int file, const void *bytes, size_t size)
{
    write_call *real;
    find(&real, "write");
    char now = turn(file, 1);
    if (now == 'e')
        return -1;
    ssize_t written = real(file, bytes, now == 't' ? size / 2 : size);
    if (now == 't')
        kill(getpid(), SIGKILL);
    return written;
}

static ssize_t write_at(const char *name, int file, const void *bytes, size_t size, off_t at)
{
    pwrite_call *real;
    find(&real, name);
    char now = turn(file, 1);
    if (now == 'e')
        return -1;
    ssize_t written = real(file, bytes, now == 't' ? size / 2 : size, at);
    if (now == 't')
        kill(getpid(), SIGKILL);
    return written;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    return write_at("pwrite", file, bytes, size, at);
}

/* off_t has 64 bits: where it has not, this file is not for that machine. */
_Static_assert(sizeof(off_t) == sizeof(off64_t), "off_t has 64 bits");

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    return write_at("pwrite64", file, bytes, size, at);
}

static int sync_file(const char *name, int file)
{
    sync_call *real;
    find(&real, name);
    char now = turn(file, 0);
    if (now == 't')
        kill(getpid(), SIGKILL);
    return now == 'e' ? -1 : real(file);
}

int fsync(int file)
{
    return sync_file("fsync", file);
}

int fdatasync(int file)
{
    return sync_file("fdatasync", file);
}

static int truncate_file(const char *name, int file, off_t size)
{
    truncate_call *real;
    find(&real, name);
    char now = turn(file, 0);
    if (now == 't')
        kill(getpid(), SIGKILL);
    return now == 'e' ? -1 : real(file, size);
}

int ftruncate(int file, off_t size)
{
    return truncate_file("ftruncate", file, size);
}

int ftruncate64(int file, off64_t size)
{
    return truncate_file("ftruncate64", file, size);
}

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("SOAK_CALLS");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", calls);
    fclose(file);
}
