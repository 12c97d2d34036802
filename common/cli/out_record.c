/* Records that are more than a row. */
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "cli/out_private.h"

/* What stands before a value: a comma, and the name of a member. */
static void start_value(struct out *out, const char *name)
{
    struct level *level = &out->levels[out->depth - 1];
    if (level->any)
        text_add_char(&out->held, ',');
    level->any = true;
    if (level->is_list)
        return;
    json_add_string(&out->held, name);
    text_add_char(&out->held, ':');
}

static void begin_level(struct out *out, struct level level)
{
    if (out->depth == OUT_MOST_LEVELS)
        die("internal fault: a record of more than %d levels", OUT_MOST_LEVELS);
    out->levels[out->depth++] = level;
    if (out_is_json(out))
        text_add_char(&out->held, level.is_list ? '[' : '{');
}

static void end_level(struct out *out)
{
    bool is_list = out->levels[--out->depth].is_list;
    if (out_is_json(out))
        text_add_char(&out->held, is_list ? ']' : '}');
}

static void add_member_row(struct out *out, const char *name, const char *title, const char *value,
                           const char *shown)
{
    out_text(out, out->id);
    out_code(out, name, title);
    out_code(out, value, shown);
    out_row(out);
}

/* A member; those of an object in a list have no row. RAW is written without quotes in json. */
static void add_member(struct out *out, const char *name, const char *title, const char *value,
                       const char *shown, bool raw)
{
    if (!value)
        return;
    if (!out_is_json(out)) {
        if (out->depth == 1)
            add_member_row(out, name, title, value, shown);
        return;
    }
    start_value(out, name);
    if (raw)
        text_add(&out->held, value);
    else
        json_add_string(&out->held, value);
}

void out_begin_record(struct out *out, const char *id, bool number)
{
    out->id = id;
    begin_level(out, (struct level){.is_list = false});
    if (out_is_json(out))
        add_member(out, out->columns[0].name, NULL, id, NULL, number);
}

void out_end_record(struct out *out)
{
    end_level(out);
    if (out_is_json(out))
        text_add_char(&out->held, '\n');
    out_spill(out);
}

void out_member(struct out *out, const char *name, const char *title, const char *value,
                const char *shown)
{
    add_member(out, name, title, value, shown, false);
}

void out_member_number(struct out *out, const char *name, const char *title, int64_t number,
                       const char *shown)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    add_member(out, name, title, digits, shown, true);
}

void out_member_json(struct out *out, const char *name, const char *title, const char *json,
                     const char *shown)
{
    add_member(out, name, title, json, shown, true);
}

void out_begin_list(struct out *out, const char *name, const char *one, const char *title)
{
    if (out_is_json(out))
        start_value(out, name);
    begin_level(out, (struct level){.is_list = true, .one = one, .title = title});
}

void out_end_list(struct out *out)
{
    end_level(out);
}

void out_item(struct out *out, const char *value, const char *shown)
{
    const struct level *list = &out->levels[out->depth - 1];
    if (out_is_json(out)) {
        start_value(out, NULL);
        json_add_string(&out->held, value);
    } else {
        add_member_row(out, list->one, list->title, value, shown);
    }
}

void out_begin_item(struct out *out, const char *line, const char *shown)
{
    if (out_is_json(out))
        start_value(out, NULL);
    else
        out_item(out, line, shown);
    begin_level(out, (struct level){.is_list = false});
}

void out_end_item(struct out *out)
{
    end_level(out);
}
