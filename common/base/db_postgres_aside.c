/* Tables aside (db_shadow): temporary ones, which are made from the log and thrown away. A row that
 * breaks a constraint is passed over. The server gives up a transaction for that, but for what
 * stands before a mark: what is held goes together behind one mark, and goes again, each row behind
 * its own, where any of it broke something.
 */
#include "base/db_postgres_pipe_private.h"

static const char DOING[] = "make a table aside";

static void say(struct server *server, const char *sql)
{
    struct pg_result *result = server->pq->PQexec(server->connection, sql);
    if (!db_postgres_is_done(server, result))
        db_postgres_fail(server, result, DOING);
    server->pq->PQclear(result);
}

void db_postgres_guard(struct server *server)
{
    say(server, "SAVEPOINT aside");
}

bool db_postgres_passed_over(struct server *server, const struct pg_result *result)
{
    bool broken = db_postgres_is_state(server, result, "23");
    if (broken || db_postgres_is_done(server, result))
        say(server, broken ? "ROLLBACK TO aside; RELEASE aside" : "RELEASE aside");
    return broken;
}

static struct pg_result *wait_for(struct server *server)
{
    struct pg_result *result = server->pq->PQgetResult(server->connection);
    for (struct pg_result *next; (next = server->pq->PQgetResult(server->connection));)
        server->pq->PQclear(next);
    return result;
}

/* What the failure took with it may be that the server prepared the statement. */
static void prepare_again(struct query *query)
{
    if (query)
        query->name = 0;
}

static void send_each_row(struct server *server, const struct bundle *b)
{
    const char *at = b->values.data;
    for (int row = 0; row < b->rows; row++) {
        db_postgres_guard(server);
        db_postgres_send_row(b, &at);
        struct pg_result *result = wait_for(server);
        bool passed_over = db_postgres_passed_over(server, result);
        if (!passed_over && !db_postgres_is_done(server, result))
            db_postgres_fail(server, result, DOING);
        server->pq->PQclear(result);
    }
}

/* True where all of it was done; otherwise none of it was. */
static bool send_together(struct server *server, struct bundle *const *held, int count)
{
    struct pg_result *failure;
    db_postgres_guard(server);
    for (int i = 0; i < count; i++)
        db_postgres_send_bundle(server, held[i]);
    bool done = db_postgres_end_pipe(server, &failure);
    if (done) {
        say(server, "RELEASE aside");
        return true;
    }
    if (!db_postgres_is_state(server, failure, "23") || !db_postgres_drain(server))
        db_postgres_fail(server, failure, DOING);
    db_postgres_passed_over(server, failure);
    server->pq->PQclear(failure);
    return false;
}

static void write_rows(struct server *server, struct bundle *const *held, int count)
{
    if (send_together(server, held, count))
        return;
    for (int i = 0; i < count; i++) {
        prepare_again(held[i]->query);
        prepare_again(held[i]->many->query);
    }
    for (int i = 0; i < count; i++)
        send_each_row(server, held[i]);
}

static void ask(struct server *server, struct bundle *const *held, int count)
{
    struct pg_result *failure;
    for (int i = 0; i < count; i++)
        db_postgres_send_bundle(server, held[i]);
    if (!db_postgres_end_pipe(server, &failure))
        db_postgres_fail(server, failure, "read");
}

void db_postgres_send_aside(struct server *server, struct bundle *const *held, int count)
{
    for (int first = 0, next; first < count; first = next) {
        bool asks = held[first]->asking;
        for (next = first + 1; next < count && !held[next]->asking == !asks;)
            next++;
        (asks ? ask : write_rows)(server, held + first, next - first);
    }
}
