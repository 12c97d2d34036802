/* register-act: what is done to entries of a register (台账): the acts that its file names. */
#include <string.h>

#include "base/die.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "register/intake.h"
#include "register/option.h"
#include "register/save.h"

enum { KEY_FIELD = ADDING_OWN, KEY_TEXT, MORE = REGISTRY_ID + 1, BATCH = 200 };

static const struct args_option options[] = {
    {KEY_FIELD, "field", "NAME=VALUE", "what the act sets, by code or name"},
    {KEY_TEXT, "text", "TEXT", "what is said of it"},
    ADDING_WHO(REGISTRY_BY, REGISTRY_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--field NAME=VALUE ...] [--text TEXT] [option ...] REGISTER ACT N ... | -",
    "[-nq] [option ...] --csv FILE [--rejects FILE] REGISTER ACT", NULL};
static const struct args_program program = {
    .name = "register-act",
    .title = "办理台账",
    .synopsis = synopsis,
    .purpose = "Act on entries of a register (台账); N is a number, or ref:KEY.",
    .options = options,
};

static const struct out_column columns[] = {{"id", "系统编号", OUT_NUMBER},
                                            {"key", "标识", OUT_TEXT},
                                            {"act", "事项", OUT_TEXT},
                                            {"state", "状态", OUT_TEXT},
                                            {"due", "期限", OUT_TEXT}};

struct run {
    struct adding adding;
    const struct registry *registry;
    int act;
};

static void print(struct run *r, int64_t id)
{
    struct out *out = r->adding.p.out;
    const struct gate_act *act = &r->registry->record.acts[r->act];
    struct entry entry;
    struct arena arena = {0};
    entry_load(&r->adding.p.center, id, &arena, &entry);
    out_number(out, entry.id);
    out_text(out, entry.key);
    out_code(out, act->name, act->word);
    out_code(out, entry.state, registry_state_name(r->registry, entry.state));
    out_moment(out, entry.due_at);
    out_row(out);
    arena_free(&arena);
}

static bool act_on(struct run *r, int64_t id, const struct entry *said, char *const *values,
                   const struct gate_who *who, struct fault *fault)
{
    const struct entry_act act = {r->act, said, values[REGISTRY_TEXT_OF_ROW], *who};
    if (entry_act(&r->adding.p.center, r->registry, id, &act, fault) == GATE_REFUSED)
        return false;
    print(r, id);
    return true;
}

/* The entry of a row: its number, or what tells it apart, which says nothing else then. */
static int64_t find_entry(struct run *r, const char *number, struct entry *said,
                          struct arena *arena, struct fault *fault)
{
    const char *key = number ? NULL : entry_key(said, arena);
    int64_t id = number ? args_id(number)
                 : key  ? entry_find(r->adding.p.center.db, r->registry, key)
                        : 0;
    if (number && !id)
        fault_add(fault, "not a number: \"%s\"", number);
    else if (!id)
        fault_add(fault,
                  key ? "no entry of %s is \"%s\"" : N_("%s: the row does not say which entry%s"),
                  r->registry->code, key ? key : "");
    for (const int *field = r->registry->key; *field != REGISTRY_NONE; field++)
        said->fields[*field].count = 0;
    return id;
}

static bool take_row(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct arena arena = {0};
    struct entry said = {.id = 0};
    struct gate_who who;
    (void)line;
    bool good = adding_who(&r->adding, values, &who, fault) &&
                entry_read(&r->adding.p.center, r->registry, values + MORE, &arena, &said, fault);
    int64_t id = good ? find_entry(r, values[REGISTRY_ID], &said, &arena, fault) : 0;
    good = id && act_on(r, id, &said, values, &who, fault);
    arena_free(&arena);
    return good;
}

/* ref:KEY. */
static int64_t find_named(void *context, const char *word, struct fault *fault)
{
    const struct run *r = context;
    bool names = !strncmp(word, "ref:", 4);
    int64_t id = names ? entry_find(r->adding.p.center.db, r->registry, word + 4) : 0;
    if (!id)
        fault_add(fault, "no entry of %s is \"%s\"", r->registry->code, names ? word + 4 : word);
    return id;
}

static void run_operands(struct run *r)
{
    int64_t ids[BATCH];
    struct arena arena = {0};
    struct entry said = {.id = 0};
    struct fault fault = {""};
    struct gate_who who;
    char *const *values = r->adding.values;
    struct program *p = &r->adding.p;
    r->adding.given.by = permit_by(&p->center, values[REGISTRY_BY]);
    if (!adding_who(&r->adding, values, &who, &fault) ||
        !entry_read(&p->center, r->registry, values + MORE, &arena, &said, &fault))
        die("%s", fault.text);
    struct args_ids loop = args_ids(&p->args, 2);
    loop.find = find_named;
    loop.context = r;
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        program_begin(p);
        for (int i = 0; i < count; i++) {
            fault_clear(&fault);
            if (act_on(r, ids[i], &said, values, &who, &fault))
                continue;
            warn("%lld: %s", (long long)ids[i], fault.text);
            p->bad++;
        }
        program_commit(p);
    }
    p->bad += args_ids_end(&loop);
    arena_free(&arena);
}

static void need_registry(struct run *r, struct program *p)
{
    struct fault fault = {""};
    if (p->args.operand_count < 2)
        args_usage(&p->args, "name the register and the act");
    r->registry = registry_need(p->config, p->args.operands[0]);
    r->act = registry_act(r->registry, p->args.operands[1]);
    if (r->act != REGISTRY_NONE && r->act >= REGISTRY_CORRECT)
        return;
    registry_unknown_act(r->registry, p->args.operands[1], &fault);
    die("%s", fault.text);
}

static void take_option(struct run *r, int key)
{
    if (key == KEY_FIELD)
        option_field(&r->adding, r->registry, MORE);
    else
        r->adding.values[REGISTRY_TEXT_OF_ROW] = adding_value(&r->adding, "text");
}

int main(int argc, char **argv)
{
    static const int needed[] = {-1};
    struct program p = program_start(&program, argc, argv);
    struct run r = {.registry = NULL};
    struct arena arena = {0};
    need_registry(&r, &p);
    struct headers headers = registry_headers(p.config, r.registry, MORE);
    const struct adding_kind kind = {.record = "entry",
                                     .noun = N_("entry"),
                                     .fields = registry_names(r.registry, MORE, &arena),
                                     .needed = needed,
                                     .column = -1};
    r.adding = adding_of(&kind, p);
    r.adding.headers = &headers;
    r.adding.operands = p.args.operand_count;
    for (int key; (key = adding_next(&r.adding));)
        take_option(&r, key);
    if (!r.adding.source.path == (p.args.operand_count == 2))
        args_usage(&p.args, r.adding.source.path
                                ? "entries are named by a file or by operands, not both"
                                : N_("name the entries by their numbers, or as ref:KEY"));
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    if (r.adding.source.path)
        adding_run(&r.adding, take_row, NULL, &r);
    else
        run_operands(&r);
    headers_free(&headers);
    arena_free(&arena);
    return adding_finish(&r.adding);
}
