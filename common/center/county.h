/* county: the counties that are centers of their own under the city's (center.yaml: counties),
 * among the organisations. Where center.yaml names none, everybody belongs to the city. */
#ifndef QIFU_CENTER_COUNTY_H
#define QIFU_CENTER_COUNTY_H

#include <stdint.h>

#include "center/center.h"

/* The county whose center ORG is; NULL where it is none. */
const struct county *county_at(struct center *center, int64_t org);

/* The county to which ORG belongs, its center or one of its bureaus; NULL: to the city. */
const struct county *county_of(struct center *center, int64_t org);

/* The organisation that is the center of COUNTY, or of the city where it is NULL. Dies where there
 * is no such organisation. */
int64_t county_org(struct center *center, const struct county *county);

/* Its name as documents print it, as center_title has the city's; valid as long as the
 * configuration. */
const char *county_title(struct center *center, const struct county *county);

/* The county called WORD, for an option's argument: NULL is the city. Dies where WORD is no
 * organisation, or no center. */
const struct county *county_need(struct center *center, const char *word);

/* Whose a list or a report is: everybody's, or one center's (--center). */
struct county_choice {
    bool one;
    const struct county *county; /* NULL: the city's own */
};

/* That of an option's argument, NULL: everybody's. Dies as county_need. */
struct county_choice county_choose(struct center *center, const char *word);
/* True where ORG belongs to the center that was chosen (county_of). */
bool county_chosen(struct center *center, const struct county_choice *choice, int64_t org);
/* The organisation that is the county's center; 0 for the city, and -1 where everybody's is. */
int64_t county_pool(struct center *center, const struct county_choice *choice);

/* Dies where a county's center, convener or supervisor is no organisation. */
void county_check(struct center *center);

#endif
