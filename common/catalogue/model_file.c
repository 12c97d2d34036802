#include "catalogue/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/tongue.h"

static const char magic[] = "qifu-model 1";
enum { FILE_MOST = 1 << 24, NUMBER_MOST = 100000000 };

static void set_digest(struct model *model, const char *bytes, size_t length)
{
    uint8_t digest[DIGEST_SIZE];
    char figures[DIGEST_TEXT_SIZE];
    digest_sm3(NULL, bytes, length, digest);
    memcpy(model->digest, digest_print(digest, figures), MODEL_DIGEST_SIZE - 1);
    model->digest[MODEL_DIGEST_SIZE - 1] = '\0';
}

/* ---- writing ---- */

void model_file_print(struct model *m, struct text *out)
{
    text_add_format(out, "%s\nexamples %d\n", magic, m->examples);
    for (int u = 0; u < m->unit_count; u++)
        text_add_format(out, "unit %s %d %d\n", m->units[u].code, m->units[u].examples,
                        m->units[u].bias);
    for (size_t i = 0; i < m->trust_count; i++)
        text_add_format(out, "trust %d %d\n", m->trusts[i].margin, m->trusts[i].right);
    for (size_t g = 0; g < m->grams.count; g++) {
        text_add_format(out, "gram %s %d", m->grams.texts[g], m->rarities[g]);
        for (size_t w = m->first[g]; w < m->first[g + 1]; w++)
            text_add_format(out, " %d:%d", m->weights[w].unit, m->weights[w].weight);
        text_add_char(out, '\n');
    }
    text_add(out, "end\n");
    set_digest(m, out->data, out->length);
}

static bool write_all(int fd, const struct text *text)
{
    for (size_t done = 0; done < text->length;) {
        ssize_t some = write(fd, text->data + done, text->length - done);
        if (some < 0 && errno != EINTR)
            return false;
        done += some > 0 ? (size_t)some : 0;
    }
    return fsync(fd) == 0 || errno == EINVAL; /* some file systems cannot */
}

bool model_file_write(const char *path, const struct text *text, struct fault *fault)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return fault_add(fault, "it is there already; a model is kept as it is: name a new file");
    if (fd < 0)
        return fault_add(fault, "%s", tongue_error(errno));
    bool done = write_all(fd, text);
    int error = errno;
    if (close(fd) != 0 && done) {
        error = errno;
        done = false;
    }
    if (done)
        return true;
    unlink(path);
    return fault_add(fault, "%s", tongue_error(error));
}

/* ---- reading ---- */

struct model_reader {
    struct model *model;
    char *at; /* the rest of the line */
    struct fault *fault;
};

/* The next word of the line, "" at its end. */
static char *word(struct model_reader *r)
{
    char *start = r->at + strspn(r->at, " ");
    r->at = start + strcspn(start, " ");
    if (*r->at)
        *r->at++ = '\0';
    return start;
}

/* A whole number from LEAST on in S up to the character END; *REST goes behind that. */
static bool number(struct model_reader *r, const char *s, char end, long least, int *value,
                   const char **rest)
{
    char *behind;
    errno = 0;
    long n = strtol(s, &behind, 10);
    if (errno || behind == s || *behind != end || n < least || n > NUMBER_MOST)
        return fault_add(r->fault, "not such a number: \"%s\"", s);
    *value = (int)n;
    if (rest)
        *rest = behind + 1;
    return true;
}

static bool read_unit(struct model_reader *r)
{
    struct model *m = r->model;
    struct model_unit unit = {.code = arena_string(&m->arena, word(r))};
    if (m->grams.count || !*unit.code || model_unit_of(m, unit.code) >= 0)
        return fault_add(r->fault, "units are named once, before the grams");
    if (!number(r, word(r), '\0', 1, &unit.examples, NULL) ||
        !number(r, word(r), '\0', -NUMBER_MOST, &unit.bias, NULL))
        return false;
    m->units = mem_grow(m->units, (size_t)m->unit_count, sizeof *m->units);
    m->units[m->unit_count++] = unit;
    return true;
}

static bool read_trust(struct model_reader *r)
{
    struct model *m = r->model;
    struct model_trust trust;
    if (!number(r, word(r), '\0', 0, &trust.margin, NULL) ||
        !number(r, word(r), '\0', 0, &trust.right, NULL))
        return false;
    if (m->trust_count && trust.margin <= m->trusts[m->trust_count - 1].margin)
        return fault_add(r->fault, "the margins of trust must rise");
    m->trusts = mem_grow(m->trusts, m->trust_count, sizeof *m->trusts);
    m->trusts[m->trust_count++] = trust;
    return true;
}

/* Makes room for one more gram, whose weights begin here. */
static void begin_gram(struct model *m, size_t gram, int rarity)
{
    m->rarities = mem_grow(m->rarities, gram, sizeof *m->rarities);
    m->rarities[gram] = rarity;
    m->first = mem_grow(m->first, gram, sizeof *m->first);
    m->first[gram] = m->weight_count;
}

static bool read_weight(struct model_reader *r, const char *s)
{
    struct model *m = r->model;
    struct model_weight weight;
    if (!number(r, s, ':', 0, &weight.unit, &s) ||
        !number(r, s, '\0', -NUMBER_MOST, &weight.weight, NULL))
        return false;
    if (weight.unit >= m->unit_count)
        return fault_add(r->fault, "there is no unit %d", weight.unit);
    m->weights = mem_grow(m->weights, m->weight_count, sizeof *m->weights);
    m->weights[m->weight_count++] = weight;
    return true;
}

static bool read_gram(struct model_reader *r)
{
    struct model *m = r->model;
    const char *gram = word(r);
    int rarity;
    size_t known = m->grams.count;
    if (!*gram || gram_set_add(&m->grams, gram, strlen(gram)) != known)
        return fault_add(r->fault, "a gram stands there once");
    if (!number(r, word(r), '\0', 1, &rarity, NULL))
        return false;
    begin_gram(m, known, rarity);
    for (const char *s; *(s = word(r));)
        if (!read_weight(r, s))
            return false;
    return true;
}

static bool read_line(struct model_reader *r)
{
    const char *what = word(r);
    if (!strcmp(what, "gram"))
        return read_gram(r);
    if (!strcmp(what, "unit"))
        return read_unit(r);
    if (!strcmp(what, "trust"))
        return read_trust(r);
    if (!strcmp(what, "examples"))
        return number(r, word(r), '\0', 1, &r->model->examples, NULL);
    return fault_add(r->fault, "not a line of a model: \"%.*s\"", (int)text_cut(what, 20), what);
}

/* Reads BYTES, line by line; the last one is "end". */
static bool read_lines(char *bytes, struct model *m, struct fault *fault)
{
    struct model_reader r = {.model = m, .fault = fault};
    struct fault wrong = {""};
    char *line = bytes;
    if (strncmp(line, magic, sizeof magic - 1) != 0 || line[sizeof magic - 1] != '\n')
        return fault_add(fault, "it is no model (qifu-model(5))");
    line += sizeof magic;
    r.fault = &wrong;
    for (int count = 2; strcmp(line, "end\n") != 0; count++) {
        char *end = strchr(line, '\n');
        if (!end)
            return fault_add(fault, "line %d: its end is missing", count);
        *end = '\0';
        r.at = line;
        if (!read_line(&r))
            return fault_add(fault, "line %d: %s", count, wrong.text);
        line = end + 1;
    }
    if (m->unit_count < 2 || !m->grams.count || !m->examples)
        return fault_add(fault, "it says nothing");
    begin_gram(m, m->grams.count, 0);
    return true;
}

static bool read_bytes(const char *path, struct text *bytes, struct fault *fault)
{
    char block[1 << 16];
    const char *why;
    FILE *file = file_open(path, &why);
    if (!file)
        return fault_add(fault, "%s", why);
    for (size_t some; (some = fread(block, 1, sizeof block, file)) && bytes->length < FILE_MOST;)
        text_add_bytes(bytes, block, some);
    bool done = !ferror(file);
    fclose(file);
    if (!done)
        return fault_add(fault, "it cannot be read");
    const char *s = text_string(bytes);
    bool is_text = strlen(s) == bytes->length && text_valid_utf8(s, bytes->length) == bytes->length;
    if (!is_text || bytes->length >= FILE_MOST)
        return fault_add(fault, "it is no model (qifu-model(5))");
    return true;
}

bool model_file_read(const char *path, struct model *model, struct fault *fault)
{
    struct text bytes = {0};
    bool done = read_bytes(path, &bytes, fault);
    if (done) {
        text_add(&bytes, "");
        set_digest(model, text_string(&bytes), bytes.length);
        done =
            bytes.length ? read_lines(bytes.data, model, fault) : fault_add(fault, "it is empty");
    }
    if (!done)
        model_free(model);
    text_free(&bytes);
    return done;
}

struct model model_file_need(const char *path)
{
    struct model model = {.examples = 0};
    struct fault fault = {""};
    if (!model_file_read(path, &model, &fault))
        die("%s: %s", path, fault.text);
    return model;
}
