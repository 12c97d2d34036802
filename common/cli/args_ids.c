/* The operands of a program, one by one: ids and words of the command line or of standard input. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/tongue.h"
#include "cli/args.h"

struct args_ids args_ids(struct args *args, int first_operand)
{
    return (struct args_ids){.args = args, .next = first_operand};
}

int64_t args_id(const char *word)
{
    char *end;
    errno = 0;
    long long id = strtoll(word, &end, 10);
    return *word >= '0' && *word <= '9' && !*end && !errno && id > 0 ? id : 0;
}

/* The next line's first field, in the loop's buffer; NULL at the end. The header that -H prints
 * starts with the name of the first column. */
static char *next_field(struct args_ids *ids, const char *header)
{
    while (getline(&ids->buffer, &ids->buffer_size, stdin) != -1) {
        ids->line++;
        ids->buffer[strcspn(ids->buffer, "\r\n")] = '\0';
        if (!*ids->buffer)
            continue;
        bool has_more = strchr(ids->buffer, '\t');
        ids->buffer[strcspn(ids->buffer, "\t")] = '\0';
        if (ids->line == 1 && !strcmp(ids->buffer, header) && (has_more || ids->find))
            continue;
        return ids->buffer;
    }
    if (ferror(stdin))
        die("cannot read standard input: %s", tongue_error(errno));
    ids->reading = false;
    return NULL;
}

/* An operand may be a whole line that a program has printed, as the shell hands it on. */
static bool find_id(const struct args_ids *ids, const char *line, long long *id,
                    struct fault *fault)
{
    char *word = mem_string(line);
    word[strcspn(word, "\t\r\n")] = '\0';
    *id = args_id(word);
    if (!*id && ids->find)
        *id = ids->find(ids->context, word, fault);
    else if (!*id)
        fault_add(fault, "not an id: \"%s\"", line);
    free(word);
    return *id != 0;
}

static bool read_id(struct args_ids *ids, long long *id)
{
    struct fault fault = {""};
    for (const char *word; (word = next_field(ids, "id"));) {
        if (find_id(ids, word, id, &fault))
            return true;
        warn("standard input:%ld: %s", ids->line, fault.text);
        fault_clear(&fault);
        ids->bad++;
    }
    return false;
}

/* Whoever types the ids needs no sign of life. */
static bool step(struct args_ids *ids)
{
    if (progress_wanted() && !(ids->reading && isatty(STDIN_FILENO)))
        progress_step(++ids->taken, 0, "ids");
    return true;
}

bool args_next_id(struct args_ids *ids, long long *id)
{
    struct fault fault = {""};
    for (;;) {
        if (ids->reading && read_id(ids, id))
            return step(ids);
        if (ids->next >= ids->args->operand_count)
            return false;
        const char *operand = ids->args->operands[ids->next++];
        if (!strcmp(operand, "-")) {
            ids->reading = true;
            continue;
        }
        if (find_id(ids, operand, id, &fault))
            return step(ids);
        warn("%s", fault.text);
        fault_clear(&fault);
        ids->bad++;
    }
}

int args_next_ids(struct args_ids *ids, int64_t *list, int most)
{
    long long id;
    int count = 0;
    while (count < most && args_next_id(ids, &id))
        list[count++] = id;
    return count;
}

static bool is_word(const char *word)
{
    return *word && text_valid_utf8(word, strlen(word)) == strlen(word);
}

static const char *read_word(struct args_ids *ids)
{
    for (const char *word; (word = next_field(ids, "code"));) {
        if (is_word(word))
            return word;
        warn("standard input:%ld: the line starts with no id in UTF-8", ids->line);
        ids->bad++;
    }
    return NULL;
}

const char *args_next_word(struct args_ids *ids)
{
    for (;;) {
        const char *word = ids->reading ? read_word(ids) : NULL;
        if (word)
            return word;
        if (ids->next >= ids->args->operand_count)
            return NULL;
        word = ids->args->operands[ids->next++];
        if (!strcmp(word, "-")) {
            ids->reading = true;
            continue;
        }
        if (is_word(word))
            return word;
        warn("operand %d is not an id in UTF-8", ids->next);
        ids->bad++;
    }
}

int args_ids_end(struct args_ids *ids)
{
    free(ids->buffer);
    ids->buffer = NULL;
    return ids->bad;
}
