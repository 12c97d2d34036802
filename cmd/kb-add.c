/* kb-add: adds entries to the knowledge base (知识库), or changes those with the same code: one
 * from options or a Markdown file, or many from a table. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/tongue.h"
#include "center/add.h"
#include "knowledge/proposal.h"

enum { KEY_MARKDOWN = ADDING_OWN };

static const struct args_option options[] = {
    {ADDING_FIELD + KB_CODE, "code", "CODE", "its code, the same for ever"},
    {ADDING_FIELD + KB_TITLE, "title", "TEXT", "what it answers"},
    {ADDING_FIELD + KB_TEXT, "text", "TEXT", "the answer"},
    {KEY_MARKDOWN, "markdown", "FILE", "title and answer: a heading, and what follows it"},
    {ADDING_FIELD + KB_ORG, "org", "ORG", "organisation that answers for it"},
    {ADDING_FIELD + KB_UNTIL, "until", "DATE", "the last day on which it holds"},
    {ADDING_FIELD + KB_POLICY, "policy", "POLICY", "the policy on which it rests"},
    {ADDING_FIELD + KB_TICKET, "ticket", "ID",
     "the ticket whose well-rated answer it is (kb-propose)"},
    ADDING_WHO(KB_BY, KB_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --code CODE --title TEXT --text TEXT [option ...]",
    "[-nq] --code CODE --markdown FILE [option ...]", "[-nq] --code CODE --ticket ID [option ...]",
    "[-nq] [--by ORG] [--at TIME] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "kb-add",
    .title = "知识登记",
    .synopsis = synopsis,
    .purpose = "Add entries to the knowledge base (知识库), or change those with the same code.",
    .options = options,
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"code", "代码", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT},
                                            {"result", "结果", OUT_TEXT}};

static bool take_row(void *context, char *const *values, long line, struct fault *fault)
{
    static const char *const results[] = {"added", "changed", "same"};
    struct adding *adding = context;
    struct out *out = adding->p.out;
    struct kb_entry entry;
    struct gate_who who;
    const char *said[KB_FIELDS];
    struct db *db = adding->p.center.db;
    (void)line;
    memcpy(said, values, sizeof said);
    bool good = adding_who(adding, values, &who, fault);
    if (!kbproposal_fill(db, said, &adding->arena, fault) || !kb_read(db, said, &entry, fault) ||
        !good)
        return false;
    enum kb_result result = kb_save(&adding->p.center, &entry, &who, fault);
    if (result == KB_REFUSED)
        return false;
    out_number(out, entry.id);
    out_text(out, entry.code);
    out_text(out, entry.title);
    out_text(out, results[result]);
    out_row(out);
    return true;
}

/* The heading is the title, what follows is the answer. */
static void read_markdown(struct adding *adding, const char *path)
{
    char *file = textfile_read(path), *text = arena_string(&adding->arena, file);
    char *end = strchr(text, '\n');
    free(file);
    if (strncmp(text, "# ", 2) != 0 || !end)
        args_usage(&adding->p.args, "%s: it starts with no heading, or nothing follows it", path);
    *end = '\0';
    adding->values[KB_TITLE] = text_trim(text + 2);
    adding->values[KB_TEXT] = text_trim(end + 1);
}

int main(int argc, char **argv)
{
    static const int needed[] = {KB_CODE, -1};
    static const struct adding_kind kind = {"knowledge", N_("entry"), kb_fields, needed,
                                            KB_TITLE,    false,       NULL};
    struct adding adding = adding_start(&kind, &program, argc, argv);
    const char *markdown = NULL;
    while (adding_next(&adding)) /* --markdown is the only one of its own */
        markdown = adding.p.args.value;
    if (markdown && (adding.source.path || adding.values[KB_TITLE] || adding.values[KB_TEXT]))
        args_usage(&adding.p.args, "--markdown goes without --title, --text and tables");
    if (markdown)
        read_markdown(&adding, markdown);
    program_open(&adding.p, OUT_COLUMNS(columns));
    adding_run(&adding, take_row, NULL, &adding);
    return adding_finish(&adding);
}
