/* create: makes a center's database, and copies into it what its views need of the configuration.
 */
#ifndef QIFU_CENTER_CREATE_H
#define QIFU_CENTER_CREATE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/config.h"

/* Creates the database at PATH unless it is there, and copies the configuration's words and the
 * time zone into it. True where it was made now. Made as a DEMO it is a center whose clock --now
 * and QIFU_NOW set, for good: dies where DEMO is asked of a center that was made without. */
bool center_create(const char *path, struct config *config, bool demo);

#endif
