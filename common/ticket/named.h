/* named: how people and programs name a ticket: by its id, or by the number that its source gave it
 * (ref:XZ2026001, 12345:XZ2026001). */
#ifndef QIFU_TICKET_NAMED_H
#define QIFU_TICKET_NAMED_H

#include <stddef.h>
#include <stdint.h>

#include "base/db.h"
#include "base/fault.h"
#include "cli/args.h"

/* The id of the ticket called WORD. 0 where there is none or there are several: FAULT
 * says so, with the list of the several. A number is taken for an id and not looked up. */
int64_t ticket_named(struct db *db, const char *word, struct fault *fault);

/* Says in FAULT that no ticket is called WORD. */
void ticket_not_named(const char *word, struct fault *fault);

/* The loop over the tickets that the command line names, DB being open as long as it runs. Dies
 * before it starts where an operand is plainly the value of an option: an organisation where the
 * program has --to, a rating where it has --score, a sentence where it has --text. */
struct args_ids ticket_ids(struct args *args, struct db *db);

#endif
