#include "cli/chart.h"

#include "base/html.h"
#include "base/text.h"
#include "cli/book.h"

/* Units of the drawing, which a page scales to its width: at a phone's one is about a pixel. */
enum { WIDTH = 360, ROW = 34, BAR = 10, HEIGHT = 150, TOP = 18, FOOT = 18 };

static double most_of(const struct chart_bar *bars, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
        if (bars[i].value > most)
            most = bars[i].value;
    return most;
}

static void add_shown(struct text *svg, const struct chart_bar *bar)
{
    if (bar->shown)
        html_add(svg, bar->shown);
    else
        text_add_format(svg, "%.0f", bar->value);
}

/* What is read aloud, and shown by a pointer that rests on it. */
static void add_said(struct text *svg, const struct chart_bar *bar)
{
    text_add(svg, "<title>");
    html_add(svg, bar->label);
    text_add(svg, " ");
    add_shown(svg, bar);
    text_add(svg, "</title>");
}

/* The label above its bar, the value at the right end. */
static void add_lying(struct text *svg, const struct chart_bar *bar, int row, double most)
{
    int y = row * ROW;
    text_add_format(svg, "<g>");
    add_said(svg, bar);
    text_add_format(svg, "<text x=\"0\" y=\"%d\">", y + 13);
    html_add(svg, bar->label);
    text_add_format(svg, "</text><text class=\"v\" x=\"%d\" y=\"%d\">", WIDTH, y + 13);
    add_shown(svg, bar);
    text_add_format(svg,
                    "</text><rect class=\"r\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                    "<rect y=\"%d\" width=\"%.1f\" height=\"%d\"/></g>\n",
                    y + 18, WIDTH, BAR, y + 18, bar->value > 0 ? WIDTH * bar->value / most : 0.0,
                    BAR);
}

/* A bar of a row of COUNT; where they are many only some have labels. */
static void add_standing(struct text *svg, const struct chart_bar *bar, int column, int count,
                         double most)
{
    double step = (double)WIDTH / count, height = bar->value > 0 ? HEIGHT * bar->value / most : 0.0;
    double middle = step * column + step / 2;
    int every = (count + 5) / 6;
    text_add(svg, "<g>");
    add_said(svg, bar);
    text_add_format(svg, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    step * column + step * 0.15, TOP + HEIGHT - height, step * 0.7, height);
    if (count <= 12) {
        text_add_format(svg, "<text class=\"m\" x=\"%.1f\" y=\"%.1f\">", middle,
                        TOP + HEIGHT - height - 4);
        add_shown(svg, bar);
        text_add(svg, "</text>");
    }
    if (column % every == 0) {
        text_add_format(svg, "<text class=\"m\" x=\"%.1f\" y=\"%d\">", middle,
                        TOP + HEIGHT + FOOT - 4);
        html_add(svg, bar->label);
        text_add(svg, "</text>");
    }
    text_add(svg, "</g>\n");
}

static void add_svg(struct text *svg, enum chart_kind kind, const char *title,
                    const struct chart_bar *bars, int count)
{
    double most = most_of(bars, count);
    text_add(svg, "<figure>\n<figcaption>");
    html_add(svg, title);
    text_add_format(svg, "</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
                    WIDTH, kind == CHART_COMPARED ? count * ROW : TOP + HEIGHT + FOOT);
    html_add(svg, title);
    text_add(svg, "\">\n");
    for (int i = 0; i < count; i++)
        if (kind == CHART_COMPARED)
            add_lying(svg, &bars[i], i, most);
        else
            add_standing(svg, &bars[i], i, count, most);
    text_add(svg, "</svg>\n</figure>\n");
}

void chart_print(enum out_format format, enum chart_kind kind, const char *title,
                 const struct chart_bar *bars, int count)
{
    struct text svg = {0};
    if (most_of(bars, count) <= 0)
        return;
    if (format == OUT_XLSX)
        book_draw(book_of_document(), kind, title, bars, count);
    if (format != OUT_HTML)
        return;
    add_svg(&svg, kind, title, bars, count);
    out_print_raw(&svg);
    text_free(&svg);
}
