/* profilefile: reads profile.yaml, industries.csv and size-classes.yaml, and the regions of
 * center.yaml (qifu-config(5)) into a profile. */
#ifndef QIFU_PROFILEFILE_H
#define QIFU_PROFILEFILE_H

#include "config.h"
#include "profile.h"

/* Reads the profile of CONFIG's directory. Dies after reporting every fault as file:line. Free with
 * profile_free. */
struct profile profilefile_load(struct config *config);

#endif
