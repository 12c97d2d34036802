/* survey: answers to questionnaires on policies (政策问卷): each is taken in once and counted by
 * class or by organisation. If too many enterprises are dissatisfied with how an organisation
 * carries out policies (打折扣执行), a ticket of supervision is opened against it (qifu-rules(7)).
 */
#ifndef QIFU_OPINION_SURVEY_H
#define QIFU_OPINION_SURVEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"
#include "center/gate.h"
#include "policy/taxonomy.h"

/* The fields that a table of answers may bring, ended by NULL. */
extern const char *const survey_fields[];
enum survey_field {
    SURVEY_REF,
    SURVEY_SOURCE,
    SURVEY_POLICY,
    SURVEY_CLASS,
    SURVEY_ORG,
    SURVEY_SCORE,
    SURVEY_TEXT,
    SURVEY_ENTERPRISE,
    SURVEY_AT,
    SURVEY_BY,
    SURVEY_FIELD_COUNT
};

/* The class of answers that fit none of the taxonomy, and its name. */
extern const char survey_other[], survey_other_name[];
/* The code of the class called WORD, survey_other among them, or NULL; and a code's name. */
const char *survey_class(const struct taxonomy *taxonomy, const char *word);
const char *survey_class_name(const struct taxonomy *taxonomy, const char *code);

/* The rows of answers, made by their events (projected.h). */
extern const struct projected survey_projected;

/* What can be done to answers, for the gate and for who prints it. */
extern const struct gate_record survey_record;

/* One answer. Ids are 0 and texts NULL where there is none. */
struct survey_answer {
    int64_t id;
    const char *source, *ref, *class, *text;
    int64_t policy, org, enterprise;
    int score; /* 1 to 5; 0: none */
    int64_t at;
    int64_t by;     /* who takes it in; 0: not said, the center */
    int64_t ticket; /* that it led to */
};

/* What the rows of one import share; zero SEEN at the start. */
struct survey_intake {
    struct center *center;
    const struct taxonomy *taxonomy;
    const char *source;       /* of rows that name none */
    struct survey_seen *seen; /* rows without a ref, by their fingerprints */
    size_t seen_count, seen_size;
    struct arena arena;                /* texts of the present answer */
    int64_t added, known, first, last; /* answers, ids of the added ones */
};

/* Makes an answer of VALUES (by enum survey_field, NULL where absent), SCORE and WHO took it in;
 * its moment is when it was given. Its texts live until the next call. False with a FAULT where
 * something is unknown. A row without a ref gets a fingerprint of its values for one, equal rows of
 * one import different ones. */
bool survey_read(struct survey_intake *intake, char *const *values, int score,
                 const struct gate_who *who, struct survey_answer *answer, struct fault *fault);

enum survey_result { SURVEY_ADDED, SURVEY_SAME, SURVEY_REFUSED };

/* Adds ANSWER, or finds the one with its source and ref: fills in the id. Refused, with a FAULT,
 * where that one says something else, or the answer lies in the future. Inside a write transaction,
 * as is the next one. */
enum survey_result survey_add(struct survey_intake *intake, struct survey_answer *answer,
                              struct fault *fault);
/* Writes the event of the import, where anything was added, and frees what INTAKE holds. */
void survey_finish(struct survey_intake *intake);

/* Which answers are meant; zeroed: all. */
struct survey_filter {
    int64_t from, to;           /* moments, both included; 0: open */
    int64_t org;                /* 0: any */
    const char *const *classes; /* any of these codes, ended by NULL; NULL: any */
};

/* Calls TAKE for each answer with a text, in order. Texts live during the call. */
void survey_texts(struct db *db, const struct survey_filter *filter,
                  void (*take)(void *context, const struct survey_answer *answer,
                               const char *policy),
                  void *context);

/* How the answers on one class, or about one organisation, are. Dissatisfied is a score of 2 or 1
 * (不满意, 非常不满意). */
struct survey_sum {
    const char *class; /* NULL: about an organisation */
    int64_t org;       /* 0: about none, or of a class */
    int64_t answers, dissatisfied, scored, score_sum, supervised;
};

/* Calls TAKE for each class, or where BY_ORG for each organisation, with answers, the one with the
 * most first. Texts live during the call. */
void survey_sums(struct db *db, const struct survey_filter *filter, bool by_org,
                 void (*take)(void *context, const struct survey_sum *sum), void *context);

/* A ticket of supervision that was opened, or in a dry run would be (id 0). */
struct survey_order {
    int64_t ticket, org, answers;
};

/* Opens a ticket against each organisation that has as many dissatisfied answers as the
 * configuration's survey says, with an order of supervision by hand on it, counts each answer once,
 * and calls TAKE for each. Inside a write transaction. */
void survey_supervise(struct center *center, bool dry_run,
                      void (*take)(void *context, const struct survey_order *order), void *context);

#endif
