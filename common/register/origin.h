/* origin: what a request asks about or came from: a policy, an entry of a register (a visit, a
 * meeting, a problem), a liaison. People name it by words, a ticket keeps its id. */
#ifndef QIFU_REGISTER_ORIGIN_H
#define QIFU_REGISTER_ORIGIN_H

#include "center/org.h"
#include "cli/out.h"
#include "register/entry.h"
#include "ticket/ticket.h"

/* The id of what WORD names in FIELD, which is TICKET_POLICY (a code or document number),
 * TICKET_ENTRY (REGISTER:KEY, or its number) or TICKET_LIAISON (a name, or the number); 0 with a
 * FAULT where there is none. */
int64_t origin_find(struct center *center, enum ticket_field field, const char *word,
                    struct fault *fault);
/* The same of an option's value; dies where there is none. */
int64_t origin_need(struct center *center, enum ticket_field field, const char *word);

/* The same as the digits that a ticket's intake and corrections take, in ARENA; NULL with a FAULT
 * where there is none. */
char *origin_read(struct center *center, enum ticket_field field, const char *word,
                  struct arena *arena, struct fault *fault);
/* The same in the place of each such word of VALUES, by enum ticket_field. */
void origin_read_row(struct center *center, char **values, struct arena *arena,
                     struct fault *fault);

/* Appends what an entry is called, for people and as origin_find reads it: visits:2026-03-02/tax;
 * where its key is personal its number alone. */
void origin_name_entry(struct text *to, const struct entry *entry);

/* Adds the members of the present record that tell of TICKET's. */
void origin_print(struct center *center, const struct org_table *orgs, struct out *out,
                  const struct ticket *ticket);

#endif
