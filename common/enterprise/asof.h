/* census: reads the facts of enterprises as of a day from the database into a population, whose
 * columns the evaluator of criteria works on. The caller frees it with population_free. */
#ifndef QIFU_ENTERPRISE_ASOF_H
#define QIFU_ENTERPRISE_ASOF_H

#include <stdint.h>

#include "base/db.h"
#include "criteria/population.h"

/* A population of one: all facts of enterprise ID as of DAY. */
struct population census_of_one(struct db *db, const struct profile *profile, int64_t id, int day);

/* The same from its history (enterprise_history), for callers that ask about many days. */
struct enterprise_fact;
struct population census_of_history(const struct profile *profile,
                                    const struct enterprise_fact *facts, int count, int day);

/* The ids of all enterprises, rising, and those of their facts that NEEDED (by fact number) marks,
 * as of DAY: member i of the population is (*ids)[i]. The caller frees both. */
struct population census_of_all(struct db *db, const struct profile *profile, const bool *needed,
                                int day, int64_t **ids);

#endif
