/* config: what a center has decided, read from center.yaml (qifu-config(5)): kinds with their
 * limits, channels, regions, the ladder of supervision, the time zone and the calendar. */
#ifndef QIFU_CENTER_CONFIG_H
#define QIFU_CENTER_CONFIG_H

#include <stdbool.h>

#include "base/mem.h"
#include "calendar/deadline.h"
#include "center/config_files.h"
#include "center/hours.h"

/* A code, the office's name for it, and what else people write for it. */
struct term {
    const char *code, *name;
    const char *const *also; /* ended by NULL */
};

/* Whose clock it is (qifu-rules(7)): each has levels of its own. */
enum clock_role {
    CLOCK_LEAD,     /* the lead, from its dispatch */
    CLOCK_ASSIST,   /* an assist, from its dispatch */
    CLOCK_DISPATCH, /* the center, while the ticket waits for dispatch */
    CLOCK_ROLES
};

struct kind {
    struct term term;
    int days;           /* to answer: working days, or */
    bool natural;       /* natural days */
    int extension_days; /* 延期, of the same days; -1: those of the limits */
    int dispatch_days;  /* the center's own, working days; -1: those of the limits */
    const char *ladder; /* whose levels judge it; "none" */
    bool errands;       /* the ladder judges the center's errands of it too */
    const char *about;  /* what an enterprise is told it is for; NULL: no page offers it */
};

struct level {
    struct term term;
    const char *ladder;     /* to which it belongs */
    unsigned judges;        /* 1 << enum clock_role: whose clocks */
    int after;              /* working days overdue at which it begins; 0: as soon as overdue */
    const char *supervisor; /* code of the organisation that supervises */
    const char *document;   /* what is issued, e.g. 一次督办 */
    int reply_days;         /* working days in which the handler must reply */
    bool accountability;    /* opens the procedure */
};

/* The limits of qifu-rules(7); days are working days. */
struct limits {
    int accept_days;      /* 签收 */
    int return_days;      /* 退单: after the dispatch */
    int extension_days;   /* 延期: more, at most */
    int extensions;       /* granted in a round, at most */
    int suspension_days;  /* 挂起: a pause ends then, resumed or not */
    int suspensions;      /* in a round, at most */
    int rating_days;      /* closed as not rated when so many have passed since the answer */
    int late_rating_days; /* a rating is taken so long after a close without one */
    int dispatch_days;    /* the center's own: after the day of receipt; 0: on that day */
    int follow_days;      /* the center's own: a bad rating is followed up */
    int late_entry_days;  /* what a handler enters later than so many waits for the center's word */
    int problem_after;    /* 疑难工单: as many redos and returns */
    int decline_days;     /* 不予受理: after the receipt */
    int contacts;         /* 无事不扰: of a firm in a month, at most; 0: any number */
    const char *const *return_reasons, *const *suspension_reasons; /* ended by NULL */
};

/* Why a request is not taken in (不予受理), and the legal way that the enterprise is told. */
struct decline_reason {
    const char *reason, *way;
};

/* Another system to which tickets are referred (转办). */
struct referral {
    struct term term;
    bool urgent; /* 110, 119, 120: at once, and its number there may be missing */
};

/* Orders of supervision by hand (督办). */
struct order_rule {
    const char *document;           /* what is issued */
    int reply_days;                 /* working days in which it must be replied to */
    const char *const *supervisors; /* who else may order: the center and the ladder's always may */
};
/* What stands in the place of a level where an order was given by hand, and its word. */
extern const char config_order[], config_order_name[];

/* The policies' own 135 (qifu-rules(7)): working days from the day of issue. */
struct policy_limits {
    int collect_days, publish_days, interpret_days;
    int reviewed_from; /* day of issue from which the city's policies must say so; 0: never */
    int consult_days;  /* natural days for which a draft is out, usually at least; 0: any */
};

/* When questionnaires on policies lead to supervision: as many dissatisfied answers about one
 * organisation, in as many days. */
struct survey_rule {
    int complaints, days;
    const char *kind; /* code, of the ticket that is opened */
};

/* Likely repeats (ticket-merge --suggest). */
struct duplicate_rule {
    int alike;                 /* percent, at least */
    const char *const *no_key; /* words that tell nobody: 无, 匿名; ended by NULL */
};

/* How a notice is written for its channel. */
enum notice_form {
    NOTICE_MAIL,     /* a mail of RFC 5322, text and html */
    NOTICE_WECOM,    /* JSON for a robot of 企业微信 */
    NOTICE_DINGTALK, /* JSON for a robot of 钉钉 */
    NOTICE_TEXT,     /* plain text */
    NOTICE_FORMS
};

/* A way by which notices go out: the command that gets each on its standard input. */
struct notice_channel {
    struct term term;
    enum notice_form form;
    const char *const *command; /* ended by NULL, one at least; no shell reads it */
    int timeout;                /* seconds after which it is killed */
};

/* Notices (center.yaml: notices). */
struct notice_rule {
    struct hours hours; /* in which they go out, but for what may not wait */
    int stale_days;     /* natural days after which nobody is told any more */
    int tries;          /* after which one is given up */
    const char *sender; /* of mails; NULL: the mailer's */
    const char *link;   /* where a ticket is looked up, with {ticket} in it, and {word} for who
                           filed it (receipt.h); NULL: nowhere */
    const char
        *replies; /* where mail-in gets replies, with {mark} in it or without; NULL: nowhere */
    struct notice_channel *channels;
    int channel_count;
};

/* How long texts of records are kept (center.yaml: retention): PERIOD of UNIT (years, months, days)
 * after the day of the moment AFTER; by which law. */
struct retention {
    const char *code, *name;
    const char *record, *after; /* config_retention.c has them */
    const char *const *fields;  /* personal.h; ended by NULL, one at least */
    const char *unit, *law;
    int period;
};

/* A county that is a center of its own under the city's (county.h): its pool, its bureaus. */
struct county {
    const char *center;           /* code of the organisation that it is */
    const char *bureaus;          /* peer group: the organisations of it are its bureaus */
    const char *catalogue;        /* file of its own dispatch catalogue; NULL: it has none */
    int dispatch_days;            /* its own, working days; -1: those of the limits */
    const char *const *conveners; /* codes, ended by NULL; one at least */
    const char *const *channels;  /* codes: what comes by them is filed with it; ended by NULL */
    /* At each level, of its bureaus: the code of who supervises, NULL: the city's; the document
     * that it issues, NULL: the level's. */
    const char *const *supervisors, *const *documents;
};

struct config {
    struct arena arena;
    const char *directory; /* where it was read from */
    const char *center, *calendar;
    const char *center_org; /* code of the organisation that the center itself is */
    const char *log_key;    /* the file of the key that signs the log's head, NULL: nobody does */
    struct deadline_rule rule;
    int remind_before;               /* working days before due at which a reminder is owed */
    bool party_clock_is_tickets;     /* a party's clock runs from the receipt, not its dispatch */
    bool unanswered_raises;          /* an order without a reply in time begins the next level */
    const char *const *conveners;    /* codes: who may order a conference, rule and name a lead;
                                        ended by NULL, one at least */
    const char *const *name_passers; /* users who may say for whom they act; ended by NULL */
    const char *const *trusted_sources; /* whose files are believed about the past; ended by NULL */
    struct limits limits;
    struct order_rule order;
    struct policy_limits policies;
    struct survey_rule survey;
    struct duplicate_rule repeats;
    struct notice_rule notices;
    const char *default_kind, *default_channel, *default_source;
    struct kind *kinds;
    struct term *channels, *regions;
    struct level *levels; /* from the first to the last */
    struct decline_reason *decline_reasons;
    struct referral *referrals;
    struct county *counties;
    struct retention *retentions;
    int kind_count, channel_count, region_count, level_count;
    int decline_reason_count, referral_count, county_count, retention_count;
    struct config_files taken;            /* over by center-init, where it is bound to them */
    const struct registry_set *registers; /* register/registry.h; NULL until they are read */
};

/* Reads DIRECTORY/center.yaml and sets the process's time zone. Dies after reporting every fault
 * as file:line. The caller frees with config_free. */
struct config *config_load(const char *directory);
void config_free(struct config *config);

/* PATH below the configuration's directory, in its arena. Dies where the configuration is bound to
 * files and this one is another. */
const char *config_path(struct config *config, const char *path);

/* Binds CONFIG to FILES, whose list it takes. */
void config_bind(struct config *config, const struct config_files *files);

/* The limits that are numbers: the key of the I-th in center.yaml, or NULL behind the last, and the
 * number in force. */
const char *config_limit_key(int i);
int config_limit(const struct config *config, int i);

/* Each finds by code, name or another accepted word (blanks and case aside), or returns NULL. */
const struct kind *config_kind(const struct config *config, const char *word);
const struct term *config_channel(const struct config *config, const char *word);
const struct term *config_region(const struct config *config, const char *word);
const struct level *config_level(const struct config *config, const char *word);
const struct referral *config_referral(const struct config *config, const char *word);
const struct notice_channel *config_notice_channel(const struct config *config, const char *word);

/* The deadline of a request of KIND that was received at RECEIVED, or of a part of one that was
 * dispatched then. False where it leaves the calendar's range. */
bool config_deadline(const struct config *config, const struct calendar *calendar,
                     const struct kind *kind, int64_t received, struct deadline *deadline);

/* Working days in which the center dispatches a ticket of KIND, a code, or COUNTY where it is not
 * NULL. The kind's own come first, then the county's. */
int config_dispatch_days(const struct config *config, const char *kind,
                         const struct county *county);

/* The county with whose center is filed what comes by CHANNEL, a code; NULL: with the city's. */
const struct county *config_county_of_channel(const struct config *config, const char *channel);

/* The office's name for a code, or the code itself where the configuration does not know it;
 * NULL for NULL. A level may be config_order. */
const char *config_kind_name(const struct config *config, const char *code);
const char *config_channel_name(const struct config *config, const char *code);
const char *config_region_name(const struct config *config, const char *code);
const char *config_level_name(const struct config *config, const char *code);
const char *config_referral_name(const struct config *config, const char *code);
const char *config_notice_channel_name(const struct config *config, const char *code);

/* The code of a clock's role (lead, assist, dispatch) and the office's word for it. */
const char *config_role(enum clock_role role);
const char *config_role_name(enum clock_role role);

/* True where LEVEL judges the clocks of ROLE in tickets of KIND, a code. */
bool config_judges(const struct config *config, const struct level *level, enum clock_role role,
                   const char *kind);

/* True where the ladder judges the center's errands of KIND, a code, as it does requests. */
bool config_judges_errands(const struct config *config, const char *kind);

/* The word among the configured ones that is nearest to WORD, or NULL. */
const char *config_nearest_kind(const struct config *config, const char *word);
const char *config_nearest_channel(const struct config *config, const char *word);
const char *config_nearest_region(const struct config *config, const char *word);
const char *config_nearest_level(const struct config *config, const char *word);
const char *config_nearest_referral(const struct config *config, const char *word);
const char *config_nearest_notice_channel(const struct config *config, const char *word);

/* Lists for fault_unknown of all kinds, channels, regions, levels, systems to refer to, in LIST of
 * SIZE bytes. */
enum { CONFIG_LIST_SIZE = 512 };
const char *config_list_kinds(const struct config *config, char *list, size_t size);
const char *config_list_channels(const struct config *config, char *list, size_t size);
const char *config_list_regions(const struct config *config, char *list, size_t size);
const char *config_list_levels(const struct config *config, char *list, size_t size);
const char *config_list_referrals(const struct config *config, char *list, size_t size);
const char *config_list_notice_channels(const struct config *config, char *list, size_t size);

#endif
