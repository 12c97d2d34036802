/* enterprisefields: everything known of an enterprise, one record each: its texts, its facts with
 * their days, its size and what that follows from, its tags with their validity, its ties. */
#ifndef QIFU_ENTERPRISE_SHOW_H
#define QIFU_ENTERPRISE_SHOW_H

#include "center/center.h"
#include "cli/out.h"
#include "criteria/profile.h"

enum { ENTERPRISEFIELDS_COLUMNS = 8 };
extern const struct out_column enterprisefields_columns[ENTERPRISEFIELDS_COLUMNS];

struct enterprisefields;

/* One record. PART is the kind of thing, and the list in JSON; what is NULL is left out. */
struct enterpriseitem {
    const char *part, *part_name;
    const char *name, *title; /* for programs and for people */
    const char *value, *shown;
    bool number; /* VALUE is written without quotes */
    const char *from, *until;
    const char *state, *state_name;
    const char *basis;
};

struct enterprisefields {
    struct center *center;
    const struct profile *profile;
    struct out *out; /* of the columns; in json one object an enterprise */
    bool history;    /* what held before, and what is to hold, too */
    bool unmask;     /* personal data as they are */
    int day;         /* as of which */
    /* adds the items of what other subjects have of the enterprise */
    void (*more)(struct enterprisefields *fields, int64_t id, const char *code, const char *name);

    /* private */
    const char *code;
    const char *list; /* the list that is open */
};

/* Prints enterprise ID, and notes in the log that its personal data were shown where they are
 * unmasked. False where there is none. */
bool enterprisefields_print(struct enterprisefields *fields, int64_t id, const char *program);

/* Adds an item of the present enterprise; those of a part stand together. */
void enterprisefields_add(struct enterprisefields *fields, const struct enterpriseitem *item);

#endif
