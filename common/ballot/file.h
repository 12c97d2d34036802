/* ballotfile: reads ballots.yaml (qifu-config(5)): on which units enterprises vote (万企评机关), in
 * which waves, and by what rules ballots count. */
#ifndef QIFU_BALLOT_FILE_H
#define QIFU_BALLOT_FILE_H

#include "base/mem.h"
#include "center/config.h"
#include "center/org.h"
#include "center/rating.h"

/* Which of two ballots of one voter counts. */
enum ballot_twice { BALLOT_NEITHER, BALLOT_FIRST, BALLOT_LAST };

/* How ballots count. */
struct ballot_rules {
    int complete; /* percent of a group's units that a ballot marks, at least */
    int alike;    /* so many marks that are all the same are no opinion; 0: never */
    int twice;    /* enum ballot_twice */
    int unit_minimum, group_minimum; /* votes on a unit, ballots on a group: fewer are apart */
    int last, last_of;               /* the last LAST of a group that ranks LAST_OF or more */
    int points[RATING_HIGHEST + 1];  /* what a rating gives, by its number */
};

/* The rules that are one number each: their keys, limits and what holds where nothing is said. */
struct ballot_rule {
    const char *key;
    int least, most, otherwise;
    size_t offset;
};
enum { BALLOT_RULES = 6 };
extern const struct ballot_rule ballotfile_rules[BALLOT_RULES];
/* Where RULES have it. */
int *ballotfile_rule(struct ballot_rules *rules, const struct ballot_rule *rule);

/* What is voted on: a department, an office of one, a station. */
struct ballot_unit {
    const char *code, *name, *group, *group_name;
    const char *org; /* the code of the organisation that it belongs to */
};

struct ballot_wave {
    const char *code;
    int first, last; /* the days on which votes are cast */
    struct ballot_rules rules;
};

struct ballotfile {
    struct arena arena;
    struct ballot_wave *waves;
    struct ballot_unit *units; /* in the file's order, group by group */
    int wave_count, unit_count;
};

/* Reads ballots.yaml of CONFIG's directory. Organisations and their peer groups are those of
 * DB; where it is NULL they are not looked up, and groups that are made of them are empty. Dies
 * after reporting every fault as file:line. */
struct ballotfile ballotfile_load(struct config *config, struct db *db);
void ballotfile_free(struct ballotfile *file);

/* The wave called WORD, or NULL. */
const struct ballot_wave *ballotfile_wave(const struct ballotfile *file, const char *word);

#endif
