#include "policy/file.h"

#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/yamlfile.h"
#include "cli/out.h"
#include "criteria/criteria.h"

static const char criteria_field[] = "criteria";
static const char *const criteria_parts[] = {"if", "basis", NULL};

struct reading {
    struct arena *arena;
    const struct profile *profile;
    struct policyfile *file;
    int faults;
};

static void report(const char *path, int line, const char *message, const char *kept)
{
    struct text safe = {0};
    text_add_visible(&safe, message, kept);
    warn("%s:%d: %s", path, line, text_string(&safe));
    text_free(&safe);
}

/* Each of several conditions must be whole by itself: joined, a bracket that one leaves open would
 * be closed by the next. */
static void check_condition(struct reading *r, const struct node *node, const char *text)
{
    struct criteria_fault fault;
    struct criteria *criteria = criteria_parse(r->profile, text, &fault);
    if (!criteria) {
        struct text message = {0};
        criteria_add_fault(&message, text, &fault);
        report(node->file, node->line, message.data, "\n");
        text_free(&message);
        r->faults++;
    }
    criteria_free(criteria);
}

/* One of several conditions: in brackets, so that an `or` in it stays together, with its clause. */
static void add_condition(struct reading *r, struct text *all, const struct node *item)
{
    const char *text = item->text, *basis = NULL;
    if (item->type == NODE_MAP) {
        node_allow(item, &r->faults, criteria_parts);
        text = node_need(item, "if", &r->faults);
        basis = node_text(item, "basis", NULL, &r->faults);
    } else if (!node_is(item, NODE_TEXT, &r->faults)) {
        return;
    }
    if (basis && basis[strcspn(basis, "[]")])
        node_fault(item, &r->faults, "a basis is written without brackets: \"%s\"", basis);
    const char *trimmed = text_trim(arena_string(r->arena, text));
    if (*trimmed)
        check_condition(r, item->type == NODE_MAP ? node_get(item, "if") : item, trimmed);
    text_add_format(all, "%s(%s)", all->length ? "\nand " : "", trimmed);
    if (basis && *basis)
        text_add_format(all, " [%s]", text_trim(arena_string(r->arena, basis)));
}

static const char *join_criteria(struct reading *r, const struct node *node)
{
    struct text all = {0};
    if (node->type == NODE_MAP)
        add_condition(r, &all, node);
    for (const struct node *item = node->first; item && node->type == NODE_LIST; item = item->next)
        add_condition(r, &all, item);
    char *joined = arena_string(r->arena, text_string(&all));
    text_free(&all);
    return joined;
}

static const char *join_texts(struct reading *r, const struct node *node)
{
    struct text all = {0};
    const char *const *texts = node_texts(r->arena, node, NULL, &r->faults);
    for (int i = 0; texts[i]; i++)
        text_add_format(&all, "%s%s", i ? "\n" : "", texts[i]);
    char *joined = arena_string(r->arena, text_string(&all));
    text_free(&all);
    return joined;
}

static void take_field(struct reading *r, int field, const struct node *node)
{
    bool is_criteria = !strcmp(r->file->fields[field], criteria_field) && node->type != NODE_TEXT;
    if (r->file->lines[field]) {
        node_fault(node, &r->faults, "\"%s\" is %s, which stands at line %d already", node->key,
                   r->file->fields[field], r->file->lines[field]);
        return;
    }
    const char *text = is_criteria ? join_criteria(r, node) : join_texts(r, node);
    char *value = text_trim(arena_string(r->arena, text));
    r->file->values[field] = *value ? value : NULL;
    r->file->lines[field] = node->line;
}

static void refuse_key(struct reading *r, const struct headers *headers, const struct node *node)
{
    struct fault fault = {""};
    node_fault(node, &r->faults, "%s",
               fault_unknown(&fault, "key", node->key, headers_nearest(headers, node->key), NULL));
}

bool policyfile_read(struct arena *arena, const char *path, struct headers *headers,
                     const char *const *fields, const struct profile *profile,
                     struct policyfile *file)
{
    struct reading r = {.arena = arena, .profile = profile, .file = file};
    size_t count = 0;
    while (fields[count])
        count++;
    *file = (struct policyfile){.path = arena_string(arena, path),
                                .fields = fields,
                                .values = arena_zero(arena, count * sizeof *file->values),
                                .lines = arena_zero(arena, count * sizeof *file->lines)};
    const struct node *root = yamlfile_read(arena, path);
    if (!root || !node_is(root, NODE_MAP, &r.faults))
        return false;
    file->line = root->line;
    for (const struct node *node = root->first; node; node = node->next) {
        int field = headers_find(headers, node->key);
        if (field >= 0)
            take_field(&r, field, node);
        else
            refuse_key(&r, headers, node);
    }
    return !r.faults;
}

void policyfile_fault(const struct policyfile *file, int field, const char *message)
{
    int line = field >= 0 && file->lines[field] ? file->lines[field] : file->line;
    bool is_criteria = field >= 0 && !strcmp(file->fields[field], criteria_field);
    report(file->path, line, message, is_criteria ? "\n" : "");
}
