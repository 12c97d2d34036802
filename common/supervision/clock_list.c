#include "supervision/clock_list.h"

#include <stdio.h>

#include "ticket/clock.h"
#include "ticket/masked.h"

const struct out_column clocklist_columns[CLOCKLIST_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},    {"level", "级别", OUT_TEXT},
    {"due", "答复期限", OUT_TEXT}, {"overdue", "时限", OUT_TEXT},
    {"lead", "主办", OUT_TEXT},    {"kind", "类型", OUT_TEXT},
    {"title", "标题", OUT_TEXT},   {"provisional", "暂定", OUT_TEXT},
    {"role", "职责", OUT_TEXT},    {"ticket_due", "工单期限", OUT_TEXT}};
const struct out_column clocklist_change_columns[CLOCKLIST_CHANGE_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},        {"was", "原期限", OUT_TEXT}, {"due", "现期限", OUT_TEXT},
    {"provisional", "暂定", OUT_TEXT}, {"title", "标题", OUT_TEXT}, {"change", "变更", OUT_TEXT},
    {"level", "级别", OUT_TEXT},       {"role", "职责", OUT_TEXT},  {"org", "单位", OUT_TEXT},
    {"why", "缘由", OUT_TEXT}};

static void print_org(struct program *p, int64_t org)
{
    out_code(p->out, org_code(&p->orgs, org), org_name(&p->orgs, org));
}

/* A number below 0 is what is left; 0 is today, or late by less than a working day. */
static void print_overdue(struct out *out, int overdue, bool late)
{
    char words[64];
    if (!out_in_words(out)) {
        out_number(out, overdue);
        return;
    }
    if (overdue)
        snprintf(words, sizeof words, "%s%d个工作日", late ? "超期" : "剩余",
                 overdue < 0 ? -overdue : overdue);
    out_text(out, overdue ? words : late ? "超期不足1个工作日" : "今日到期");
}

void clocklist_print(struct program *p, const struct ticket *ticket, const struct turn *turn,
                     int level)
{
    const struct term *term = level < 0 ? NULL : &p->config->levels[level].term;
    int64_t now = p->center.now, due = turn->deadline.due_at;
    out_number(p->out, ticket->id);
    out_code(p->out, term ? term->code : NULL, term ? term->name : NULL);
    out_moment(p->out, due);
    print_overdue(
        p->out, running_overdue(center_calendar(&p->center), &p->config->rule, &turn->running, now),
        now > due);
    print_org(p, turn->org);
    out_code(p->out, ticket->kind, config_kind_name(p->config, ticket->kind));
    masked_title(p->out, ticket);
    out_code(p->out, turn->deadline.provisional ? "provisional" : NULL, "暂定");
    out_code(p->out, config_role(turn->role), config_role_name(turn->role));
    out_moment(p->out, ticket->due_at);
    out_row(p->out);
}

void clocklist_print_change(struct program *p, const struct recomputed *change)
{
    out_number(p->out, change->ticket->id);
    out_moment(p->out, change->ticket->due_at);
    out_moment(p->out, change->due_at);
    out_code(p->out, change->provisional ? "provisional" : NULL, "暂定");
    masked_title(p->out, change->ticket);
    out_code(p->out, "deadline", "期限");
    for (int i = 0; i < 4; i++)
        out_text(p->out, NULL);
    out_row(p->out);
}

void clocklist_print_level(struct program *p, const struct firing *firing)
{
    static const char *const changes[][2] = {[LEVEL_FIRED] = {"fired", "预警"},
                                             [LEVEL_REVOKED] = {"revoked", "撤销"},
                                             [LEVEL_MOVED] = {"moved", "改期"},
                                             [LEVEL_CONFIRMED] = {"confirmed", "确认"},
                                             [LEVEL_REPLY_MOVED] = {"reply-moved", "回复改期"}};
    out_number(p->out, firing->ticket->id);
    out_text(p->out, NULL);
    out_moment(p->out, firing->level_at);
    out_code(p->out, firing->provisional ? "provisional" : NULL, "暂定");
    masked_title(p->out, firing->ticket);
    out_code(p->out, changes[firing->change][0], changes[firing->change][1]);
    out_code(p->out, firing->level->term.code, firing->level->term.name);
    out_code(p->out, config_role(firing->role), config_role_name(firing->role));
    print_org(p, firing->org);
    out_code(p->out, firing->why, level_why(firing->why));
    out_row(p->out);
}
