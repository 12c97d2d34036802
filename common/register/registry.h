/* registry: what a register (台账) is: its fields, what tells its entries apart, their states and
 * who may move them, what is due and what is counted, all as its file says (qifu-register(5)). */
#ifndef QIFU_REGISTER_REGISTRY_H
#define QIFU_REGISTER_REGISTRY_H

#include <stdbool.h>

#include "center/config.h"
#include "center/gate.h"
#include "cli/headers.h"

enum registry_type {
    REGISTRY_TEXT,
    REGISTRY_NUMBER,
    REGISTRY_MONEY, /* in yuan */
    REGISTRY_DATE,
    REGISTRY_CHOICE,
    REGISTRY_ORG,
    REGISTRY_ENTERPRISE,
    REGISTRY_ASSOCIATION,
    REGISTRY_POLICY,
    REGISTRY_TICKET,
    REGISTRY_PERSON,
    REGISTRY_PHONE,
    REGISTRY_TYPES
};

enum { REGISTRY_MOST_FIELDS = 24, REGISTRY_MOST_STATES = 16, REGISTRY_NONE = -1 };

struct registry_field {
    struct term term;
    enum registry_type type;
    const char *unit; /* of numbers and money, where one stands without; NULL: none */
    bool required, many, is_private; /* private: masked, sealed, erased */
    const struct term *choices;
    int choice_count;
};

/* Lists of fields are their numbers, ended by REGISTRY_NONE. */
struct registry_act {
    int to; /* the state; REGISTRY_NONE: it stays */
    const int *sets, *needs;
    bool text; /* needs a text */
};

/* The acts that every register has, before those of its file; who may add, its file says. */
enum { REGISTRY_ADD, REGISTRY_CONTINUE, REGISTRY_CORRECT, REGISTRY_OWN };
/* What can be done to an entry, of whatever register, for who prints it. */
extern const struct gate_record registry_record;

/* The day that a field says; else so many days after another one says. */
struct registry_due {
    int field; /* REGISTRY_NONE: none */
    int from;  /* REGISTRY_NONE: when it was added */
    int days;  /* -1: none */
    bool natural;
};

/* What is counted of a period. */
enum registry_count {
    REGISTRY_COUNT_ADDED,
    REGISTRY_COUNT_STATE,    /* came to be in a state */
    REGISTRY_COUNT_DATE,     /* of which a field lies in it */
    REGISTRY_COUNT_REQUESTS, /* requests that came from an entry and were received in it */
    REGISTRY_COUNT_OPEN,     /* had not ended at its end */
    REGISTRY_COUNT_LATE      /* and was overdue then */
};
struct registry_figure {
    const char *code, *name; /* visits.made */
    enum registry_count counts;
    int state, date;   /* of REGISTRY_COUNT_STATE, _DATE */
    int sum, distinct; /* a field; REGISTRY_NONE: entries */
    int where;         /* a field that is a choice, or REGISTRY_NONE */
    const char *is;    /* the choice */
    const char *of;    /* the figure that it is a share of, or NULL */
    /* SQL, of an entry n, where ?1 and ?2 are a period's first and last second: when it counts, and
     * how much */
    const char *condition, *what;
};

struct registry {
    const char *code, *name, *entry; /* 走访台账, 走访 */
    struct registry_field *fields;
    int field_count;
    const int *key;
    int answers, helps; /* fields of organisations, or REGISTRY_NONE */
    int have, target;   /* numbers, or REGISTRY_NONE */
    const int *wall;    /* what its wall shows of an entry */
    struct registry_due due;
    bool continues; /* a row without a key, or with that of the row above, goes on with it */
    int contact;    /* the day on which its firms are contacted, or REGISTRY_NONE */
    const char *supervised;    /* kind of the ticket of what is overdue; NULL: none */
    struct gate_record record; /* its states, from the second on; its acts, as in ACTS */
    bool ends[REGISTRY_MOST_STATES + 1];
    const struct registry_act *acts;
    struct registry_figure *figures;
    int figure_count;
};

struct registry_set {
    struct registry **list; /* by code */
    int count, figure_count;
};
/* The N-th figure of all, from 0. */
const struct registry_figure *registry_figure(const struct registry_set *set, int n);

/* All registers of CONFIG, read once. Dies with every fault as file:line. */
const struct registry_set *registry_all(struct config *config);

/* The register called WORD, by code or name, or NULL; registry_need dies then. */
const struct registry *registry_find(struct config *config, const char *word);
const struct registry *registry_need(struct config *config, const char *word);
/* Adds to FAULT that there is none, and which there are; returns its text. */
const char *registry_unknown(struct config *config, const char *word, struct fault *fault);

/* The number of the field, act, state called WORD by code or name, or REGISTRY_NONE. */
int registry_field(const struct registry *registry, const char *word);
int registry_act(const struct registry *registry, const char *word);
int registry_state(const struct registry *registry, const char *word);
/* Says in FAULT that there is none, and which there are. */
bool registry_unknown_field(const struct registry *registry, const char *word, struct fault *fault);
bool registry_unknown_act(const struct registry *registry, const char *word, struct fault *fault);
bool registry_unknown_state(const struct registry *registry, const char *word, struct fault *fault);

/* The office's word for a state, or the code itself. */
const char *registry_state_name(const struct registry *registry, const char *state);
/* The choice called WORD of a field, or NULL; its word by code, or the code itself. */
const struct term *registry_choice(const struct registry_field *field, const char *word);
const char *registry_choice_name(const struct registry_field *field, const char *code);

bool registry_has(const int *fields, int field);

/* What a row says besides the registry's fields, and before them; ended by NULL. */
extern const char *const registry_row[];
enum registry_row { REGISTRY_BY, REGISTRY_AT, REGISTRY_TEXT_OF_ROW, REGISTRY_ID };
/* The names of those, up to the MORE-th, then of the fields, ended by NULL, in ARENA; and the words
 * of a table's header that mean them. What the registry calls its own comes first. */
const char *const *registry_names(const struct registry *registry, int more, struct arena *arena);
struct headers registry_headers(struct config *config, const struct registry *registry, int more);

#endif
