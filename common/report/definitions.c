#include <stddef.h>

#include "report/definitions_private.h"

/* A deadline lies at most so far behind its beginning, but for a few that the "lasting" indexes
 * hold (schema.sql): 21 days, in seconds. So what a month needs is found by when it began. */
#define REACH "1814400"
#define WEEK  "604800" /* a third of it: the clock starts a fortnight after the receipt at most */

#define TICKETS                                                                                    \
    "SELECT id, kind, channel, source, region, category, received_at, round, started_at, lead,"    \
    " due_at, answered_at, closed_at, closed_as, errand, calendar_id, center FROM ticket"
#define ROUTES                                                                                     \
    "SELECT ticket_id, round, org_id, role, at, due_at, accept_due_at, accepted_at, answered_at,"  \
    " ended_at, excused, entered_at, late_granted FROM route"

/* The rows that a month can count, each by an index, so that the cost of a report follows the
 * month, not all months. No arm of a union has a row of another. */
#define RECEIVED "ticket t WHERE t.received_at BETWEEN ?1 AND ?2"
#define ENDED                                                                                      \
    "ticket t WHERE (t.closed_as = 'merged' OR t.closed_as = 'declined'"                           \
    " OR t.closed_as = 'referred' OR t.closed_as = 'withdrawn' OR t.closed_as = 'void')"           \
    " AND t.closed_at BETWEEN ?1 AND ?2"
#define PARTIES                                                                                    \
    "(" ROUTES " WHERE org_id IN (SELECT id FROM org)"                                             \
    " AND at BETWEEN ?1 - " REACH " AND ?2"                                                        \
    " UNION ALL " ROUTES " WHERE at < ?1 - " REACH " AND (due_at > at + " REACH                    \
    " OR accept_due_at > at + " REACH ")) r"                                                       \
    " JOIN ticket t ON t.id = r.ticket_id WHERE true"
#define ENTERED "route r JOIN ticket t ON t.id = r.ticket_id WHERE r.entered_at BETWEEN ?1 AND ?2"
#define ANSWERS "round r JOIN ticket t ON t.id = r.ticket_id WHERE r.answered_at BETWEEN ?1 AND ?2"
/* What is in no rate of answers, ratings and follow-ups (qifu-rules(7)). */
#define KEPT       "(t.closed_as IS NULL OR t.closed_as NOT IN ('declined', 'referred', 'withdrawn'))"
#define NOT_MERGED "(t.closed_as IS NULL OR t.closed_as <> 'merged')"

/* What was due in the first round, as the enterprise was told: by the ticket or, once that round is
 * behind it, by the round. A repeat is answered with the first ticket. */
#define FIRST                                                                                      \
    "(" TICKETS " WHERE received_at BETWEEN ?1 - " REACH " AND ?2"                                 \
    " UNION ALL " TICKETS " WHERE received_at < ?1 - " REACH                                       \
    " AND id IN (SELECT id FROM ticket WHERE due_at > received_at + " REACH                        \
    " AND due_at BETWEEN ?1 AND ?2"                                                                \
    " UNION SELECT ticket_id FROM round WHERE round = 1 AND due_at > started_at + " WEEK           \
    " AND due_at BETWEEN ?1 AND ?2 AND started_at < ?1 - " WEEK                                    \
    ")) t LEFT JOIN round r ON r.ticket_id = t.id AND r.round = 1"                                 \
    " WHERE coalesce(r.due_at, t.due_at) BETWEEN ?1 AND ?2 AND " KEPT " AND " NOT_MERGED
/* Open at the month's end: not closed by then, nor answered in the round that ran then. */
#define OPEN                                                                                       \
    "(t.closed_at IS NULL OR t.closed_at > ?2)"                                                    \
    " AND NOT EXISTS (SELECT 1 FROM round r WHERE r.ticket_id = t.id AND r.answered_at <= ?2"      \
    " AND NOT (t.round > r.round AND t.started_at <= ?2)"                                          \
    " AND NOT EXISTS (SELECT 1 FROM round n WHERE n.ticket_id = t.id AND n.round > r.round"        \
    " AND n.started_at <= ?2))"
/* It was received before that: shortly before, or is not answered yet, or answered or closed later.
 * The receipt finds the first alone (+). */
#define OPEN_THEN                                                                                  \
    "(" TICKETS " WHERE received_at BETWEEN ?2 - " REACH " AND ?2"                                 \
    " UNION ALL " TICKETS " WHERE +received_at < ?2 - " REACH                                      \
    " AND answered_at IS NULL AND closed_at IS NULL"                                               \
    " UNION ALL " TICKETS " WHERE +received_at < ?2 - " REACH                                      \
    " AND answered_at > received_at + " REACH " AND answered_at > ?2"                              \
    " UNION ALL " TICKETS " WHERE +received_at < ?2 - " REACH                                      \
    " AND answered_at IS NULL AND closed_at > received_at + " REACH " AND closed_at > ?2) t"       \
    " WHERE ?1 <= ?2 AND " OPEN
#define DECIDED                                                                                    \
    "request r JOIN ticket t ON t.id = r.ticket_id WHERE r.granted = 1"                            \
    " AND r.decided_at BETWEEN ?1 AND ?2"
#define RATINGS                                                                                    \
    "event e JOIN ticket t ON t.id = e.ticket_id WHERE e.type IN ('rated', 'redo')"                \
    " AND e.at BETWEEN ?1 AND ?2"
/* A bad rating says by when it is to be followed up. */
#define FOLLOW_UPS                                                                                 \
    "event e JOIN ticket t ON t.id = e.ticket_id WHERE e.type = 'rated'"                           \
    " AND json_extract(e.data, '$.follow_due') IS NOT NULL"                                        \
    " AND CAST(json_extract(e.data, '$.follow_due') AS BIGINT) BETWEEN ?1 AND ?2 AND " KEPT
#define LEVELS                                                                                     \
    "supervision s JOIN ticket t ON t.id = s.ticket_id WHERE s.level_at BETWEEN ?1 AND ?2"
/* Orders by when their replies were due; the revoked ones are none. */
#define ORDERS                                                                                     \
    "supervision s JOIN ticket t ON t.id = s.ticket_id WHERE s.revoked_at IS NULL"                 \
    " AND s.reply_due_at BETWEEN ?1 AND ?2"
#define REFUSALS                                                                                   \
    "supervision s CROSS JOIN event e JOIN ticket t ON t.id = s.ticket_id"                         \
    " WHERE e.ticket_id = s.ticket_id AND CAST(json_extract(e.data, '$.orders[0]') AS BIGINT) = "  \
    "s.id"                                                                                         \
    " AND s.refused_at >= ?1 AND s.revoked_at IS NULL AND e.type = 'supervision-refused'"          \
    " AND e.at BETWEEN ?1 AND ?2"
#define PROCEDURES                                                                                 \
    "accountability a JOIN supervision s ON s.id = a.supervision_id"                               \
    " JOIN ticket t ON t.id = s.ticket_id WHERE a.opened_at BETWEEN ?1 AND ?2"
#define APPEALS  "appeal h JOIN ticket t ON t.id = h.ticket_id WHERE h.asked_at BETWEEN ?1 AND ?2"
#define POLICIES "policy p WHERE true"
#define PUSHES(firm)                                                                               \
    "push s JOIN policy p ON p.id = s.policy_id" firm " WHERE s.at BETWEEN ?1 AND ?2"
#define VIEWS                                                                                      \
    "policy p JOIN policy_event v ON v.policy_id = p.id WHERE v.type = 'viewed'"                   \
    " AND v.at BETWEEN ?1 AND ?2"
#define APPLICATIONS                                                                               \
    "policy p JOIN policy_event v ON v.policy_id = p.id WHERE v.type IN ('applied', 'refused')"    \
    " AND v.at BETWEEN ?1 AND ?2"
#define GRANTS(firm)                                                                               \
    "policy p JOIN policy_event v ON v.policy_id = p.id" firm " WHERE v.type = 'granted'"          \
    " AND v.at BETWEEN ?1 AND ?2"
#define FIRM(id) " JOIN enterprise f ON f.id = " id
#define OWNER    "coalesce(p.org_id, 0)"

/* The first dispatch of a ticket to a lead. */
#define DISPATCHES                                                                                 \
    "route r JOIN ticket t ON t.id = r.ticket_id WHERE r.org_id IN (SELECT id FROM org)"           \
    " AND r.at BETWEEN ?1 AND ?2 AND r.role = 'lead' AND r.round = 1"                              \
    " AND NOT EXISTS (SELECT 1 FROM route x WHERE x.ticket_id = r.ticket_id"                       \
    " AND x.role = 'lead' AND (x.at < r.at OR (x.at = r.at AND x.id < r.id)))"

const struct source report_sources[REPORT_SOURCES] = {
    [SOURCE_RECEIVED] = {RECEIVED, "t.lead", REPORT_TICKETS},
    [SOURCE_ENDED] = {ENDED, "t.lead", REPORT_TICKETS},
    [SOURCE_PARTIES] = {PARTIES, "r.org_id", REPORT_TICKETS},
    [SOURCE_ENTERED] = {ENTERED, "r.org_id", REPORT_TICKETS},
    [SOURCE_DISPATCHES] = {DISPATCHES, NULL, REPORT_TICKETS},
    [SOURCE_ANSWERS] = {ANSWERS, "r.lead", REPORT_TICKETS},
    [SOURCE_FIRST] = {FIRST, "coalesce(r.lead, t.lead)", REPORT_TICKETS},
    [SOURCE_OPEN] = {OPEN_THEN, "t.lead", REPORT_TICKETS},
    [SOURCE_DECIDED] = {DECIDED, "r.org_id", REPORT_TICKETS},
    [SOURCE_RATINGS] = {RATINGS, "t.lead", REPORT_TICKETS},
    [SOURCE_FOLLOW_UPS] = {FOLLOW_UPS, "t.lead", REPORT_TICKETS},
    [SOURCE_LEVELS] = {LEVELS, "s.org_id", REPORT_TICKETS},
    [SOURCE_ORDERS] = {ORDERS, "s.org_id", REPORT_TICKETS},
    [SOURCE_REFUSALS] = {REFUSALS, "s.org_id", REPORT_TICKETS},
    [SOURCE_PROCEDURES] = {PROCEDURES, "s.org_id", REPORT_TICKETS},
    [SOURCE_APPEALS] = {APPEALS, "h.org_id", REPORT_TICKETS},
    [SOURCE_POLICIES] = {POLICIES, OWNER, REPORT_POLICIES},
    [SOURCE_PUSHES] = {PUSHES(""), OWNER, REPORT_POLICIES},
    [SOURCE_VIEWS] = {VIEWS, OWNER, REPORT_POLICIES},
    [SOURCE_APPLICATIONS] = {APPLICATIONS, OWNER, REPORT_POLICIES},
    [SOURCE_GRANTS] = {GRANTS(""), OWNER, REPORT_POLICIES},
    [SOURCE_REACHED] = {PUSHES(FIRM("s.enterprise_id")), OWNER, REPORT_ENTERPRISES},
    [SOURCE_GRANTED] = {GRANTS(FIRM("v.enterprise_id")), OWNER, REPORT_ENTERPRISES},
    [SOURCE_ENTRIES] = {"entry n WHERE ?1 <= ?2", "coalesce(n.org_id, 0)", REPORT_ENTRIES},
};

/* The deadline of the round that ran at the month's end. */
#define DUE_THEN                                                                                   \
    "coalesce((SELECT n.due_at FROM round n WHERE n.ticket_id = t.id AND n.round < t.round"        \
    " AND t.started_at > ?2 AND n.started_at <= ?2 ORDER BY n.round DESC LIMIT 1), t.due_at)"
#define SIGN_IN                                                                                    \
    "r.accept_due_at BETWEEN ?1 AND ?2 AND (r.ended_at IS NULL OR r.ended_at > r.accept_due_at)"   \
    " AND " KEPT " AND (" NOT_MERGED " OR t.closed_at > r.accept_due_at)"

/* An answer that its handler entered too late counts from its entry, until the center has said
 * otherwise. Of one that was due in the period that is after its beginning. */
#define CLAIMED(r) r ".entered_at IS NOT NULL AND coalesce(" r ".late_granted, 0) = 0"
#define ANSWERED_IN_TIME                                                                           \
    "r.answered_at <= r.due_at AND NOT (t.id IN (SELECT ticket_id FROM route WHERE entered_at > "  \
    "?1)"                                                                                          \
    " AND EXISTS (SELECT 1 FROM route w"                                                           \
    " WHERE w.ticket_id = t.id AND w.round = 1 AND w.org_id = r.lead"                              \
    " AND w.answered_at = r.answered_at AND w.entered_at > r.due_at AND " CLAIMED("w") "))"

/* A party's deadline in the month, in the first round, on its own clock: whom the ladder judges. */
#define ASSOCIATION "r.org_id IN (SELECT org_id FROM association)"
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

/* A bad rating that was followed up, and in time. */
#define FOLLOWED_UP(when)                                                                          \
    "EXISTS (SELECT 1 FROM event f WHERE f.ticket_id = e.ticket_id AND f.id > e.id"                \
    " AND f.type IN ('followed', 'redo')" when ")"
#define FOLLOWED FOLLOWED_UP(" AND f.at <= CAST(json_extract(e.data, '$.follow_due') AS BIGINT)")

/* An answer that settled the matter (办结), not only answered it; the first of its ticket; and one
 * that was never done again. */
#define RESOLVED                                                                                   \
    "EXISTS (SELECT 1 FROM event e WHERE e.ticket_id = t.id AND e.type = 'answered'"               \
    " AND e.at = r.answered_at AND json_extract(e.data, '$.how') = 'resolved')"
#define FIRST_ANSWER "r.round = 1"
#define AT_ONCE      " AND t.round = 1"

/* It was neither given back nor sent on, and no ruling gave it to another lead. */
#define STAYED                                                                                     \
    "r.excused IS NULL AND NOT EXISTS (SELECT 1 FROM route x WHERE x.ticket_id = r.ticket_id"      \
    " AND x.role = 'lead' AND x.org_id <> r.org_id)"

/* The days, in the center's zone, of a dispatch and of the receipt before it, as one number. */
#define OFFSET      "(SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'utc_offset')"
#define DAY(moment) "(" moment " + " OFFSET ") / 86400"
#define CENTER_DAYS DAY("r.at") " * 100000 + " DAY("t.received_at")

/* Due on a day of which no notice was known when it was judged; which no calendar gives that knows
 * the period's end. */
#define PAST_HORIZON                                                                               \
    "coalesce(r.calendar_id, t.calendar_id) IN (SELECT id FROM calendar_version"                   \
    " WHERE horizon < date(?2 + 86400, 'unixepoch'))"                                              \
    " AND EXISTS (SELECT 1 FROM calendar_version v JOIN setting o ON o.name = 'utc_offset'"        \
    " WHERE v.id = coalesce(r.calendar_id, t.calendar_id)"                                         \
    " AND date(coalesce(r.due_at, t.due_at) + o.value, 'unixepoch') > v.horizon)"

#define STANDS         " AND s.revoked_at IS NULL AND s.provisional = 0"
#define ENDED_RATES    "签收、到期、按时、满意、重办、回访"
#define CLOSED_AS(how) "t.closed_as = '" how "'"

/* A rating of the month; one that the follow-up found invalid, which closed the ticket, is out of
 * the rate and a figure of its own (qifu-rules(7)). */
#define RATING  "e.type = 'rated'"
#define INVALID "t.closed_as IS NOT NULL AND t.closed_as = 'invalid' AND e.at = t.rated_at"
#define RATED   RATING " AND NOT (" INVALID ") AND " KEPT

/* The policies' own 135: what is due before the present moment, and late: done after its time, or
 * not done. A policy that has ended owes nothing any more. */
#define CLOCK(limit) "p." limit "_due_at BETWEEN ?1 AND ?2 AND p." limit "_due_at < ?3"
#define LATE(limit, done)                                                                          \
    CLOCK(limit) " AND coalesce(p." done "_at, p.ended_at, ?3) > p." limit "_due_at"

/* Published, and not ended by the period's end. */
#define IN_STOCK "p.published_at <= ?2 AND (p.ended_at IS NULL OR p.ended_at > ?2)"

#define GRANTED(what) "r.act = '" what "'"

/* The ways to write a figure down. */
#define COUNT(code, name, source, condition, place)                                                \
    {                                                                                              \
        code, name, source, "1", condition, NULL, REPORT_COUNT, place, NULL, false                 \
    }
#define SUM(code, name, source, what, condition, place)                                            \
    {                                                                                              \
        code, name, source, what, condition, NULL, REPORT_COUNT, place, NULL, false                \
    }
#define MONEY(code, name, source, what, condition, place)                                          \
    {                                                                                              \
        code, name, source, what, condition, NULL, REPORT_MONEY, place, NULL, false                \
    }
#define RATE(code, name, source, condition, of, place)                                             \
    {                                                                                              \
        code, name, source, "1", condition, of, REPORT_RATE, place, NULL, false                    \
    }
#define MEAN(code, name, source, what, condition, of, place)                                       \
    {                                                                                              \
        code, name, source, what, condition, of, REPORT_MEAN, place, NULL, false                   \
    }
#define APART(code, name, source, condition, why)                                                  \
    {                                                                                              \
        code, name, source, "1", condition, NULL, REPORT_COUNT, REPORT_APART, why, false           \
    }
#define MEDIAN(code, name, source, value, condition, of, place)                                    \
    {                                                                                              \
        code, name, source, value, condition, of, REPORT_MEDIAN, place, NULL, true                 \
    }
#define DISTINCT(code, name, source, value, condition, place)                                      \
    {                                                                                              \
        code, name, source, value, condition, NULL, REPORT_COUNT, place, NULL, true                \
    }
#define DAYS_MEAN(code, name, source, condition, of, place)                                        \
    {                                                                                              \
        code, name, source, CENTER_DAYS, condition, of, REPORT_MEAN, place, NULL, true             \
    }
#define DAYS_MEDIAN(code, name, source, condition, of, place)                                      \
    {                                                                                              \
        code, name, source, CENTER_DAYS, condition, of, REPORT_MEDIAN, place, NULL, true           \
    }

const struct definition report_before_levels[] = {
    COUNT("received", "受理", SOURCE_RECEIVED, "true", REPORT_BRIEF),
    COUNT("dispatched", "派发", SOURCE_PARTIES,
          "r.role = 'lead' AND r.round = 1 AND r.at BETWEEN ?1 AND ?2", REPORT_BRIEF),
    COUNT("accept-due", "签收到期", SOURCE_PARTIES, SIGN_IN, REPORT_WHOLE),
    RATE("accepted-on-time", "按时签收", SOURCE_PARTIES,
         SIGN_IN " AND coalesce(r.accepted_at, r.answered_at) <= r.accept_due_at", "accept-due",
         REPORT_WHOLE),
    COUNT("answered", "答复", SOURCE_ANSWERS, "true", REPORT_BRIEF),
    COUNT("due", "到期", SOURCE_FIRST, "true", REPORT_BRIEF),
    RATE("on-time", "按时答复", SOURCE_FIRST, ANSWERED_IN_TIME, "due", REPORT_BRIEF),
    COUNT("party-due", "单位到期", SOURCE_PARTIES, PARTY("lead"), REPORT_BRIEF),
    RATE("party-on-time", "单位按时答复", SOURCE_PARTIES, PARTY("lead") IN_TIME, "party-due",
         REPORT_BRIEF),
    COUNT("assist-due", "协办到期", SOURCE_PARTIES, PARTY("assist"), REPORT_ASSISTS),
    RATE("assist-on-time", "协办按时", SOURCE_PARTIES, PARTY("assist") IN_TIME, "assist-due",
         REPORT_ASSISTS)};

/* A level's figure counts the breaches whose level began in the month, of whoever was judged. What
 * was revoked, or waits for its notice, is not in it. */
const struct definition report_of_level =
    COUNT(NULL, NULL, SOURCE_LEVELS, "s.role <> 'assist'" STANDS " AND s.level = ", REPORT_BRIEF);

const struct definition report_after_levels[] = {
    COUNT("rated", "评价", SOURCE_RATINGS, RATED, REPORT_WHOLE),
    RATE("satisfied", "满意", SOURCE_RATINGS,
         RATED " AND CAST(json_extract(e.data, '$.rating') AS BIGINT) >= 3", "rated", REPORT_BRIEF),
    RATE("redo", "重办", SOURCE_RATINGS, "e.type = 'redo' AND " KEPT, "rated", REPORT_WHOLE),
    RATE("returned", "退单", SOURCE_DECIDED, GRANTED("return"), "dispatched", REPORT_WHOLE),
    RATE("extended", "延期", SOURCE_DECIDED, GRANTED("extension"), "dispatched", REPORT_WHOLE),
    RATE("suspended", "挂起", SOURCE_DECIDED, GRANTED("suspension"), "dispatched", REPORT_WHOLE),
    MEAN("gross-days", "毛工作日", SOURCE_ANSWERS, "r.gross_days", "true", "answered",
         REPORT_WHOLE),
    MEAN("net-days", "净工作日", SOURCE_ANSWERS, "r.net_days", "true", "answered", REPORT_WHOLE),
    COUNT("open", "期末在办", SOURCE_OPEN, "true", REPORT_BRIEF),
    COUNT("open-overdue", "期末超期", SOURCE_OPEN, DUE_THEN " < ?2", REPORT_BRIEF),
    COUNT("due-provisional", "期限暂定", SOURCE_FIRST, PAST_HORIZON, REPORT_WHOLE),
    COUNT("overdue-assist", "协办预警", SOURCE_LEVELS, "s.role = 'assist'" STANDS, REPORT_ASSISTS),
    COUNT("follow-due", "回访到期", SOURCE_FOLLOW_UPS, "true", REPORT_WHOLE),
    RATE("follow-on-time", "按时回访", SOURCE_FOLLOW_UPS, FOLLOWED, "follow-due", REPORT_WHOLE),
    COUNT("orders", "督办应复", SOURCE_ORDERS, "true", REPORT_WHOLE),
    RATE("orders-on-time", "督办按时", SOURCE_ORDERS, "s.replied_at <= s.reply_due_at", "orders",
         REPORT_WHOLE),
    RATE("orders-late", "督办逾期", SOURCE_ORDERS, "s.replied_at > s.reply_due_at", "orders",
         REPORT_WHOLE),
    RATE("orders-missing", "督办未复", SOURCE_ORDERS, "s.replied_at IS NULL", "orders",
         REPORT_WHOLE),
    COUNT("replies-refused", "督办退回", SOURCE_REFUSALS, "true", REPORT_WHOLE),
    COUNT("ordered-by-hand", "人工督办", SOURCE_LEVELS, "s.role = 'order' AND s.revoked_at IS NULL",
          REPORT_WHOLE),
    COUNT("accountability", "启动问责", SOURCE_PROCEDURES, "a.ended_at IS NULL", REPORT_WHOLE),
    RATE("finished", "办结", SOURCE_FIRST, "r.answered_at <= ?2", "due", REPORT_WHOLE),
    RATE("resolved", "解决", SOURCE_ANSWERS, RESOLVED, "answered", REPORT_WHOLE),
    COUNT("first-answered", "首轮答复", SOURCE_ANSWERS, FIRST_ANSWER, REPORT_WHOLE),
    RATE("at-once", "一次办结", SOURCE_ANSWERS, FIRST_ANSWER AT_ONCE, "first-answered",
         REPORT_WHOLE),
    MEDIAN("gross-days-median", "毛中位天数", SOURCE_ANSWERS, "r.gross_days", "true", "answered",
           REPORT_WHOLE),
    MEDIAN("net-days-median", "净中位天数", SOURCE_ANSWERS, "r.net_days", "true", "answered",
           REPORT_WHOLE),
    COUNT("first-dispatched", "首次派发", SOURCE_DISPATCHES, "true", REPORT_WHOLE),
    DAYS_MEAN("center-days", "平台工作日", SOURCE_DISPATCHES, "true", "first-dispatched",
              REPORT_WHOLE),
    DAYS_MEDIAN("center-days-median", "平台中位天数", SOURCE_DISPATCHES, "true", "first-dispatched",
                REPORT_WHOLE),
    RATE("followed", "已回访", SOURCE_FOLLOW_UPS, FOLLOWED_UP(""), "follow-due", REPORT_WHOLE),
    COUNT("appeals", "申诉", SOURCE_APPEALS, "true", REPORT_WHOLE),
    RATE("appeals-granted", "申诉同意", SOURCE_APPEALS, "h.granted = 1", "appeals", REPORT_WHOLE),
    RATE("sent-right", "派单准确", SOURCE_DISPATCHES, STAYED, "first-dispatched", REPORT_WHOLE),

    APART("rated-invalid", "评价无效", SOURCE_RATINGS, RATING " AND " INVALID,
          "评价、满意（回访核实为误评）"),
    APART("revoked", "撤销预警", SOURCE_LEVELS, "s.revoked_at IS NOT NULL",
          "各级别预警（事后查明并未发生）"),
    APART("provisional", "暂定预警", SOURCE_LEVELS, "s.revoked_at IS NULL AND s.provisional = 1",
          "各级别预警（待放假安排公布后核定）"),
    APART("entered-late", "补录", SOURCE_ENTERED, "true", "按时（平台认可前按录入时间判定）"),
    APART("excused", "免责", SOURCE_PARTIES, PARTY_DUE " AND r.excused IS NOT NULL",
          "单位到期、协办到期（退单获准或被改派）"),
    APART("merged", "并单", SOURCE_ENDED, CLOSED_AS("merged"),
          "到期、单位到期、协办到期（随首件答复）"),
    APART("declined", "不予受理", SOURCE_ENDED, CLOSED_AS("declined"), ENDED_RATES),
    APART("referred", "转办", SOURCE_ENDED, CLOSED_AS("referred"), ENDED_RATES),
    APART("withdrawn", "撤回", SOURCE_ENDED, CLOSED_AS("withdrawn"), ENDED_RATES),
    APART("void", "作废", SOURCE_ENDED, CLOSED_AS("void"), "本项以外的各项指标"),

    COUNT("policy-collected", "归集", SOURCE_POLICIES, "p.collected_at BETWEEN ?1 AND ?2",
          REPORT_WHOLE),
    COUNT("policy-published", "发布", SOURCE_POLICIES, "p.published_at BETWEEN ?1 AND ?2",
          REPORT_WHOLE),
    COUNT("policy-interpreted", "解读", SOURCE_POLICIES, "p.interpreted_at BETWEEN ?1 AND ?2",
          REPORT_WHOLE),
    COUNT("policy-pushed", "推送", SOURCE_PUSHES, "true", REPORT_WHOLE),
    SUM("policy-views", "浏览", SOURCE_VIEWS, "v.count", "true", REPORT_WHOLE),
    COUNT("policy-collect-due", "归集到期", SOURCE_POLICIES, CLOCK("collect"), REPORT_WHOLE),
    RATE("policy-collect-late", "归集超期", SOURCE_POLICIES, LATE("collect", "collected"),
         "policy-collect-due", REPORT_BRIEF),
    COUNT("policy-publish-due", "发布到期", SOURCE_POLICIES, CLOCK("publish"), REPORT_WHOLE),
    RATE("policy-publish-late", "发布超期", SOURCE_POLICIES, LATE("publish", "published"),
         "policy-publish-due", REPORT_BRIEF),
    COUNT("policy-interpret-due", "解读到期", SOURCE_POLICIES, CLOCK("interpret"), REPORT_WHOLE),
    RATE("policy-interpret-late", "解读超期", SOURCE_POLICIES, LATE("interpret", "interpreted"),
         "policy-interpret-due", REPORT_BRIEF),
    COUNT("policy-stock", "政策存量", SOURCE_POLICIES, IN_STOCK, REPORT_WHOLE),
    RATE("policy-application", "申报类", SOURCE_POLICIES, IN_STOCK " AND p.kind = 'application'",
         "policy-stock", REPORT_WHOLE),
    RATE("policy-general", "其他类", SOURCE_POLICIES, IN_STOCK " AND p.kind = 'general'",
         "policy-stock", REPORT_WHOLE),
    RATE("policy-explained", "已解读", SOURCE_POLICIES, IN_STOCK " AND p.interpreted_at <= ?2",
         "policy-stock", REPORT_WHOLE),
    DISTINCT("policy-reached", "推送触达企业", SOURCE_REACHED, "f.id", "true", REPORT_WHOLE),
    COUNT("policy-grants", "兑现", SOURCE_GRANTS, "true", REPORT_WHOLE),
    DISTINCT("policy-granted", "兑现企业", SOURCE_GRANTED, "f.id", "true", REPORT_WHOLE),
    MONEY("policy-amount", "兑现金额（元）", SOURCE_GRANTS, "coalesce(v.amount, 0)", "true",
          REPORT_WHOLE),
    COUNT("policy-applied", "申报", SOURCE_APPLICATIONS, "v.type = 'applied'", REPORT_WHOLE),
    COUNT("policy-refused", "未通过", SOURCE_APPLICATIONS, "v.type = 'refused'", REPORT_WHOLE)};

const int report_before_count = sizeof report_before_levels / sizeof *report_before_levels;
const int report_after_count = sizeof report_after_levels / sizeof *report_after_levels;
