/* csvfile: the door to libcsv. Reads a CSV file record by record, in any encoding, and keeps for
 * each record its line, its untouched bytes, and what is wrong with it.
 *
 * libcsv parses the bytes before they are converted: no byte of a GB18030 character is a comma,
 * a quote or a line end, so one bad character costs one record and not the file.
 */
#ifndef QIFU_BASE_CSVFILE_H
#define QIFU_BASE_CSVFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct csvfile;

struct csv_record {
    long line;       /* where the record starts, from 1 */
    size_t count;    /* of fields */
    char **fields;   /* in UTF-8, terminated, the caller may change them */
    const char *raw; /* the record's bytes as they stand in the file, without the line end */
    size_t raw_length;
};

enum csv_result {
    CSVFILE_RECORD, /* a record */
    CSVFILE_BROKEN, /* a record that cannot be read: line and raw are set, see csvfile_fault */
    CSVFILE_END
};

/* Reads FILE, which must be seekable. ENCODING names it, or NULL finds it out (dies on UTF-16 or
 * an unknown name). NAME is for messages. The caller keeps FILE. */
struct csvfile *csvfile_open(FILE *file, const char *name, const char *encoding);
void csvfile_close(struct csvfile *csv);

/* Starts again at the beginning, with fields divided by DELIMITER (a comma at first). */
void csvfile_restart(struct csvfile *csv, char delimiter);

/* The next record, valid until the next call. After a broken record (an unclosed or stray quote)
 * reading goes on with the line after its first. */
enum csv_result csvfile_next(struct csvfile *csv, struct csv_record *record);
const char *csvfile_fault(const struct csvfile *csv);

struct encoding *csvfile_encoding(struct csvfile *csv);

/* True where the file starts with a byte order mark, once a record was read. */
bool csvfile_is_marked(const struct csvfile *csv);

/* How many bytes were read so far, for progress. */
uint64_t csvfile_position(const struct csvfile *csv);

/* True where a spreadsheet would compute a cell that holds S: it begins with = + - @, a TAB or a
 * carriage return (the full-width ones too), behind any number of guards. A plain negative number
 * is harmless. Such a cell is written behind one more CSVFILE_GUARD, and csvfile_next takes one
 * away from such a cell: what was written comes back as it was. */
enum { CSVFILE_GUARD = '\'' };
bool csvfile_is_formula(const char *s);

/* Writes S as one CSV field to FILE, quoted where needed, by libcsv. */
void csvfile_write_field(FILE *file, const char *s, size_t length);

#endif
