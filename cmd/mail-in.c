/* mail-in: takes in mails: replies to notices, requests of enterprises, and what a person has to
 * read (来信). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "mail/kept.h"
#include "mail/maildir.h"
#include "mail/take.h"

enum { KEY_TICKET = ARGS_LONG, KEY_SETTLE, KEY_REASON, KEY_BY, KEY_AT };

/* Of sysexits.h: the mail goes back to who wrote it, who so knows that nobody has it. */
enum { EXIT_TOO_LONG = 69 };

static const struct args_option options[] = {
    {KEY_TICKET, "ticket", NULL, "make requests of these mails, which wait for a person"},
    {KEY_SETTLE, "settle", NULL, "these mails, which wait for a person, are settled"},
    {KEY_REASON, "reason", "TEXT", "with --settle: how"},
    {KEY_BY, "by", "ORG", "organisation that acts (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] - | MAILDIR ...",
                                       "[-nq] --ticket | --settle --reason TEXT ID ... | -", NULL};
static const struct args_program program = {
    .name = "mail-in",
    .title = "来信",
    .synopsis = synopsis,
    .purpose = "Take mails in: replies to notices, and requests of enterprises.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},     {"became", "办理", OUT_TEXT}, {"state", "状态", OUT_TEXT},
    {"ticket", "工单", OUT_NUMBER}, {"why", "说明", OUT_TEXT},    {"result", "结果", OUT_TEXT}};

struct run {
    struct program p;
    struct taking taking;
    const char *folder; /* of those that wait */
    bool tickets, settles;
    const char *reason, *by;
    struct gate_who who;
};

static void print(struct run *r, const struct mail_row *mail, const char *result)
{
    struct out *out = r->p.out;
    out_number(out, mail->id);
    out_code(out, mail->became, mail_became_name(mail->became));
    out_code(out, mail->state, mail_state_name(mail->state));
    if (mail->ticket)
        out_number(out, mail->ticket);
    else
        out_text(out, NULL);
    out_text(out, mail->why);
    out_text(out, result);
    out_row(out);
}

/* A mailer that hands a mail over gives it back to who wrote it where this program fails by a
 * status that it does not know: whatever fails, it is to keep the mail and try again. */
static bool settled;

static void defer(void)
{
    if (!settled)
        _Exit(EXIT_BUSY);
}

/* Takes one in. Its file is there before it is known of, and goes when it need not wait. */
static void take(struct run *r, const struct text *bytes)
{
    struct arena arena = {0};
    struct mail_row mail;
    const bool dry = r->p.args.dry_run;
    const struct letter letter = letter_read(text_string(bytes), bytes->length, &arena);
    bool known = mail_find(r->p.center.db, letter.digest, &arena, &mail);
    if (!known && !dry)
        kept_write(r->folder, &letter);
    program_begin(&r->p);
    known = !take_letter(&r->taking, &letter, &arena, &mail);
    program_commit(&r->p);
    if (!dry && strcmp(mail.state, "waiting") != 0)
        kept_drop(r->folder, letter.digest);
    print(r, &mail, known ? "known" : "taken");
    arena_free(&arena);
}

static void take_piped(struct run *r)
{
    struct text bytes = {0};
    if (!maildir_read(stdin, &bytes)) {
        if (errno == EFBIG) {
            settled = true;
            die_status(EXIT_TOO_LONG, "the mail is longer than %d MiB",
                       MAILDIR_MOST_BYTES / 1024 / 1024);
        }
        die("cannot read standard input: %s", tongue_error(errno));
    }
    take(r, &bytes);
    text_free(&bytes);
}

static void take_new(struct run *r, const char *folder, const char *name)
{
    struct text bytes = {0};
    bool good = maildir_read_new(folder, name, &bytes);
    if (good)
        take(r, &bytes);
    if (!good || (!r->p.args.dry_run && !maildir_seen(folder, name))) {
        warn("%s/new/%s: %s", folder, name, tongue_error(errno));
        r->p.bad++;
    }
    text_free(&bytes);
    out_flush(r->p.out);
}

static void take_maildir(struct run *r, const char *folder)
{
    struct arena arena = {0};
    const char *const *names = maildir_list(folder, &arena);
    if (!names) {
        warn("%s/new: %s", folder, tongue_error(errno));
        r->p.bad++;
    }
    for (; names && *names; names++)
        take_new(r, folder, *names);
    arena_free(&arena);
}

/* ---- what a person decides ---- */

/* Makes a request of the file of MAIL. */
static bool make_ticket(struct run *r, struct mail_row *mail, const struct text *bytes,
                        struct arena *arena, struct fault *fault)
{
    const struct letter letter = letter_read(text_string(bytes), bytes->length, arena);
    return take_as_ticket(&r->taking, &letter, arena, mail, &r->who, fault) != 0;
}

static bool settle(struct run *r, struct mail_row *mail, struct fault *fault)
{
    const struct mail_row change = {.id = mail->id, .state = mail->state, .why = r->reason};
    if (mail_settle(&r->p.center, &change, &r->who, fault) == GATE_REFUSED)
        return false;
    mail->why = r->reason;
    return true;
}

static bool read_kept(const struct run *r, const struct mail_row *mail, struct text *bytes,
                      struct arena *arena, struct fault *fault)
{
    const char *path = kept_path(r->folder, mail->digest, arena);
    FILE *file = fopen(path, "rb");
    bool good = file && maildir_read(file, bytes);
    if (!good)
        fault_add(fault, "%s: %s", path, tongue_error(errno));
    if (file)
        fclose(file);
    return good;
}

static void decide(struct run *r, long long id)
{
    struct arena arena = {0};
    struct text bytes = {0};
    struct fault fault = {""};
    struct mail_row mail;
    bool good = mail_load(r->p.center.db, id, &arena, &mail) || fault_add(&fault, "no such mail");
    good = good && (!r->tickets || read_kept(r, &mail, &bytes, &arena, &fault));
    program_begin(&r->p);
    good = good && mail_load(r->p.center.db, id, &arena, &mail) &&
           (r->tickets ? make_ticket(r, &mail, &bytes, &arena, &fault) : settle(r, &mail, &fault));
    program_commit(&r->p);
    if (good) {
        mail.state = "settled";
        print(r, &mail, "settled");
        if (!r->p.args.dry_run)
            kept_drop(r->folder, mail.digest);
    } else {
        warn("%lld: %s", id, fault.text);
        r->p.bad++;
    }
    text_free(&bytes);
    arena_free(&arena);
}

static void decide_all(struct run *r)
{
    struct args_ids ids = args_ids(&r->p.args, 0);
    for (long long id; args_next_id(&ids, &id);)
        decide(r, id);
    r->p.bad += args_ids_end(&ids);
}

/* ---- */

static void read_options(struct run *r)
{
    struct args *args = &r->p.args;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_TICKET: r->tickets = true; break;
        case KEY_SETTLE: r->settles = true; break;
        case KEY_REASON: r->reason = args->value; break;
        case KEY_BY: r->by = args->value; break;
        case KEY_AT: r->who.at = args_moment(args); break;
        }
    if (r->tickets && r->settles)
        args_usage(args, "one of --ticket and --settle");
    if (!args->operand_count)
        args_usage(args, r->tickets || r->settles ? "which mails?" : "from where? - or a maildir");
    if (r->settles != (r->reason != NULL))
        args_usage(args, r->settles ? "how? --reason" : "--reason goes with --settle");
    if ((r->by || r->who.at) && !r->tickets && !r->settles)
        args_usage(args, "--by and --at go with --ticket or --settle");
}

static bool is_piped(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--ticket") || !strcmp(argv[i], "--settle"))
            return false;
    return argc > 1 && !strcmp(argv[argc - 1], "-");
}

int main(int argc, char **argv)
{
    const bool piped = is_piped(argc, argv);
    if (piped)
        atexit(defer);
    struct run r = {.p = program_start(&program, argc, argv)};
    read_options(&r);
    program_open(&r.p, OUT_COLUMNS(columns));
    r.who.by = permit_by(&r.p.center, r.by);
    permit_need(&r.p.center, "take mails in", ROLE_OPERATOR, false);
    r.folder = kept_folder(args_database(&r.p.args), &r.p.config->arena);
    r.taking = taking_new(&r.p.center);
    if (r.tickets || r.settles)
        decide_all(&r);
    else if (piped)
        take_piped(&r);
    else
        for (int i = 0; i < r.p.args.operand_count; i++)
            take_maildir(&r, r.p.args.operands[i]);
    taking_free(&r.taking);
    int status = program_end(&r.p, EXIT_DONE);
    settled = true;
    return status;
}
