#include "base/url.h"

#include <string.h>
#include <strings.h>

#include "base/tongue.h"

enum { MOST_HOST = 253 }; /* bytes (RFC 1035) */

bool address_is_meant(const char *text)
{
    size_t scheme =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return (scheme && !strncmp(text + scheme, "://", 3)) || !strncasecmp(text, "www.", 4);
}

/* Blanks, ASCII ones and the ideographic one, and control characters. */
static bool has_blank(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f || !strncmp(s, "\xe3\x80\x80", 3))
            return true;
    return false;
}

/* True where HOST is NAME or below it. */
static bool is_below(const char *host, const char *name)
{
    size_t length = strlen(host), part = strlen(name);
    return length >= part && !strcasecmp(host + length - part, name) &&
           (length == part || host[length - part - 1] == '.');
}

/* Names that RFC 2606 and RFC 6761 keep from ever leading anywhere. */
static bool is_reserved(const char *host)
{
    static const char *const names[] = {"localhost", "example.com", "example.org", "example.net",
                                        "example",   "test",        "invalid",     "local"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_below(host, names[i]))
            return true;
    return false;
}

/* Labels of letters, digits and dashes, or of another script, divided by single dots. */
static bool is_name(const char *host)
{
    size_t label = 0;
    for (const char *s = host;; s++) {
        bool ends = !*s || *s == '.';
        if (ends && (!label || s[-1] == '-'))
            return false;
        if (!*s)
            return true;
        bool is_digit = *s >= '0' && *s <= '9';
        bool is_letter = ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z') || (unsigned char)*s >= 0x80;
        if (!ends && !is_digit && !is_letter && *s != '_' && (*s != '-' || !label))
            return false;
        label = ends ? 0 : label + 1;
    }
}

static const char *host_fault(const char *host)
{
    const char *last = strrchr(host, '.');
    if (*host == '[' || !host[strspn(host, "0123456789.")])
        return N_("its host is a bare number");
    /* What an input method makes of a dot: 。 and ． */
    if (strstr(host, "\xe3\x80\x82") || strstr(host, "\xef\xbc\x8e"))
        return N_("its host has a full-width stop for a dot");
    if (!is_name(host))
        return N_("its host is no name");
    if (is_reserved(host))
        return N_("its host leads nowhere");
    if (!last)
        return N_("its host has no domain");
    return last[1 + strspn(last + 1, "0123456789")] ? NULL : N_("its host has no domain");
}

/* What stands between the scheme and the path: a host, and a port at most. A user's name there only
 * makes an address look like another's (https://gov.cn@evil). */
static const char *check_authority(const char *start, size_t length)
{
    char host[MOST_HOST + 1];
    if (memchr(start, '@', length))
        return N_("it has a user's name before its host");
    const char *port = *start == '[' ? NULL : memchr(start, ':', length);
    if (port) {
        size_t digits = strspn(port + 1, "0123456789");
        if (port + 1 + digits != start + length)
            return N_("its port is no number");
        length = (size_t)(port - start);
    }
    if (!length)
        return N_("it has no host");
    if (length > MOST_HOST)
        return N_("its host is too long");
    memcpy(host, start, length);
    host[length] = '\0';
    return host_fault(host);
}

const char *address_fault(const char *address)
{
    size_t scheme = !strncasecmp(address, "https://", 8)  ? 8
                    : !strncasecmp(address, "http://", 7) ? 7
                                                          : 0;
    if (has_blank(address))
        return N_("it has a blank inside");
    if (!scheme)
        return strstr(address, "://") ? N_("its scheme is neither http nor https")
                                      : N_("it has no http:// or https://");
    return check_authority(address + scheme, strcspn(address + scheme, "/?#\\"));
}
