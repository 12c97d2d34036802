/* textfile: a whole text out of a file, as an office's editors write it. */
#ifndef QIFU_BASE_FILE_H
#define QIFU_BASE_FILE_H

/* The text of the file at PATH ("-" is standard input) in UTF-8, from UTF-8 or GB18030, with plain
 * newlines and without blanks at its ends. Dies, naming the file, where it cannot be read, is no
 * text or is empty. The caller frees. */
char *textfile_read(const char *path);

#endif
