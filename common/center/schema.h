/* schema: the text of schema.sql, embedded when the library is built. */
#ifndef QIFU_CENTER_SCHEMA_H
#define QIFU_CENTER_SCHEMA_H

extern const char schema[];

#endif
