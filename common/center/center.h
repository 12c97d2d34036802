/* center: what every program works with: the configuration, the calendar, the open database, the
 * present moment and the operating user. */
#ifndef QIFU_CENTER_CENTER_H
#define QIFU_CENTER_CENTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/db.h"
#include "base/digest.h"
#include "base/text.h"
#include "calendar/file.h"
#include "center/config.h"
#include "center/membership.h"

/* The end of the log's chain of digests (event.h). */
struct event_chain {
    int64_t transaction; /* in which it was read */
    int64_t last_id;
    int64_t last_recorded;
    uint8_t digest[DIGEST_SIZE];
    int64_t last_ticket;         /* of which the last event is; 0: of none */
    uint8_t secret[DIGEST_SIZE]; /* from which seeds are made; random, and never kept */
    bool has_secret;
    bool upgrades; /* what an upgrade has to say is being written */
    struct text scratch;
};

struct center {
    struct config *config;           /* not owned */
    struct calendarfile **calendars; /* that of center_calendar; NULL until it is asked for */
    struct db *db;
    int64_t now;            /* in a write transaction: read when the lock was there */
    bool demo;              /* --now and QIFU_NOW set its clock */
    const char *user;       /* who acts: the log's name for whoever runs the program */
    const char *via;        /* who passed that name on, NULL: nobody */
    struct membership self; /* of USER */
    int64_t entered_by;     /* the center whose desk enters the present act; 0: it is one's own */
    const char **reads;     /* SQL, which rows USER may read (permit_reading.c); NULL: all */
    const char *reads_for;  /* the ids of the organisations whose they are, a list of SQL */
    bool narrowed;          /* no others are seen at present, */
    int narrowed_from;      /* from this table on */
    bool acts;              /* in the middle of one (gate.h): what it brings is not asked again */
    struct event_chain chain;
    char calendar_digest[24]; /* of the calendar, "" until it is needed */
    int64_t calendar_id;      /* the number of its version, as it was found in */
    int64_t calendar_found;   /* this transaction */
    int has_suspensions;      /* whether any clock ever stood still; -1: not looked yet */
};

/* Opens the center's database and calendar, and finds out who acts. Free with center_close; CONFIG
 * stays the caller's. */
struct center center_open(const char *path, struct config *config, int64_t now);

/* Finds who acts on the center at PATH, whose database is open (qifu-members(7)): the role as which
 * a server knows the connection, unless it is the owner; else the real user; where the database is
 * the real user's, the one whom sudo names; whom one of those passes on who may (center.yaml). */
void center_find_user(struct center *center, const char *path);
void center_close(struct center *center);

/* Who acts, while somebody else does. */
struct center_self {
    const char *user, *via;
    struct membership self;
};
/* From here on NAME acts, whom the one who runs the program passes on: a mail's writer; OWN keeps
 * who did. False where they may not (name_passers of center.yaml). NAME must outlive that. */
bool center_pass_on(struct center *center, const char *name, struct center_self *own);
/* Ends it. */
void center_pass_back(struct center *center, struct center_self *own);

/* Begins a write transaction, the only way to do so. Once the lock is there it reads the clock
 * again, so that of two who wrote one after the other the second is the later one. Dies with
 * EXIT_BAD where somebody set the clock (--now, QIFU_NOW) of a center that is no demo: that is for
 * questions and for dry runs, which end in db_rollback. */
void center_begin(struct center *center, bool dry_run);

/* Dies so for the center at PATH. */
void center_check_clock(const char *path, bool demo);

/* The center's name as its pages and documents print it: one that is a demo says so. Valid as long
 * as the configuration. */
const char *center_title(const struct center *center);

/* Whether the center in DB was made with center-init --demo. */
bool center_is_demo(struct db *db);

/* The configured calendar, as known by all its notices; valid as long as CENTER. Its files are read
 * when it is asked for first, which dies where they are faulty; center_begin asks for it. */
const struct calendar *center_calendar(const struct center *center);

/* The number of the present calendar's version in the database; adds it where it is new, so call
 * it inside a write transaction. */
int64_t center_calendar_version(struct center *center);
/* It will be called (db_ahead). */
void center_calendar_version_ahead(struct center *center);
/* The same without adding: 0 where no deadline was computed with it yet. */
int64_t center_find_calendar_version(struct center *center);

#endif
