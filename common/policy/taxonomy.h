/* taxonomyfile: reads taxonomy.yaml (qifu-config(5)): the classes of policies and their subclasses.
 * A word leads to one of them: codes, names and further words of all are different. */
#ifndef QIFU_POLICY_TAXONOMY_H
#define QIFU_POLICY_TAXONOMY_H

#include "base/mem.h"
#include "center/config.h"

struct taxonomy_entry {
    struct term term;
    int class; /* index of its class; of a class its own */
    int line;
};

struct taxonomy {
    struct arena arena;
    struct taxonomy_entry *entries; /* each class, followed by its subclasses */
    int count;
};

/* Reads taxonomy.yaml of CONFIG's directory. Dies after reporting every fault as file:line. */
struct taxonomy taxonomy_load(struct config *config);
void taxonomy_free(struct taxonomy *taxonomy);

/* The class or subclass called WORD by code, name or another word (blanks and case aside), or NULL.
 */
const struct taxonomy_entry *taxonomy_find(const struct taxonomy *taxonomy, const char *word);
/* The known word that is nearest to WORD, or NULL. */
const char *taxonomy_nearest(const struct taxonomy *taxonomy, const char *word);

bool taxonomy_is_class(const struct taxonomy *taxonomy, const struct taxonomy_entry *entry);
/* The class of a subclass by its code; of a class itself; NULL where the code is NULL or unknown.
 */
const struct taxonomy_entry *taxonomy_class_of(const struct taxonomy *taxonomy, const char *code);
/* The office's name for a code; the code itself where it is unknown, NULL for NULL. */
const char *taxonomy_name(const struct taxonomy *taxonomy, const char *code);

/* The codes that CODE stands for: itself and, of a class, its subclasses; ended by NULL, in ARENA.
 */
const char *const *taxonomy_below(const struct taxonomy *taxonomy, struct arena *arena,
                                  const char *code);

/* The codes of those who are sent policies of ENTRY where they prefer one of them: of a class
 * itself and its subclasses, of a subclass itself and its class; in ARENA, ended by NULL. */
const char *const *taxonomy_preferences(const struct taxonomy *taxonomy, struct arena *arena,
                                        const struct taxonomy_entry *entry);

#endif
