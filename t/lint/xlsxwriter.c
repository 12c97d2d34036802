/* Holds the types of common/base/xlsxwriter.h to those of xlsxwriter.h, where that is installed
 * (t/lint/run compiles this, and nothing links it). The library's own types have the same names,
 * and stand for the same widths. */
#include <xlsxwriter.h>

#include "base/xlsxwriter.h"

#define SAME(name, result, parameters)                                                             \
    _Static_assert(__builtin_types_compatible_p(__typeof__(((struct xlsxwriter *)0)->name),        \
                                                __typeof__(&(name))),                              \
                   #name " is of another type");
XLSX_FUNCTIONS(SAME)
_Static_assert((int)XLSX_BAR == (int)LXW_CHART_BAR && (int)XLSX_COLUMN == (int)LXW_CHART_COLUMN,
               "a chart");
_Static_assert((int)XLSX_THIN == (int)LXW_BORDER_THIN &&
                   (int)XLSX_TOP == (int)LXW_ALIGN_VERTICAL_TOP,
               "a format");
_Static_assert((int)XLSX_RIGHT == (int)LXW_ALIGN_RIGHT, "an alignment");
_Static_assert((int)XLSX_NO_LEGEND == (int)LXW_CHART_LEGEND_NONE, "a legend");
