/* orders: orders of supervision that wait for a reply, as a list on a page. */
#ifndef QIFU_WEB_ORDERS_H
#define QIFU_WEB_ORDERS_H

#include "web/web.h"

/* Adds, under a heading, those that ORG owes (0: whoever), the one that is due first first: each
 * leads to its ticket. Where there is none: nothing, or where ORG is 0 that there is none. */
void orders_add(struct web *web, int64_t org);

#endif
