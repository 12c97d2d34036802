/* vocabulary: what the machine formats print as codes, with the office's words; and what can be
 * done to each record, by the tables of the gate. A new record's acts are listed where its
 * gate_record stands in vocabulary.c. */
#ifndef QIFU_REPORT_VOCABULARY_H
#define QIFU_REPORT_VOCABULARY_H

#include "center/config.h"
#include "cli/out.h"

enum { VOCABULARY_WORDS = 3, VOCABULARY_ACTS = 9, VOCABULARY_READING = 4 };
extern const struct out_column vocabulary_words[VOCABULARY_WORDS];
extern const struct out_column vocabulary_acts[VOCABULARY_ACTS];
extern const struct out_column vocabulary_reading[VOCABULARY_READING];

/* Prints every code and its word, to an output of vocabulary_words. */
void vocabulary_print_words(struct out *out, struct config *config);
/* True where TEXT stands in the name of an act that PROGRAM does, or in the office's word for it.
 */
bool vocabulary_has(const char *program, const char *text);
/* Prints each act that a state allows, of every record, to an output of vocabulary_acts. */
void vocabulary_print_acts(struct out *out);
/* Prints who reads what, to an output of vocabulary_reading. */
void vocabulary_print_reading(struct out *out);

#endif
