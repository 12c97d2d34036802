#include "report/behind.h"

#include "enterprise/enterprise.h"
#include "policy/policy.h"
#include "register/entry.h"
#include "ticket/masked.h"
#include "ticket/ticket.h"

static const struct out_column ticket_columns[] = {{"id", "编号", OUT_NUMBER},
                                                   {"due", "答复期限", OUT_TEXT},
                                                   {"kind", "类型", OUT_TEXT},
                                                   {"lead", "主办", OUT_TEXT},
                                                   {"title", "标题", OUT_TEXT}};
static const struct out_column policy_columns[] = {{"id", "编号", OUT_TEXT},
                                                   {"state", "状态", OUT_TEXT},
                                                   {"org", "单位", OUT_TEXT},
                                                   {"title", "标题", OUT_TEXT}};
static const struct out_column enterprise_columns[] = {{"id", "代码", OUT_TEXT},
                                                       {"name", "名称", OUT_TEXT}};

static const struct out_column entry_columns[] = {{"id", "系统编号", OUT_NUMBER},
                                                  {"register", "台账", OUT_TEXT},
                                                  {"key", "标识", OUT_TEXT},
                                                  {"state", "状态", OUT_TEXT},
                                                  {"org", "单位", OUT_TEXT}};

static void print_ticket(struct program *p, int64_t id, struct arena *arena)
{
    const struct ticket *t = ticket_get(p->center.db, id, arena);
    out_number(p->out, id);
    out_moment(p->out, t->due_at);
    out_code(p->out, t->kind, config_kind_name(p->config, t->kind));
    out_code(p->out, org_code(&p->orgs, t->lead), org_name(&p->orgs, t->lead));
    masked_title(p->out, t);
}

static void print_policy(struct program *p, const char *code, struct arena *arena)
{
    struct policy policy;
    policy_load(p->center.db, policy_find(p->center.db, code), arena, &policy);
    out_text(p->out, policy.code);
    out_code(p->out, policy.state, policy_word_name(POLICY_STATE, policy.state));
    out_code(p->out, org_code(&p->orgs, policy.org), org_name(&p->orgs, policy.org));
    out_text(p->out, policy.title);
}

static void print_enterprise(struct program *p, const char *code, struct arena *arena)
{
    struct enterprise enterprise;
    enterprise_load(p->center.db, enterprise_find(p->center.db, code), arena, &enterprise);
    out_text(p->out, enterprise.code);
    out_text(p->out, enterprise.name);
}

static void print_entry(struct program *p, int64_t id, struct arena *arena)
{
    struct entry entry;
    entry_load(&p->center, id, arena, &entry);
    out_number(p->out, id);
    out_code(p->out, entry.registry->code, entry.registry->name);
    out_text(p->out, entry.key);
    out_code(p->out, entry.state, registry_state_name(entry.registry, entry.state));
    out_code(p->out, org_code(&p->orgs, entry.org), org_name(&p->orgs, entry.org));
}

struct printing {
    struct program *p;
    enum report_subject ids;
};

static void print_id(void *context, int64_t id, const char *code)
{
    const struct printing *printing = context;
    struct arena arena = {0};
    if (printing->ids == REPORT_TICKETS)
        print_ticket(printing->p, id, &arena);
    else if (printing->ids == REPORT_POLICIES)
        print_policy(printing->p, code, &arena);
    else if (printing->ids == REPORT_ENTRIES)
        print_entry(printing->p, id, &arena);
    else
        print_enterprise(printing->p, code, &arena);
    out_row(printing->p->out);
    arena_free(&arena);
}

void behind_print(struct program *p, const struct report_asked *asked)
{
    struct printing printing = {p, report_figure(p->config, asked->figure).ids};
    if (printing.ids == REPORT_TICKETS)
        program_print(p, OUT_COLUMNS(ticket_columns));
    else if (printing.ids == REPORT_POLICIES)
        program_print(p, OUT_COLUMNS(policy_columns));
    else if (printing.ids == REPORT_ENTRIES)
        program_print(p, OUT_COLUMNS(entry_columns));
    else
        program_print(p, OUT_COLUMNS(enterprise_columns));
    report_ids(asked, print_id, &printing);
}
