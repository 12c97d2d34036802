/* option: fields of a register as options of programs. */
#ifndef QIFU_REGISTER_OPTION_H
#define QIFU_REGISTER_OPTION_H

#include "center/add.h"
#include "register/registry.h"

/* Takes the present option, NAME=VALUE, into ADDING's values, where the registry's fields stand
 * from FIRST on. Dies where it is none. */
void option_field(struct adding *adding, const struct registry *registry, int first);

/* Divides WORD, of the option --OPTION, into a field of REGISTRY, whose number it returns, and its
 * value, which *VALUE is in WORD. Dies where it is no NAME=VALUE. */
int option_split(const struct args *args, const struct registry *registry, char *word,
                 char **value);

#endif
