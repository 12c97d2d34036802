/* workdays: the questions that workday(1) answers: how many working days, is it one, and why. */
#ifndef QIFU_CALENDAR_ANSWERS_H
#define QIFU_CALENDAR_ANSWERS_H

#include <stdbool.h>

#include "base/fault.h"
#include "calendar/calendar.h"
#include "cli/out.h"

/* What questions are asked of, and where the answers go. */
struct workdays {
    const struct calendar *calendar;
    struct out *out;
    bool natural; /* natural days, rolled over rest days */
    bool plain;   /* tsv, where `provisional` is a field that only some lines have */
};

/* A question of one or two operands, answered with one or more rows; or it returns an exit status
 * of EXIT_BAD with the reason in FAULT. */
struct workdays_command {
    const char *name, *operands;
    int (*answer)(struct workdays *job, const char *first, const char *second, struct fault *fault);
    const struct out_column *columns;
    int column_count, operand_count;
    bool counts_natural; /* --natural means something to it */
};

/* add, count, is, list; ended by one without a name. */
extern const struct workdays_command workdays_commands[];

/* Writes what is wrong with the operand S to FAULT, a short piece of it, safe for a terminal, and
 * returns EXIT_BAD. */
int workdays_refuse(struct fault *fault, const char *what, const char *s, const char *advice);

#endif
