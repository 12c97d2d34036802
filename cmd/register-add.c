/* register-add: adds entries to a register (台账), one from options or many from a file. */
#include "base/tongue.h"
#include "register/intake.h"
#include "register/option.h"
#include "register/save.h"

enum { KEY_FIELD = ADDING_OWN, MORE = REGISTRY_TEXT_OF_ROW };

static const struct args_option options[] = {
    {KEY_FIELD, "field", "NAME=VALUE", "a field of the entry, by its code or its name"},
    ADDING_WHO(REGISTRY_BY, REGISTRY_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--by ORG] [--at TIME] --field NAME=VALUE ... REGISTER",
    "[-nq] [--by ORG] [--at TIME] --csv FILE [--rejects FILE] REGISTER", NULL};
static const struct args_program program = {
    .name = "register-add",
    .title = "登记台账",
    .synopsis = synopsis,
    .purpose = "Add entries to a register (台账): REGISTER is its code or its name.",
    .options = options,
};

static const struct out_column columns[] = {{"id", "系统编号", OUT_NUMBER},
                                            {"key", "标识", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT},
                                            {"state", "状态", OUT_TEXT},
                                            {"due", "期限", OUT_TEXT}};

struct run {
    struct adding adding;
    const struct registry *registry;
    int64_t previous; /* entry of the row before */
};

static void print(struct run *r, const struct entry *entry, enum entry_result result)
{
    static const char *const results[] = {"added", "continued", "same"};
    static const char *const words[] = {"新增", "续行", "未变"};
    struct out *out = r->adding.p.out;
    struct entry stored;
    struct arena arena = {0};
    entry_load(&r->adding.p.center, entry->id, &arena, &stored);
    out_number(out, stored.id);
    out_text(out, stored.key);
    out_code(out, results[result], words[result]);
    out_code(out, stored.state, registry_state_name(r->registry, stored.state));
    out_moment(out, stored.due_at);
    out_row(out);
    arena_free(&arena);
}

static bool add_entry(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct center *center = &r->adding.p.center;
    struct arena arena = {0};
    struct entry entry = {.id = 0};
    struct gate_who who;
    enum entry_result result = ENTRY_REFUSED;
    (void)line;
    if (adding_who(&r->adding, values, &who, fault) &&
        entry_read(center, r->registry, values + MORE, &arena, &entry, fault))
        result = entry_add(center, &entry, r->previous, &who, &arena, fault);
    if (result != ENTRY_REFUSED) {
        r->previous = entry.id;
        print(r, &entry, result);
    }
    arena_free(&arena);
    return result != ENTRY_REFUSED;
}

int main(int argc, char **argv)
{
    static const int needed[] = {-1};
    struct program p = program_start(&program, argc, argv);
    struct arena arena = {0};
    if (!p.args.operand_count)
        args_usage(&p.args, "name the register");
    const struct registry *registry = registry_need(p.config, p.args.operands[0]);
    struct headers headers = registry_headers(p.config, registry, MORE);
    const struct adding_kind kind = {.record = "entry",
                                     .noun = N_("entry"),
                                     .fields = registry_names(registry, MORE, &arena),
                                     .needed = needed,
                                     .column = MORE + registry->key[0]};
    struct run r = {.adding = adding_of(&kind, p), .registry = registry};
    r.adding.headers = &headers;
    r.adding.operands = 1;
    while (adding_next(&r.adding))
        option_field(&r.adding, registry, MORE);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    adding_run(&r.adding, add_entry, NULL, &r);
    headers_free(&headers);
    arena_free(&arena);
    return adding_finish(&r.adding);
}
