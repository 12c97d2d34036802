/* registry_private: reading one file. */
#ifndef QIFU_REGISTER_REGISTRY_PRIVATE_H
#define QIFU_REGISTER_REGISTRY_PRIVATE_H

#include "register/registry.h"

/* Reads the register CODE from PATH, into the configuration's arena; warns of every fault as
 * file:line and counts it. */
struct registry *registry_read(struct config *config, const char *code, const char *path,
                               int *faults);

/* Puts the SQL of a figure together, in ARENA. */
void registry_write_figure(const struct registry *registry, struct registry_figure *figure,
                           struct arena *arena);

#endif
