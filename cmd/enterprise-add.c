/* enterprise-add: adds enterprises, or facts and tags of those that are there, one from options or
 * many from a file. */
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/tongue.h"
#include "center/add.h"
#include "criteria/profile_file.h"
#include "enterprise/intake.h"

enum { KEY_TAG = ADDING_OWN, KEY_FACT, KEY_AS_OF, KEY_ACCEPT };

/* The key of the option of a standard fact. */
#define FACT(which) (ADDING_FIELD + (int)ENTERPRISE_REGION + (int)FACT_OF_##which)

static const struct args_option options[] = {
    {ADDING_FIELD + ENTERPRISE_CODE, "code", "CODE", "unified social credit code"},
    {ADDING_FIELD + ENTERPRISE_NAME, "name", "NAME", "full name"},
    {FACT(REGION), "region", "REGION", "where it is registered"},
    {FACT(INDUSTRY), "industry", "CODE", "what it does, by GB/T 4754-2017"},
    {FACT(STAFF), "staff", "N", "how many people work there"},
    {FACT(REVENUE), "revenue", "AMOUNT", "of a year, in yuan: 2000万"},
    {FACT(ASSETS), "assets", "AMOUNT", "in all, in yuan"},
    {FACT(FOUNDED), "founded", "DATE", "day of registration"},
    {KEY_TAG, "tag", "TAG", "a title: NAME, NAME(LEVEL,FROM至UNTIL), or !NAME"},
    {KEY_FACT, "fact", "NAME=VALUE", "another fact of profile.yaml"},
    {ADDING_FIELD + ENTERPRISE_CONTACT, "contact", "NAME", "person to talk to"},
    {ADDING_FIELD + ENTERPRISE_PHONE, "phone", "NUMBER", "telephone"},
    {KEY_AS_OF, "as-of", "DATE", "day from which this holds (else today)"},
    {KEY_ACCEPT, "accept-code", "REASON", "take codes with a wrong check character, because"},
    ADDING_WHO(ENTERPRISE_BY, ENTERPRISE_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --code CODE --name NAME [option ...]",
    "[-nq] [option ...] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "enterprise-add",
    .title = "企业登记",
    .synopsis = synopsis,
    .purpose = "Add enterprises, or what is known of those with the same code.",
    .options = options,
};

static const struct out_column columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                            {"name", "企业名称", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT}};

struct run {
    struct adding adding;
    struct profile profile;
    struct enterpriseintake intake;
    struct text tags, facts; /* of the options: a cell, a JSON object */
    const char *accept;
    int day; /* --as-of, or ENTERPRISE_NO_DAY */
};

/* Prints the name of the enterprise with this code, as it is in the database. */
static void print_known_name(struct run *r, const char *code)
{
    struct enterprise known;
    struct arena arena = {0};
    struct db *db = r->adding.p.center.db;
    enterprise_load(db, enterprise_find(db, code), &arena, &known);
    out_text(r->adding.p.out, known.name);
    arena_free(&arena);
}

/* Saves the enterprise of VALUES and prints it; false with a fault where it is refused. */
static bool add_enterprise(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct out *out = r->adding.p.out;
    static const char *const results[] = {"added", "changed", "same"};
    static const char *const words[] = {"新增", "变更", "未变"};
    struct enterprise enterprise;
    struct gate_who who;
    struct fault note;
    const char *extra = line ? r->adding.extra : r->facts.data;
    bool good = enterpriseintake_read(&r->intake, values, extra, &enterprise, fault, &note);
    if (!adding_who(&r->adding, values, &who, fault) || !good)
        return false;
    if (line && *note.text)
        adding_note(&r->adding, note.text);
    enum enterprise_result result =
        enterprise_save(&r->adding.p.center, &r->profile, &enterprise, &who, fault);
    if (result == ENTERPRISE_REFUSED)
        return false;
    out_text(out, enterprise.code);
    if (enterprise.name)
        out_text(out, enterprise.name);
    else
        print_known_name(r, enterprise.code);
    out_code(out, results[result], words[result]);
    out_row(out);
    return true;
}

static bool is_fact(void *context, const char *column)
{
    return enterpriseintake_knows(&((struct run *)context)->intake, column);
}

/* --fact NAME=VALUE, into the object of facts. */
static void take_fact(struct run *r)
{
    char *value = adding_value(&r->adding, "fact"), *end = value ? strchr(value, '=') : NULL;
    if (!end)
        args_usage(&r->adding.p.args, "write --fact NAME=VALUE");
    *end = '\0';
    if (!r->facts.length)
        json_start(&r->facts);
    json_add_text(&r->facts, text_trim(value), text_trim(end + 1));
}

static void take_tag(struct run *r)
{
    const char *value = adding_value(&r->adding, "tag");
    text_add_format(&r->tags, "%s\n", value ? value : "");
}

static void read_options(struct run *r)
{
    struct args *args = &r->adding.p.args;
    for (int key; (key = adding_next(&r->adding));)
        switch (key) {
        case KEY_TAG: take_tag(r); break;
        case KEY_FACT: take_fact(r); break;
        case KEY_AS_OF: r->day = args_day(args); break;
        default:
            if (!(r->accept = adding_value(&r->adding, "accept-code")))
                args_usage(args, "--accept-code needs a reason");
        }
    if (r->adding.source.path && (r->tags.length || r->facts.length))
        args_usage(args, "--tag and --fact go with one enterprise, not with a file");
    if (r->facts.length)
        json_end(&r->facts);
    r->adding.values[ENTERPRISE_TAGS] = r->tags.data;
}

int main(int argc, char **argv)
{
    static const int needed[] = {ENTERPRISE_CODE, -1};
    const struct adding_kind kind = {
        "enterprise", N_("enterprise"), enterprise_fields(), needed, ENTERPRISE_CODE, true, NULL};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv), .day = ENTERPRISE_NO_DAY};
    read_options(&r);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    r.profile = profilefile_load(r.adding.p.config);
    r.intake = enterpriseintake_new(&r.adding.p.center, &r.profile);
    r.intake.accept = r.accept;
    r.adding.knows = is_fact;
    r.intake.strict = !r.adding.source.path;
    if (r.day != ENTERPRISE_NO_DAY)
        r.intake.day = r.day;
    adding_run(&r.adding, add_enterprise, NULL, &r);
    enterpriseintake_free(&r.intake);
    profilefile_free(&r.profile);
    text_free(&r.tags);
    text_free(&r.facts);
    return adding_finish(&r.adding);
}
