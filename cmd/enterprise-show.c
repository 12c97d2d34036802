/* enterprise-show: an enterprise whole, as of a day. */
#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/config.h"
#include "cli/args.h"
#include "criteria/profile_file.h"
#include "enterprise/enterprise.h"
#include "enterprise/show.h"

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
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct enterprisefields fields = {.json = args.format == OUT_JSON, .day = ENTERPRISE_NO_DAY};
    for (int key; (key = args_next(&args));) {
        if (key == KEY_AS_OF)
            fields.day = args_day(&args);
        fields.history = fields.history || key == KEY_HISTORY;
        fields.unmask = fields.unmask || key == KEY_UNMASK;
    }
    if (!args.operand_count)
        args_usage(&args, "name the enterprises to show");
    if (fields.day == ENTERPRISE_NO_DAY)
        fields.day = clock_day(clock_now());

    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct profile profile = profilefile_load(config);
    long missing = 0;
    fields.center = &center;
    fields.profile = &profile;
    fields.out =
        out_open(enterprisefields_columns, ENTERPRISEFIELDS_COLUMNS, args.format, args.header);
    struct args_ids words = args_ids(&args, 0);
    for (const char *word; (word = args_next_word(&words));)
        show(&fields, word, &missing);
    missing += args_ids_end(&words);

    center_close(&center);
    out_print("%s", text_string(&fields.text));
    out_close(fields.out);
    text_free(&fields.text);
    profile_free(&profile);
    config_free(config);
    args_free(&args);
    out_finish();
    return missing ? EXIT_BAD : EXIT_DONE;
}
