#include "cli/pages.h"

#include <stddef.h>
#include <string.h>

const struct page *page_find(const char *program)
{
    for (const struct page *page = cli_pages; page->program; page++)
        if (!strcmp(page->program, program))
            return page;
    return NULL;
}
