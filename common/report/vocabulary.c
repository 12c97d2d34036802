#include "report/vocabulary.h"

#include <stdio.h>
#include <string.h>

#include "act/act.h"
#include "ballot/ballot.h"
#include "calendar/ledger.h"
#include "catalogue/ruling.h"
#include "center/log.h"
#include "center/member.h"
#include "center/org_save.h"
#include "center/permit.h"
#include "center/rating.h"
#include "center/role.h"
#include "enterprise/association.h"
#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"
#include "erasure/erase.h"
#include "knowledge/kb.h"
#include "mail/mail.h"
#include "notice/address.h"
#include "notice/kind.h"
#include "notice/notice.h"
#include "opinion/consultation.h"
#include "opinion/opinion.h"
#include "opinion/survey.h"
#include "policy/act.h"
#include "policy/source.h"
#include "register/registry.h"
#include "report/figures.h"
#include "supervision/accountability.h"
#include "supervision/owed.h"
#include "ticket/ticket.h"

const struct out_column vocabulary_words[VOCABULARY_WORDS] = {
    {"of", "类别", OUT_TEXT}, {"code", "代码", OUT_TEXT}, {"word", "名称", OUT_TEXT}};

static void word(struct out *out, const char *of, const char *of_word, const char *code,
                 const char *said)
{
    out_code(out, of, of_word);
    out_text(out, code);
    out_text(out, said);
    out_row(out);
}

static void list_limits(struct out *out, const struct config *config)
{
    char digits[12];
    for (int i = 0; config_limit_key(i); i++) {
        snprintf(digits, sizeof digits, "%d", config_limit(config, i));
        word(out, "limit", "限额", config_limit_key(i), digits);
    }
}

/* The records whose acts pass the gate. */
static const struct gate_record *const records[] = {
    &act_record,          &ruling_record,   &policyact_record,
    &consultation_record, &opinion_record,  &enterprise_record,
    &association_record,  &liaison_record,  &source_record,
    &survey_record,       &ballot_record,   &kb_record,
    &org_record,          &member_record,   &accountability_record,
    &erase_record,        &registry_record, &address_record,
    &notice_record,       &mail_record,     NULL};

const struct out_column vocabulary_acts[VOCABULARY_ACTS] = {
    {"record", "对象", OUT_TEXT}, {"state", "状态", OUT_TEXT},   {"act", "事项", OUT_TEXT},
    {"by", "由", OUT_TEXT},       {"program", "程序", OUT_TEXT}, {"word", "用语", OUT_TEXT},
    {"event", "事件", OUT_TEXT},  {"roles", "角色", OUT_TEXT},   {"entered", "代录", OUT_TEXT}};

/* Which roles may do an act, and whether an operator may enter it for others. */
static void print_right(struct out *out, struct gate_right right)
{
    struct text codes = {0}, words = {0};
    role_list(&codes, right.roles, false, " ");
    role_list(&words, right.roles, true, " ");
    out_code(out, codes.data, words.data);
    out_code(out, right.entered ? role_code(0) : NULL, right.entered ? role_word(0) : NULL);
    text_free(&codes);
    text_free(&words);
}

/* One record for each act that a state allows. */
static void list_acts(struct out *out, const struct gate_record *record)
{
    for (int state = 0; record->states[state]; state++)
        for (int i = 0; record->acts[i].name; i++) {
            const struct gate_act *act = &record->acts[i];
            if (!gate_allows(record, i, record->states[state]))
                continue;
            out_code(out, record->code, record->word);
            out_code(out, record->states[state], record->name(record->states[state]));
            out_code(out, act->name, act->word);
            out_code(out, gate_by_name(act->by), gate_by_word(act->by));
            out_text(out, act->program);
            out_text(out, act->word);
            out_text(out, act->event);
            print_right(out, gate_right(record, i));
            out_row(out);
        }
}

void vocabulary_print_words(struct out *out, struct config *config)
{
    const char *code, *name;
    for (int i = 0; (code = event_type(i)); i++)
        word(out, "event", "事件", code, event_word(code));
    for (int i = 0; (code = ticket_state_code(i)); i++)
        word(out, "state", "状态", code, ticket_state_name(code));
    for (int i = 0; records[i]; i++)
        for (const struct gate_act *act = records[i]->acts; act->name; act++)
            word(out, "act", "事项", act->name, act->word);
    for (int i = 0; noticekind_at(i); i++)
        word(out, "notice", "通知", noticekind_at(i)->code, noticekind_at(i)->word);
    for (int i = 0; mail_became(i, &code, &name); i++)
        word(out, "mail", "来信", code, name);
    for (int i = 0; i < config->kind_count; i++)
        word(out, "kind", "诉求类型", config->kinds[i].term.code, config->kinds[i].term.name);
    for (int i = 0; i < config->channel_count; i++)
        word(out, "channel", "渠道", config->channels[i].code, config->channels[i].name);
    for (int i = 0; i < config->region_count; i++)
        word(out, "region", "区域", config->regions[i].code, config->regions[i].name);
    for (int i = 0; i < config->level_count; i++)
        word(out, "level", "级别", config->levels[i].term.code, config->levels[i].term.name);
    word(out, "level", "级别", config_order, config_order_name);
    for (enum owed_state s = OWED_WAITING; s <= OWED_REVOKED; s++)
        word(out, "order", "督办状态", owed_state_code(s), owed_state_name(s));
    for (int i = 0; i < report_figure_count(config); i++) {
        struct report_figure figure = report_figure(config, i);
        word(out, "figure", "指标", figure.code, figure.name);
    }
    for (int i = RATING_HIGHEST; i >= RATING_LOWEST; i--) {
        const char digit[] = {(char)('0' + i), '\0'};
        word(out, "rating", "评价", digit, rating_name(i));
    }
    for (int i = 0; role_code(i); i++)
        word(out, "role", "角色", role_code(i), role_word(i));
    for (enum ledger_reason r = LEDGER_RECEIPT; r <= LEDGER_ROLLED; r++)
        word(out, "day", "日期", ledger_reason_code(r), ledger_reason_name(r));
    list_limits(out, config);
}

void vocabulary_print_acts(struct out *out)
{
    for (int i = 0; records[i]; i++)
        list_acts(out, records[i]);
}

const struct out_column vocabulary_reading[VOCABULARY_READING] = {{"record", "对象", OUT_TEXT},
                                                                  {"word", "用语", OUT_TEXT},
                                                                  {"theirs", "成员可读", OUT_TEXT},
                                                                  {"everybodys", "公开", OUT_TEXT}};

void vocabulary_print_reading(struct out *out)
{
    const struct permit_reading *reading;
    for (int i = 0; (reading = permit_reading(i)); i++) {
        out_code(out, reading->table, reading->word);
        out_text(out, reading->word);
        out_text(out, reading->theirs);
        out_text(out, reading->everybodys);
        out_row(out);
    }
}

bool vocabulary_has(const char *program, const char *text)
{
    for (int i = 0; records[i]; i++)
        for (const struct gate_act *act = records[i]->acts; act->name; act++)
            if (!strcmp(act->program, program) &&
                (text_contains(act->word, text) || text_contains(act->name, text)))
                return true;
    return false;
}
