#include "center/gate.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "center/role.h"
#include "center/told.h"

static const char *const bys[GATE_BYS][2] = {
    [GATE_BY_LEAD] = {"lead", "主办"},
    [GATE_BY_PARTY] = {"lead or assist", "主办或协办"},
    [GATE_BY_ASSIST] = {"assist", "协办"},
    [GATE_BY_CENTER] = {"center", "平台"},
    [GATE_BY_COUNTY] = {"county", "县级平台"},
    [GATE_BY_CITY] = {"city", "市级平台"},
    [GATE_BY_CONVENER] = {"convener", "召集单位"},
    [GATE_BY_ANYONE] = {"anyone", "不限"},
    [GATE_BY_SUPERVISOR] = {"supervisor", "督办单位"},
    [GATE_BY_OWNER] = {"owner or center", "主管单位或平台"},
    [GATE_BY_ADDRESSEE] = {"addressee", "征求对象"}};

const char *gate_by_name(enum gate_by by)
{
    return bys[by][0];
}

const char *gate_by_word(enum gate_by by)
{
    return bys[by][1];
}

const char *gate_called(const struct gate_act *act)
{
    return tongue_word(act->name, act->word);
}

const char *const gate_registers[] = {"new", "registered", NULL};

const char *gate_register_name(const char *state)
{
    return !strcmp(state, gate_registers[0]) ? "未登记" : "已登记";
}

const char *gate_register(int64_t id)
{
    return gate_registers[id != 0];
}

bool gate_allows(const struct gate_record *record, int act, const char *state)
{
    for (int i = 0; record->states[i]; i++)
        if (!strcmp(record->states[i], state))
            return record->acts[act].states >> i & 1;
    return false;
}

bool gate_is_always(const struct gate_record *record, int act)
{
    int all = 0;
    for (int i = 0; record->states[i]; i++)
        if (strcmp(record->states[i], gate_registers[0]) != 0)
            all |= 1 << i;
    return (record->acts[act].states & all) == all;
}

bool gate_decides(const struct gate_record *record, int act)
{
    const char *name = record->acts[act].name;
    return !strncmp(name, "grant ", 6) || !strncmp(name, "refuse ", 7);
}

/* ---- which role may ---- */

/* By whose act it is. What the center does as lead, or as owner, its operators do. */
static const struct gate_right rights[GATE_BYS] = {
    [GATE_BY_LEAD] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_PARTY] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_ASSIST] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_CENTER] = {ROLE_OPERATOR, false},
    [GATE_BY_COUNTY] = {ROLE_OPERATOR, false},
    [GATE_BY_CITY] = {ROLE_OPERATOR, false},
    [GATE_BY_CONVENER] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_ANYONE] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_SUPERVISOR] = {ROLE_SUPERVISOR, false},
    [GATE_BY_OWNER] = {ROLE_HANDLER | ROLE_OPERATOR, true},
    [GATE_BY_ADDRESSEE] = {ROLE_HANDLER | ROLE_OPERATOR, true},
};

/* Acts that are another role's; of a record alone all of its acts. */
static const struct {
    const char *record, *act;
    unsigned roles;
} others[] = {
    {"ticket", "rate", ROLE_OPERATOR},                         /* a party does not rate */
    {"personal-data", "carry out a retention", ROLE_OPERATOR}, /* the configuration has decided */
    {"personal-data", NULL, ROLE_APPROVER},
    {"org", NULL, ROLE_ADMINISTRATOR},
    {"association", "add an association", ROLE_ADMINISTRATOR},
    {"member", NULL, ROLE_ADMINISTRATOR},
};

struct gate_right gate_right(const struct gate_record *record, int act)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i].record, record->code) &&
            (!others[i].act || !strcmp(others[i].act, record->acts[act].name)))
            return (struct gate_right){others[i].roles, false};
    enum gate_by by = record->acts[act].by;
    if ((by == GATE_BY_CENTER || by == GATE_BY_CITY) && gate_decides(record, act))
        return (struct gate_right){ROLE_APPROVER, false};
    return rights[by];
}

/* ---- */

static bool is_allowed(const struct gate *gate, int act)
{
    return gate_allows(gate->record, act, gate->state) &&
           (!gate->follows || gate->follows(gate->context, act));
}

/* An act that goes without saying: it is always allowed, or answers what was asked. */
static bool is_plain(const struct gate *gate, int act)
{
    return gate_is_always(gate->record, act) || gate_decides(gate->record, act) ||
           (gate->says && !gate->says(gate->context, act));
}

/* The acts that are allowed now; where there is none to name, those that anyone always may. */
static void list_allowed(const struct gate *gate, struct text *list)
{
    const struct gate_act *acts = gate->record->acts;
    for (int i = 0; acts[i].name; i++)
        if (is_allowed(gate, i) && !is_plain(gate, i))
            text_add_format(list, "%s%s", list->length ? " " : "", acts[i].word);
    for (int i = 0; acts[i].name && !list->length; i++)
        if (gate_is_always(gate->record, i) && acts[i].by == GATE_BY_ANYONE)
            text_add(list, acts[i].word);
}

static bool check_state(const struct gate *gate)
{
    struct text list = {0};
    if (is_allowed(gate, gate->act))
        return true;
    list_allowed(gate, &list);
    fault_add(gate->fault, "%s: it is %s (%s)%s%s", gate_called(&gate->record->acts[gate->act]),
              gate->state, gate->record->name(gate->state), list.length ? tongue("; now: ") : "",
              text_string(&list));
    text_free(&list);
    return false;
}

static bool check_moment(const struct gate *gate, int64_t now)
{
    int64_t moment = gate->at ? gate->at : now;
    char at[CLOCK_TEXT_SIZE], began[CLOCK_TEXT_SIZE];
    if (moment > now)
        fault_add(gate->fault, "%s lies in the future", clock_print(moment, at));
    else if (gate->began && moment < gate->began)
        fault_add(gate->fault, "%s lies before %s, when %s", clock_print(moment, at),
                  clock_print(gate->began, began), tongue(gate->began_as));
    else
        return true;
    return false;
}

/* True where the one who runs the program is a member who may. */
static bool is_permitted(struct center *center, const struct gate *gate)
{
    const struct gate_right right = gate_right(gate->record, gate->act);
    return center->acts ||
           permit_allows(center,
                         &(struct permit){.act = gate_called(&gate->record->acts[gate->act]),
                                          .by = gate->by ? *gate->by : 0,
                                          .roles = right.roles,
                                          .entered = right.entered},
                         gate->fault);
}

/* The step, whole or not at all. */
static bool do_step(struct db *db, const struct gate *gate)
{
    if (gate->is_sure)
        return !gate->step || gate->step(gate->context);
    struct told_part part = told_begin(db);
    bool done = gate->step(gate->context);
    told_close(db, &part, done);
    return done;
}

enum gate_result gate_pass(struct center *center, const struct gate *gate)
{
    bool outer = !center->acts;
    if (gate->known && gate->known(gate->context))
        return GATE_KNOWN;
    if (!check_state(gate) || (gate->may && !gate->may(gate->context)) ||
        !check_moment(gate, center->now) || !is_permitted(center, gate))
        return GATE_REFUSED;
    center->acts = true;
    bool done = do_step(center->db, gate);
    if (outer) {
        center->acts = false;
        center->entered_by = 0;
    }
    return done ? GATE_DONE : GATE_REFUSED;
}
