/* records: all whose rows are what the log makes of them. */
#ifndef QIFU_SETUP_RECORDS_H
#define QIFU_SETUP_RECORDS_H

#include "center/projected.h"

/* A record comes behind those that its rows name; ended by NULL. */
extern const struct projected *const records_projected[];

#endif
