/* attempt: does work in a process of its own, to learn whether it would die. What reads a file of
 * the configuration reports every fault of it and dies; so every file can be asked in one run. */
#ifndef QIFU_BASE_ATTEMPT_H
#define QIFU_BASE_ATTEMPT_H

/* Runs WORK(CONTEXT) in a child of this process and waits for it. Returns 0 where it came to its
 * end, else the exit status of die(), whose message was printed; EXIT_BAD where it was killed. What
 * WORK changes in memory is lost; what it changes elsewhere stays. */
int attempt(void (*work)(void *context), void *context);

#endif
