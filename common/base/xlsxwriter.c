#include "base/xlsxwriter.h"

#include <stddef.h>

#include "base/library.h"

const struct xlsxwriter *xlsxwriter(void)
{
    /* Debian 12 has the fourth; without a number is what its -dev package has. */
    static const char *const names[] = {"libxlsxwriter.so.4",
                                        "libxlsxwriter.so.5",
                                        "libxlsxwriter.so.6",
                                        "libxlsxwriter.so.7",
                                        "libxlsxwriter.so.8",
                                        "libxlsxwriter.so",
                                        NULL};
    static struct xlsxwriter functions;
    static void *library;
    if (library)
        return &functions;
    library = library_load(names, "a workbook (-F xlsx) needs libxlsxwriter", "libxlsxwriter4");
#define XLSX_FIND(name, result, parameters)                                                        \
    library_find(library, "libxlsxwriter", #name, &functions.name);
    XLSX_FUNCTIONS(XLSX_FIND)
    return &functions;
}
