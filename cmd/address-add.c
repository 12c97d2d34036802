/* address-add: adds addresses to which notices go, or changes what is wanted there, one from
 * options or many from a file. */
#include "center/add.h"
#include "base/fault.h"
#include "base/mask.h"
#include "base/tongue.h"
#include "notice/address_intake.h"

static const struct args_option options[] = {
    {ADDING_FIELD + ADDRESS_ORG, "org", "ORG", "whose it is: an organisation's,"},
    {ADDING_FIELD + ADDRESS_ENTERPRISE, "enterprise", "CODE", "an enterprise's,"},
    {ADDING_FIELD + ADDRESS_LIAISON, "liaison", "ID", "or a liaison's"},
    {ADDING_FIELD + ADDRESS_CHANNEL, "channel", "CHANNEL", "of center.yaml (else mail)"},
    {ADDING_FIELD + ADDRESS_ADDRESS, "address", "ADDRESS", "where: of mail, or a robot's"},
    {ADDING_FIELD + ADDRESS_PERSON, "person", "NAME", "who reads it"},
    {ADDING_FIELD + ADDRESS_MEMBER, "member", "NAME",
     "whose mailbox it is: replies are this member's"},
    {ADDING_FIELD + ADDRESS_WANTS, "wants", "NOTICES", "only these notices (else all)"},
    {ADDING_FIELD + ADDRESS_HOW, "how", "HOW", "at-once, or digest: one message a day"},
    {ADDING_FIELD + ADDRESS_HOURS, "hours", "HOURS",
     "when it is read: 08:30-17:30 (else office hours)"},
    {ADDING_FIELD + ADDRESS_DEPUTY, "deputy", "ADDRESS", "who is told while this one is away"},
    {ADDING_FIELD + ADDRESS_AWAY_FROM, "away-from", "DATE", "first day away"},
    {ADDING_FIELD + ADDRESS_AWAY_UNTIL, "away-until", "DATE", "last day away"},
    {ADDING_FIELD + ADDRESS_USED, "used", "YES", "no: nothing is sent there any more"},
    ADDING_WHO(ADDRESS_BY, ADDRESS_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --org ORG | --enterprise CODE | --liaison ID --address ADDRESS [option ...]",
    "[-nq] [option ...] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "address-add",
    .title = "通知地址登记",
    .synopsis = synopsis,
    .purpose = "Add addresses for notices, or change what is wanted there.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},        {"owner", "对象", OUT_TEXT},   {"name", "名称", OUT_TEXT},
    {"channel", "通知方式", OUT_TEXT}, {"address", "地址", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

/* Saves the address of VALUES and prints it; false with a fault where it is refused. */
static bool add_address(void *context, char *const *values, long line, struct fault *fault)
{
    struct adding *a = context;
    struct out *out = a->p.out;
    struct address address;
    struct owner owner;
    struct gate_who who;
    bool added;
    (void)line;
    bool good = addressintake_read(&a->p.center, values, &a->arena, &address, &owner, fault);
    if (!adding_who(a, values, &who, fault) || !good)
        return false;
    enum gate_result result = address_save(&a->p.center, &address, &who, &added, fault);
    if (result == GATE_REFUSED)
        return false;
    out_number(out, address.id);
    out_code(out, owner.kind->code, owner.kind->word);
    out_text(out, owner.kind->name_of(a->p.center.db, owner.id, &a->arena));
    out_code(out, address.channel, config_notice_channel_name(a->p.config, address.channel));
    out_private(out, mask_address, address.address);
    out_text(out, added ? "added" : result == GATE_DONE ? "changed" : "same");
    out_row(out);
    return true;
}

int main(int argc, char **argv)
{
    static const int needed[] = {ADDRESS_ADDRESS, -1};
    const struct adding_kind kind = {
        "address", N_("address"), address_fields(), needed, ADDRESS_ADDRESS, false, NULL};
    struct adding adding = adding_start(&kind, &program, argc, argv);
    adding_next(&adding);
    program_open(&adding.p, OUT_COLUMNS(columns));
    adding_run(&adding, add_address, NULL, &adding);
    return adding_finish(&adding);
}
