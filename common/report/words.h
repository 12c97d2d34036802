/* words: what people write for a bulletin (问题、典型案例、下一步): a text of parts, each headed by
 * a line that begins with "# ", with paragraphs divided by empty lines. */
#ifndef QIFU_REPORT_WORDS_H
#define QIFU_REPORT_WORDS_H

/* Reads the file at PATH ("-" is standard input). Dies, naming file and line, where it cannot be
 * read, begins without a heading, or where a heading says nothing. The caller frees. */
char *words_read(const char *path);

/* Calls HEADING for each heading and PARAGRAPH for each paragraph of TEXT, in their order; both
 * live during the call. */
void words_each(const char *text, void (*heading)(void *context, const char *),
                void (*paragraph)(void *context, const char *), void *context);

#endif
