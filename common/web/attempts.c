#include "web/attempts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"

/* A number falls into one bucket, in which it may stand at any place. */
enum { BUCKETS = 4096, PLACES = 8 };
struct place {
    uint64_t who; /* 0: free */
    int64_t until;
    uint64_t count;
};
struct bucket {
    struct place places[PLACES];
};

static uint64_t number_of(const struct attempts *attempts, const struct attempts_rule *rule,
                          const char *who)
{
    uint8_t digest[DIGEST_SIZE];
    uint64_t number = 0;
    struct text said = {0};
    text_add_format(&said, "attempt:%s:%s", rule->name, who);
    digest_hmac(attempts->key, said.data, said.length, digest);
    text_free(&said);
    memcpy(&number, digest, sizeof number);
    return number | 1;
}

/* The place of WHO; else one whose time is over, or the one with the fewest attempts, for it. */
static struct place *find_place(struct bucket *bucket, uint64_t who, int64_t now)
{
    struct place *least = bucket->places;
    for (int i = 0; i < PLACES; i++) {
        struct place *place = &bucket->places[i];
        if (place->until < now)
            *place = (struct place){.who = place->who};
        if (place->who == who)
            return place;
        if (place->count < least->count)
            least = place;
    }
    *least = (struct place){.who = who};
    return least;
}

/* Waits until nobody else has the bucket at OFFSET; the lock ends with the file's descriptor. */
static void lock(int fd, const char *path, off_t offset)
{
    struct flock whole = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = offset, .l_len = sizeof(struct bucket)};
    while (fcntl(fd, F_SETLKW, &whole) != 0)
        if (errno != EINTR)
            die("%s: cannot be locked: %s", path, tongue_error(errno));
}

/* Adds STEP to what WHO has tried; returns how often that is. */
static uint64_t count(const struct attempts *attempts, const struct attempts_rule *rule,
                      const char *who, int step)
{
    struct text path = {0};
    struct bucket bucket = {0};
    uint64_t number = number_of(attempts, rule, who);
    off_t offset = (off_t)(number / 2 % BUCKETS * sizeof bucket);
    text_add_format(&path, "%s/attempts", attempts->folder);
    int fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0)
        die("%s: %s", path.data, tongue_error(errno));
    lock(fd, path.data, offset);
    if (pread(fd, &bucket, sizeof bucket, offset) < 0)
        die("%s: cannot be read: %s", path.data, tongue_error(errno));
    struct place *place = find_place(&bucket, number, attempts->now);
    if (!place->count)
        place->until = attempts->now + rule->seconds;
    if (step > 0 || place->count)
        place->count += (uint64_t)(int64_t)step;
    uint64_t counted = place->count;
    if (pwrite(fd, &bucket, sizeof bucket, offset) != (ssize_t)sizeof bucket)
        die("%s: cannot be written: %s", path.data, tongue_error(errno));
    close(fd);
    text_free(&path);
    return counted;
}

bool attempts_take(const struct attempts *attempts, const struct attempts_rule *rule,
                   const char *who)
{
    return count(attempts, rule, who, 1) <= (uint64_t)rule->most;
}

void attempts_give_back(const struct attempts *attempts, const struct attempts_rule *rule,
                        const char *who)
{
    count(attempts, rule, who, -1);
}

const char *attempts_address(const char *address, char to[static ATTEMPTS_ADDRESS_SIZE])
{
    struct in6_addr bytes;
    if (inet_pton(AF_INET6, address, &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) {
        snprintf(to, ATTEMPTS_ADDRESS_SIZE, "%s", address);
        return to;
    }
    memset(bytes.s6_addr + 8, 0, 8);
    return inet_ntop(AF_INET6, &bytes, to, ATTEMPTS_ADDRESS_SIZE);
}
