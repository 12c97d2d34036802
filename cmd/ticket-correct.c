/* ticket-correct: puts right what was entered wrongly at the intake (更正). */
#include "act/desk.h"
#include "register/origin.h"

/* A field's key is DESK_OWN and its number. */
#define FIELD(field, name, value, help)                                                            \
    {                                                                                              \
        DESK_OWN + (field), name, value, help                                                      \
    }

static const struct args_option options[] = {
    FIELD(TICKET_KIND, "kind", "KIND", "the kind, and with it the deadline"),
    FIELD(TICKET_RECEIVED, "received", "TIME", "when it was received, and with it the deadline"),
    FIELD(TICKET_CHANNEL, "channel", "CHANNEL", "the channel"),
    FIELD(TICKET_REGION, "region", "REGION", "the district; '' for none, as below"),
    FIELD(TICKET_CATEGORY, "category", "TEXT", "the category"),
    FIELD(TICKET_CONTACT, "contact", "NAME", "the contact"),
    FIELD(TICKET_PHONE, "phone", "NUMBER", "the telephone"),
    FIELD(TICKET_TITLE, "title", "TEXT", "the title, which cannot be empty"),
    FIELD(TICKET_ENTERPRISE, "enterprise", "NAME", "the enterprise"),
    FIELD(TICKET_USCC, "uscc", "CODE", "its credit code"),
    FIELD(TICKET_POLICY, "policy", "POLICY", "the policy that it asks about"),
    FIELD(TICKET_ENTRY, "entry", "REGISTER:KEY", "the entry of a register it came from"),
    FIELD(TICKET_LIAISON, "liaison", "NAME", "the liaison who brought it"),
    {DESK_REASON, "reason", "TEXT", "why it is corrected"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --FIELD VALUE ... --reason TEXT ID ... | -",
                                       "[-nq] [--reason TEXT] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-correct",
    .title = "工单更正",
    .synopsis = synopsis,
    .purpose = "Put right what was entered wrongly at the intake of tickets (更正).",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    desk->act.fields[key - DESK_OWN] = desk->p.args.value;
}

static bool knows_origin(struct desk *desk, struct act *act, struct fault *fault)
{
    const char **fields = act->fields;
    for (int i = TICKET_POLICY; i <= TICKET_LIAISON; i++)
        if (fields[i] && *fields[i])
            fields[i] = origin_read(&desk->p.center, (enum ticket_field)i, fields[i],
                                    &desk->p.config->arena, fault);
    return !*fault->text;
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    desk.knows = knows_origin;
    return desk_do(&desk, (struct desk_acts){ACT_CORRECT, ACT_CORRECT, ACT_CORRECT}, take_option);
}
