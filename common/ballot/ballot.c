#include "ballot/ballot.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "enterprise/enterprise.h"

const char *const ballot_fields[] = {"wave", "voter", "unit", "score", "ref", "at", "by", NULL};

enum ballot_act { BALLOT_TAKE, BALLOT_LIST };

static const struct gate_act acts[] = {
    [BALLOT_TAKE] = {"take in a ballot", "ballot-add", "登记评议票", GATE_NEW | GATE_REGISTERED,
                     GATE_BY_CENTER, "ballot-cast"},
    [BALLOT_LIST] = {"list a wave of ballots", "ballot-add", "确定评议批次",
                     GATE_NEW | GATE_REGISTERED, GATE_BY_CENTER, "ballot-listed"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record ballot_record = {"ballot", "评议", gate_registers, gate_register_name,
                                          acts};

/* ---- what events make of waves and votes ---- */

static void apply_wave(struct db *db, const struct json *data)
{
    struct db_query *q = db_query(
        db, "INSERT INTO ballot_wave (code, first_day, last_day, complete, alike, unit_minimum,"
            " group_minimum, last, last_of, twice, points1, points2, points3, points4, points5)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
            " ON CONFLICT (code) DO UPDATE SET first_day = excluded.first_day,"
            " last_day = excluded.last_day, complete = excluded.complete, alike = excluded.alike,"
            " unit_minimum = excluded.unit_minimum, group_minimum = excluded.group_minimum,"
            " last = excluded.last, last_of = excluded.last_of, twice = excluded.twice,"
            " points1 = excluded.points1, points2 = excluded.points2, points3 = excluded.points3,"
            " points4 = excluded.points4, points5 = excluded.points5");
    int first = 0, last = 0;
    day_parse(json_text(data, "from"), &first);
    day_parse(json_text(data, "to"), &last);
    db_bind_text(q, 1, json_text(data, "wave"));
    db_bind(q, 2, first);
    db_bind(q, 3, last);
    for (int i = 0; i < BALLOT_RULES; i++)
        db_bind(q, 4 + i, json_number(data, ballotfile_rules[i].key));
    db_bind(q, 10, json_number(data, "twice"));
    for (int i = 0; i < RATING_HIGHEST; i++)
        db_bind(q, 11 + i, json_number_at(data, "points", i));
    db_run(q);
}

static void apply_unit(struct db *db, const char *wave, int place, const struct json *unit)
{
    struct db_query *q = db_query(
        db, "INSERT INTO ballot_unit (wave, code, place, name, group_code, group_name, org_id)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6, id FROM org WHERE code = ?7"
            " ON CONFLICT (wave, code) DO UPDATE SET place = excluded.place, name = excluded.name,"
            " group_code = excluded.group_code, group_name = excluded.group_name,"
            " org_id = excluded.org_id");
    static const char *const texts[] = {"name", "group", "group_name", "org"};
    db_bind_text(q, 1, wave);
    db_bind_text(q, 2, json_text(unit, "unit"));
    db_bind(q, 3, place);
    for (int i = 0; i < 4; i++)
        db_bind_text(q, 4 + i, json_text(unit, texts[i]));
    db_run(q);
}

static void apply_listed(struct db *db, const struct event *event, const struct json *data)
{
    const char *wave = json_text(data, "wave");
    (void)event;
    apply_wave(db, data);
    struct db_query *q = db_query(db, "UPDATE ballot_unit SET place = NULL WHERE wave = ?1");
    db_bind_text(q, 1, wave);
    db_run(q);
    for (int i = 0; i < json_count(data, "units"); i++)
        apply_unit(db, wave, i, json_object_at(data, "units", i));
}

static void apply_cast(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO ballot_vote (id, wave, unit, voter, ref, at, score)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    db_bind(q, 1, json_number(data, "vote"));
    db_bind_text(q, 2, json_text(data, "wave"));
    db_bind_text(q, 3, json_text(data, "unit"));
    db_bind_text(q, 4, json_text(data, "voter"));
    db_bind_text(q, 5, json_has(data, "ref") ? json_text(data, "ref") : "");
    db_bind(q, 6, event->at);
    db_bind_some(q, 7, json_number(data, "score"));
    db_run(q);
}

const struct projected ballot_projected = {
    .check = "ballots",
    .tables =
        (const struct projected_table[]){
            {"ballot_wave", "0", "m.code", NULL},
            {"ballot_unit", "0", "m.wave || ' ' || m.code", NULL},
            {"ballot_vote", "m.id", "m.wave || ' ' || m.unit || ' ' || m.voter", NULL},
            {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"ballot-listed", apply_listed}, {"ballot-cast", apply_cast}, {NULL, NULL}}};

/* ---- a wave as it is listed ---- */

static void load_units(struct db *db, struct ballot_poll *poll)
{
    struct arena *arena = &poll->arena;
    struct db_query *q =
        db_query(db, "SELECT u.code, u.name, u.group_code, u.group_name, o.code FROM ballot_unit u"
                     " JOIN org o ON o.id = u.org_id WHERE u.wave = ?1 AND u.place IS NOT NULL"
                     " ORDER BY u.place");
    db_bind_text(q, 1, poll->code);
    while (db_step(q)) {
        poll->units = mem_grow(poll->units, (size_t)poll->unit_count, sizeof *poll->units);
        poll->units[poll->unit_count++] =
            (struct ballot_unit){.code = arena_string(arena, db_text(q, 0)),
                                 .name = arena_string(arena, db_text(q, 1)),
                                 .group = arena_string(arena, db_text(q, 2)),
                                 .group_name = arena_string(arena, db_text(q, 3)),
                                 .org = arena_string(arena, db_text(q, 4))};
    }
}

bool ballot_poll_load(struct db *db, const char *code, struct ballot_poll *poll)
{
    struct db_query *q = db_query(
        db, "SELECT first_day, last_day, complete, alike, unit_minimum, group_minimum, last,"
            " last_of, twice, points1, points2, points3, points4, points5 FROM ballot_wave"
            " WHERE code = ?1");
    *poll = (struct ballot_poll){.code = NULL};
    db_bind_text(q, 1, code);
    if (!db_step(q))
        return false;
    poll->code = arena_string(&poll->arena, code);
    poll->first = (int)db_number(q, 0);
    poll->last = (int)db_number(q, 1);
    for (int i = 0; i < BALLOT_RULES; i++)
        *ballotfile_rule(&poll->rules, &ballotfile_rules[i]) = (int)db_number(q, 2 + i);
    poll->rules.twice = (int)db_number(q, 8);
    for (int i = 0; i < RATING_HIGHEST; i++)
        poll->rules.points[i + 1] = (int)db_number(q, 9 + i);
    db_reset(q);
    load_units(db, poll);
    return true;
}

void ballot_poll_free(struct ballot_poll *poll)
{
    free(poll->units);
    arena_free(&poll->arena);
    *poll = (struct ballot_poll){.code = NULL};
}

const char *ballot_poll_before(struct db *db, struct ballot_poll *poll)
{
    struct db_query *q = db_query(db, "SELECT code FROM ballot_wave WHERE first_day < ?1"
                                      " ORDER BY first_day DESC, code DESC LIMIT 1");
    db_bind(q, 1, poll->first);
    const char *code = db_step(q) ? arena_string(&poll->arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return code;
}

struct ballot_poll ballot_poll_need(struct db *db, const char *word)
{
    struct ballot_poll poll;
    struct text list = {0};
    if (ballot_poll_load(db, word, &poll))
        return poll;
    struct db_query *q = db_query(db, "SELECT code FROM ballot_wave ORDER BY first_day, code");
    while (db_step(q))
        text_add_format(&list, "%s%s", list.length ? " " : tongue(" (there are "), db_text(q, 0));
    die("no ballots of wave \"%s\"%s%s", word, text_string(&list), list.length ? ")" : "");
}

const char *ballot_poll_group(const struct ballot_poll *poll, const char *word)
{
    char list[512] = "";
    struct fault fault = {""};
    for (int i = 0; i < poll->unit_count; i++) {
        const struct ballot_unit *unit = &poll->units[i];
        if (text_same(unit->group, word) || text_same(unit->group_name, word))
            return unit->group;
        if (!i || strcmp(unit->group, poll->units[i - 1].group) != 0)
            text_choice(list, sizeof list, unit->group, unit->group_name);
    }
    die("%s", fault_unknown(&fault, "group", word, NULL, list));
}

const struct ballot_unit *ballot_poll_unit(const struct ballot_poll *poll, const char *word)
{
    const struct ballot_unit *found = NULL;
    for (int i = 0; i < poll->unit_count; i++) {
        const struct ballot_unit *unit = &poll->units[i];
        if (!strcmp(unit->code, word))
            return unit;
        if (!text_same(unit->name, word))
            continue;
        if (found)
            die("two units are called \"%s\": %s and %s", word, found->code, unit->code);
        found = unit;
    }
    if (!found)
        die("unknown unit \"%s\"; ballot-rank %s lists them", word, poll->code);
    return found;
}

const char *const *ballot_waves_ended(struct db *db, struct arena *arena, int first, int last)
{
    const int64_t count = db_count(db, "SELECT count(*) FROM ballot_wave");
    const char **codes = arena_zero(arena, ((size_t)count + 1) * sizeof *codes);
    struct db_query *q =
        db_query(db, "SELECT code FROM ballot_wave WHERE last_day BETWEEN ?1 AND ?2"
                     " ORDER BY first_day, code");
    db_bind(q, 1, first);
    db_bind(q, 2, last);
    for (int i = 0; db_step(q);)
        codes[i++] = arena_string(arena, db_text(q, 0));
    return codes;
}

/* ---- listing a wave ---- */

static void add_wave(struct text *data, const struct ballot_wave *wave)
{
    struct ballot_rules rules = wave->rules;
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    struct text points = {0};
    json_start(data);
    json_add_text(data, "wave", wave->code);
    json_add_text(data, "from", day_print(wave->first, first));
    json_add_text(data, "to", day_print(wave->last, last));
    for (int i = 0; i < BALLOT_RULES; i++)
        json_add_number(data, ballotfile_rules[i].key,
                        *ballotfile_rule(&rules, &ballotfile_rules[i]));
    json_add_number(data, "twice", rules.twice);
    for (int i = RATING_LOWEST; i <= RATING_HIGHEST; i++)
        json_list_add_number(&points, rules.points[i]);
    json_add_raw(data, "points", json_list_end(&points));
    text_free(&points);
}

static void add_units(struct text *data, const struct ballotfile *file)
{
    struct text units = {0}, unit = {0};
    for (int i = 0; i < file->unit_count; i++) {
        const struct ballot_unit *u = &file->units[i];
        text_clear(&unit);
        json_start(&unit);
        json_add_text(&unit, "unit", u->code);
        json_add_text(&unit, "name", u->name);
        json_add_text(&unit, "group", u->group);
        json_add_text(&unit, "group_name", u->group_name);
        json_add_text(&unit, "org", u->org);
        json_end(&unit);
        text_add_format(&units, "%s%s", units.length ? ", " : "[", unit.data);
    }
    text_add(&units, units.length ? "]" : "[]");
    json_add_raw(data, "units", units.data);
    text_free(&units);
    text_free(&unit);
}

/* A wave that is being listed. */
struct listing {
    struct ballot_intake *intake;
    const struct ballot_wave *wave;
    int64_t by, at;
};

static bool list_wave(void *context)
{
    const struct listing *l = context;
    struct center *center = l->intake->center;
    struct text data = {0};
    add_wave(&data, l->wave);
    add_units(&data, l->intake->file);
    org_add_code(&data, "by", center->db, l->by);
    projected_log(center, &ballot_projected, acts[BALLOT_LIST].event, l->at, &data);
    return true;
}

/* The center alone: its ballots judge all others. */
static bool is_center(struct center *center, int64_t by, struct fault *fault)
{
    return org_is_center(center, by) ||
           fault_add(fault, "ballots are taken in by the center alone");
}

bool ballot_begin(struct ballot_intake *intake, const char *word, bool anew,
                  const struct gate_who *who, struct fault *fault)
{
    struct center *center = intake->center;
    const struct ballot_wave *wave = ballotfile_wave(intake->file, word);
    const char *code = wave ? wave->code : word;
    if (intake->poll.code && !strcmp(intake->poll.code, code))
        return true;
    ballot_poll_free(&intake->poll);
    if (ballot_poll_load(center->db, code, &intake->poll) && !anew)
        return true;
    ballot_poll_free(&intake->poll);
    if (!wave)
        return fault_add(fault, "unknown wave \"%s\"; ballots.yaml says which there are", word);
    struct listing listing = {intake, wave, who->by, center->now};
    const struct gate gate = {.record = &ballot_record,
                              .act = BALLOT_LIST,
                              .state = gate_register(0),
                              .by = &who->by,
                              .fault = fault,
                              .context = &listing,
                              .step = list_wave,
                              .is_sure = true};
    if (!is_center(center, who->by, fault) || gate_pass(center, &gate) == GATE_REFUSED)
        return false;
    return ballot_poll_load(center->db, code, &intake->poll);
}

/* ---- votes ---- */

/* The code of the unit called WORD: by its code, by the name that one alone has, or by a name of
 * the organisation that it is. */
static const char *find_unit(const struct ballot_intake *intake, const char *word,
                             struct fault *fault)
{
    const struct ballot_poll *poll = &intake->poll;
    const struct ballot_unit *found = NULL;
    for (int i = 0; i < poll->unit_count; i++) {
        const struct ballot_unit *unit = &poll->units[i];
        if (!strcmp(unit->code, word))
            return unit->code;
        if (!text_same(unit->name, word))
            continue;
        if (found) {
            fault_add(fault, "two units are called \"%s\": %s and %s", word, found->code,
                      unit->code);
            return NULL;
        }
        found = unit;
    }
    int64_t org = found ? 0 : org_find(intake->center->db, word);
    struct arena arena = {0};
    const char *code = org ? org_find_code(intake->center->db, org, &arena) : NULL;
    for (int i = 0; code && !found && i < poll->unit_count; i++)
        if (!strcmp(poll->units[i].code, code))
            found = &poll->units[i];
    arena_free(&arena);
    if (!found)
        fault_add(fault, "wave %s does not vote on \"%s\"", poll->code, word);
    return found ? found->code : NULL;
}

/* A known enterprise by its code, so that it is the same however it is written; else the word,
 * which is the token of somebody who need not be known. */
static const char *find_voter(struct ballot_intake *intake, const char *word)
{
    struct db *db = intake->center->db;
    struct enterprise enterprise;
    if (intake->word && !strcmp(intake->word, word))
        return intake->voter;
    arena_free(&intake->arena);
    intake->word = arena_string(&intake->arena, word);
    int64_t id = enterprise_find(db, word);
    bool known = id && enterprise_load(db, id, &intake->arena, &enterprise);
    intake->voter = known ? enterprise.code : intake->word;
    return intake->voter;
}

/* 不了解: whoever has never dealt with a unit says so, and has marked it. */
static bool is_unknown(const char *word)
{
    return text_same(word, "0") || text_same(word, "不了解") || text_same(word, "弃权");
}

bool ballot_read(struct ballot_intake *intake, char *const *values, const struct gate_who *who,
                 struct ballot_vote *vote, struct fault *fault)
{
    const char *score = values[BALLOT_SCORE];
    *vote = (struct ballot_vote){.ref = values[BALLOT_REF] ? values[BALLOT_REF] : "",
                                 .at = who->at ? who->at : intake->center->now,
                                 .by = who->by,
                                 .at_given = who->at != 0};
    for (int i = BALLOT_VOTER; i <= BALLOT_SCORE; i++)
        if (!values[i])
            fault_add(fault, "no %s", ballot_fields[i]);
    if (values[BALLOT_UNIT])
        vote->unit = find_unit(intake, values[BALLOT_UNIT], fault);
    if (values[BALLOT_VOTER])
        vote->voter = find_voter(intake, values[BALLOT_VOTER]);
    if (score && !is_unknown(score) && !(vote->score = rating_parse(score)))
        rating_unknown(score, fault);
    return !*fault->text;
}

/* A vote that is being taken in. */
struct taking {
    struct ballot_intake *intake;
    struct ballot_vote *vote;
    struct fault *fault;
    int stored; /* what the same ballot says already; -1: nothing */
};

static bool is_known(void *context)
{
    struct taking *t = context;
    struct ballot_vote *vote = t->vote;
    struct db_query *q = db_query(t->intake->center->db,
                                  "SELECT id, score FROM ballot_vote WHERE wave = ?1 AND voter = ?2"
                                  " AND unit = ?3 AND ref = ?4 AND (?5 IS NULL OR at = ?5)"
                                  " ORDER BY id LIMIT 1");
    db_bind_text(q, 1, t->intake->poll.code);
    db_bind_text(q, 2, vote->voter);
    db_bind_text(q, 3, vote->unit);
    db_bind_text(q, 4, vote->ref);
    db_bind_some(q, 5, vote->at_given ? vote->at : 0);
    bool found = db_step(q);
    t->stored = found ? (int)db_number(q, 1) : -1;
    vote->id = found ? db_number(q, 0) : 0;
    db_reset(q);
    return t->stored == vote->score;
}

static bool may_take(void *context)
{
    struct taking *t = context;
    if (!is_center(t->intake->center, t->vote->by, t->fault))
        return false;
    return t->stored < 0 ||
           fault_add(t->fault,
                     "the same ballot says %d of \"%s\" already: another one needs another ref, or "
                     "another moment",
                     t->stored, t->vote->unit);
}

static bool take_in(void *context)
{
    const struct taking *t = context;
    struct center *center = t->intake->center;
    struct ballot_vote *vote = t->vote;
    struct text data = {0};
    vote->id = db_next_id(center->db, "ballot_vote");
    json_start(&data);
    json_add_number(&data, "vote", vote->id);
    json_add_text(&data, "wave", t->intake->poll.code);
    json_add_text(&data, "unit", vote->unit);
    json_add_text(&data, "voter", vote->voter);
    json_add_text(&data, "ref", *vote->ref ? vote->ref : NULL);
    if (vote->score)
        json_add_number(&data, "score", vote->score);
    org_add_code(&data, "by", center->db, vote->by);
    projected_log(center, &ballot_projected, acts[BALLOT_TAKE].event, vote->at, &data);
    return true;
}

enum gate_result ballot_add(struct ballot_intake *intake, struct ballot_vote *vote,
                            struct fault *fault)
{
    struct taking taking = {intake, vote, fault, -1};
    const struct gate gate = {.record = &ballot_record,
                              .act = BALLOT_TAKE,
                              .state = gate_register(0),
                              .at = vote->at,
                              .by = &vote->by,
                              .fault = fault,
                              .context = &taking,
                              .known = is_known,
                              .may = may_take,
                              .step = take_in,
                              .is_sure = true};
    return gate_pass(intake->center, &gate);
}

void ballot_finish(struct ballot_intake *intake)
{
    ballot_poll_free(&intake->poll);
    arena_free(&intake->arena);
}
