#include "base/html.h"

void html_add(struct text *html, const char *s)
{
    struct text visible = {0};
    text_add_visible(&visible, s, "\n\t");
    for (s = text_string(&visible); *s; s++)
        switch (*s) {
        case '&': text_add(html, "&amp;"); break;
        case '<': text_add(html, "&lt;"); break;
        case '>': text_add(html, "&gt;"); break;
        case '"': text_add(html, "&quot;"); break;
        case '\'': text_add(html, "&#39;"); break;
        default: text_add_char(html, *s);
        }
    text_free(&visible);
}

void html_add_head(struct text *html, const char *title, const char *center, const char *style)
{
    text_add(html, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    html_add(html, title);
    if (center) {
        text_add(html, " - ");
        html_add(html, center);
    }
    text_add(html, "</title>\n<style>\n");
    text_add(html, style);
    text_add(html, "</style>\n</head>\n<body>\n");
}
