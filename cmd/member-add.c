/* member-add: adds members, or changes their roles: one from options, or many from a CSV file. */
#include "base/die.h"
#include "base/tongue.h"
#include "center/add.h"
#include "center/member.h"
#include "center/role.h"

static const struct args_option options[] = {
    {ADDING_FIELD + MEMBER_ORG, "org", "ORG", "organisation that the member acts for"},
    {ADDING_FIELD + MEMBER_ROLES, "role", "ROLE",
     "operator, approver, handler, supervisor, auditor or administrator"},
    ADDING_WHO(MEMBER_BY, MEMBER_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --org ORG --role ROLE ... [--by ORG] [--at TIME] NAME",
    "[-nq] [--by ORG] [--at TIME] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "member-add",
    .title = "人员登记",
    .synopsis = synopsis,
    .purpose = "Add members, or change their roles: who may act, for whom and as what.",
    .options = options,
};

static const struct out_column columns[] = {{"name", "姓名", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT},
                                            {"roles", "角色", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT}};

static const int needed[] = {MEMBER_NAME, MEMBER_ORG, MEMBER_ROLES, -1};

static void print(struct program *p, const struct member *member, const char *result)
{
    struct text codes = {0}, words = {0};
    role_list(&codes, member->roles, false, " ");
    role_list(&words, member->roles, true, " ");
    out_text(p->out, member->name);
    out_code(p->out, org_code(&p->orgs, member->org), org_name(&p->orgs, member->org));
    out_code(p->out, codes.data, words.data);
    out_text(p->out, result);
    out_row(p->out);
    text_free(&codes);
    text_free(&words);
}

/* Saves the member of VALUES and prints it; false with a fault where it is refused. */
static bool add_member(void *context, char *const *values, long line, struct fault *fault)
{
    struct adding *adding = context;
    struct program *p = &adding->p;
    struct member member = {.name = values[MEMBER_NAME]};
    struct gate_who who;
    bool added;
    (void)line;
    for (const int *field = needed; *field >= 0; field++)
        if (!values[*field])
            fault_add(fault, "no %s", member_fields[*field]);
    if (values[MEMBER_ORG] && !(member.org = org_find(p->center.db, values[MEMBER_ORG])))
        org_unknown(p->center.db, values[MEMBER_ORG], fault);
    role_read(bulk_words(&adding->arena, values[MEMBER_ROLES]), &member.roles, fault);
    if (!adding_who(adding, values, &who, fault))
        return false;
    enum gate_result result = member_save(&p->center, &member, &who, &added, fault);
    if (result != GATE_REFUSED)
        print(p, &member, result == GATE_KNOWN ? "same" : added ? "added" : "changed");
    return result != GATE_REFUSED;
}

static void finish(void *context)
{
    struct adding *adding = context;
    struct fault fault = {""};
    if (!member_check_left(&adding->p.center, &fault))
        die("%s", fault.text);
}

int main(int argc, char **argv)
{
    static const struct adding_kind kind = {"member",    N_("member"), member_fields, needed,
                                            MEMBER_NAME, false,        NULL};
    struct adding adding = adding_start(&kind, &program, argc, argv);
    adding.operand = true;
    adding.joined = MEMBER_ROLES;
    adding_next(&adding);
    program_open(&adding.p, OUT_COLUMNS(columns));
    adding_run(&adding, add_member, finish, &adding);
    return adding_finish(&adding);
}
