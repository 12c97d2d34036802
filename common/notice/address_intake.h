/* addressintake: makes an address of a row's values, with all that is wrong with them. */
#ifndef QIFU_NOTICE_ADDRESS_INTAKE_H
#define QIFU_NOTICE_ADDRESS_INTAKE_H

#include "base/fault.h"
#include "center/center.h"
#include "notice/address.h"

/* Reads VALUES, by address_field, into ADDRESS and OWNER; texts are theirs, or ARENA's. False with
 * a FAULT for all that is wrong. */
bool addressintake_read(struct center *center, char *const *values, struct arena *arena,
                        struct address *address, struct owner *owner, struct fault *fault);

#endif
