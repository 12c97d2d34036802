#include "base/attempt.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "base/tongue.h"

int attempt(void (*work)(void *context), void *context)
{
    int status;
    fflush(NULL); /* nothing that waits is written twice */
    pid_t child = fork();
    if (child < 0)
        die("cannot start a process: %s", tongue_error(errno));
    if (child == 0) {
        static void *volatile held; /* it ends without giving back what it holds: no leak */
        held = context;
        work(held);
        _exit(EXIT_DONE);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            die("cannot wait for a process: %s", tongue_error(errno));
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_BAD;
}
