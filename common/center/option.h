/* option: the value of an option that is one of the configuration's words: its code, or a usage
 * error that offers the nearest one or lists all. */
#ifndef QIFU_CENTER_OPTION_H
#define QIFU_CENTER_OPTION_H

#include "center/config.h"
#include "cli/args.h"

/* The code that the present option's value means. Dies where it means none. */
const char *option_kind(const struct args *args, const struct config *config);
const char *option_channel(const struct args *args, const struct config *config);
const char *option_region(const struct args *args, const struct config *config);
const char *option_level(const struct args *args, const struct config *config);
const char *option_notice_channel(const struct args *args, const struct config *config);
/* A level, or config_order for what was ordered by hand. */
const char *option_order_level(const struct args *args, const struct config *config);

#endif
