#include "base/qrencode.h"

#include "base/html.h"
#include "base/library.h"

enum { QUIET = 4 }; /* modules that stay light on each side */

#define DECLARE(name, result, parameters) static result(*name) parameters;
QRENCODE_FUNCTIONS(DECLARE)

static bool load(void)
{
    static const char *const names[] = {"libqrencode.so.4", "libqrencode.so.3", "libqrencode.so",
                                        NULL};
    void *library = library_try(names);
    bool whole = library != NULL;
#define FIND(name, result, parameters) whole = whole && library_look(library, #name, &name);
    QRENCODE_FUNCTIONS(FIND)
    return whole;
}

/* A row's runs of dark modules, a box each. */
static void add_row(struct text *svg, const struct qrencode *code, int y)
{
    const unsigned char *row = code->data + y * code->width;
    for (int x = 0, length; x < code->width; x += length ? length : 1) {
        for (length = 0; x + length < code->width && row[x + length] & 1; length++)
            ;
        if (length)
            text_add_format(svg, "M%d %dh%dv1h-%dz", x, y, length, length);
    }
}

bool qrencode_add(struct text *svg, const char *text, const char *label)
{
    struct qrencode *code = load() ? QRcode_encodeString8bit(text, 0, QRENCODE_MEDIUM) : NULL;
    if (!code)
        return false;
    text_add_format(svg, "<svg role=\"img\" viewBox=\"-%d -%d %d %d\" aria-label=\"", QUIET, QUIET,
                    code->width + 2 * QUIET, code->width + 2 * QUIET);
    html_add(svg, label);
    text_add(svg, "\"><path d=\"");
    for (int y = 0; y < code->width; y++)
        add_row(svg, code, y);
    text_add(svg, "\"/></svg>\n");
    QRcode_free(code);
    return true;
}
