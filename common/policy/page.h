/* policypage: policies as one web page (政策专栏) that needs nothing else: no script, no picture,
 * no font. Whatever a policy says is text: it is escaped, and only http and https addresses are
 * links. Classes are chosen by :target alone. */
#ifndef QIFU_POLICY_PAGE_H
#define QIFU_POLICY_PAGE_H

#include "policy/policy.h"
#include "policy/taxonomy.h"

struct policypage {
    const char *center; /* whose page it is */
    const struct taxonomy *taxonomy;
    int day;                       /* on which it is right */
    const struct policy *policies; /* in their order: those to apply for first */
    int count;
};

/* Prints the page. */
void policypage_print(const struct policypage *page);

#endif
