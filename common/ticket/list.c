#include "ticket/list.h"

#include "ticket/masked.h"

const struct out_column ticketlist_columns[TICKETLIST_COLUMNS] = {
    {"id", "系统编号", OUT_NUMBER},  {"state", "状态", OUT_TEXT},   {"level", "级别", OUT_TEXT},
    {"received", "受理", OUT_TEXT},  {"due", "答复期限", OUT_TEXT}, {"lead", "主办", OUT_TEXT},
    {"kind", "类型", OUT_TEXT},      {"channel", "渠道", OUT_TEXT}, {"region", "区域", OUT_TEXT},
    {"source", "来源", OUT_TEXT},    {"ref", "来源编号", OUT_TEXT}, {"title", "标题", OUT_TEXT},
    {"enterprise", "企业", OUT_TEXT}};

const struct out_column ticketlist_accept_columns[TICKETLIST_ACCEPT_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},
    {"accept_due", "签收期限", OUT_TEXT},
    {"lead", "主办", OUT_TEXT},
    {"kind", "类型", OUT_TEXT},
    {"title", "标题", OUT_TEXT}};

const struct out_column ticketlist_waiting_columns[TICKETLIST_WAITING_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},      {"asked", "申请事项", OUT_TEXT}, {"by", "申请单位", OUT_TEXT},
    {"since", "申请时间", OUT_TEXT}, {"days", "申请天数", OUT_TEXT},  {"reason", "理由", OUT_TEXT},
    {"due", "答复期限", OUT_TEXT},   {"title", "标题", OUT_TEXT}};

static void print_private(struct ticketlist *l, const struct ticket *t, const char *value)
{
    struct text text = {0};
    out_text(l->p->out, masked_value(&text, t, MASKED_TEXT, value, false));
    text_free(&text);
}

void ticketlist_print(void *list, const struct ticket *t)
{
    struct ticketlist *l = list;
    l->count++;
    out_number(l->p->out, t->id);
    out_code(l->p->out, t->state, ticket_state_name(t->state));
    out_code(l->p->out, t->level, config_level_name(l->p->config, t->level));
    out_moment(l->p->out, t->received_at);
    out_moment(l->p->out, t->due_at);
    out_code(l->p->out, org_code(&l->p->orgs, t->lead), org_name(&l->p->orgs, t->lead));
    out_code(l->p->out, t->kind, config_kind_name(l->p->config, t->kind));
    out_code(l->p->out, t->channel, config_channel_name(l->p->config, t->channel));
    out_code(l->p->out, t->region, config_region_name(l->p->config, t->region));
    out_text(l->p->out, t->source);
    out_text(l->p->out, t->ref);
    masked_title(l->p->out, t);
    print_private(l, t, t->enterprise);
    out_row(l->p->out);
}

void ticketlist_print_accept(void *list, const struct ticket *t)
{
    struct ticketlist *l = list;
    l->count++;
    out_number(l->p->out, t->id);
    out_moment(l->p->out, t->accept_due_at);
    out_code(l->p->out, org_code(&l->p->orgs, t->lead), org_name(&l->p->orgs, t->lead));
    out_code(l->p->out, t->kind, config_kind_name(l->p->config, t->kind));
    masked_title(l->p->out, t);
    out_row(l->p->out);
}

void ticketlist_print_waiting(void *list, const struct waiting *w)
{
    struct ticketlist *l = list;
    l->count++;
    out_number(l->p->out, w->ticket.id);
    out_code(l->p->out, w->act, waiting_word(w->act));
    out_code(l->p->out, org_code(&l->p->orgs, w->org), org_name(&l->p->orgs, w->org));
    out_moment(l->p->out, w->asked_at);
    if (w->days)
        out_number(l->p->out, w->days);
    else
        out_text(l->p->out, NULL);
    print_private(l, &w->ticket, w->reason);
    out_moment(l->p->out, w->ticket.due_at);
    masked_title(l->p->out, &w->ticket);
    out_row(l->p->out);
}
