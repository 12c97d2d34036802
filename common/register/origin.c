#include "register/origin.h"

#include <string.h>

#include "base/die.h"
#include "cli/args.h"
#include "enterprise/liaison.h"
#include "policy/policy.h"

/* ---- words */

static int64_t find_policy(struct center *center, const char *word, struct fault *fault)
{
    int64_t id = policy_find(center->db, word);
    if (!id)
        policy_unknown(center->db, word, fault);
    return id;
}

static int64_t find_liaison(struct center *center, const char *word, struct fault *fault)
{
    int64_t id = args_id(word);
    int count = 0;
    if (id && liaison_exists(center->db, id))
        return id;
    id = liaison_named(center->db, word, &count);
    if (count > 1)
        fault_add(fault,
                  "several liaisons are called \"%s\": write the number that liaison-list"
                  " prints",
                  word);
    else if (!id)
        fault_add(fault, "no such liaison: \"%s\"", word);
    return count > 1 ? 0 : id;
}

/* The entry with this number. */
static int64_t find_numbered(struct center *center, const char *word, struct fault *fault)
{
    struct arena arena = {0};
    struct entry entry;
    int64_t id = args_id(word);
    if (id && !entry_load(center, id, &arena, &entry))
        id = 0;
    if (!id)
        fault_add(fault, "no such entry: \"%s\" (REGISTER:KEY, or its number)", word);
    arena_free(&arena);
    return id;
}

static int64_t find_entry(struct center *center, const char *word, struct fault *fault)
{
    const char *colon = strchr(word, ':');
    if (!colon)
        return find_numbered(center, word, fault);
    struct arena arena = {0};
    char *code = arena_bytes(&arena, word, (size_t)(colon - word));
    const struct registry *registry = registry_find(center->config, code);
    int64_t id = registry ? entry_find(center->db, registry, colon + 1) : 0;
    if (!registry)
        registry_unknown(center->config, code, fault);
    else if (!id)
        fault_add(fault, "%s has no entry \"%s\"", registry->code, colon + 1);
    arena_free(&arena);
    return id;
}

int64_t origin_find(struct center *center, enum ticket_field field, const char *word,
                    struct fault *fault)
{
    return field == TICKET_POLICY  ? find_policy(center, word, fault)
           : field == TICKET_ENTRY ? find_entry(center, word, fault)
                                   : find_liaison(center, word, fault);
}

int64_t origin_need(struct center *center, enum ticket_field field, const char *word)
{
    struct fault fault = {""};
    int64_t id = origin_find(center, field, word, &fault);
    if (!id)
        die("%s", fault.text);
    return id;
}

char *origin_read(struct center *center, enum ticket_field field, const char *word,
                  struct arena *arena, struct fault *fault)
{
    int64_t id = origin_find(center, field, word, fault);
    return id ? arena_format(arena, "%lld", (long long)id) : NULL;
}

void origin_read_row(struct center *center, char **values, struct arena *arena, struct fault *fault)
{
    for (int i = TICKET_POLICY; i <= TICKET_LIAISON; i++)
        if (values[i])
            values[i] = origin_read(center, (enum ticket_field)i, values[i], arena, fault);
}

/* ---- for people */

static bool has_private_key(const struct registry *registry)
{
    for (const int *field = registry->key; *field != REGISTRY_NONE; field++)
        if (registry->fields[*field].is_private)
            return true;
    return false;
}

void origin_name_entry(struct text *to, const struct entry *entry)
{
    if (has_private_key(entry->registry))
        text_add_number(to, entry->id);
    else
        text_add_format(to, "%s:%s", entry->registry->code, entry->key);
}

static void print_policy(struct db *db, struct out *out, int64_t id)
{
    struct arena arena = {0};
    struct policy policy;
    if (policy_load(db, id, &arena, &policy)) {
        out_member(out, "policy", "咨询政策", policy.code,
                   arena_format(&arena, "%s %s", policy.code, policy.title));
        out_member(out, "interpreter", "解读人", policy.interpreter, NULL);
        out_member(out, "interpreter_phone", "解读人电话", policy.phone, NULL);
    }
    arena_free(&arena);
}

static void print_entry(struct center *center, struct out *out, int64_t id)
{
    struct arena arena = {0};
    struct entry entry;
    struct text name = {0}, shown = {0};
    if (entry_load(center, id, &arena, &entry)) {
        origin_name_entry(&name, &entry);
        text_add_format(&shown, "%s（%s）", entry.registry->name, name.data);
        out_member(out, "entry", "来自台账", name.data, shown.data);
    }
    text_free(&name);
    text_free(&shown);
    arena_free(&arena);
}

struct printing {
    const struct org_table *orgs;
    struct out *out;
};

static void print_liaison(void *context, const struct liaison *liaison)
{
    const struct printing *p = context;
    struct text shown = {0};
    text_add_format(&shown, "%s（%s）", liaison->name, org_name(p->orgs, liaison->org));
    out_member(p->out, "liaison", "助企员", liaison->name, shown.data);
    text_free(&shown);
}

void origin_print(struct center *center, const struct org_table *orgs, struct out *out,
                  const struct ticket *ticket)
{
    struct printing p = {orgs, out};
    if (ticket->policy)
        print_policy(center->db, out, ticket->policy);
    if (ticket->entry)
        print_entry(center, out, ticket->entry);
    if (ticket->liaison)
        liaison_each(center->db, &(struct liaison_filter){.id = ticket->liaison}, print_liaison,
                     &p);
}
