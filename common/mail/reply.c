#include "mail/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A word that a reply may begin with. */
static const struct word {
    const char *word, *became;
    enum act_kind kind;
    bool resolves;
} words[] = {
    {"督办回复", "reply", ACT_REPLY, false},     {"回复督办", "reply", ACT_REPLY, false},
    {"已签收", "accepted", ACT_ACCEPT, false},   {"签收", "accepted", ACT_ACCEPT, false},
    {"答复如下", "answered", ACT_ANSWER, false}, {"答复", "answered", ACT_ANSWER, false},
    {"回复如下", "answered", ACT_ANSWER, false}, {"办结", "resolved", ACT_ANSWER, true},
    {"已办结", "resolved", ACT_ANSWER, true},    {"申请退单", "return", ACT_RETURN, false},
    {"退单", "return", ACT_RETURN, false},       {"申请延期", "extension", ACT_EXTEND, false},
    {"延期", "extension", ACT_EXTEND, false},    {"询问", "question", ACT_NOTE, false},
};

static const char *const marks[] = {"：", ":", "，", ",",  "。", ".",
                                    "；", ";", "、", "！", "!",  NULL};

/* What stands behind one mark and the blanks around it; NULL where no mark, blank or end is there.
 */
static const char *skip_mark(const char *s)
{
    const char *after = s + strspn(s, " \t");
    for (int i = 0; marks[i]; i++)
        if (!strncmp(after, marks[i], strlen(marks[i]))) {
            after += strlen(marks[i]);
            return after + strspn(after, " \t");
        }
    return after > s || !*s || *s == '\n' ? after : NULL;
}

/* The word that TEXT begins with, and what follows it; NULL: none. */
static const struct word *find_word(const char *text, const char **rest)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(text, words[i].word, length) != 0)
            continue;
        bool counts = words[i].kind == ACT_EXTEND && text[length] >= '0' && text[length] <= '9';
        if ((*rest = counts ? text + length : skip_mark(text + length)))
            return &words[i];
    }
    return NULL;
}

/* "3 天", "3个工作日" at the start of *REST; 0: no number. */
static int read_days(const char **rest)
{
    static const char *const units[] = {"个工作日", "工作日", "个自然日", "天", "日", NULL};
    char *end;
    long days = strtol(*rest, &end, 10);
    if (end == *rest || days < 1 || days > 1000)
        return 0;
    end += strspn(end, " \t");
    for (int i = 0; units[i]; i++)
        if (!strncmp(end, units[i], strlen(units[i]))) {
            end += strlen(units[i]);
            break;
        }
    const char *after = skip_mark(end);
    *rest = after ? after : end;
    return (int)days;
}

/* Takes the line of TEXT that begins with NAME and a colon out of it; NULL: there is none. */
static const char *take_line(char *text, const char *name, struct arena *arena)
{
    for (char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *after = line + strlen(name);
        if (strncmp(line, name, strlen(name)) != 0 ||
            (*after != ':' && strncmp(after, "：", strlen("：")) != 0))
            continue;
        after += *after == ':' ? 1 : strlen("：");
        size_t length = strcspn(after, "\n");
        char *value = text_trim(arena_bytes(arena, after, length));
        memmove(line, after + length, strlen(after + length) + 1);
        return value;
    }
    return NULL;
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

const char *reply_read(const char *text, struct arena *arena, struct act *act)
{
    const char *rest;
    const struct word *word = find_word(text, &rest);
    *act = (struct act){.kind = word ? word->kind : ACT_NOTE, .resolves = word && word->resolves};
    if (act->kind == ACT_EXTEND)
        act->days = read_days(&rest);
    char *body = arena_string(arena, word ? rest : text);
    if (act->kind == ACT_ANSWER)
        act->without = take_line(body, "不等协办", arena);
    if (act->kind == ACT_RETURN || act->kind == ACT_EXTEND) {
        const char *reason = take_line(body, "理由", arena);
        act->basis = take_line(body, "依据", arena);
        act->reason = reason ? reason : or_null(text_trim(body));
    } else
        act->text = or_null(text_trim(body));
    return word ? word->became : "question";
}
