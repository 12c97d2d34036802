/* schema: the text of schema.sql, embedded when the library is built. */
#ifndef QIFU_SCHEMA_H
#define QIFU_SCHEMA_H

extern const char schema[];

#endif
