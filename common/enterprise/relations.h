/* enterpriseties: with whom an enterprise is connected: the associations that it belongs to, the
 * officials who serve it (助企员), the policies that were sent to it. */
#ifndef QIFU_ENTERPRISE_RELATIONS_H
#define QIFU_ENTERPRISE_RELATIONS_H

#include <stdint.h>

#include "base/db.h"

enum tie { TIE_ASSOCIATION, TIE_LIAISON, TIE_POLICY };

/* Calls TAKE for each tie of enterprise ID, by kind: with the id of the other, its name, and the
 * moment since which it is so (0: not known). Texts live during the call. */
void enterpriseties_each(struct db *db, int64_t id,
                         void (*take)(void *context, enum tie kind, const char *code,
                                      const char *name, int64_t since),
                         void *context);

#endif
