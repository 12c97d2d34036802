/* enterprise-show: an enterprise whole, as of a day. */
#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "enterprise/enterprise.h"
#include "enterprise/show.h"
#include "register/firm.h"

enum { KEY_AS_OF = ARGS_LONG, KEY_HISTORY, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_AS_OF, "as-of", "DATE", "what was known for this day (else today)"},
    {KEY_HISTORY, "history", NULL, "what held before and what is to hold, too"},
    {KEY_UNMASK, "unmask", NULL, "show personal data; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...] ENTERPRISE ... | -", NULL};
static const struct args_program program = {
    .name = "enterprise-show",
    .title = "一企一档",
    .synopsis = synopsis,
    .purpose = "Show all that is known of enterprises; ENTERPRISE is a code or a whole name.",
    .options = options,
};

static void show(struct enterprisefields *fields, const char *word, long *missing)
{
    struct fault fault = {""};
    int64_t id = enterprise_find(fields->center->db, word);
    if (id && enterprisefields_print(fields, id, program.name))
        return;
    warn("%s", enterprise_unknown(word, &fault));
    (*missing)++;
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct enterprisefields fields = {.day = ENTERPRISE_NO_DAY};
    for (int key; (key = args_next(&p.args));) {
        if (key == KEY_AS_OF)
            fields.day = args_day(&p.args);
        fields.history = fields.history || key == KEY_HISTORY;
        fields.unmask = fields.unmask || key == KEY_UNMASK;
    }
    if (!p.args.operand_count)
        args_usage(&p.args, "name the enterprises to show");
    if (fields.day == ENTERPRISE_NO_DAY)
        fields.day = clock_day(clock_now());

    program_open(&p, OUT_COLUMNS(enterprisefields_columns));
    struct profile profile = profilefile_load(p.config);
    fields.center = &p.center;
    fields.profile = &profile;
    fields.out = p.out;
    fields.more = firm_add;
    struct args_ids words = args_ids(&p.args, 0);
    for (const char *word; (word = args_next_word(&words));)
        show(&fields, word, &p.bad);
    p.bad += args_ids_end(&words);

    profilefile_free(&profile);
    return program_end(&p, EXIT_DONE);
}
