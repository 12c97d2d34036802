#include "center/told.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct row {
    int64_t ticket;
    struct text data;
};

/* Those of one transaction; what an earlier one has left was taken back with it. */
struct rows {
    int64_t transaction;
    struct row *list;
    size_t count, made; /* of those that were made some wait; their texts are used again */
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
    }
    return rows;
}

struct text *told_start(struct db *db, int64_t ticket, const char *what, int64_t id)
{
    struct rows *rows = rows_of(db);
    if (!rows) {
        rows = mem_zero(1, sizeof *rows);
        rows->transaction = db_transaction(db);
        db_attach(db, &key, rows, free_rows);
    }
    if (rows->count == rows->made) {
        rows->list = mem_grow(rows->list, rows->made, sizeof *rows->list);
        rows->list[rows->made++] = (struct row){.ticket = 0};
    }
    struct row *row = &rows->list[rows->count++];
    row->ticket = ticket;
    text_clear(&row->data);
    json_start(&row->data);
    json_add_number(&row->data, what, id);
    return &row->data;
}

void told_end(struct text *row)
{
    json_end(row);
}

int64_t told_mark(struct db *db)
{
    const struct rows *rows = rows_of(db);
    return rows ? (int64_t)rows->count : 0;
}

/* A part that was undone gives the transaction another number; what waited before it waits still.
 */
void told_undo(struct db *db, int64_t mark)
{
    struct rows *rows = db_attached(db, &key);
    if (!rows)
        return;
    rows->transaction = db_transaction(db);
    if (rows->count > (size_t)mark)
        rows->count = (size_t)mark;
}

bool told_next(struct db *db, int64_t *ticket)
{
    const struct rows *rows = rows_of(db);
    if (!rows || !rows->count)
        return false;
    *ticket = rows->list[0].ticket;
    return true;
}

static bool is_for(const struct row *row, int64_t ticket)
{
    return !row->ticket || row->ticket == ticket;
}

bool told_waits(struct db *db, int64_t ticket)
{
    const struct rows *rows = rows_of(db);
    for (size_t i = 0; rows && i < rows->count; i++)
        if (is_for(&rows->list[i], ticket))
            return true;
    return false;
}

/* Those that stay keep their order; a taken one goes behind them, for its text. */
void told_take(struct db *db, int64_t ticket, struct text *out)
{
    struct rows *rows = rows_of(db);
    size_t left = 0, taken = 0;
    for (size_t i = 0; rows && i < rows->count; i++) {
        struct row row = rows->list[i];
        if (is_for(&row, ticket)) {
            text_add_format(out, "%s%s", taken++ ? "," : "", row.data.data);
            continue;
        }
        rows->list[i] = rows->list[left];
        rows->list[left++] = row;
    }
    if (rows)
        rows->count = left;
}
