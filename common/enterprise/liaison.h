/* liaison: officials who each serve a few enterprises (助企员): who they are and with whom they are
 * paired. One is known by name and organisation. The plan of 2023 asks that each be paired with two
 * enterprises at least, and that every industrial enterprise above the statistical threshold have
 * one. */
#ifndef QIFU_ENTERPRISE_LIAISON_H
#define QIFU_ENTERPRISE_LIAISON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"
#include "center/gate.h"

/* The fields that a table of liaisons may bring, ended by NULL. */
extern const char *const liaison_fields[];

/* Their rows, made by their events (projected.h). */
extern const struct projected liaison_projected;

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record liaison_record;

struct liaison {
    int64_t id; /* 0: not known yet */
    const char *name;
    int64_t org;
    const char *phone;   /* of the office; may be NULL */
    int64_t enterprises; /* how many are paired with it */
    int64_t since;       /* moment of the oldest of these pairs; 0: there is none */
};

/* The liaison of this name and organisation, or 0. */
int64_t liaison_find(struct db *db, const char *name, int64_t org);

/* The liaison of this name, or 0 where there is none, or several; *COUNT says how many. */
int64_t liaison_named(struct db *db, const char *name, int *count);

/* Adds LIAISON, or changes the telephone of the one with its name and organisation where PHONE is
 * not NULL. Stores its id; GATE_DONE where it was added or changed, which an event tells,
 * GATE_KNOWN where it is so already, GATE_REFUSED with a FAULT where WHO may not. This and the next
 * two go inside a write transaction. */
enum gate_result liaison_save(struct center *center, struct liaison *liaison,
                              const struct gate_who *who, bool *added, struct fault *fault);

/* Pairs LIAISON, saved before, with COUNT enterprises, or ends their pairs. Pairs that are there
 * already, or not there, are passed over; GATE_KNOWN where all are. */
enum gate_result liaison_pair(struct center *center, const struct liaison *liaison,
                              const int64_t *enterprises, int count, const struct gate_who *who,
                              struct fault *fault);
enum gate_result liaison_unpair(struct center *center, const struct liaison *liaison,
                                const int64_t *enterprises, int count, const struct gate_who *who,
                                struct fault *fault);

/* True where liaison ID is there. */
bool liaison_exists(struct db *db, int64_t id);

/* How many enterprises are paired with liaison ID. */
int64_t liaison_count(struct db *db, int64_t id);

/* Which liaisons are meant; zeroed: all. */
struct liaison_filter {
    int64_t id, enterprise; /* paired with it; 0: any */
    int fewer;              /* those with fewer enterprises than this; 0: any */
};

/* Calls TAKE for each liaison that FILTER lets through, by number; texts live during the call. */
void liaison_each(struct db *db, const struct liaison_filter *filter,
                  void (*take)(void *context, const struct liaison *liaison), void *context);

struct liaison_pair {
    int64_t id; /* of the liaison */
    const char *name;
    int64_t org;
    const char *code, *enterprise; /* code and name of the enterprise */
    int64_t since;
};

/* Calls TAKE for each pair of these liaisons, by number and code. */
void liaison_pairs(struct db *db, const struct liaison_filter *filter,
                   void (*take)(void *context, const struct liaison_pair *pair), void *context);

/* Which enterprises that nobody serves are meant; zeroed: all. */
struct unpaired_filter {
    const char *tag; /* holders of this tag on DAY; NULL: any */
    int day;         /* of TAG */
    bool in_region;  /* those whose region lies between these two: codes of GB/T 2260 */
    int64_t region_first, region_last;
};

/* Calls TAKE with code, name and region (or NULL) of each enterprise that nobody serves, by code.
 */
void liaison_unpaired(struct db *db, const struct unpaired_filter *filter,
                      void (*take)(void *context, const char *code, const char *name,
                                   const char *region),
                      void *context);

#endif
