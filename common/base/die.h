/* die: messages to the operator and the exit statuses that all programs share.
 *
 * A message is one line on standard error: program name, place, what is wrong; lower case,
 * no full stop.  Statuses are the contract of qifu(7).
 */
#ifndef QIFU_BASE_DIE_H
#define QIFU_BASE_DIE_H

enum {
    EXIT_DONE = 0, /* done, or yes */
    EXIT_NO = 1,   /* an honest no: nothing matched */
    EXIT_BAD = 2,  /* usage, bad input, or failure */
    EXIT_BUSY = 75 /* database busy, try again later (EX_TEMPFAIL of sysexits.h) */
};

/* Sets the name that starts every message. NAME must outlive the process. */
void die_set_program(const char *name);

/* The name that was set. */
const char *die_program(void);

/* Calls BEFORE each time before messages are written: what stands on the terminal's last line is
 * taken away. */
void die_before_message(void (*before)(void));

/* Prints a message and exits with EXIT_BAD. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with another exit status. */
_Noreturn void die_status(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a message and goes on. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Runs CLEANUP before the process dies by die(); one at most, NULL takes it back.  For files
 * that must not be left behind half written. */
void die_set_cleanup(void (*cleanup)(void));

/* Calls FAREWELL with the exit status, last of all, before the process ends by die(): what else has
 * to be told to whom than the message. */
void die_set_farewell(void (*farewell)(int status));

/* From here on messages wait: in memory, beyond 64 KiB in a temporary file without a name. For the
 * time that others wait for this process, which must not wait for whoever reads its messages. At
 * the end of the process, by die() or exit(), END(CONTEXT) lets the others go on, and then what
 * waits is written. */
void die_hold(void (*end)(void *context), void *context);
/* Writes what waits, in order; messages wait no longer. */
void die_release(void);

#endif
