#include <stddef.h>

#include "report/definitions_private.h"

#define TICKET "ticket t"
#define ROUTE  "route r JOIN ticket t ON t.id = r.ticket_id"
#define ROUND  "round r JOIN ticket t ON t.id = r.ticket_id"
#define FIRST  "ticket t LEFT JOIN round r ON r.ticket_id = t.id AND r.round = 1"
#define ASKED  "request r JOIN ticket t ON t.id = r.ticket_id"
#define EVENT  "event e JOIN ticket t ON t.id = e.ticket_id"
/* Open at the month's end: not closed by then, nor answered in the round that ran then. */
#define OPEN                                                                                       \
    "t.received_at <= ?2 AND (t.closed_at IS NULL OR t.closed_at > ?2) AND ?1 = ?1"                \
    " AND NOT EXISTS (SELECT 1 FROM round r WHERE r.ticket_id = t.id AND r.answered_at <= ?2"      \
    " AND NOT (t.round > r.round AND t.started_at <= ?2)"                                          \
    " AND NOT EXISTS (SELECT 1 FROM round n WHERE n.ticket_id = t.id AND n.round > r.round"        \
    " AND n.started_at <= ?2))"
/* The deadline of the round that ran at the month's end. */
#define DUE_THEN                                                                                   \
    "coalesce((SELECT n.due_at FROM round n WHERE n.ticket_id = t.id AND n.round < t.round"        \
    " AND t.started_at > ?2 AND n.started_at <= ?2 ORDER BY n.round DESC LIMIT 1), t.due_at)"
/* What is in no rate of answers, ratings and follow-ups (qifu-rules(7)). */
#define KEPT       "(t.closed_as IS NULL OR t.closed_as NOT IN ('declined', 'referred', 'withdrawn'))"
#define NOT_MERGED "(t.closed_as IS NULL OR t.closed_as <> 'merged')"

#define SIGN_IN                                                                                    \
    "r.accept_due_at BETWEEN ?1 AND ?2 AND (r.ended_at IS NULL OR r.ended_at > r.accept_due_at)"   \
    " AND " KEPT " AND (" NOT_MERGED " OR t.closed_at > r.accept_due_at)"

/* What the enterprise was told for the first round. A repeat is answered with the first ticket. */
#define TICKET_DUE "coalesce(r.due_at, t.due_at) BETWEEN ?1 AND ?2 AND " KEPT " AND " NOT_MERGED
/* An answer that its handler entered too late counts from its entry, until the center has said
 * otherwise. */
#define CLAIMED(r) r ".entered_at IS NOT NULL AND coalesce(" r ".late_granted, 0) = 0"
#define ANSWERED_IN_TIME                                                                           \
    " AND r.answered_at <= r.due_at AND NOT EXISTS (SELECT 1 FROM route w"                         \
    " WHERE w.ticket_id = t.id AND w.round = 1 AND w.org_id = r.lead"                              \
    " AND w.answered_at = r.answered_at AND w.entered_at > r.due_at AND " CLAIMED("w") ")"

/* A party's deadline in the month, in the first round, on its own clock: whom the ladder judges. */
#define ASSOCIATION "EXISTS (SELECT 1 FROM association a WHERE a.org_id = r.org_id)"
#define PARTY_DUE                                                                                  \
    "r.round = 1 AND r.due_at BETWEEN ?1 AND ?2 AND " KEPT " AND " NOT_MERGED                      \
    " AND NOT " ASSOCIATION
/* Who held it no more, or whose ticket was closed or had begun its second round, owes no part. */
#define HELD_THEN                                                                                  \
    "(r.ended_at IS NULL OR r.ended_at > r.due_at)"                                                \
    " AND (t.closed_at IS NULL OR t.closed_at > r.due_at)"                                         \
    " AND (t.round = 1 OR r.due_at < coalesce((SELECT n.started_at FROM round n"                   \
    " WHERE n.ticket_id = t.id AND n.round = 2), t.started_at))"
#define PARTY(role)                                                                                \
    "r.role = '" role "' AND " PARTY_DUE " AND r.excused IS NULL"                                  \
    " AND (r.answered_at IS NOT NULL OR " HELD_THEN ")"
#define IN_TIME                                                                                    \
    " AND r.answered_at IS NOT NULL AND (CASE WHEN " CLAIMED(                                      \
        "r") " THEN r.entered_at ELSE r.answered_at END <= r.due_at OR NOT (" HELD_THEN "))"

/* A bad rating whose follow-up was due in the month; and one that was followed up by then. */
#define FOLLOW                                                                                     \
    "e.type = 'rated' AND json_extract(e.data, '$.follow_due') BETWEEN ?1 AND ?2 AND " KEPT
#define FOLLOWED                                                                                   \
    " AND EXISTS (SELECT 1 FROM event f WHERE f.ticket_id = e.ticket_id AND f.id > e.id"           \
    " AND f.type IN ('followed', 'redo') AND f.at <= json_extract(e.data, '$.follow_due'))"

/* Due on a day of which no notice was known when it was judged. */
#define PAST_HORIZON                                                                               \
    " AND EXISTS (SELECT 1 FROM calendar_version v JOIN setting o ON o.name = 'utc_offset'"        \
    " WHERE v.id = coalesce(r.calendar_id, t.calendar_id)"                                         \
    " AND date(coalesce(r.due_at, t.due_at) + o.value, 'unixepoch') > v.horizon)"

#define STANDS         " AND s.revoked_at IS NULL AND s.provisional = 0"
#define LEVEL          "supervision s JOIN ticket t ON t.id = s.ticket_id"
#define ENDED_RATES    "签收、到期、按时、满意、重办、回访"
#define CLOSED_AS(how) "t.closed_as = '" how "' AND t.closed_at BETWEEN ?1 AND ?2"

/* Orders of supervision, by when their replies were due; the revoked ones are none. */
#define REFUSAL                                                                                    \
    LEVEL " JOIN event e ON e.ticket_id = s.ticket_id AND json_extract(e.data, '$.orders[0]') = "  \
          "s.id"
#define REPLY_DUE "s.reply_due_at BETWEEN ?1 AND ?2 AND s.revoked_at IS NULL"

/* A rating of the month; one that the follow-up found invalid, which closed the ticket, is out of
 * the rate and a figure of its own (qifu-rules(7)). */
#define RATING  "e.type = 'rated' AND e.at BETWEEN ?1 AND ?2"
#define INVALID "t.closed_as IS NOT NULL AND t.closed_as = 'invalid' AND e.at = t.rated_at"
#define RATED   RATING " AND NOT (" INVALID ") AND " KEPT

/* The policies' own 135: what is due before the present moment, and late: done after its time, or
 * not done. A policy that has ended owes nothing any more. */
#define POLICY       "policy p"
#define OWNER        "coalesce(p.org_id, 0)"
#define CLOCK(limit) "p." limit "_due_at BETWEEN ?1 AND ?2 AND p." limit "_due_at < ?3"
#define LATE(limit, done)                                                                          \
    CLOCK(limit) " AND coalesce(p." done "_at, p.ended_at, ?3) > p." limit "_due_at"

const struct definition report_before_levels[] = {
    {"received", "受理", "count(*)", TICKET, "t.received_at BETWEEN ?1 AND ?2", "t.lead", NULL,
     REPORT_COUNT, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"dispatched", "派发", "count(*)", ROUTE,
     "r.role = 'lead' AND r.round = 1 AND r.at BETWEEN ?1 AND ?2", "r.org_id", NULL, REPORT_COUNT,
     REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"accept-due", "签收到期", "count(*)", ROUTE, SIGN_IN, "r.org_id", NULL, REPORT_COUNT,
     REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"accepted-on-time", "按时签收", "count(*)", ROUTE,
     SIGN_IN " AND coalesce(r.accepted_at, r.answered_at) <= r.accept_due_at", "r.org_id",
     "accept-due", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"answered", "答复", "count(*)", ROUND, "r.answered_at BETWEEN ?1 AND ?2", "r.lead", NULL,
     REPORT_COUNT, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"due", "到期", "count(*)", FIRST, TICKET_DUE, "coalesce(r.lead, t.lead)", NULL, REPORT_COUNT,
     REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"on-time", "按时答复", "count(*)", FIRST, TICKET_DUE ANSWERED_IN_TIME, "r.lead", "due",
     REPORT_RATE, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"party-due", "单位到期", "count(*)", ROUTE, PARTY("lead"), "r.org_id", NULL, REPORT_COUNT,
     REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"party-on-time", "单位按时答复", "count(*)", ROUTE, PARTY("lead") IN_TIME, "r.org_id",
     "party-due", REPORT_RATE, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"assist-due", "协办到期", "count(*)", ROUTE, PARTY("assist"), "r.org_id", NULL, REPORT_COUNT,
     REPORT_ASSISTS, REPORT_TICKETS, false, NULL},
    {"assist-on-time", "协办按时", "count(*)", ROUTE, PARTY("assist") IN_TIME, "r.org_id",
     "assist-due", REPORT_RATE, REPORT_ASSISTS, REPORT_TICKETS, false, NULL}};

/* A level's figure counts the breaches whose level began in the month, of whoever was judged; ?3 is
 * the level. What was revoked, or waits for its notice, is not in it. */
const struct definition report_of_level = {NULL,
                                           NULL,
                                           "count(*)",
                                           LEVEL,
                                           "s.level_at BETWEEN ?1 AND ?2 AND s.level = ?3" STANDS
                                           " AND s.role <> 'assist'",
                                           "s.org_id",
                                           NULL,
                                           REPORT_COUNT,
                                           REPORT_BRIEF,
                                           REPORT_TICKETS,
                                           false,
                                           NULL};

const struct definition report_after_levels[] = {
    {"rated", "评价", "count(*)", EVENT, RATED, "t.lead", NULL, REPORT_COUNT, REPORT_WHOLE,
     REPORT_TICKETS, false, NULL},
    {"satisfied", "满意", "count(*)", EVENT, RATED " AND json_extract(e.data, '$.rating') >= 3",
     "t.lead", "rated", REPORT_RATE, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"redo", "重办", "count(*)", EVENT, "e.type = 'redo' AND e.at BETWEEN ?1 AND ?2 AND " KEPT,
     "t.lead", "rated", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"returned", "退单", "count(*)", ASKED,
     "r.act = 'return' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"extended", "延期", "count(*)", ASKED,
     "r.act = 'extension' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"suspended", "挂起", "count(*)", ASKED,
     "r.act = 'suspension' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"gross-days", "毛工作日", "sum(r.gross_days)", ROUND, "r.answered_at BETWEEN ?1 AND ?2",
     "r.lead", "answered", REPORT_MEAN, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"net-days", "净工作日", "sum(r.net_days)", ROUND, "r.answered_at BETWEEN ?1 AND ?2", "r.lead",
     "answered", REPORT_MEAN, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"open", "期末在办", "count(*)", TICKET, OPEN, "t.lead", NULL, REPORT_COUNT, REPORT_BRIEF,
     REPORT_TICKETS, false, NULL},
    {"open-overdue", "期末超期", "count(*)", TICKET, OPEN " AND " DUE_THEN " < ?2", "t.lead", NULL,
     REPORT_COUNT, REPORT_BRIEF, REPORT_TICKETS, false, NULL},
    {"due-provisional", "期限暂定", "count(*)", FIRST, TICKET_DUE PAST_HORIZON,
     "coalesce(r.lead, t.lead)", NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"overdue-assist", "协办预警", "count(*)", LEVEL,
     "s.level_at BETWEEN ?1 AND ?2 AND s.role = 'assist'" STANDS, "s.org_id", NULL, REPORT_COUNT,
     REPORT_ASSISTS, REPORT_TICKETS, false, NULL},
    {"follow-due", "回访到期", "count(*)", EVENT, FOLLOW, "t.lead", NULL, REPORT_COUNT,
     REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"follow-on-time", "按时回访", "count(*)", EVENT, FOLLOW FOLLOWED, "t.lead", "follow-due",
     REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"orders", "督办应复", "count(*)", LEVEL, REPLY_DUE, "s.org_id", NULL, REPORT_COUNT,
     REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"orders-on-time", "督办按时", "count(*)", LEVEL,
     REPLY_DUE " AND s.replied_at <= s.reply_due_at", "s.org_id", "orders", REPORT_RATE,
     REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"orders-late", "督办逾期", "count(*)", LEVEL, REPLY_DUE " AND s.replied_at > s.reply_due_at",
     "s.org_id", "orders", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"orders-missing", "督办未复", "count(*)", LEVEL, REPLY_DUE " AND s.replied_at IS NULL",
     "s.org_id", "orders", REPORT_RATE, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"replies-refused", "督办退回", "count(*)", REFUSAL,
     "s.refused_at >= ?1 AND s.revoked_at IS NULL AND e.type = 'supervision-refused'"
     " AND e.at BETWEEN ?1 AND ?2",
     "s.org_id", NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"ordered-by-hand", "人工督办", "count(*)", LEVEL,
     "s.role = 'order' AND s.level_at BETWEEN ?1 AND ?2 AND s.revoked_at IS NULL", "s.org_id", NULL,
     REPORT_COUNT, REPORT_WHOLE, REPORT_TICKETS, false, NULL},
    {"accountability", "启动问责", "count(*)",
     "accountability a JOIN supervision s ON s.id = a.supervision_id"
     " JOIN ticket t ON t.id = s.ticket_id",
     "a.opened_at BETWEEN ?1 AND ?2 AND a.ended_at IS NULL", "s.org_id", NULL, REPORT_COUNT,
     REPORT_WHOLE, REPORT_TICKETS, false, NULL},

    {"rated-invalid", "评价无效", "count(*)", EVENT, RATING " AND " INVALID, "t.lead", NULL,
     REPORT_COUNT, REPORT_APART, REPORT_TICKETS, false, "评价、满意（回访核实为误评）"},
    {"revoked", "撤销预警", "count(*)", LEVEL,
     "s.level_at BETWEEN ?1 AND ?2 AND s.revoked_at IS NOT NULL", "s.org_id", NULL, REPORT_COUNT,
     REPORT_APART, REPORT_TICKETS, false, "各级别预警（事后查明并未发生）"},
    {"provisional", "暂定预警", "count(*)", LEVEL,
     "s.level_at BETWEEN ?1 AND ?2 AND s.revoked_at IS NULL AND s.provisional = 1", "s.org_id",
     NULL, REPORT_COUNT, REPORT_APART, REPORT_TICKETS, false, "各级别预警（待放假安排公布后核定）"},
    {"entered-late", "补录", "count(*)", ROUTE, "r.entered_at BETWEEN ?1 AND ?2", "r.org_id", NULL,
     REPORT_COUNT, REPORT_APART, REPORT_TICKETS, false, "按时（平台认可前按录入时间判定）"},
    {"excused", "免责", "count(*)", ROUTE, PARTY_DUE " AND r.excused IS NOT NULL", "r.org_id", NULL,
     REPORT_COUNT, REPORT_APART, REPORT_TICKETS, false, "单位到期、协办到期（退单获准或被改派）"},
    {"merged", "并单", "count(*)", TICKET, CLOSED_AS("merged"), "t.lead", NULL, REPORT_COUNT,
     REPORT_APART, REPORT_TICKETS, false, "到期、单位到期、协办到期（随首件答复）"},
    {"declined", "不予受理", "count(*)", TICKET, CLOSED_AS("declined"), "t.lead", NULL,
     REPORT_COUNT, REPORT_APART, REPORT_TICKETS, false, ENDED_RATES},
    {"referred", "转办", "count(*)", TICKET, CLOSED_AS("referred"), "t.lead", NULL, REPORT_COUNT,
     REPORT_APART, REPORT_TICKETS, false, ENDED_RATES},
    {"withdrawn", "撤回", "count(*)", TICKET, CLOSED_AS("withdrawn"), "t.lead", NULL, REPORT_COUNT,
     REPORT_APART, REPORT_TICKETS, false, ENDED_RATES},
    {"void", "作废", "count(*)", TICKET, CLOSED_AS("void"), "t.lead", NULL, REPORT_COUNT,
     REPORT_APART, REPORT_TICKETS, false, "本项以外的各项指标"},

    {"policy-collected", "归集", "count(*)", POLICY, "p.collected_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, false, NULL},
    {"policy-published", "发布", "count(*)", POLICY, "p.published_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, false, NULL},
    {"policy-interpreted", "解读", "count(*)", POLICY, "p.interpreted_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, false, NULL},
    {"policy-pushed", "推送", "count(*)", "push s JOIN policy p ON p.id = s.policy_id",
     "s.at BETWEEN ?1 AND ?2", OWNER, NULL, REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, false,
     NULL},
    {"policy-views", "浏览", "sum(v.count)", "policy_event v JOIN policy p ON p.id = v.policy_id",
     "v.type = 'viewed' AND v.at BETWEEN ?1 AND ?2", OWNER, NULL, REPORT_COUNT, REPORT_WHOLE,
     REPORT_POLICIES, false, NULL},
    {"policy-collect-due", "归集到期", "count(*)", POLICY, CLOCK("collect"), OWNER, NULL,
     REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, true, NULL},
    {"policy-collect-late", "归集超期", "count(*)", POLICY, LATE("collect", "collected"), OWNER,
     "policy-collect-due", REPORT_RATE, REPORT_BRIEF, REPORT_POLICIES, true, NULL},
    {"policy-publish-due", "发布到期", "count(*)", POLICY, CLOCK("publish"), OWNER, NULL,
     REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, true, NULL},
    {"policy-publish-late", "发布超期", "count(*)", POLICY, LATE("publish", "published"), OWNER,
     "policy-publish-due", REPORT_RATE, REPORT_BRIEF, REPORT_POLICIES, true, NULL},
    {"policy-interpret-due", "解读到期", "count(*)", POLICY, CLOCK("interpret"), OWNER, NULL,
     REPORT_COUNT, REPORT_WHOLE, REPORT_POLICIES, true, NULL},
    {"policy-interpret-late", "解读超期", "count(*)", POLICY, LATE("interpret", "interpreted"),
     OWNER, "policy-interpret-due", REPORT_RATE, REPORT_BRIEF, REPORT_POLICIES, true, NULL}};

const int report_before_count = sizeof report_before_levels / sizeof *report_before_levels;
const int report_after_count = sizeof report_after_levels / sizeof *report_after_levels;
