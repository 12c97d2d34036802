#include "register/registry.h"

#include <string.h>

static const struct gate_act common_acts[] = {
    [REGISTRY_ADD] = {"add an entry", "register-add", "登记台账", GATE_NEW, GATE_BY_OWNER,
                      "entry-added"},
    [REGISTRY_CONTINUE] = {"continue an entry", "register-add", "续录台账", GATE_REGISTERED,
                           GATE_BY_OWNER, "entry-continued"},
    [REGISTRY_CORRECT] = {"correct an entry", "register-act", "更正台账", GATE_REGISTERED,
                          GATE_BY_CENTER, "entry-corrected"},
    {"act on an entry", "register-act", "办理台账", GATE_REGISTERED, GATE_BY_OWNER, "entry-acted"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record registry_record = {"entry", "台账", gate_registers, gate_register_name,
                                            common_acts};

/* ---- fields, acts, states by their words ---- */

static bool is_called(const struct term *term, const char *word)
{
    bool found = text_same(term->code, word) || text_same(term->name, word);
    for (const char *const *also = term->also; *also && !found; also++)
        found = text_same(*also, word);
    return found;
}

int registry_field(const struct registry *registry, const char *word)
{
    for (int i = 0; i < registry->field_count; i++)
        if (is_called(&registry->fields[i].term, word))
            return i;
    return REGISTRY_NONE;
}

int registry_act(const struct registry *registry, const char *word)
{
    const struct gate_act *acts = registry->record.acts;
    for (int i = 0; acts[i].name; i++)
        if (text_same(acts[i].name, word) || text_same(acts[i].word, word))
            return i;
    return REGISTRY_NONE;
}

int registry_state(const struct registry *registry, const char *word)
{
    const struct gate_record *record = &registry->record;
    for (int i = 1; record->states[i]; i++)
        if (text_same(record->states[i], word) || text_same(record->name(record->states[i]), word))
            return i;
    return REGISTRY_NONE;
}

enum { LIST_SIZE = 1024 };

bool registry_unknown_field(const struct registry *registry, const char *word, struct fault *fault)
{
    char list[LIST_SIZE] = "";
    for (int i = 0; i < registry->field_count; i++)
        text_choice(list, sizeof list, registry->fields[i].term.code,
                    registry->fields[i].term.name);
    fault_unknown(fault, "field", word, NULL, list);
    return false;
}

bool registry_unknown_act(const struct registry *registry, const char *word, struct fault *fault)
{
    char list[LIST_SIZE] = "";
    const struct gate_act *acts = registry->record.acts;
    for (int i = REGISTRY_CORRECT; acts[i].name; i++)
        text_choice(list, sizeof list, acts[i].name, acts[i].word);
    fault_unknown(fault, "act", word, NULL, list);
    return false;
}

bool registry_unknown_state(const struct registry *registry, const char *word, struct fault *fault)
{
    char list[LIST_SIZE] = "";
    const struct gate_record *record = &registry->record;
    for (int i = 1; record->states[i]; i++)
        text_choice(list, sizeof list, record->states[i], record->name(record->states[i]));
    fault_unknown(fault, "state", word, NULL, list);
    return false;
}

const char *registry_state_name(const struct registry *registry, const char *state)
{
    int found = registry_state(registry, state);
    return found == REGISTRY_NONE ? state : registry->record.name(registry->record.states[found]);
}

const struct term *registry_choice(const struct registry_field *field, const char *word)
{
    for (int i = 0; i < field->choice_count; i++)
        if (is_called(&field->choices[i], word))
            return &field->choices[i];
    return NULL;
}

const char *registry_choice_name(const struct registry_field *field, const char *code)
{
    for (int i = 0; i < field->choice_count; i++)
        if (!strcmp(field->choices[i].code, code))
            return field->choices[i].name;
    return code;
}

bool registry_has(const int *fields, int field)
{
    while (*fields != REGISTRY_NONE && *fields != field)
        fields++;
    return *fields == field;
}

/* ---- their tables ---- */

const char *const registry_row[] = {"by", "at", "text", "id", NULL};

const char *const *registry_names(const struct registry *registry, int more, struct arena *arena)
{
    size_t count = (size_t)(more + registry->field_count);
    const char **names = arena_zero(arena, (count + 1) * sizeof *names);
    memcpy(names, registry_row, (size_t)more * sizeof *names);
    for (int i = 0; i < registry->field_count; i++)
        names[more + i] = registry->fields[i].term.code;
    return names;
}

struct headers registry_headers(struct config *config, const struct registry *registry, int more)
{
    struct headers headers = {0};
    struct headers own = headers_load(config_path(config, "headers.yaml"), "entry", registry_row);
    int meant;
    for (int i = 0; i < registry->field_count; i++) {
        const struct term *term = &registry->fields[i].term;
        headers_add(&headers, term->code, more + i, &meant);
        headers_add(&headers, term->name, more + i, &meant);
        for (const char *const *also = term->also; *also; also++)
            headers_add(&headers, *also, more + i, &meant);
    }
    headers_join(&headers, &own, more);
    headers_free(&own);
    return headers;
}
