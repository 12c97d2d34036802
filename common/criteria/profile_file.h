/* profilefile: reads profile.yaml, industries.csv and size-classes.yaml, and the regions of
 * center.yaml (qifu-config(5)) into a profile. */
#ifndef QIFU_CRITERIA_PROFILE_FILE_H
#define QIFU_CRITERIA_PROFILE_FILE_H

#include "center/config.h"
#include "criteria/profile.h"

/* Reads the profile of CONFIG's directory. Dies after reporting every fault as file:line. Free with
 * profilefile_free. */
struct profile profilefile_load(struct config *config);
void profilefile_free(struct profile *profile);

#endif
