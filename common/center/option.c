#include "center/option.h"

#include <string.h>

const char *option_kind(const struct args *args, const struct config *config)
{
    char list[CONFIG_LIST_SIZE];
    const struct kind *kind = config_kind(config, args->value);
    if (!kind)
        args_unknown(args, "kind", config_nearest_kind(config, args->value),
                     config_list_kinds(config, list, sizeof list));
    return kind->term.code;
}

const char *option_channel(const struct args *args, const struct config *config)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *channel = config_channel(config, args->value);
    if (!channel)
        args_unknown(args, "channel", config_nearest_channel(config, args->value),
                     config_list_channels(config, list, sizeof list));
    return channel->code;
}

const char *option_region(const struct args *args, const struct config *config)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *region = config_region(config, args->value);
    if (!region)
        args_unknown(args, "region", config_nearest_region(config, args->value),
                     config_list_regions(config, list, sizeof list));
    return region->code;
}

const char *option_level(const struct args *args, const struct config *config)
{
    char list[CONFIG_LIST_SIZE];
    const struct level *level = config_level(config, args->value);
    if (!level)
        args_unknown(args, "level", config_nearest_level(config, args->value),
                     config_list_levels(config, list, sizeof list));
    return level->term.code;
}

const char *option_order_level(const struct args *args, const struct config *config)
{
    bool by_hand = !strcmp(args->value, config_order) || !strcmp(args->value, config_order_name);
    return by_hand ? config_order : option_level(args, config);
}

const char *option_notice_channel(const struct args *args, const struct config *config)
{
    char list[CONFIG_LIST_SIZE];
    const struct notice_channel *channel = config_notice_channel(config, args->value);
    if (!channel)
        args_unknown(args, "channel of notices", config_nearest_notice_channel(config, args->value),
                     config_list_notice_channels(config, list, sizeof list));
    return channel->term.code;
}
