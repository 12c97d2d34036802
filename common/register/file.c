/* The registers' files: what they must say, with every fault as file:line. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/yamlfile.h"
#include "register/registry_private.h"

static const char *const file_keys[] = {
    "register", "name",      "entry", "fields", "key",  "answers",    "helps",   "measure", "wall",
    "due",      "continues", "adds",  "states", "acts", "supervised", "contact", "figures", NULL};
static const char *const field_keys[] = {"field", "name",     "also", "type",    "unit",
                                         "many",  "required", "of",   "private", NULL};
static const char *const choice_keys[] = {"choice", "name", "also", NULL};
static const char *const state_keys[] = {"state", "name", "ends", NULL};
static const char *const act_keys[] = {"act", "name", "from", "to", "by", "sets", "needs", NULL};
static const char *const figure_keys[] = {"figure",   "name",  "counts", "sum",
                                          "distinct", "where", "of",     NULL};
static const char *const due_keys[] = {"field", "days", "unit", "from", NULL};
static const char *const measure_keys[] = {"have", "target", NULL};

/* What a field may not be called: programs and figures use these words themselves. */
static const char *const taken[] = {
    "id",  "register", "state", "by",      "at",         "text", "key",      "added",
    "due", "late",     "share", "history", "supervised", "open", "requests", NULL};

static const char *const types[REGISTRY_TYPES] = {
    "text",       "number",      "money",  "date",   "choice", "organisation",
    "enterprise", "association", "policy", "ticket", "person", "phone"};

/* One file that is being read. */
struct reading {
    struct config *config;
    struct arena *arena;
    struct registry *registry;
    struct gate_act *gated; /* of the registry's record */
    struct registry_act *acts;
    int faults;
};

/* True where WORD is fit for a code: small letters, digits, hyphens. */
static bool is_code(const char *word)
{
    return *word >= 'a' && *word <= 'z' &&
           word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static const char *read_code(struct reading *r, const struct node *map, const char *key)
{
    const char *code = node_need(map, key, &r->faults);
    if (*code && !is_code(code))
        node_fault(node_get(map, key), &r->faults,
                   "\"%s\" is no code: small letters, digits and hyphens, a letter first", code);
    return code;
}

static struct term read_term(struct reading *r, const struct node *map, const char *key)
{
    struct term term = {.code = read_code(r, map, key)};
    term.name = node_text(map, "name", term.code, &r->faults);
    term.also = node_texts(r->arena, node_get(map, "also"), NULL, &r->faults);
    return term;
}

/* ---- fields ---- */

static enum registry_type read_type(struct reading *r, const struct node *map)
{
    char list[256] = "";
    const char *word = node_text(map, "type", types[REGISTRY_TEXT], &r->faults);
    for (int i = 0; i < REGISTRY_TYPES; i++)
        if (!strcmp(types[i], word))
            return (enum registry_type)i;
    for (int i = 0; i < REGISTRY_TYPES; i++)
        text_choice(list, sizeof list, types[i], NULL);
    node_fault(node_get(map, "type"), &r->faults, "unknown type \"%s\"%s", word, list);
    return REGISTRY_TEXT;
}

static void read_choices(struct reading *r, const struct node *map, struct registry_field *field)
{
    const struct node *list =
        node_items(map, "of", choice_keys, field->type == REGISTRY_CHOICE, &r->faults);
    if (list && field->type != REGISTRY_CHOICE)
        node_fault(list, &r->faults, "\"of\" goes with the type choice");
    if (!list)
        return;
    struct term *choices = arena_zero(r->arena, (size_t)list->count * sizeof *choices);
    for (const struct node *item = list->first; item; item = item->next)
        choices[field->choice_count++] = read_term(r, item, "choice");
    field->choices = choices;
}

static void check_field(struct reading *r, const struct node *map,
                        const struct registry_field *field)
{
    bool number = field->type == REGISTRY_NUMBER || field->type == REGISTRY_MONEY;
    for (const char *const *word = taken; *word; word++)
        if (!strcmp(*word, field->term.code))
            node_fault(map, &r->faults, "no field can be called \"%s\"", *word);
    if (field->unit && !number)
        node_fault(node_get(map, "unit"), &r->faults, "\"unit\" goes with numbers and money");
    if (field->many && (number || field->type == REGISTRY_TEXT || field->type == REGISTRY_DATE))
        node_fault(node_get(map, "many"), &r->faults, "a %s is one: \"many\" does not go with it",
                   types[field->type]);
}

static void read_field(struct reading *r, const struct node *map)
{
    struct registry_field *field = &r->registry->fields[r->registry->field_count++];
    field->term = read_term(r, map, "field");
    field->type = read_type(r, map);
    field->unit = node_text(map, "unit", NULL, &r->faults);
    field->many = node_yes(map, "many", false, &r->faults);
    field->required = node_yes(map, "required", false, &r->faults);
    field->is_private = node_yes(map, "private", false, &r->faults) ||
                        field->type == REGISTRY_PERSON || field->type == REGISTRY_PHONE;
    if (field->is_private && field->type != REGISTRY_TEXT && field->type < REGISTRY_PERSON)
        node_fault(node_get(map, "private"), &r->faults, "\"private\" goes with texts");
    read_choices(r, map, field);
    check_field(r, map, field);
}

/* Each word of a table's header means one field. */
static void check_words(struct reading *r, const struct node *list)
{
    struct headers headers = {0};
    int number = 0, meant;
    for (const struct node *map = list->first; map; map = map->next, number++) {
        const struct term *term = &r->registry->fields[number].term;
        const char *const fixed[] = {term->code, term->name, NULL};
        const char *const *const lists[] = {fixed, term->also};
        for (int i = 0; i < 2; i++)
            for (const char *const *word = lists[i]; *word; word++)
                if (!headers_add(&headers, *word, number, &meant))
                    node_fault(map, &r->faults, "\"%s\" already means %s", *word,
                               r->registry->fields[meant].term.code);
    }
    headers_free(&headers);
}

static void read_fields(struct reading *r, const struct node *root)
{
    const struct node *list = node_items(root, "fields", field_keys, true, &r->faults);
    if (!list)
        return;
    if (list->count > REGISTRY_MOST_FIELDS)
        node_fault(list, &r->faults, "more than %d fields", REGISTRY_MOST_FIELDS);
    r->registry->fields = arena_zero(r->arena, (size_t)list->count * sizeof *r->registry->fields);
    for (const struct node *map = list->first; map; map = map->next)
        read_field(r, map);
    check_words(r, list);
}

/* The field that stands at KEY of MAP; REGISTRY_NONE where nothing does. */
static int read_reference(struct reading *r, const struct node *map, const char *key,
                          unsigned allowed, const char *what)
{
    struct fault fault = {""};
    const char *word = node_text(map, key, NULL, &r->faults);
    int field = word ? registry_field(r->registry, word) : REGISTRY_NONE;
    if (word && field == REGISTRY_NONE) {
        registry_unknown_field(r->registry, word, &fault);
        node_fault(node_get(map, key), &r->faults, "%s", fault.text);
    } else if (word && !(allowed >> r->registry->fields[field].type & 1)) {
        node_fault(node_get(map, key), &r->faults, "\"%s\" must be %s", word, what);
    }
    return field;
}

static const int no_fields[] = {REGISTRY_NONE};

/* A list of fields, or a single one. */
static const int *read_references(struct reading *r, const struct node *map, const char *key)
{
    struct fault fault = {""};
    const struct node *node = node_get(map, key);
    int count, used = 0;
    const char *const *words = node_texts(r->arena, node, &count, &r->faults);
    int *list = arena_zero(r->arena, ((size_t)count + 1) * sizeof *list);
    for (; *words; words++) {
        int field = registry_field(r->registry, *words);
        fault_clear(&fault);
        if (!strcmp(*words, "text"))
            continue;
        if (field != REGISTRY_NONE)
            list[used++] = field;
        else if (!registry_unknown_field(r->registry, *words, &fault))
            node_fault(node, &r->faults, "%s", fault.text);
    }
    list[used] = REGISTRY_NONE;
    return list;
}

static void read_key(struct reading *r, const struct node *root)
{
    const struct node *node = node_get(root, "key");
    r->registry->key = read_references(r, root, "key");
    if (!node)
        node_fault(root, &r->faults, "\"key\" is missing: the fields that tell entries apart");
    for (const int *field = r->registry->key; *field != REGISTRY_NONE; field++) {
        struct registry_field *f = &r->registry->fields[*field];
        f->required = true;
        if (f->is_private || f->many)
            node_fault(node, &r->faults, "\"%s\" tells entries apart: it cannot be %s",
                       f->term.code, f->many ? "several" : "private");
    }
}

/* ---- states and acts ---- */

/* A state's code, with its word behind the code's end, where state_name looks for it. */
static const char *keep_state(struct reading *r, const char *code, const char *name)
{
    size_t length = strlen(code) + 1, whole = length + strlen(name) + 1;
    char *kept = arena_zero(r->arena, whole);
    memcpy(kept, code, length);
    memcpy(kept + length, name, whole - length);
    return kept;
}

static const char *state_name(const char *state)
{
    return state + strlen(state) + 1;
}

static void read_states(struct reading *r, const struct node *root)
{
    static const char *const first[] = {"open", "在办"};
    const struct node *list = node_items(root, "states", state_keys, false, &r->faults);
    int count = list ? list->count : 0;
    const char **states = arena_zero(r->arena, ((size_t)count + 3) * sizeof *states);
    states[0] = keep_state(r, gate_registers[0], "未登记");
    states[1] = keep_state(r, first[0], first[1]);
    if (count > REGISTRY_MOST_STATES)
        node_fault(list, &r->faults, "more than %d states", REGISTRY_MOST_STATES);
    int i = 1;
    for (const struct node *map = list ? list->first : NULL; map && i <= REGISTRY_MOST_STATES;
         map = map->next, i++) {
        const char *code = read_code(r, map, "state");
        states[i] = keep_state(r, code, node_text(map, "name", code, &r->faults));
        r->registry->ends[i] = node_yes(map, "ends", false, &r->faults);
        if (!strcmp(code, states[0]) || !strcmp(code, "added") || !strcmp(code, "late"))
            node_fault(map, &r->faults, "no state can be called \"%s\"", code);
    }
    r->registry->record.states = states;
}

static int need_state(struct reading *r, const struct node *node, const char *word)
{
    struct fault fault = {""};
    int state = registry_state(r->registry, word);
    if (state == REGISTRY_NONE && !registry_unknown_state(r->registry, word, &fault))
        node_fault(node, &r->faults, "%s", fault.text);
    return state == REGISTRY_NONE ? 1 : state;
}

/* All states but that of what is not there yet. */
static int all_states(const struct registry *registry)
{
    int all = 0;
    for (int i = 1; registry->record.states[i]; i++)
        all |= 1 << i;
    return all;
}

static int read_from(struct reading *r, const struct node *map)
{
    const struct node *node = node_get(map, "from");
    const char *const *words = node_texts(r->arena, node, NULL, &r->faults);
    int from = 0;
    if (!node)
        for (int i = 1; r->registry->record.states[i]; i++)
            from |= r->registry->ends[i] ? 0 : 1 << i;
    for (; *words; words++)
        from |= 1 << need_state(r, node, *words);
    return from;
}

static enum gate_by read_by(struct reading *r, const struct node *map, const char *key)
{
    static const struct {
        const char *word;
        enum gate_by by;
    } known[] = {{"owner", GATE_BY_OWNER},
                 {"party", GATE_BY_PARTY},
                 {"center", GATE_BY_CENTER},
                 {"anyone", GATE_BY_ANYONE}};
    const char *word = node_text(map, key, known[0].word, &r->faults);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].word, word))
            return known[i].by;
    node_fault(node_get(map, key), &r->faults, "\"%s\" must be owner, party, center or anyone",
               key);
    return GATE_BY_OWNER;
}

static bool names_text(const struct node *map)
{
    const struct node *needs = node_get(map, "needs");
    if (needs && needs->type == NODE_TEXT)
        return !strcmp(needs->text, "text");
    for (const struct node *n = needs ? needs->first : NULL; n; n = n->next)
        if (!strcmp(n->text, "text"))
            return true;
    return false;
}

static void check_sets(struct reading *r, const struct node *map, const int *fields)
{
    for (; *fields != REGISTRY_NONE; fields++)
        if (registry_has(r->registry->key, *fields))
            node_fault(map, &r->faults, "\"%s\" tells entries apart: no act sets it",
                       r->registry->fields[*fields].term.code);
}

static void read_act(struct reading *r, const struct node *map, int number)
{
    struct registry_act *act = &r->acts[number];
    const char *to = node_text(map, "to", NULL, &r->faults);
    const char *code = read_code(r, map, "act");
    r->gated[number] = (struct gate_act){code,
                                         "register-act",
                                         node_text(map, "name", code, &r->faults),
                                         read_from(r, map),
                                         read_by(r, map, "by"),
                                         "entry-acted"};
    for (int i = 0; i < REGISTRY_OWN; i++)
        if (!strcmp(code, r->gated[i].name))
            node_fault(map, &r->faults, "every register has \"%s\" already", code);
    act->to = to ? need_state(r, node_get(map, "to"), to) : REGISTRY_NONE;
    act->sets = read_references(r, map, "sets");
    act->needs = read_references(r, map, "needs");
    act->text = names_text(map);
    check_sets(r, map, act->sets);
    check_sets(r, map, act->needs);
}

static void add_common(struct reading *r, int act, const char *const names[2], int states,
                       enum gate_by by)
{
    r->gated[act] = registry_record.acts[act];
    r->gated[act].name = names[0];
    r->gated[act].word = names[1];
    r->gated[act].states = states;
    r->gated[act].by = by;
}

/* The acts of every register, then those of the file. */
static void read_acts(struct reading *r, const struct node *root)
{
    static const char *const names[][2] = {
        {"add", "登记"}, {"continue", "续行"}, {"correct", "更正"}};
    const struct node *list = node_items(root, "acts", act_keys, false, &r->faults);
    size_t count = REGISTRY_OWN + (size_t)(list ? list->count : 0);
    int all = all_states(r->registry), number = REGISTRY_OWN;
    enum gate_by adds = read_by(r, root, "adds");
    r->gated = arena_zero(r->arena, (count + 1) * sizeof *r->gated);
    r->acts = arena_zero(r->arena, count * sizeof *r->acts);
    add_common(r, REGISTRY_ADD, names[REGISTRY_ADD], GATE_NEW, adds);
    add_common(r, REGISTRY_CONTINUE, names[REGISTRY_CONTINUE], all, adds);
    add_common(r, REGISTRY_CORRECT, names[REGISTRY_CORRECT], all, GATE_BY_CENTER);
    for (int i = 0; i < REGISTRY_OWN; i++)
        r->acts[i] =
            (struct registry_act){REGISTRY_NONE, no_fields, no_fields, i == REGISTRY_CORRECT};
    r->acts[REGISTRY_ADD].to = 1;
    for (const struct node *map = list ? list->first : NULL; map; map = map->next, number++)
        read_act(r, map, number);
    r->registry->record.acts = r->gated;
    r->registry->acts = r->acts;
}

/* ---- what is due, measured, counted ---- */

static void read_due(struct reading *r, const struct node *root)
{
    const struct node *node = node_get(root, "due");
    struct registry_due *due = &r->registry->due;
    *due = (struct registry_due){REGISTRY_NONE, REGISTRY_NONE, -1, false};
    if (!node || !node_is(node, NODE_MAP, &r->faults))
        return;
    node_allow(node, &r->faults, due_keys);
    const char *unit = node_text(node, "unit", "working", &r->faults);
    due->field = read_reference(r, node, "field", 1 << REGISTRY_DATE, "a date");
    due->from = read_reference(r, node, "from", 1 << REGISTRY_DATE, "a date");
    due->days = node_number(node, "days", 1, 10000, -1, &r->faults);
    due->natural = !strcmp(unit, "natural");
    if (!due->natural && strcmp(unit, "working") != 0)
        node_fault(node_get(node, "unit"), &r->faults, "\"unit\" must be working or natural");
    if (!node_get(node, "field") && !node_get(node, "days"))
        node_fault(node, &r->faults, "\"field\", the day, or \"days\", and from when");
    if (!node_get(node, "days") && (node_get(node, "from") || node_get(node, "unit")))
        node_fault(node, &r->faults, "\"from\" and \"unit\" go with \"days\"");
}

static void read_measure(struct reading *r, const struct node *root)
{
    const unsigned numbers = 1 << REGISTRY_NUMBER | 1 << REGISTRY_MONEY;
    const struct node *measure = node_get(root, "measure");
    r->registry->have = r->registry->target = REGISTRY_NONE;
    if (!measure || !node_is(measure, NODE_MAP, &r->faults))
        return;
    node_allow(measure, &r->faults, measure_keys);
    r->registry->have = read_reference(r, measure, "have", numbers, "a number or money");
    r->registry->target = read_reference(r, measure, "target", numbers, "a number or money");
    if (r->registry->have == REGISTRY_NONE || r->registry->target == REGISTRY_NONE)
        node_fault(measure, &r->faults, "\"measure\" has \"have\" and \"target\"");
}

/* The day on which an entry says that its firms were contacted. */
static void read_contact(struct reading *r, const struct node *root)
{
    bool has_firm = false;
    r->registry->contact = read_reference(r, root, "contact", 1 << REGISTRY_DATE, "a date");
    for (int i = 0; i < r->registry->field_count; i++)
        has_firm = has_firm || r->registry->fields[i].type == REGISTRY_ENTERPRISE;
    if (r->registry->contact != REGISTRY_NONE && !has_firm)
        node_fault(node_get(root, "contact"), &r->faults, "no field is an enterprise");
}

static void read_counts(struct reading *r, const struct node *map, struct registry_figure *figure)
{
    static const char *const words[] = {"added", "open", "late", "requests"};
    static const enum registry_count counts[] = {REGISTRY_COUNT_ADDED, REGISTRY_COUNT_OPEN,
                                                 REGISTRY_COUNT_LATE, REGISTRY_COUNT_REQUESTS};
    const char *word = node_text(map, "counts", words[0], &r->faults);
    for (int i = 0; i < 4; i++)
        if (!strcmp(words[i], word)) {
            figure->counts = counts[i];
            return;
        }
    figure->state = registry_state(r->registry, word);
    figure->date = registry_field(r->registry, word);
    figure->counts = figure->state != REGISTRY_NONE ? REGISTRY_COUNT_STATE : REGISTRY_COUNT_DATE;
    if (figure->state == REGISTRY_NONE &&
        (figure->date == REGISTRY_NONE || r->registry->fields[figure->date].type != REGISTRY_DATE))
        node_fault(node_get(map, "counts"), &r->faults,
                   "\"counts\" must be added, open, late, requests, a state or a date");
}

static void read_where(struct reading *r, const struct node *map, struct registry_figure *figure)
{
    const struct node *where = node_get(map, "where");
    figure->where = REGISTRY_NONE;
    if (!where || !node_is(where, NODE_MAP, &r->faults))
        return;
    const struct node *node = where->first;
    int field = node ? registry_field(r->registry, node->key) : REGISTRY_NONE;
    const struct term *choice =
        field == REGISTRY_NONE ? NULL : registry_choice(&r->registry->fields[field], node->text);
    if (where->count != 1 || !choice)
        node_fault(where, &r->faults, "\"where\" is one field that is a choice, and which");
    figure->where = field;
    figure->is = choice ? choice->code : "";
}

static void read_figure(struct reading *r, const struct node *map)
{
    const unsigned numbers = 1 << REGISTRY_NUMBER | 1 << REGISTRY_MONEY;
    struct registry_figure *figure = &r->registry->figures[r->registry->figure_count];
    const char *code = read_code(r, map, "figure"), *of = node_text(map, "of", NULL, &r->faults);
    figure->code = arena_format(r->arena, "%s.%s", r->registry->code, code);
    figure->name = node_need(map, "name", &r->faults);
    read_counts(r, map, figure);
    read_where(r, map, figure);
    figure->sum = read_reference(r, map, "sum", numbers, "a number or money");
    figure->distinct =
        read_reference(r, map, "distinct", 1 << REGISTRY_ENTERPRISE, "an enterprise");
    if (of)
        figure->of = arena_format(r->arena, "%s.%s", r->registry->code, of);
    bool known = !of;
    for (int i = 0; i < r->registry->figure_count; i++)
        known = known || !strcmp(r->registry->figures[i].code, figure->of);
    if (!known)
        node_fault(node_get(map, "of"), &r->faults, "no figure above is called \"%s\"", of);
    r->registry->figure_count++;
    if (!r->faults)
        registry_write_figure(r->registry, figure, r->arena);
}

static void read_figures(struct reading *r, const struct node *root)
{
    const struct node *list = node_items(root, "figures", figure_keys, false, &r->faults);
    if (!list)
        return;
    r->registry->figures = arena_zero(r->arena, (size_t)list->count * sizeof *r->registry->figures);
    for (const struct node *map = list->first; map; map = map->next)
        read_figure(r, map);
}

static void read_supervised(struct reading *r, const struct node *root)
{
    const char *word = node_text(root, "supervised", NULL, &r->faults);
    const struct kind *kind = word ? config_kind(r->config, word) : NULL;
    if (word && !kind)
        node_fault(node_get(root, "supervised"), &r->faults, "unknown kind \"%s\"", word);
    if (word && (!node_get(root, "due") || r->registry->answers == REGISTRY_NONE))
        node_fault(node_get(root, "supervised"), &r->faults,
                   "supervised is what is \"due\" and has who \"answers\"");
    r->registry->supervised = kind ? kind->term.code : NULL;
}

static void read_head(struct reading *r, const struct node *root, const char *code)
{
    const char *said = read_code(r, root, "register");
    r->registry->code = code;
    r->registry->name = node_text(root, "name", code, &r->faults);
    r->registry->entry = node_text(root, "entry", r->registry->name, &r->faults);
    r->registry->continues = node_yes(root, "continues", false, &r->faults);
    if (*said && strcmp(said, code) != 0)
        node_fault(node_get(root, "register"), &r->faults,
                   "the register \"%s\" stands in a file of its own name, %s.yaml", said, said);
}

struct registry *registry_read(struct config *config, const char *code, const char *path,
                               int *faults)
{
    struct reading r = {.config = config, .arena = &config->arena};
    const struct node *root = yamlfile_read(r.arena, path);
    r.registry = arena_zero(r.arena, sizeof *r.registry);
    if (!root || !node_is(root, NODE_MAP, &r.faults)) {
        (*faults)++;
        return r.registry;
    }
    node_allow(root, &r.faults, file_keys);
    read_head(&r, root, code);
    read_fields(&r, root);
    read_key(&r, root);
    r.registry->answers = read_reference(&r, root, "answers", 1 << REGISTRY_ORG, "an organisation");
    r.registry->helps = read_reference(&r, root, "helps", 1 << REGISTRY_ORG, "an organisation");
    r.registry->record = (struct gate_record){arena_format(r.arena, "register %s", code),
                                              r.registry->name, NULL, state_name, NULL};
    r.registry->wall = node_get(root, "wall") ? read_references(&r, root, "wall") : r.registry->key;
    read_states(&r, root);
    read_acts(&r, root);
    read_due(&r, root);
    read_measure(&r, root);
    read_contact(&r, root);
    read_supervised(&r, root);
    read_figures(&r, root);
    *faults += r.faults;
    return r.registry;
}
