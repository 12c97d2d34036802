#include "base/random.h"

#include <stdio.h>

#include "base/die.h"

void random_fill(uint8_t *bytes, size_t size)
{
    FILE *source = fopen("/dev/urandom", "rb");
    if (!source || (setvbuf(source, NULL, _IONBF, 0), fread(bytes, 1, size, source) != size))
        die("/dev/urandom gives no random bytes");
    fclose(source);
}
