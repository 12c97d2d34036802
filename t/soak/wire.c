/* wire: a longer way to a server. Takes connections at the socket FROM and hands their bytes on to
 * the socket TO and back, each half of DELAY microseconds later, as a network between would.
 * SIGUSR1 cuts all connections; SIGTERM ends it. For each connection that ends it prints how often
 * the client has spoken after the server: the round trips.
 *
 *     wire FROM TO DELAY
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 256, CHUNK = 64 * 1024 };

/* Bytes that are under way, from when on they may arrive. */
struct chunk {
    int64_t due;
    size_t length, done;
    struct chunk *next;
    char bytes[];
};

/* From one end to the other. */
struct lane {
    int from, to;
    struct chunk *first, *last;
    int ended; /* FROM has said all */
};

struct line {
    struct lane lanes[2]; /* client to server, and back */
    int server_spoke;
    long turns;
};

static struct line *lines[MOST];
static int count;
static int64_t half;
static volatile sig_atomic_t cut, over;

static void on_signal(int number)
{
    if (number == SIGUSR1)
        cut = 1;
    else
        over = 1;
}

static void fail(const char *what)
{
    fprintf(stderr, "wire: %s: %s\n", what, strerror(errno));
    exit(2);
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int open_socket(const char *path, int listens)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || strlen(path) >= sizeof address.sun_path)
        fail(path);
    strcpy(address.sun_path, path);
    if (listens) {
        unlink(path);
        if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 128) != 0)
            fail(path);
    } else if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void drop_chunk(struct lane *lane)
{
    struct chunk *chunk = lane->first;
    lane->first = chunk->next;
    if (!lane->first)
        lane->last = NULL;
    free(chunk);
}

static void close_line(int i)
{
    struct line *line = lines[i];
    printf("%ld\n", line->turns);
    fflush(stdout);
    for (int way = 0; way < 2; way++)
        while (line->lanes[way].first)
            drop_chunk(&line->lanes[way]);
    close(line->lanes[0].from);
    close(line->lanes[0].to);
    free(line);
    lines[i] = lines[--count];
}

static void take_line(int listener, const char *to)
{
    int client = accept(listener, NULL, NULL), server = client < 0 ? -1 : open_socket(to, 0);
    struct line *line = calloc(1, sizeof *line);
    if (!line)
        fail("no memory");
    if (server < 0 || count == MOST) {
        if (client >= 0)
            close(client);
        free(line);
        return;
    }
    line->lanes[0] = (struct lane){.from = client, .to = server};
    line->lanes[1] = (struct lane){.from = server, .to = client};
    line->server_spoke = 1;
    lines[count++] = line;
}

/* Takes what FROM says; 0 where it has said all. */
static int take_bytes(struct line *line, int way)
{
    static char bytes[CHUNK];
    struct lane *lane = &line->lanes[way];
    ssize_t got = read(lane->from, bytes, sizeof bytes);
    if (got <= 0)
        return 0;
    struct chunk *chunk = malloc(sizeof *chunk + (size_t)got);
    if (!chunk)
        fail("no memory");
    *chunk = (struct chunk){.due = now() + half, .length = (size_t)got};
    memcpy(chunk->bytes, bytes, (size_t)got);
    if (lane->last)
        lane->last->next = chunk;
    else
        lane->first = chunk;
    lane->last = chunk;
    line->turns += way == 0 && line->server_spoke;
    line->server_spoke = way == 1;
    return 1;
}

/* Hands on what is due; 0 where nobody takes it. */
static int give_bytes(struct lane *lane)
{
    while (lane->first && lane->first->due <= now()) {
        struct chunk *chunk = lane->first;
        ssize_t gone = send(lane->to, chunk->bytes + chunk->done, chunk->length - chunk->done,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (gone < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        chunk->done += (size_t)gone;
        if (chunk->done < chunk->length)
            return 1;
        drop_chunk(lane);
    }
    return 1;
}

/* Microseconds until the next bytes are due. */
static int64_t next_due(void)
{
    int64_t next = 1000000, present = now();
    for (int i = 0; i < count; i++)
        for (int way = 0; way < 2; way++) {
            struct chunk *first = lines[i]->lanes[way].first;
            if (first && first->due - present < next)
                next = first->due > present ? first->due - present : 0;
        }
    return next;
}

static int serve_line(struct line *line, const fd_set *ready)
{
    for (int way = 0; way < 2; way++) {
        struct lane *lane = &line->lanes[way];
        if (!lane->ended && FD_ISSET(lane->from, ready))
            lane->ended = !take_bytes(line, way);
        if (!give_bytes(lane) || (lane->ended && !lane->first))
            return 0;
    }
    return 1;
}

/* Waits until somebody speaks, or bytes are due; READY are those who do. */
static void wait_for(int listener, fd_set *ready)
{
    int64_t wait = next_due();
    struct timespec time = {.tv_sec = wait / 1000000, .tv_nsec = wait % 1000000 * 1000};
    int highest = listener;
    FD_ZERO(ready);
    FD_SET(listener, ready);
    for (int i = 0; i < count; i++)
        for (int way = 0; way < 2; way++) {
            const struct lane *lane = &lines[i]->lanes[way];
            if (lane->ended)
                continue;
            FD_SET(lane->from, ready);
            highest = lane->from > highest ? lane->from : highest;
        }
    if (pselect(highest + 1, ready, NULL, NULL, &time, NULL) < 0) {
        if (errno != EINTR)
            fail("select");
        FD_ZERO(ready);
    }
}

static void turn(int listener, const char *to)
{
    fd_set ready;
    wait_for(listener, &ready);
    for (int i = count - 1; i >= 0; i--)
        if (cut || !serve_line(lines[i], &ready))
            close_line(i);
    cut = 0;
    if (FD_ISSET(listener, &ready))
        take_line(listener, to);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: wire FROM TO DELAY\n");
        return 2;
    }
    half = strtol(argv[3], NULL, 10) / 2;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int listener = open_socket(argv[1], 1);
    while (!over)
        turn(listener, argv[2]);
    while (count)
        close_line(count - 1);
    unlink(argv[1]);
    return 0;
}
