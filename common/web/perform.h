/* perform: an act on a ticket that a page asks for: the one that a program would do, through the
 * same gate. */
#ifndef QIFU_WEB_PERFORM_H
#define QIFU_WEB_PERFORM_H

#include "act/apply.h"
#include "web/web.h"

/* Does ACT, now, to TICKET, in a transaction of its own. False where it is refused, which the
 * page's errors say. */
bool perform_act(struct web *web, struct ticket *ticket, struct act *act);

#endif
