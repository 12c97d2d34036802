/* personal: the texts of the log that may be about a person, by what people call them: those that
 * can be erased. */
#ifndef QIFU_CENTER_PERSONAL_H
#define QIFU_CENTER_PERSONAL_H

#include <stdbool.h>

/* The fields that can be named, by number from 0 on; NULL behind the last. */
const char *personal_field(int number);
bool personal_is_field(const char *word);

/* The field that the member of an event's data with this KEY (seal.h) belongs to; NULL: none, it is
 * no text that is erased. */
const char *personal_field_of(int key);

#endif
