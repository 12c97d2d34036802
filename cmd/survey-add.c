/* survey-add: takes in answers to questionnaires on policies (政策问卷). */
#include <stdio.h>

#include "base/fault.h"
#include "base/tongue.h"
#include "center/add.h"
#include "center/rating.h"
#include "opinion/survey.h"

enum { KEY_SOURCE = ADDING_OWN };

static const struct args_option options[] = {
    {KEY_SOURCE, "source", "NAME", "the questionnaire, where a row names none"},
    ADDING_WHO(SURVEY_BY, SURVEY_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...] --csv FILE | --jsonl FILE", NULL};
static const struct args_program program = {
    .name = "survey-add",
    .title = "问卷登记",
    .synopsis = synopsis,
    .purpose = "Take in answers to questionnaires on policies.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER}, {"class", "政策类型", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

struct surveying {
    struct adding adding;
    struct taxonomy taxonomy;
    struct survey_intake intake;
};

/* Questionnaires are filled in by anybody: the answer counts also where the name is not known. */
static void note_enterprise(const struct surveying *s, const char *name)
{
    char note[256];
    snprintf(note, sizeof note, tongue("unknown enterprise \"%.160s\" is left out"), name);
    adding_note(&s->adding, note);
}

static bool take_row(void *context, char *const *values, long line, struct fault *fault)
{
    struct surveying *s = context;
    struct survey_answer answer;
    struct gate_who who;
    int score = 0;
    (void)line;
    if (values[SURVEY_SCORE] && !(score = rating_parse(values[SURVEY_SCORE]))) {
        rating_unknown(values[SURVEY_SCORE], fault);
        return false;
    }
    bool good = adding_who(&s->adding, values, &who, fault);
    if (!survey_read(&s->intake, values, score, &who, &answer, fault) || !good)
        return false;
    if (values[SURVEY_ENTERPRISE] && !answer.enterprise)
        note_enterprise(s, values[SURVEY_ENTERPRISE]);
    enum survey_result result = survey_add(&s->intake, &answer, fault);
    if (result == SURVEY_REFUSED)
        return false;
    struct out *out = s->adding.p.out;
    out_number(out, answer.id);
    out_code(out, answer.class, survey_class_name(&s->taxonomy, answer.class));
    out_text(out, result == SURVEY_ADDED ? "added" : "same");
    out_row(out);
    return true;
}

static void finish(void *context)
{
    struct surveying *s = context;
    survey_finish(&s->intake);
}

int main(int argc, char **argv)
{
    static const int needed[] = {-1};
    static const struct adding_kind kind = {"survey", N_("answer"), survey_fields, needed,
                                            -1,       false,        NULL};
    struct surveying s = {.adding = adding_start(&kind, &program, argc, argv)};
    while (adding_next(&s.adding)) /* --source is the only one of its own */
        s.intake.source = adding_value(&s.adding, "source");
    if (!s.adding.source.path)
        args_usage(&s.adding.p.args, "--csv is missing (or --jsonl)");
    program_open(&s.adding.p, OUT_COLUMNS(columns));
    s.taxonomy = taxonomy_load(s.adding.p.config);
    s.intake.center = &s.adding.p.center;
    s.intake.taxonomy = &s.taxonomy;
    if (!s.intake.source)
        s.intake.source = s.adding.p.config->default_source;
    adding_run(&s.adding, take_row, finish, &s);
    taxonomy_free(&s.taxonomy);
    return adding_finish(&s.adding);
}
