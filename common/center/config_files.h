/* config_files: the files of a configuration by their digests, so that a center judges by no others
 * than center-init has taken over. */
#ifndef QIFU_CENTER_CONFIG_FILES_H
#define QIFU_CENTER_CONFIG_FILES_H

#include "base/digest.h"
#include "base/mem.h"

/* A file by its name below the configuration's directory (calendars/china/2026.yaml). */
struct config_file {
    const char *name;
    char digest[DIGEST_TEXT_SIZE];
};

/* Those of a configuration, by name; the list is the caller's to free, the names are in ARENA. */
struct config_files {
    struct config_file *list;
    size_t count;
};

/* What programs read of a configuration: the .yaml and .csv files in DIRECTORY, those of its
 * calendars, its assessments and its registers. Dies where one cannot be read. */
struct config_files config_files_read(struct arena *arena, const char *directory);
/* The same of FOLDER alone, which ends in a slash. */
struct config_files config_files_below(struct arena *arena, const char *directory,
                                       const char *folder);
/* The same of its calendars alone. */
struct config_files config_files_calendars(struct arena *arena, const char *directory);

/* The digest of the file DIRECTORY/NAME; dies where it cannot be read. */
struct config_file config_files_digest(struct arena *arena, const char *directory,
                                       const char *name);

/* Dies where FILE of DIRECTORY is not one of those that were TAKEN over. */
void config_files_hold(const struct config_files *taken, const char *directory,
                       const struct config_file *file);

/* The file called NAME, or NULL. */
const struct config_file *config_files_find(const struct config_files *files, const char *name);

#endif
