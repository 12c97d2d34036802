/* criteria: the language in which a policy says whom it fits (qifu-criteria(7)), parsed once into a
 * tree. Each condition is one fact and the ranges of values that meet it, so that evaluating needs
 * no types. NOT is pushed down, so only conditions have it. Pure. */
#ifndef QIFU_CRITERIA_CRITERIA_H
#define QIFU_CRITERIA_CRITERIA_H

#include "criteria/condition.h"
#include "criteria/profile.h"

enum criteria_type {
    CRITERIA_CONDITION,
    CRITERIA_ALL,     /* and */
    CRITERIA_ANY,     /* or */
    CRITERIA_AT_LEAST /* k of */
};

enum { CRITERIA_MOST_MEMBERS = 255 }; /* of "at least k of" */

struct criteria_node {
    enum criteria_type type;
    int needed;                  /* of CRITERIA_AT_LEAST */
    struct condition *condition; /* of CRITERIA_CONDITION */
    struct criteria_node *first, *next;
};

struct criteria {
    struct arena arena;
    const struct profile *profile; /* not owned */
    const char *text;              /* as given */
    struct criteria_node *root;
    struct condition **conditions; /* by number */
    int condition_count;
};

/* What is wrong with a text, and where. */
struct criteria_fault {
    char message[256];
    int offset; /* in bytes */
};

/* Parses TEXT. NULL with *FAULT filled where it cannot. The caller frees; PROFILE must outlive it.
 */
struct criteria *criteria_parse(const struct profile *profile, const char *text,
                                struct criteria_fault *fault);
void criteria_free(struct criteria *criteria);

/* Appends the fault's message and, on the next two lines, the line of TEXT in which it lies with a
 * caret under the place. */
struct text;
void criteria_add_fault(struct text *out, const char *text, const struct criteria_fault *fault);

#endif
