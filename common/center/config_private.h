/* What the files of the configuration's reader share. */
#ifndef QIFU_CENTER_CONFIG_PRIVATE_H
#define QIFU_CENTER_CONFIG_PRIVATE_H

#include "base/yamlfile.h"
#include "center/config.h"

/* The ladder of what names none. */
extern const char config_usual_ladder[];

/* config_counties.c: the counties that are centers of their own. Channels and ladder are read. */
void config_read_counties(struct config *config, const struct node *root, int *faults);

/* config_notices.c: how notices go out. */
void config_read_notices(struct config *config, const struct node *root, int *faults);

/* config_retention.c: how long what is kept. */
void config_read_retention(struct config *config, const struct node *root, int *faults);

#endif
