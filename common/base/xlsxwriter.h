/* xlsxwriter: the door to libxlsxwriter, which writes workbooks (-F xlsx). It is loaded when one is
 * asked for and not before, so that everything else is built and runs without it; its functions are
 * as they have been since 1.0 (2020), and t/lint/xlsxwriter.c holds the types here to its header.
 *
 * A filter over the json was weighed: json has codes, not the office's words, and one list, not a
 * document of many tables. So was a writer of our own: what a spreadsheet program refuses to open
 * shows at the office, and this library is tested against Excel. */
#ifndef QIFU_BASE_XLSXWRITER_H
#define QIFU_BASE_XLSXWRITER_H

#include <stdint.h>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;
struct lxw_chart;
struct lxw_chart_series;

/* Of lxw_chart_type, lxw_format_borders, lxw_format_alignments, lxw_chart_legend_position. */
enum {
    XLSX_BAR = 4,
    XLSX_COLUMN = 7,
    XLSX_THIN = 1,
    XLSX_TOP = 8,
    XLSX_RIGHT = 3,
    XLSX_NO_LEGEND = 0
};
enum { XLSX_A4 = 9, XLSX_MOST_TEXT = 32767 };

/* Name, result, parameters. */
#define XLSX_FUNCTIONS(F)                                                                          \
    F(workbook_new, struct lxw_workbook *, (const char *))                                         \
    F(workbook_close, unsigned, (struct lxw_workbook *))                                           \
    F(workbook_add_worksheet, struct lxw_worksheet *, (struct lxw_workbook *, const char *))       \
    F(workbook_add_format, struct lxw_format *, (struct lxw_workbook *))                           \
    F(workbook_add_chart, struct lxw_chart *, (struct lxw_workbook *, uint8_t))                    \
    F(worksheet_write_string, unsigned,                                                            \
      (struct lxw_worksheet *, uint32_t, uint16_t, const char *, struct lxw_format *))             \
    F(worksheet_write_number, unsigned,                                                            \
      (struct lxw_worksheet *, uint32_t, uint16_t, double, struct lxw_format *))                   \
    F(worksheet_set_column, unsigned,                                                              \
      (struct lxw_worksheet *, uint16_t, uint16_t, double, struct lxw_format *))                   \
    F(worksheet_freeze_panes, void, (struct lxw_worksheet *, uint32_t, uint16_t))                  \
    F(worksheet_autofilter, unsigned,                                                              \
      (struct lxw_worksheet *, uint32_t, uint16_t, uint32_t, uint16_t))                            \
    F(worksheet_repeat_rows, unsigned, (struct lxw_worksheet *, uint32_t, uint32_t))               \
    F(worksheet_fit_to_pages, void, (struct lxw_worksheet *, uint16_t, uint16_t))                  \
    F(worksheet_set_landscape, void, (struct lxw_worksheet *))                                     \
    F(worksheet_set_paper, void, (struct lxw_worksheet *, uint8_t))                                \
    F(worksheet_set_header, unsigned, (struct lxw_worksheet *, const char *))                      \
    F(worksheet_set_footer, unsigned, (struct lxw_worksheet *, const char *))                      \
    F(worksheet_insert_chart, unsigned,                                                            \
      (struct lxw_worksheet *, uint32_t, uint16_t, struct lxw_chart *))                            \
    F(format_set_bold, void, (struct lxw_format *))                                                \
    F(format_set_text_wrap, void, (struct lxw_format *))                                           \
    F(format_set_border, void, (struct lxw_format *, uint8_t))                                     \
    F(format_set_bg_color, void, (struct lxw_format *, uint32_t))                                  \
    F(format_set_font_color, void, (struct lxw_format *, uint32_t))                                \
    F(format_set_align, void, (struct lxw_format *, uint8_t))                                      \
    F(format_set_num_format, void, (struct lxw_format *, const char *))                            \
    F(chart_add_series, struct lxw_chart_series *,                                                 \
      (struct lxw_chart *, const char *, const char *))                                            \
    F(chart_title_set_name, void, (struct lxw_chart *, const char *))                              \
    F(chart_legend_set_position, void, (struct lxw_chart *, uint8_t))                              \
    F(lxw_strerror, char *, (unsigned))

#define XLSX_MEMBER(name, result, parameters) result(*name) parameters;
struct xlsxwriter {
    XLSX_FUNCTIONS(XLSX_MEMBER)
};

/* The functions; dies, saying what to install, where the library is not there. */
const struct xlsxwriter *xlsxwriter(void);

#endif
