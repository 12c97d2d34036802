/* take: what becomes of a mail: a reply to a notice is an act on its ticket, through the same gate
 * as the programs' acts; what an enterprise writes is a request; the rest waits for a person. */
#ifndef QIFU_MAIL_TAKE_H
#define QIFU_MAIL_TAKE_H

#include "act/apply.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "ticket/ticket.h"

/* What mails are taken in with; made once per run. */
struct taking {
    struct acting acting;
    struct intake intake;
};
struct taking taking_new(struct center *center);
void taking_free(struct taking *taking);

/* Takes LETTER in, inside a write transaction, and fills in MAIL with what became of it, texts in
 * ARENA. False where it was taken in before: MAIL is what it became then. */
bool take_letter(struct taking *taking, const struct letter *letter, struct arena *arena,
                 struct mail_row *mail);

/* Makes a request of LETTER, which waits as MAIL, because a person says so, and settles it; 0 with
 * a FAULT. Inside a write transaction. */
int64_t take_as_ticket(struct taking *taking, const struct letter *letter, struct arena *arena,
                       struct mail_row *mail, const struct gate_who *who, struct fault *fault);

#endif
