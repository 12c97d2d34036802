/* print: entries of a register as rows: their number, their fields, their state, who answers, by
 * when, how far they have come. */
#ifndef QIFU_REGISTER_PRINT_H
#define QIFU_REGISTER_PRINT_H

#include "center/program.h"
#include "register/entry.h"

struct entryprint {
    struct program *p;
    const struct registry *registry;
    bool unmask;
};

/* Opens the output; its columns are in ARENA, which must outlive it. UNMASK is set before. */
void entryprint_begin(struct entryprint *print, struct program *program,
                      const struct registry *registry, struct arena *arena);
void entryprint_row(struct entryprint *print, const struct entry *entry);

#endif
