/* Holds the types of common/base/libpq.h to those of libpq-fe.h, where that is installed
 * (t/lint/run compiles this, and nothing links it). */
#include <stddef.h>

#include "base/libpq.h"
#include "libpq-fe.h"

/* The same types, but for two that libpq gives names of its own: those are as wide. */
#define SAME(name)                                                                                 \
    _Static_assert(                                                                                \
        __builtin_types_compatible_p(__typeof__(((struct libpq *)0)->name), __typeof__(&(name))),  \
        #name " is of another type")
#define AS_WIDE(member)                                                                            \
    _Static_assert(offsetof(struct pg_option, member) == offsetof(PQconninfoOption, member),       \
                   "PQconninfoOption has another layout")

SAME(PQconnectdbParams);
SAME(PQfinish);
SAME(PQstatus);
SAME(PQresultStatus);
SAME(PQserverVersion);
SAME(PQerrorMessage);
SAME(PQsocket);
SAME(PQconsumeInput);
SAME(PQisBusy);
SAME(PQgetResult);
SAME(PQexec);
SAME(PQprepare);
SAME(PQsendQueryParams);
SAME(PQsendQueryPrepared);
SAME(PQresultErrorField);
SAME(PQsendPrepare);
SAME(PQflush);
SAME(PQenterPipelineMode);
SAME(PQexitPipelineMode);
SAME(PQpipelineSync);
SAME(PQsendFlushRequest);
SAME(PQsetSingleRowMode);
SAME(PQputCopyData);
SAME(PQputCopyEnd);
SAME(PQclear);
SAME(PQntuples);
SAME(PQftype);
SAME(PQgetvalue);
SAME(PQgetisnull);
SAME(PQcmdTuples);
SAME(PQfreemem);
SAME(PQsetNoticeReceiver);
AS_WIDE(keyword);
AS_WIDE(val);
AS_WIDE(dispchar);
AS_WIDE(dispsize);
_Static_assert(sizeof(struct pg_option) == sizeof(PQconninfoOption), "it is of another size");
_Static_assert((int)PQ_CONNECTION_OK == (int)CONNECTION_OK, "a status");
_Static_assert((int)PQ_EMPTY_QUERY == (int)PGRES_EMPTY_QUERY, "a status");
_Static_assert((int)PQ_COMMAND_OK == (int)PGRES_COMMAND_OK, "a status");
_Static_assert((int)PQ_TUPLES_OK == (int)PGRES_TUPLES_OK, "a status");
_Static_assert((int)PQ_COPY_IN == (int)PGRES_COPY_IN, "a status");
_Static_assert(PQ_SQLSTATE == PG_DIAG_SQLSTATE && PQ_MESSAGE == PG_DIAG_MESSAGE_PRIMARY, "a field");
