/* db_steps: the numbered steps of a schema's text. Each is headed by a line `-- step N: ...`. */
#ifndef QIFU_BASE_DB_STEPS_H
#define QIFU_BASE_DB_STEPS_H

/* The number of the last step of SCHEMA. */
int db_steps_last(const char *schema);

/* The text of STEP, which is there; the caller frees. */
char *db_steps_text(const char *schema, int step);

#endif
