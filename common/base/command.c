#include "base/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/tongue.h"

enum { CANNOT_RUN = 127, PAUSE = 20 /* milliseconds between two looks at the child */ };

/* A child, and this end of its pipes. */
struct child {
    pid_t id;
    int to, from; /* -1: closed */
    const char *input;
    size_t left;
    size_t said;
    struct command_result *result;
};

static void make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        die("cannot make a pipe: %s", tongue_error(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

/* The child's part: it leads a group of its own, so that what it starts is killed with it. */
static _Noreturn void become(const char *const *command, const char *name, const char *value,
                             int in, int out)
{
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    setenv(name, value, 1);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execvp(command[0], (char *const *)(uintptr_t)command);
    dprintf(STDERR_FILENO, "%s: %s\n", command[0], tongue_error(errno));
    _exit(CANNOT_RUN);
}

static struct child start(const char *const *command, const char *name, const char *value)
{
    int in[2], out[2];
    make_pipe(in);
    make_pipe(out);
    fflush(NULL); /* nothing that waits is written twice */
    struct child child = {.id = fork(), .to = in[1], .from = out[0]};
    if (child.id < 0)
        die("cannot start a process: %s", tongue_error(errno));
    if (!child.id)
        become(command, name, value, in[0], out[1]);
    setpgid(child.id, child.id);
    close(in[0]);
    close(out[1]);
    fcntl(child.to, F_SETFL, O_NONBLOCK);
    fcntl(child.from, F_SETFL, O_NONBLOCK);
    return child;
}

static void shut(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* A child that reads no more may have what it wanted: its status tells. */
static void feed(struct child *child)
{
    ssize_t count = child->left ? write(child->to, child->input, child->left) : 0;
    if (count > 0) {
        child->input += count;
        child->left -= (size_t)count;
    }
    if (!child->left || (count < 0 && errno != EAGAIN && errno != EINTR))
        shut(&child->to);
}

/* Keeps the start of what it says; reads the rest, so that it is not held up. */
static void hear(struct child *child)
{
    char bytes[512];
    ssize_t count = read(child->from, bytes, sizeof bytes);
    for (ssize_t i = 0; i < count && child->said + 1 < COMMAND_SAID_SIZE; i++)
        child->result->said[child->said++] = (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i];
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
        shut(&child->from);
}

/* Reads and writes what is ready, or waits a moment. */
static void serve(struct child *child)
{
    struct pollfd ends[2] = {{child->to, POLLOUT, 0}, {child->from, POLLIN, 0}};
    if (poll(ends, 2, child->from < 0 ? 1 : PAUSE) <= 0)
        return;
    if (ends[0].revents)
        feed(child);
    if (ends[1].revents)
        hear(child);
}

/* True where it has ended, with its status in the result. */
static bool has_ended(struct child *child)
{
    int status;
    pid_t ended = waitpid(child->id, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR))
        return false;
    child->result->status = ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return true;
}

struct command_result command_run(const char *const *command, const char *name, const char *value,
                                  const char *input, size_t length, int timeout)
{
    struct command_result result = {.ran = true};
    struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
    double end = clock_running() + timeout;
    sigaction(SIGPIPE, &ignored, &before);
    struct child child = start(command, name, value);
    child.input = input;
    child.left = length;
    child.result = &result;
    while (!has_ended(&child)) {
        if (!result.timed_out && clock_running() >= end) {
            result.timed_out = true;
            kill(-child.id, SIGKILL);
        }
        serve(&child);
    }
    if (child.from >= 0)
        hear(&child);
    shut(&child.to);
    shut(&child.from);
    sigaction(SIGPIPE, &before, NULL);
    result.ran = result.status != CANNOT_RUN;
    while (child.said && result.said[child.said - 1] == ' ')
        result.said[--child.said] = '\0';
    return result;
}
