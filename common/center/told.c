#include "center/told.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct row {
    int64_t ticket;
    int64_t taken; /* by which take; 0: it waits */
    struct text data;
};

/* Those of one transaction; what an earlier one has left was taken back with it. */
struct rows {
    int64_t transaction;
    struct row *list;
    size_t count, made; /* of those that were made some are in use; their texts are used again */
    int64_t takes;
    int parts; /* that are open: what was taken may have to wait again */
};

static const char key;

static void free_rows(void *object)
{
    struct rows *rows = object;
    for (size_t i = 0; i < rows->made; i++)
        text_free(&rows->list[i].data);
    free(rows->list);
    free(rows);
}

static struct rows *rows_of(struct db *db)
{
    struct rows *rows = db_attached(db, &key);
    if (rows && rows->transaction != db_transaction(db)) {
        rows->transaction = db_transaction(db);
        rows->count = 0;
        rows->parts = 0;
    }
    return rows;
}

static struct rows *need_rows(struct db *db)
{
    struct rows *rows = rows_of(db);
    if (rows)
        return rows;
    rows = mem_zero(1, sizeof *rows);
    rows->transaction = db_transaction(db);
    db_attach(db, &key, rows, free_rows);
    return rows;
}

struct text *told_start(struct db *db, int64_t ticket, const char *what, int64_t id)
{
    struct rows *rows = need_rows(db);
    if (rows->count == rows->made) {
        rows->list = mem_grow(rows->list, rows->made, sizeof *rows->list);
        rows->list[rows->made++] = (struct row){.ticket = 0};
    }
    struct row *row = &rows->list[rows->count++];
    row->ticket = ticket;
    row->taken = 0;
    text_clear(&row->data);
    json_start(&row->data);
    json_add_number(&row->data, what, id);
    return &row->data;
}

void told_end(struct text *row)
{
    json_end(row);
}

/* Those that wait keep their order; the others go behind them, for their texts. */
static void drop_taken(struct rows *rows)
{
    size_t left = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct row row = rows->list[i];
        if (row.taken)
            continue;
        rows->list[i] = rows->list[left];
        rows->list[left++] = row;
    }
    rows->count = left;
}

struct told_part told_begin(struct db *db)
{
    struct rows *rows = need_rows(db);
    rows->parts++;
    db_mark(db);
    return (struct told_part){rows->count, rows->takes};
}

/* A part that was undone gives the transaction another number. */
static void undo(struct db *db, struct rows *rows, const struct told_part *part)
{
    db_undo(db);
    rows->transaction = db_transaction(db);
    if (rows->count > part->count)
        rows->count = part->count;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].taken > part->takes)
            rows->list[i].taken = 0;
}

void told_close(struct db *db, const struct told_part *part, bool keep)
{
    struct rows *rows = need_rows(db);
    if (keep)
        db_keep(db);
    else
        undo(db, rows, part);
    if (!--rows->parts)
        drop_taken(rows);
}

bool told_next(struct db *db, int64_t *ticket)
{
    const struct rows *rows = rows_of(db);
    for (size_t i = 0; rows && i < rows->count; i++)
        if (!rows->list[i].taken) {
            *ticket = rows->list[i].ticket;
            return true;
        }
    return false;
}

static bool waits_for(const struct row *row, int64_t ticket)
{
    return !row->taken && (!row->ticket || row->ticket == ticket);
}

bool told_waits(struct db *db, int64_t ticket)
{
    const struct rows *rows = rows_of(db);
    for (size_t i = 0; rows && i < rows->count; i++)
        if (waits_for(&rows->list[i], ticket))
            return true;
    return false;
}

void told_take(struct db *db, int64_t ticket, struct text *out)
{
    struct rows *rows = rows_of(db);
    bool any = false;
    if (!rows)
        return;
    rows->takes++;
    for (size_t i = 0; i < rows->count; i++) {
        if (!waits_for(&rows->list[i], ticket))
            continue;
        text_add_format(out, "%s%s", any ? "," : "", rows->list[i].data.data);
        rows->list[i].taken = rows->takes;
        any = true;
    }
    if (!rows->parts)
        drop_taken(rows);
}
