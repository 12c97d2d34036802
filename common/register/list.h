/* list: the entries of a register that meet filters. */
#ifndef QIFU_REGISTER_LIST_H
#define QIFU_REGISTER_LIST_H

#include "register/entry.h"

/* A field has this value, a text contains it; TEXT NULL: it has none. */
struct entry_where {
    int field;
    const char *text;
};

/* Zeroed but for the registry: all of its entries. */
struct entry_filter {
    const struct registry *registry;
    const char *state; /* code, or NULL */
    const char *org;   /* code of who answers or helps, or NULL */
    const struct entry_where *where;
    int where_count;
    bool open;                    /* has not ended */
    int64_t late_at;              /* was not done by its time at this moment; 0: any */
    int64_t added_from, added_to; /* 0: any */
    int64_t due_from, due_to;
};

/* Calls TAKE for each entry that meets all, by number. */
void entry_each(struct center *center, const struct entry_filter *filter,
                void (*take)(void *context, const struct entry *entry), void *context);

/* Calls TAKE for each entry of any register of which a field of this TYPE is CODE, by register and
 * number. */
void entry_each_naming(struct center *center, enum registry_type type, const char *code,
                       void (*take)(void *context, const struct entry *entry), void *context);

/* How many a register has, how many of them have not ended, and how many of these are overdue. */
struct entry_counts {
    int64_t all, open, late;
};
struct entry_counts entry_count(struct center *center, const struct registry *registry);

#endif
