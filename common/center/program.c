#include "center/program.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/configured.h"
#include "center/log.h"
#include "center/org_known.h"
#include "center/permit.h"

struct program program_start(const struct args_program *about, int argc, char **argv)
{
    struct program program = {.args = args_start(about, argc, argv)};
    program.config = config_load(args_config(&program.args));
    return program;
}

static void narrow(struct program *program)
{
    if (!program->counts)
        permit_narrow(&program->center, program->counts_tickets);
}

void program_open(struct program *program, const struct out_column *columns, int count)
{
    const char *path = args_database(&program->args);
    program->center = center_open(path, program->config, clock_now());
    if (!program->damaged) {
        configured_bind(&program->center);
        program->orgs = org_table_load(program->center.db);
        orgknown_set(program->center.db, &program->orgs);
        permit_find_reading(&program->center);
        narrow(program);
    }
    if (columns)
        program_print(program, columns, count);
}

void program_print(struct program *program, const struct out_column *columns, int count)
{
    const struct args_program *about = program->args.program;
    program->out = out_open(columns, count, program->args.format, program->args.header);
    struct fault fault = {""};
    if (!out_set_view(program->out, &program->args.wish, &fault))
        args_usage(&program->args, "%s", fault.text);
    out_set_title(program->out, about->title ? about->title : about->name,
                  program->center.db ? center_title(&program->center)
                  : program->config  ? program->config->center
                                     : NULL);
}

void program_begin(struct program *program)
{
    permit_widen(&program->center);
    center_begin(&program->center, program->args.dry_run);
    db_before_commit(program->center.db, event_add_rest, &program->center);
}

void program_commit(struct program *program)
{
    if (program->args.dry_run)
        db_rollback(program->center.db);
    else
        db_commit(program->center.db);
    narrow(program);
}

void program_close(struct program *program)
{
    if (program->center.db)
        center_close(&program->center);
    program->center.db = NULL;
}

int program_end(struct program *program, int status)
{
    program_close(program);
    if (program->out)
        out_close(program->out);
    org_table_free(&program->orgs);
    if (program->config)
        config_free(program->config);
    args_free(&program->args);
    out_finish();
    return program->bad ? EXIT_BAD : status;
}
