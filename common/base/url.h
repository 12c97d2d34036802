/* address: whether an address on the web can lead anywhere, by its form alone: nobody is asked.
 * Pure. */
#ifndef QIFU_BASE_URL_H
#define QIFU_BASE_URL_H

#include <stdbool.h>

/* What is wrong with ADDRESS, in words for a message, or NULL: no http or https, no host, a user
 * before it, a blank inside, a host that is no name of the public network (localhost, example.com,
 * a bare number). */
const char *address_fault(const char *address);

/* True where TEXT is meant as an address: it begins with a scheme and "://", or with www. */
bool address_is_meant(const char *text);

#endif
