/* rule_file: reads ordered rules (qifu-config(5)) into a rule set: the dispatch catalogue, and
 * the rules that give a message its kind. */
#ifndef QIFU_CATALOGUE_RULE_FILE_H
#define QIFU_CATALOGUE_RULE_FILE_H

#include "catalogue/rule.h"

/* Reads PATH as a dispatch catalogue: each rule has `when`, `lead`, `assist` and `basis`. Dies
 * after reporting every fault as file:line. Free with rule_set_free. */
struct rule_set rule_file_load(const char *path);

/* Reads PATH as kind rules: each rule has `kind` and word conditions. The kinds are not checked
 * against the configuration here. */
struct rule_set rule_file_load_kinds(const char *path);

#endif
