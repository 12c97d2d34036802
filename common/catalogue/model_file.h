/* model_file: a model as a plain file (qifu-model(5)). */
#ifndef QIFU_CATALOGUE_MODEL_FILE_H
#define QIFU_CATALOGUE_MODEL_FILE_H

#include "base/fault.h"
#include "catalogue/model.h"

/* Appends the file to OUT, and gives the model its digest. */
void model_file_print(struct model *model, struct text *out);

/* Reads the file at PATH into MODEL (zeroed). False with a FAULT, and an empty model, where it
 * cannot be read or is none. */
bool model_file_read(const char *path, struct model *model, struct fault *fault);

/* The same; dies with the fault. */
struct model model_file_need(const char *path);

/* Writes TEXT to a new file at PATH, whole or not at all. False with a FAULT where that fails, or a
 * file is there: what a model sent can be replayed as long as its file is kept. */
bool model_file_write(const char *path, const struct text *text, struct fault *fault);

#endif
