/* association-add: adds or changes trade associations, one from options or many from a file; in a
 * file the rows of one association add up. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/phone.h"
#include "base/tongue.h"
#include "center/add.h"
#include "enterprise/association.h"
#include "enterprise/enterprise.h"
#include "policy/taxonomy.h"

enum row_field { CODE, NAME, SHORT, CONTACT, PHONE, CLASSES, MEMBERS, BY, AT };

static const struct args_option options[] = {
    {ADDING_FIELD + CODE, "code", "CODE", "short code, the same for ever"},
    {ADDING_FIELD + NAME, "name", "NAME", "full name"},
    {ADDING_FIELD + SHORT, "short", "NAMES", "short names, divided by blanks or 、"},
    {ADDING_FIELD + CONTACT, "contact", "NAME", "person to talk to"},
    {ADDING_FIELD + PHONE, "phone", "NUMBER", "telephone"},
    {ADDING_FIELD + CLASSES, "classes", "LIST", "classes of policies that it wants; - is none"},
    {ADDING_FIELD + MEMBERS, "members", "LIST",
     "enterprises that belong to it, by code; - is none"},
    ADDING_WHO(BY, AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --code CODE --name NAME [option ...]",
    "[-nq] [option ...] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "association-add",
    .title = "行商协会登记",
    .synopsis = synopsis,
    .purpose = "Add trade associations, or change those with the same code.",
    .options = options,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT}, {"name", "名称", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

/* An association of this run, with what all its rows have said. */
struct entry {
    const char *values[CLASSES]; /* of its first row */
    long line;
    struct gate_who who;
    int64_t id;
    enum org_result result;
    bool has_classes, has_members;
    const char **classes;
    int64_t *members;
    size_t class_count, member_count;
};

struct run {
    struct adding adding;
    struct taxonomy taxonomy;
    struct entry *entries;
    size_t count;
};

/* The lists of one row, as codes and ids. */
struct row {
    const char *const *classes, *const *members; /* words; NULL: not named */
    const char **codes;
    int64_t *ids;
};

/* The words of the list that field FIELD is, NULL where it is absent; of "-" none. A fault where it
 * is there but has none. */
static void read_list(struct run *r, char *const *values, int field, const char *const **words,
                      struct fault *fault)
{
    const char *cell = values[field];
    bool empties = cell && !strcmp(cell, "-");
    *words = cell ? bulk_words(&r->adding.arena, empties ? NULL : cell) : NULL;
    if (cell && !empties && !**words)
        fault_add(fault, "the list of %s names nothing", association_fields[field]);
}

static size_t length(const char *const *words)
{
    size_t count = 0;
    while (words && words[count])
        count++;
    return count;
}

static void find_classes(struct run *r, struct row *row, struct fault *fault)
{
    row->codes = arena_zero(&r->adding.arena, (length(row->classes) + 1) * sizeof *row->codes);
    for (size_t i = 0; i < length(row->classes); i++) {
        const struct taxonomy_entry *entry = taxonomy_find(&r->taxonomy, row->classes[i]);
        if (entry)
            row->codes[i] = entry->term.code;
        else
            fault_unknown(fault, "class", row->classes[i],
                          taxonomy_nearest(&r->taxonomy, row->classes[i]),
                          "; taxonomy.yaml lists them");
    }
}

static void find_members(struct run *r, struct row *row, struct fault *fault)
{
    size_t missing = 0;
    const char *first = NULL;
    row->ids = arena_zero(&r->adding.arena, (length(row->members) + 1) * sizeof *row->ids);
    for (size_t i = 0; i < length(row->members); i++) {
        row->ids[i] = enterprise_find(r->adding.p.center.db, row->members[i]);
        if (!row->ids[i] && !missing++)
            first = row->members[i];
    }
    if (missing == 1)
        fault_unknown(fault, "enterprise", first, NULL, "; enterprise-add adds it");
    else if (missing)
        fault_add(fault, "%zu unknown enterprises, the first \"%s\"; enterprise-add adds them",
                  missing, first);
}

/* The entry with the code, or NULL. */
static struct entry *find_entry(const struct run *r, const char *code)
{
    for (size_t i = r->count; i-- > 0;)
        if (!strcmp(r->entries[i].values[CODE], code))
            return &r->entries[i];
    return NULL;
}

/* A further row of an association may add to its lists, and otherwise says what the first said. */
static bool agrees(const struct entry *entry, char *const *values, struct fault *fault)
{
    for (int i = NAME; i < CLASSES; i++)
        if (values[i] && (!entry->values[i] || strcmp(values[i], entry->values[i]) != 0))
            fault_add(fault, "another %s than that of %s in line %ld", association_fields[i],
                      values[CODE], entry->line);
    return !*fault->text;
}

/* Saves the organisation of a first row and makes its entry; NULL with a fault where it is
 * refused. */
static struct entry *new_entry(struct run *r, char *const *values, long line, struct fault *fault)
{
    struct entry entry = {.line = line};
    if (!adding_who(&r->adding, values, &entry.who, fault))
        return NULL;
    if (!values[NAME]) {
        fault_add(fault, "no name");
        return NULL;
    }
    for (int i = CODE; i < CLASSES; i++)
        entry.values[i] = values[i] ? arena_string(&r->adding.arena, values[i]) : NULL;
    struct org org = {.code = entry.values[CODE],
                      .name = entry.values[NAME],
                      .contact = entry.values[CONTACT],
                      .phone = entry.values[PHONE],
                      .short_names = bulk_words(&r->adding.arena, values[SHORT])};
    entry.result = association_save(&r->adding.p.center, &org, &entry.who, &entry.id, fault);
    if (entry.result == ORG_REFUSED)
        return NULL;
    r->entries = mem_grow(r->entries, r->count, sizeof *r->entries);
    r->entries[r->count] = entry;
    return &r->entries[r->count++];
}

static void add_class(struct entry *entry, const char *code)
{
    for (size_t i = 0; i < entry->class_count; i++)
        if (!strcmp(entry->classes[i], code))
            return;
    entry->classes = mem_grow(entry->classes, entry->class_count, sizeof *entry->classes);
    entry->classes[entry->class_count++] = code;
}

static void add_lists(struct entry *entry, const struct row *row)
{
    entry->has_classes = entry->has_classes || row->classes;
    entry->has_members = entry->has_members || row->members;
    for (size_t i = 0; i < length(row->classes); i++)
        add_class(entry, row->codes[i]);
    for (size_t i = 0; i < length(row->members); i++) {
        entry->members = mem_grow(entry->members, entry->member_count, sizeof *entry->members);
        entry->members[entry->member_count++] = row->ids[i];
    }
}

/* Takes one row; false with a fault where it is refused. */
static bool take_row(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct row row = {0};
    if (!values[CODE])
        fault_add(fault, "no code");
    read_list(r, values, CLASSES, &row.classes, fault);
    read_list(r, values, MEMBERS, &row.members, fault);
    find_classes(r, &row, fault);
    find_members(r, &row, fault);
    phone_check(values[PHONE], fault);
    if (*fault->text)
        return false;
    struct entry *entry = find_entry(r, values[CODE]);
    if (entry ? !agrees(entry, values, fault) : !(entry = new_entry(r, values, line, fault)))
        return false;
    add_lists(entry, &row);
    return true;
}

/* Puts the lists in place and prints the entry. */
static void finish_entry(struct adding *a, struct entry *entry)
{
    static const char *const results[] = {"added", "changed", "same"};
    static const int64_t nobody[1];
    struct association_lists lists = {.id = entry->id, .member_count = (int)entry->member_count};
    if (entry->has_classes) {
        entry->classes = mem_grow(entry->classes, entry->class_count, sizeof *entry->classes);
        entry->classes[entry->class_count] = NULL;
        lists.classes = entry->classes;
    }
    if (entry->has_members)
        lists.members = entry->members ? entry->members : nobody;
    if (association_set(&a->p.center, &lists, &entry->who) && entry->result == ORG_SAME)
        entry->result = ORG_CHANGED;
    out_text(a->p.out, entry->values[CODE]);
    out_text(a->p.out, entry->values[NAME]);
    out_text(a->p.out, results[entry->result]);
    out_row(a->p.out);
    free(entry->classes);
    free(entry->members);
}

static void finish(void *context)
{
    struct run *r = context;
    for (size_t i = 0; i < r->count; i++)
        finish_entry(&r->adding, &r->entries[i]);
    free(r->entries);
}

int main(int argc, char **argv)
{
    static const int needed[] = {CODE, NAME, -1};
    static const struct adding_kind kind = {
        "association", N_("association"), association_fields, needed, CODE, false, NULL};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    adding_next(&r.adding);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    r.taxonomy = taxonomy_load(r.adding.p.config);
    adding_run(&r.adding, take_row, finish, &r);
    taxonomy_free(&r.taxonomy);
    return adding_finish(&r.adding);
}
