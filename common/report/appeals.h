/* appeals: what was appealed against (申诉) in a period, and how it was decided. */
#ifndef QIFU_REPORT_APPEALS_H
#define QIFU_REPORT_APPEALS_H

#include "center/county.h"
#include "cli/out.h"
#include "report/cut.h"
#include "report/period.h"

/* Prints a table of the appeals that were filed or decided in PERIOD, of WHOSE center, under the
 * heading that HEAD prints; nothing where there are none. */
void appeals_print(struct center *center, const struct org_table *orgs,
                   const struct county_choice *whose, const struct report_period *period,
                   enum out_format format, void (*head)(void *context), void *context);

/* The names of figures, by their CODES divided by commas, to be freed by the caller. */
char *appeals_figures(struct config *config, const char *codes);

/* The office's word for a decision: -1 is none yet. */
const char *appeals_decision(int granted);

#endif
