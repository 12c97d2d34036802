/* yamlfile: the door to libyaml. Reads one YAML file into a tree of nodes that remember their
 * lines, and refuses what libyaml lets pass: duplicate keys, aliases and anchors, a second
 * document, an empty file. Everything is text; nobody guesses types.
 *
 * libcyaml (a schema over libyaml) was weighed: it gives no line for a value that is well formed
 * but wrong (a make-up day that is not a weekend), and those messages are the point here.
 */
#ifndef QIFU_BASE_YAMLFILE_H
#define QIFU_BASE_YAMLFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum node_type { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_type type;
    const char *file;
    int line;           /* counts from 1; of the key where the node is a map's value */
    const char *key;    /* in a map */
    const char *text;   /* of NODE_TEXT, else "" */
    struct node *first; /* child of a list or map */
    struct node *next;  /* sibling */
    int count;          /* of children */
};

/* Reads the file at PATH. The tree lives in ARENA. On an error prints `PATH:LINE: what` as a
 * warning and returns NULL. */
struct node *yamlfile_read(struct arena *arena, const char *path);

/* Warns about NODE as file:line and adds one to *FAULTS. */
void node_fault(const struct node *node, int *faults, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The value of KEY in a map, or NULL. */
struct node *node_get(const struct node *map, const char *key);

/* A fault for NODE not being of TYPE; false then, or where NODE is NULL. */
bool node_is(const struct node *node, enum node_type type, int *faults);

/* A fault for each key of MAP that KEYS (ended by NULL) does not name, with the nearest one, or
 * with all of them where none is near. */
void node_allow(const struct node *map, int *faults, const char *const *keys);

/* The text of KEY in MAP, or OTHERWISE where it is absent; a fault where it is not a text. */
const char *node_text(const struct node *map, const char *key, const char *otherwise, int *faults);
/* The same, but an absent or empty text is a fault; returns "" then. */
const char *node_need(const struct node *map, const char *key, int *faults);
/* A whole number between LEAST and MOST, or OTHERWISE where KEY is absent. */
int node_number(const struct node *map, const char *key, int least, int most, int otherwise,
                int *faults);
/* true or false, or OTHERWISE where KEY is absent. */
bool node_yes(const struct node *map, const char *key, bool otherwise, int *faults);

/* A fault where what stands at KEY of ITEM, a map in LIST, stands at that of one before it. */
void node_alone(const struct node *list, const struct node *item, const char *key, int *faults);

/* The list at KEY in MAP, its items checked to be maps with KEYS, the first of which is a code that
 * stands once; NULL where it is missing, which is a fault where it is NEEDED. */
const struct node *node_items(const struct node *map, const char *key, const char *const *keys,
                              bool needed, int *faults);

/* The texts of a list (or of a single text) as an array ended by NULL, in ARENA. *COUNT may be
 * NULL. An absent NODE is an empty array. */
const char *const *node_texts(struct arena *arena, const struct node *node, int *count,
                              int *faults);

#endif
