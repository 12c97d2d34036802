#include <stdlib.h>
#include <string.h>

#include "ticket/dispatcher_private.h"

/* ---- the catalogue's reasons ---- */

static const char *condition_name(const struct rule_condition *c)
{
    static const char *const names[] = {"kind", "channel", "source", "region", "category",
                                        "",     "title",   "body",   "text"};
    return c->on == RULE_FACT ? c->fact : names[c->on];
}

/* Appends "title 拖欠, 欠款": the condition and those of its values with hits[i] == WANTED. */
static void add_values(struct text *why, const struct rule_condition *c, const uint8_t *hits,
                       int wanted, const char *joined)
{
    text_add(why, condition_name(c));
    for (int i = 0, shown = 0; i < c->count; i++)
        if (hits[i] == wanted)
            text_add_format(why, "%s%s", shown++ ? joined : " ", c->values[i]);
}

static void explain_condition(struct text *why, const struct rule_condition *c, bool holds,
                              const uint8_t *hits)
{
    if (c->mode == RULE_NONE && !holds) {
        text_add(why, "but ");
        add_values(why, c, hits, 1, ", ");
    } else if (c->mode == RULE_NONE) {
        text_add(why, "without ");
        add_values(why, c, hits, 0, ", ");
    } else if (holds) {
        add_values(why, c, hits, 1, ", ");
    } else {
        text_add(why, "lacks ");
        add_values(why, c, hits, 0, c->mode == RULE_ALL ? " and " : " or ");
    }
}

/* Appends the conditions of RULE that hold (HELD) or fail, divided by "; ". */
static void explain_conditions(struct text *why, const struct rule *rule,
                               const struct rule_subject *subject,
                               const struct rule_reading *reading, bool held)
{
    for (int i = 0; i < rule->condition_count; i++) {
        const struct rule_condition *c = &rule->conditions[i];
        uint8_t *hits = mem_zero((size_t)c->count, sizeof *hits);
        if (rule_condition_holds(c, subject, reading, hits) == held &&
            !(held && c->mode == RULE_NONE)) {
            if (why->length && why->data[why->length - 1] != ' ')
                text_add(why, "; ");
            explain_condition(why, c, held, hits);
        }
        free(hits);
    }
}

/* What speaks for one rule: its conditions, and the words that weigh. */
static void explain_rule(const struct dispatcher *d, const struct rule *rule,
                         const struct rule_subject *subject, struct text *why)
{
    struct text said = {0};
    explain_conditions(&said, rule, subject, &d->weighing.reading, true);
    if (said.length && rule->weighs)
        text_add(&said, "; ");
    weighing_explain(&d->weighing, subject, rule, &said);
    text_add(why, text_string(&said));
    text_free(&said);
}

static void explain_closest(const struct dispatcher *d, const struct rule_subject *subject,
                            struct text *why)
{
    const struct rule_reading *reading = &d->weighing.reading;
    const struct rule *rule = rule_closest(&d->catalogue, subject, reading);
    if (!rule) {
        text_add(why, "no rule fits, and none has a condition met");
        return;
    }
    text_add_format(why, "no rule fits; closest is %s: ", rule->name);
    explain_conditions(why, rule, subject, reading, true);
    explain_conditions(why, rule, subject, reading, false);
}

/* The rules, the heaviest first, each with what it weighs and why. BEFORE says why none decides. */
static void explain_choice(const struct dispatcher *d, const struct rule_subject *subject,
                           const struct choice *choice, const char *before, struct text *why)
{
    if (choice->ordered) {
        explain_rule(d, choice->rule, subject, why);
        return;
    }
    if (!choice->count) {
        explain_closest(d, subject, why);
        return;
    }
    text_add(why, before);
    for (int i = 0; i < choice->count; i++) {
        const struct candidate *candidate = &choice->best[i];
        text_add_format(why, "%s%s %d: ", i ? " / " : "", candidate->rule->name, candidate->weight);
        explain_rule(d, candidate->rule, subject, why);
    }
}

/* ---- the model's ---- */

/* Appends a score, in thousandths, as it is read: -0.41. */
static void add_score(struct text *why, int score)
{
    text_add_format(why, "%s%d.%02d", score <= -MODEL_ONE / 100 ? "-" : "", abs(score) / MODEL_ONE,
                    abs(score) % MODEL_ONE * 100 / MODEL_ONE);
}

/* The units for which the model alone speaks most, and what of each it has found. */
static void explain_model(const struct dispatcher *d, struct text *why)
{
    const struct model *m = d->model;
    struct evidence alone = evidence_weigh(d->reading.scores, m->unit_count, NULL, 0);
    text_add_format(why, "; model %s: ", m->digest);
    for (int i = 0; i < alone.count; i++) {
        text_add_format(why, "%s%s ", i ? " / " : "", m->units[alone.best[i].unit].code);
        add_score(why, alone.best[i].total);
        text_add(why, ": ");
        model_explain(&d->reading, alone.best[i].unit, why);
    }
}

static const char *name_of(const struct dispatcher *d, const struct heard *heard,
                           const struct choice *choice)
{
    const struct standing *first = &heard->evidence.best[0];
    return first->unit >= 0 ? d->model->units[first->unit].code
                            : choice->best[first->claim].rule->decides;
}

void dispatcher_explain(const struct dispatcher *d, const struct rule_subject *subject,
                        const struct choice *choice, const struct heard *heard, struct text *why)
{
    bool decides = heard->is_heard ? heard->is_sure : choice->rule != NULL;
    const char *before = decides           ? ""
                         : heard->is_heard ? "not sure: "
                         : choice->close   ? "too close: "
                                           : "too little: ";
    explain_choice(d, subject, choice, before, why);
    if (!heard->is_heard)
        return;
    explain_model(d, why);
    text_add_format(why, "; together: %s %d %%", name_of(d, heard, choice), heard->trust / 10);
}
