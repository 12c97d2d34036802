#include "enterprise/asof.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "enterprise/enterprise.h"

/* Members by the ids of their enterprises. */
struct roll {
    struct db *db;
    const struct profile *profile;
    struct population population;
    int64_t *ids;
    int room; /* for so many */
    int next; /* members are asked for in rising order */
};

/* The member with this id; ids come in rising order. -1 where it came after the roll was made. */
static int find_member(struct roll *roll, int64_t id)
{
    while (roll->next < roll->population.count && roll->ids[roll->next] < id)
        roll->next++;
    return roll->next < roll->population.count && roll->ids[roll->next] == id ? roll->next : -1;
}

static struct fact_range read_value(const struct profile *profile, int fact, struct db_query *q,
                                    int number_column, int code_column)
{
    const char *code = code_column >= 0 ? db_text(q, code_column) : NULL;
    if (code)
        return profile_kept(profile, fact, code);
    int64_t number = number_column >= 0 ? db_number(q, number_column) : 0;
    if (number_column < 0 || (!number && db_is_null(q, number_column)))
        return FACT_UNKNOWN;
    return (struct fact_range){number, number};
}

/* Facts of one member as of the day, over whatever its columns hold: those that are loaded. */
static void read_past(struct roll *roll, int member)
{
    struct population *population = &roll->population;
    for (int fact = 0; fact < FACT_OF_SIZE; fact++)
        if (population->columns[fact])
            population->columns[fact][member] = FACT_UNKNOWN;
    struct db_query *q = db_query(
        roll->db, "SELECT name, number, code FROM fact WHERE enterprise_id = ?1 AND"
                  " from_day <= ?2 AND name IN ('region', 'industry', 'staff', 'revenue', 'assets',"
                  " 'founded') ORDER BY from_day");
    db_bind(q, 1, roll->ids[member]);
    db_bind(q, 2, population->day);
    while (db_step(q)) {
        int fact = profile_fact(roll->profile, db_text(q, 0));
        if (fact >= 0 && population->columns[fact])
            population->columns[fact][member] = read_value(roll->profile, fact, q, 1, 2);
    }
}

/* Room for one more member in the ids and in the columns of the standard facts. */
static void make_room(struct roll *roll, const bool *standard)
{
    struct population *population = &roll->population;
    if (population->count < roll->room)
        return;
    roll->room = roll->room ? roll->room * 2 : 1024;
    roll->ids = mem_resize(roll->ids, (size_t)roll->room * sizeof *roll->ids);
    for (int fact = 0; fact < FACT_OF_SIZE; fact++)
        if (standard[fact])
            population->columns[fact] = mem_resize(population->columns[fact],
                                                   (size_t)roll->room * sizeof(struct fact_range));
}

/* The columns of the standard facts have their names; only those that are asked for are read. */
static struct db_query *query_standard(const struct roll *roll, const bool *standard)
{
    struct text sql = {0};
    text_add(&sql, "SELECT id, facts_from");
    for (int fact = 0; fact < FACT_OF_SIZE; fact++)
        if (standard[fact])
            text_add_format(&sql, ", %s", roll->profile->facts[fact].code);
    text_add(&sql, " FROM enterprise ORDER BY id");
    struct db_query *q = db_query_built(roll->db, sql.data);
    text_free(&sql);
    return q;
}

/* All enterprises with those of their standard facts that STANDARD marks, from the columns that
 * hold what was known last; where that came to be known after the day, from the history. */
static void read_standard(struct roll *roll, const bool *standard)
{
    struct population *population = &roll->population;
    int late_count = 0, *late = NULL;
    struct db_query *q = query_standard(roll, standard);
    make_room(roll, standard);
    for (; db_step(q); population->count++) {
        int member = population->count;
        make_room(roll, standard);
        roll->ids[member] = db_number(q, 0);
        if (db_number(q, 1) > population->day) {
            late = mem_grow(late, (size_t)late_count, sizeof *late);
            late[late_count++] = member;
            continue;
        }
        for (int fact = 0, column = 2; fact < FACT_OF_SIZE; fact++)
            if (standard[fact]) {
                population->columns[fact][member] = read_value(
                    roll->profile, fact, q, column, fact <= FACT_OF_INDUSTRY ? column : -1);
                column++;
            }
    }
    for (int i = 0; i < late_count; i++)
        read_past(roll, late[i]);
    free(late);
}

static void read_further(struct roll *roll, int fact)
{
    struct fact_range *column = population_column(&roll->population, roll->profile, fact);
    struct db_query *q =
        db_query(roll->db, "SELECT enterprise_id, number, code FROM fact WHERE name = ?1 AND"
                           " from_day <= ?2 ORDER BY enterprise_id, from_day");
    db_bind_text(q, 1, roll->profile->facts[fact].code);
    db_bind(q, 2, roll->population.day);
    roll->next = 0;
    while (db_step(q)) {
        int member = find_member(roll, db_number(q, 0));
        if (member >= 0)
            column[member] = read_value(roll->profile, fact, q, 1, 2);
    }
}

/* A tag that has ended is not known to be held any more; where the center holds the whole register,
 * it is known not to be. */
static void read_tag(struct roll *roll, int fact)
{
    struct fact_range *column = population_column(&roll->population, roll->profile, fact);
    const struct fact_range ended =
        roll->profile->facts[fact].complete ? (struct fact_range){0, 0} : FACT_UNKNOWN;
    struct db_query *q = db_query(roll->db, "SELECT enterprise_id, until_day, held, level FROM tag"
                                            " WHERE tag = ?1 AND from_day <= ?2"
                                            " ORDER BY enterprise_id, from_day");
    db_bind_text(q, 1, roll->profile->facts[fact].code);
    db_bind(q, 2, roll->population.day);
    roll->next = 0;
    while (db_step(q)) {
        int member = find_member(roll, db_number(q, 0));
        bool over = !db_is_null(q, 1) && db_number(q, 1) < roll->population.day;
        if (member >= 0)
            column[member] =
                over ? ended : enterprise_tag_value(db_number(q, 2) != 0, db_text(q, 3));
    }
}

static void read_needed(struct roll *roll, const bool *needed)
{
    const struct profile *profile = roll->profile;
    bool standard[FACT_STANDARD_COUNT] = {false};
    for (int fact = 0; fact < FACT_OF_SIZE; fact++)
        standard[fact] = needed[fact] || (needed[FACT_OF_SIZE] && fact >= FACT_OF_INDUSTRY &&
                                          fact <= FACT_OF_ASSETS);
    read_standard(roll, standard);
    if (needed[FACT_OF_SIZE])
        population_compute_sizes(&roll->population, profile);
    for (int fact = FACT_STANDARD_COUNT; fact < profile->fact_count; fact++)
        if (needed[fact] && profile->facts[fact].type == FACT_TAG)
            read_tag(roll, fact);
        else if (needed[fact])
            read_further(roll, fact);
}

struct population census_of_all(struct db *db, const struct profile *profile, const bool *needed,
                                int day, int64_t **ids)
{
    struct roll roll = {
        .db = db, .profile = profile, .population = population_new(profile, 0, day)};
    read_needed(&roll, needed);
    *ids = roll.ids;
    return roll.population;
}

struct population census_of_history(const struct profile *profile,
                                    const struct enterprise_fact *facts, int count, int day)
{
    struct population population = population_new(profile, 1, day);
    for (int fact = 0; fact < profile->fact_count; fact++)
        population_column(&population, profile, fact);
    for (int i = 0; i < count; i++) {
        struct fact_range value = facts[i].value;
        if (facts[i].from > day)
            continue;
        if (facts[i].until < day)
            value =
                profile->facts[facts[i].fact].complete ? (struct fact_range){0, 0} : FACT_UNKNOWN;
        population.columns[facts[i].fact][0] = value;
    }
    population_compute_sizes(&population, profile);
    return population;
}

struct population census_of_one(struct db *db, const struct profile *profile, int64_t id, int day)
{
    struct arena arena = {0};
    struct enterprise_fact *facts;
    int count = enterprise_history(db, profile, id, &arena, &facts);
    struct population population = census_of_history(profile, facts, count, day);
    arena_free(&arena);
    return population;
}
