/* member: who may act and read, for which organisation and as what (qifu-members(7)): the acts by
 * which members are added and removed, and what their events make of them. */
#ifndef QIFU_CENTER_MEMBER_H
#define QIFU_CENTER_MEMBER_H

#include "center/gate.h"
#include "center/projected.h"

/* A name is as the machine knows the user, or as one of center.yaml's name_passers says it. It may
 * be a member for several organisations. */
struct member {
    const char *name;
    int64_t org;
    unsigned roles;       /* role.h */
    int64_t since, until; /* UNTIL 0: it still is one */
};

/* Their rows, made by their events (projected.h). */
extern const struct projected member_projected;

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record member_record;

/* The fields that a table of members may bring, ended by NULL. */
enum member_field { MEMBER_NAME, MEMBER_ORG, MEMBER_ROLES, MEMBER_BY, MEMBER_AT };
extern const char *const member_fields[];

/* Makes NAME a member for its organisation with just these roles, inside a write transaction;
 * GATE_KNOWN where it is so already. *ADDED says whether it was none before. GATE_REFUSED with a
 * FAULT: WHO may not, or a role does not go with the organisation or with another. */
enum gate_result member_save(struct center *center, const struct member *member,
                             const struct gate_who *who, bool *added, struct fault *fault);

/* NAME is a member for ORG no more; GATE_KNOWN where it was one once and is none. */
enum gate_result member_remove(struct center *center, const char *name, int64_t org,
                               const struct gate_who *who, struct fault *fault);

/* True where somebody is left who may add members; else a FAULT. Asked before the commit. */
bool member_check_left(struct center *center, struct fault *fault);

/* Calls TAKE for each member, by name and organisation; of NAME alone where it is not NULL; FORMER:
 * also for those who are none any more. The texts live during the call. */
void member_each(struct db *db, const char *name, bool former,
                 void (*take)(void *, const struct member *), void *context);

#endif
