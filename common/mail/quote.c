#include "mail/quote.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { MOST_LINES = 20000, LONGEST_ANNOUNCEMENT = 300 };

/* Without the signs of which only some mail programs put some around. */
static const char *bare(const char *line, size_t *length)
{
    while (*length && strchr(" \t-*_", *line)) {
        line++;
        --*length;
    }
    while (*length && strchr(" \t\r-*_", line[*length - 1]))
        --*length;
    return line;
}

static bool is_word(const char *line, size_t length, const char *const *words)
{
    line = bare(line, &length);
    for (; *words; words++)
        if (strlen(*words) == length && !strncasecmp(*words, line, length))
            return true;
    return false;
}

/* "-----Original Message-----" and what programs in Chinese have for it. */
static bool starts_old(const char *line, size_t length)
{
    static const char *const words[] = {
        "原始邮件",   "原邮件",           "回复的原邮件", "回复的邮件",      "转发邮件信息",
        "转发的邮件", "Original Message", "Original",     "Replied Message", "Forwarded message",
        NULL};
    return length && strchr("-*_", *line) && is_word(line, length, words);
}

/* True where LINE is a field of the old mail's head: 发件人：, From:. */
static bool is_field(const char *line, size_t length, const char *const *names)
{
    line = bare(line, &length);
    for (; *names; names++) {
        size_t name = strlen(*names);
        if (length <= name || strncasecmp(line, *names, name) != 0)
            continue;
        const char *after = line + name;
        size_t left = length - name;
        after = bare(after, &left);
        if (left && (*after == ':' || (left >= 3 && !strncmp(after, "：", 3))))
            return true;
    }
    return false;
}

/* Lines of a text. */
struct lines {
    const char *at[MOST_LINES];
    size_t length[MOST_LINES];
    int count;
};

static bool is_blank(const struct lines *l, int i)
{
    return strspn(l->at[i], " \t\r") >= l->length[i];
}

/* Outlook and Foxmail begin the old mail by its head: who and when stand near each other. */
static bool starts_head(const struct lines *l, int i)
{
    static const char *const who[] = {"发件人", "发送人", "寄件者", "From", NULL};
    static const char *const when[] = {"发送时间", "发送日期", "发件时间", "日期", "时间",
                                       "Sent",     "Date",     "收件人",   "To",   NULL};
    if (!is_field(l->at[i], l->length[i], who))
        return false;
    for (int k = i + 1, seen = 0; k < l->count && seen < 3; k++) {
        if (is_field(l->at[k], l->length[k], when))
            return true;
        seen += !is_blank(l, k);
    }
    return false;
}

static bool is_quoted(const struct lines *l, int i)
{
    return l->length[i] && l->at[i][0] == '>';
}

static bool ends_with(const char *line, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && !strncasecmp(line + length - n, end, n);
}

/* "On ... wrote:", 在 ... 写道：, before what is quoted. */
static bool announces(const struct lines *l, int i)
{
    static const char *const ends[] = {"wrote:", "写道：", "写道:", "wrote：", "寫道：", "寫道:"};
    size_t length = l->length[i];
    int next = i + 1;
    while (length && strchr(" \t\r", l->at[i][length - 1]))
        length--;
    if (length > LONGEST_ANNOUNCEMENT)
        return false;
    while (next < l->count && is_blank(l, next))
        next++;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (ends_with(l->at[i], length, ends[k]))
            return next == l->count || is_quoted(l, next);
    return false;
}

/* 发自我的iPhone, and what other telephones and pages add. */
static bool is_device(const char *line, size_t length)
{
    static const char *const begins[] = {"发自我的",   "发自 ",        "Sent from ",
                                         "來自我的",   "从我的",       "发送自",
                                         "来自QQ邮箱", "获取 Outlook", "Get Outlook"};
    line = bare(line, &length);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (length >= strlen(begins[i]) && !strncasecmp(line, begins[i], strlen(begins[i])))
            return length < 80;
    return false;
}

static void split(struct lines *l, const char *text)
{
    l->count = 0;
    for (; *text && l->count < MOST_LINES; l->count++) {
        l->at[l->count] = text;
        l->length[l->count] = strcspn(text, "\n");
        text += l->length[l->count];
        text += *text == '\n';
    }
}

void quote_strip(struct text *to, const char *text)
{
    static struct lines l;
    int blanks = 0;
    size_t before = to->length;
    split(&l, text);
    for (int i = 0; i < l.count; i++) {
        size_t length = l.length[i];
        bool is_signature =
            (length == 2 || (length == 3 && l.at[i][2] != '-')) && !strncmp(l.at[i], "--", 2);
        if (starts_old(l.at[i], length) || starts_head(&l, i) || is_signature)
            break;
        if (is_quoted(&l, i) || announces(&l, i) || is_device(l.at[i], length))
            continue;
        while (length && strchr(" \t\r", l.at[i][length - 1]))
            length--;
        if (!length) {
            blanks++;
            continue;
        }
        if (to->length > before)
            text_add(to, blanks ? "\n\n" : "\n");
        text_add_bytes(to, l.at[i], length);
        blanks = 0;
    }
}
