/* libpq: the door to PostgreSQL's client library, which is loaded when a database of a server is
 * opened and not before: who keeps a file needs neither it nor its headers. Its functions are as
 * they have been since libpq.so.5 (2006); t/lint/libpq.c holds the types here to libpq-fe.h. */
#ifndef QIFU_BASE_LIBPQ_H
#define QIFU_BASE_LIBPQ_H

#include <stddef.h>

/* What libpq calls PGconn, PGresult and PQconninfoOption. */
struct pg_conn;
struct pg_result;
struct pg_option {
    char *keyword, *envvar, *compiled, *val, *label, *dispchar;
    int dispsize;
};

typedef void pg_notice(void *context, const struct pg_result *notice);

/* Of ConnStatusType and ExecStatusType, what is asked for here. */
enum {
    PQ_CONNECTION_OK = 0,
    PQ_EMPTY_QUERY = 0,
    PQ_COMMAND_OK = 1,
    PQ_TUPLES_OK = 2,
    PQ_COPY_IN = 4
};
/* Of types, by their numbers in every server: a parameter's, a column's. */
enum {
    PQ_BOOL = 16,
    PQ_BYTEA = 17,
    PQ_INT8 = 20,
    PQ_TEXT = 25,
    PQ_BYTEA_LIST = 1001,
    PQ_TEXT_LIST = 1009,
    PQ_INT8_LIST = 1016
};
/* The field codes of PQresultErrorField. */
enum { PQ_SQLSTATE = 'C', PQ_MESSAGE = 'M' };

/* Name, result, parameters. */
#define LIBPQ_FUNCTIONS(F)                                                                         \
    F(PQconnectdbParams, struct pg_conn *, (const char *const *, const char *const *, int))        \
    F(PQfinish, void, (struct pg_conn *))                                                          \
    F(PQstatus, unsigned, (const struct pg_conn *))                                                \
    F(PQserverVersion, int, (const struct pg_conn *))                                              \
    F(PQerrorMessage, char *, (const struct pg_conn *))                                            \
    F(PQsocket, int, (const struct pg_conn *))                                                     \
    F(PQconsumeInput, int, (struct pg_conn *))                                                     \
    F(PQisBusy, int, (struct pg_conn *))                                                           \
    F(PQgetResult, struct pg_result *, (struct pg_conn *))                                         \
    F(PQexec, struct pg_result *, (struct pg_conn *, const char *))                                \
    F(PQprepare, struct pg_result *,                                                               \
      (struct pg_conn *, const char *, const char *, int, const unsigned *))                       \
    F(PQsendPrepare, int, (struct pg_conn *, const char *, const char *, int, const unsigned *))   \
    F(PQflush, int, (struct pg_conn *))                                                            \
    F(PQsendQueryParams, int,                                                                      \
      (struct pg_conn *, const char *, int, const unsigned *, const char *const *, const int *,    \
       const int *, int))                                                                          \
    F(PQsendQueryPrepared, int,                                                                    \
      (struct pg_conn *, const char *, int, const char *const *, const int *, const int *, int))   \
    F(PQsetSingleRowMode, int, (struct pg_conn *))                                                 \
    F(PQputCopyData, int, (struct pg_conn *, const char *, int))                                   \
    F(PQputCopyEnd, int, (struct pg_conn *, const char *))                                         \
    F(PQresultStatus, unsigned, (const struct pg_result *))                                        \
    F(PQresultErrorField, char *, (const struct pg_result *, int))                                 \
    F(PQclear, void, (struct pg_result *))                                                         \
    F(PQntuples, int, (const struct pg_result *))                                                  \
    F(PQftype, unsigned, (const struct pg_result *, int))                                          \
    F(PQgetvalue, char *, (const struct pg_result *, int, int))                                    \
    F(PQgetisnull, int, (const struct pg_result *, int, int))                                      \
    F(PQcmdTuples, char *, (struct pg_result *))                                                   \
    F(PQconninfoParse, struct pg_option *, (const char *, char **))                                \
    F(PQconninfoFree, void, (struct pg_option *))                                                  \
    F(PQfreemem, void, (void *))                                                                   \
    F(PQsetNoticeReceiver, pg_notice *, (struct pg_conn *, pg_notice *, void *))

/* What came with PostgreSQL 14: NULL where the library is older. */
#define LIBPQ_LATER_FUNCTIONS(F)                                                                   \
    F(PQenterPipelineMode, int, (struct pg_conn *))                                                \
    F(PQexitPipelineMode, int, (struct pg_conn *))                                                 \
    F(PQpipelineSync, int, (struct pg_conn *))                                                     \
    F(PQsendFlushRequest, int, (struct pg_conn *))

#define LIBPQ_MEMBER(name, result, parameters) result(*name) parameters;
struct libpq {
    LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
    LIBPQ_LATER_FUNCTIONS(LIBPQ_MEMBER)
};

/* The functions; dies, saying what to install, where the library is not there. */
const struct libpq *libpq(void);

#endif
