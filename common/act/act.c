#include "act/act.h"

#include <string.h>

/* The states, as bits, in the order of the loop. */
enum {
    RECEIVED = 1,
    CONFERENCE = 2,
    DISPATCHED = 4,
    ACCEPTED = 8,
    ANSWERED = 16,
    RATED = 32,
    CLOSED = 64,
    HELD = DISPATCHED | ACCEPTED,
    OPEN = RECEIVED | CONFERENCE | HELD,
    HAD = HELD | ANSWERED | RATED | CLOSED, /* somebody answers it, or has */
    ANY = OPEN | ANSWERED | RATED | CLOSED
};

static const char *const states[] = {"received", "conference", "dispatched", "accepted",
                                     "answered", "rated",      "closed",     NULL};

/* The state machine. qifu-acts(7) lists it (ticket-show --acts), and a test walks it. */
static const struct gate_act acts[ACT_KINDS + 1] = {
    [ACT_ROUTE] = {"dispatch", "ticket-route", "派发", RECEIVED, GATE_BY_CONVENER,
                   "dispatched handed-down"},
    [ACT_ACCEPT] = {"accept", "ticket-accept", "签收", HELD, GATE_BY_PARTY,
                    "accepted assist-accepted"},
    [ACT_ANSWER] = {"answer", "ticket-answer", "答复", RECEIVED | HELD, GATE_BY_LEAD, "answered"},
    [ACT_PART] = {"file a part", "ticket-answer", "协办答复", HELD | ANSWERED | RATED | CLOSED,
                  GATE_BY_ASSIST, "assist-answered"},
    [ACT_RETURN] = {"return", "ticket-return", "申请退单", HELD, GATE_BY_LEAD, "return-asked"},
    [ACT_GRANT_RETURN] = {"grant a return", "ticket-return", "同意退单", HELD, GATE_BY_CENTER,
                          "returned conference-opened"},
    [ACT_REFUSE_RETURN] = {"refuse a return", "ticket-return", "不同意退单", HELD, GATE_BY_CENTER,
                           "return-refused"},
    [ACT_HAND_BACK] = {"hand back", "ticket-return", "申请退回市平台", RECEIVED, GATE_BY_COUNTY,
                       "return-asked"},
    [ACT_GRANT_HAND_BACK] = {"grant a hand-back", "ticket-return", "同意退回市平台", RECEIVED,
                             GATE_BY_CITY, "returned"},
    [ACT_REFUSE_HAND_BACK] = {"refuse a hand-back", "ticket-return", "不同意退回市平台", RECEIVED,
                              GATE_BY_CITY, "return-refused"},
    [ACT_CONFER] = {"open a conference", "ticket-confer", "会商", RECEIVED | HELD, GATE_BY_CONVENER,
                    "conference-opened"},
    [ACT_RULE] = {"rule", "ticket-confer", "会商裁定", CONFERENCE, GATE_BY_CONVENER, "ruled"},
    [ACT_REDISPATCH] = {"redispatch", "ticket-route", "改派", HELD, GATE_BY_CONVENER,
                        "redispatched"},
    [ACT_ASSIST] = {"add assists", "ticket-assist", "增加协办", HELD, GATE_BY_CENTER,
                    "assist-added"},
    [ACT_RELEASE] = {"release assists", "ticket-assist", "解除协办", HELD, GATE_BY_CENTER,
                     "assist-released"},
    [ACT_EXTEND] = {"ask for an extension", "ticket-extend", "申请延期", HELD, GATE_BY_LEAD,
                    "extension-asked"},
    [ACT_GRANT_EXTENSION] = {"grant an extension", "ticket-extend", "同意延期", HELD,
                             GATE_BY_CENTER, "extended"},
    [ACT_REFUSE_EXTENSION] = {"refuse an extension", "ticket-extend", "不同意延期", HELD,
                              GATE_BY_CENTER, "extension-refused"},
    [ACT_SUSPEND] = {"ask for a suspension", "ticket-suspend", "申请挂起", HELD, GATE_BY_LEAD,
                     "suspension-asked"},
    [ACT_GRANT_SUSPENSION] = {"grant a suspension", "ticket-suspend", "同意挂起", HELD,
                              GATE_BY_CENTER, "suspended"},
    [ACT_REFUSE_SUSPENSION] = {"refuse a suspension", "ticket-suspend", "不同意挂起", HELD,
                               GATE_BY_CENTER, "suspension-refused"},
    [ACT_RESUME] = {"resume", "ticket-resume", "恢复", HELD, GATE_BY_LEAD, "resumed"},
    [ACT_RATE] = {"rate", "ticket-rate", "评价", ANSWERED | CLOSED, GATE_BY_ANYONE, "rated"},
    [ACT_FOLLOW] = {"follow up", "ticket-follow", "回访", RATED, GATE_BY_CENTER, "redo followed"},
    [ACT_CLOSE] = {"ask for an explained close", "ticket-close", "申请作办结", ANSWERED | RATED,
                   GATE_BY_LEAD, "close-asked"},
    [ACT_GRANT_CLOSE] = {"grant an explained close", "ticket-close", "同意作办结", ANSWERED | RATED,
                         GATE_BY_CENTER, "closed"},
    [ACT_REFUSE_CLOSE] = {"refuse an explained close", "ticket-close", "不同意作办结",
                          ANSWERED | RATED, GATE_BY_CENTER, "close-refused"},
    [ACT_CLOSE_UNRATED] = {"close as not rated", "ticket-close", "未评价办结", ANSWERED,
                           GATE_BY_CENTER, "closed"},
    [ACT_MERGE] = {"merge", "ticket-merge", "并单", OPEN, GATE_BY_CENTER, "closed"},
    [ACT_CORRECT] = {"correct", "ticket-correct", "更正", ANY, GATE_BY_CENTER, "corrected"},
    [ACT_DECLINE] = {"decline", "ticket-decline", "不予受理", RECEIVED, GATE_BY_CENTER, "closed"},
    [ACT_REFER] = {"refer", "ticket-refer", "转办", RECEIVED | HELD, GATE_BY_CENTER, "closed"},
    [ACT_REFER_BACK] = {"take back what was referred", "ticket-refer", "转办退回", CLOSED,
                        GATE_BY_CENTER, "referred-back"},
    [ACT_WITHDRAW] = {"withdraw", "ticket-withdraw", "撤回", OPEN, GATE_BY_ANYONE, "closed"},
    [ACT_VOID] = {"void", "ticket-void", "作废", ANY & ~CLOSED, GATE_BY_CENTER, "closed"},
    [ACT_NOTE] = {"note", "ticket-note", "备注", ANY, GATE_BY_ANYONE, "noted"},
    [ACT_MARK] = {"mark confidential or public", "ticket-note", "保密标记", ANY, GATE_BY_CENTER,
                  "marked"},
    [ACT_GRANT_REVOCATION] = {"grant a late entry", "supervision-revoke", "认可补录", HAD,
                              GATE_BY_CENTER, "late-entry-granted"},
    [ACT_REFUSE_REVOCATION] = {"refuse a late entry", "supervision-revoke", "不认可补录", HAD,
                               GATE_BY_CENTER, "late-entry-refused"},
    [ACT_ACKNOWLEDGE] = {"acknowledge a supervision", "supervision-accept", "签收督办", ANY,
                         GATE_BY_PARTY, "supervision-acknowledged"},
    [ACT_REPLY] = {"reply to a supervision", "supervision-reply", "回复督办", ANY, GATE_BY_PARTY,
                   "supervision-replied"},
    [ACT_ORDER] = {"order a supervision", "supervision-order", "督办", ANY, GATE_BY_SUPERVISOR,
                   "supervision-ordered"},
    [ACT_REFUSE_REPLY] = {"refuse a reply", "supervision-refuse", "督办回复退回", ANY,
                          GATE_BY_SUPERVISOR, "supervision-refused"},
    [ACT_APPEAL] = {"appeal", "ticket-appeal", "申诉", ANY, GATE_BY_PARTY, "appealed"},
    [ACT_GRANT_APPEAL] = {"grant an appeal", "ticket-appeal", "同意申诉", ANY, GATE_BY_CENTER,
                          "appeal-granted"},
    [ACT_REFUSE_APPEAL] = {"refuse an appeal", "ticket-appeal", "不同意申诉", ANY, GATE_BY_CENTER,
                           "appeal-refused"},
};

const struct gate_record act_record = {"ticket", "工单", states, ticket_state_name, acts};

const char *act_name(enum act_kind kind)
{
    return acts[kind].name;
}

const char *act_called(enum act_kind kind)
{
    return gate_called(&acts[kind]);
}

const char *act_program(enum act_kind kind)
{
    return acts[kind].program;
}

const char *act_word(enum act_kind kind)
{
    return acts[kind].word;
}

enum gate_by act_by(enum act_kind kind)
{
    return acts[kind].by;
}

/* What a closed ticket allows only where it was closed in one of these ways. */
static const struct {
    enum act_kind kind;
    const char *closed_as;
} after[] = {{ACT_RATE, "not-rated"}, {ACT_RATE, "explained"}, {ACT_REFER_BACK, "referred"}};

static bool follows(enum act_kind kind, const char *closed_as)
{
    bool any = true;
    if (!closed_as)
        return true;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        if (after[i].kind == kind && !strcmp(after[i].closed_as, closed_as))
            return true;
        any = any && after[i].kind != kind;
    }
    return any;
}

bool act_allowed(enum act_kind kind, const char *state, const char *closed_as)
{
    return gate_allows(&act_record, (int)kind, state) && follows(kind, closed_as);
}

bool act_fits(enum act_kind kind, const struct ticket *ticket)
{
    bool is_countys =
        kind == ACT_HAND_BACK || kind == ACT_GRANT_HAND_BACK || kind == ACT_REFUSE_HAND_BACK;
    return act_allowed(kind, ticket->state, ticket->closed_as) && (!is_countys || ticket->center);
}
