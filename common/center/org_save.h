/* org_save: organisations are added and changed: the acts, and what their events make of them. */
#ifndef QIFU_CENTER_ORG_SAVE_H
#define QIFU_CENTER_ORG_SAVE_H

#include "center/gate.h"
#include "center/org.h"

/* Their rows, made by their events (projected.h). */
extern const struct projected org_projected;

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record org_record;

enum org_result { ORG_ADDED, ORG_CHANGED, ORG_SAME, ORG_REFUSED };

/* Adds ORG, or changes the one with its code, inside a write transaction: a contact or telephone
 * that is NULL stays, short names are added. WHO says who does it and when; NULL is the center,
 * now. Writes an event where something changed. ORG_REFUSED, with a FAULT, where a name belongs to
 * another organisation or the gate lets it not pass; nothing was stored then. */
enum org_result org_save(struct center *center, const struct org *org, const struct gate_who *who,
                         struct fault *fault);

#endif
