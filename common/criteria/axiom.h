/* axiom: how facts hang together: who has one title has another, who stands in a register earns so
 * much. An axiom of profile.yaml says in the language of criteria that whoever meets IF meets THEN.
 * What follows from what is known of an enterprise is known too. Pure. */
#ifndef QIFU_CRITERIA_AXIOM_H
#define QIFU_CRITERIA_AXIOM_H

#include "base/yamlfile.h"
#include "criteria/population.h"

/* Checks the keys of LIST, the axioms of a file; reads it into PROFILE, which is sealed. */
void axioms_check(const struct node *list, int *faults);
void axioms_read(struct profile *profile, const struct node *list, int *faults);
void axioms_free(struct profile *profile);

/* Marks in NEEDED, by number of the fact, also those from which the marked ones may follow. */
void axioms_need(const struct profile *profile, bool *needed);

/* Narrows what is unknown in POPULATION, or known in part, to what follows from the axioms whose
 * facts are all loaded. Nothing that is known is changed, not even where an axiom is broken. A size
 * that follows is narrowed too. */
void axioms_follow(struct population *population, const struct profile *profile);

#endif
