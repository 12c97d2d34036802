#include "notice/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/html.h"
#include "notice/kind.h"

static const char *const names[NOTICE_VALUES] = {[VALUE_CENTER] = "center",
                                                 [VALUE_TO] = "to",
                                                 [VALUE_PERSON] = "person",
                                                 [VALUE_TIME] = "time",
                                                 [VALUE_WORD] = "word",
                                                 [VALUE_TICKET] = "ticket",
                                                 [VALUE_REF] = "ref",
                                                 [VALUE_TITLE] = "title",
                                                 [VALUE_KIND] = "kind",
                                                 [VALUE_DUE] = "due",
                                                 [VALUE_HANDLER] = "handler",
                                                 [VALUE_TEXT] = "text",
                                                 [VALUE_REASON] = "reason",
                                                 [VALUE_BASIS] = "basis",
                                                 [VALUE_WAY] = "way",
                                                 [VALUE_RATING] = "rating",
                                                 [VALUE_LEVEL] = "level",
                                                 [VALUE_DOCUMENT] = "document",
                                                 [VALUE_SUPERVISOR] = "supervisor",
                                                 [VALUE_REPLY_DUE] = "reply_due",
                                                 [VALUE_POLICY] = "policy",
                                                 [VALUE_SUMMARY] = "summary",
                                                 [VALUE_APPLY] = "apply",
                                                 [VALUE_UNTIL] = "until",
                                                 [VALUE_LINK] = "link",
                                                 [VALUE_REPLIES] = "replies",
                                                 [VALUE_COUNT] = "count",
                                                 [VALUE_LIST] = "list"};
static const char *const page_names[] = {"subject", "body"};

/* A file's lines. */
struct template
{
    const char *kind, *file;
    char *text;
    const char **lines; /* of TEXT, ended by NULL */
};

struct templates {
    struct arena arena;
    struct template *list, page;
    int count;
};

/* The number of the name at S, which ends before END, among COUNT; -1: none. */
static int name_at(const char *s, const char *end, const char *const *among, int count)
{
    for (int i = 0; i < count; i++)
        if (strlen(among[i]) == (size_t)(end - s) && !strncmp(among[i], s, (size_t)(end - s)))
            return i;
    return -1;
}

/* ---- reading ---- */

static void fault_at(const struct template *t, int line, int *faults, const char *what)
{
    warn("%s:%d: %s", t->file, line + 1, what);
    ++*faults;
}

static void check_line(const struct template *t, int line, const char *const *among, int count,
                       int *faults)
{
    for (const char *s = t->lines[line]; (s = strchr(s, '{')); s++) {
        const char *end = strchr(s, '}');
        struct fault fault = {""};
        char word[32];
        if (!end) {
            fault_at(t, line, faults, "a \"{\" without its \"}\"");
            return;
        }
        if (name_at(s + 1, end, among, count) >= 0)
            continue;
        snprintf(word, sizeof word, "%.*s", (int)(end - s - 1), s + 1);
        fault_unknown(&fault, "value", word, text_nearest(word, among, (size_t)count), NULL);
        fault_at(t, line, faults, fault.text);
    }
}

static void split(struct templates *all, struct template *t)
{
    int count = 2;
    for (const char *s = t->text; *s; s++)
        count += *s == '\n';
    t->lines = arena_zero(&all->arena, (size_t)count * sizeof *t->lines);
    count = 0;
    for (char *s = t->text; s; count++) {
        char *end = strchr(s, '\n');
        t->lines[count] = s;
        if (end)
            *end++ = '\0';
        s = end;
    }
}

/* A page needs no subject. A center is not bound to these files as to the others of its
 * configuration: nothing is judged by them. */
static void read_file(struct templates *all, const struct config *config, struct template *t,
                      const char *kind, const char *ending, int *faults)
{
    bool page = !strcmp(kind, "page");
    t->kind = kind;
    t->file = arena_format(&all->arena, "%s/notices/%s.%s", config->directory, kind, ending);
    t->text = textfile_read(t->file);
    if (page && !strstr(t->text, "{body}"))
        fault_at(t, 0, faults, "no {body} stands in it");
    split(all, t);
    for (int i = 0; t->lines[i] && !page; i++)
        check_line(t, i, names, NOTICE_VALUES, faults);
    if (!page && (!t->lines[1] || *t->lines[1] || !t->lines[2]))
        fault_at(t, t->lines[1] ? 1 : 0, faults,
                 "the subject stands in the first line, and behind a blank one the body");
}

struct templates *templates_load(const struct config *config)
{
    struct templates *all = mem_zero(1, sizeof *all);
    int faults = 0;
    while (noticekind_at(all->count))
        all->count++;
    all->list = arena_zero(&all->arena, (size_t)(all->count + 1) * sizeof *all->list);
    for (int i = 0; i < all->count; i++)
        read_file(all, config, &all->list[i], noticekind_at(i)->code, "txt", &faults);
    read_file(all, config, &all->list[all->count++], "digest", "txt", &faults);
    read_file(all, config, &all->page, "page", "html", &faults);
    if (faults)
        exit(EXIT_BAD);
    return all;
}

void templates_free(struct templates *all)
{
    for (int i = 0; i < all->count; i++)
        free(all->list[i].text);
    free(all->page.text);
    arena_free(&all->arena);
    free(all);
}

/* ---- filling ---- */

/* Appends LINE with the values in the place of their names; false where it names some, and all are
 * missing. */
static bool fill_line(struct text *to, const char *line, const struct notice_values *values)
{
    int named = 0, there = 0;
    for (const char *s = line; *s; s++) {
        const char *end = *s == '{' ? strchr(s, '}') : NULL;
        int name = end ? name_at(s + 1, end, names, NOTICE_VALUES) : -1;
        if (name < 0) {
            text_add_char(to, *s);
            continue;
        }
        named++;
        there += values->of[name] && *values->of[name];
        text_add(to, values->of[name] ? values->of[name] : "");
        s = end;
    }
    return !named || there;
}

void template_fill(const struct templates *all, const char *kind,
                   const struct notice_values *values, struct text *subject, struct text *body)
{
    const struct template *t = all->list;
    struct text line = {0};
    while (strcmp(t->kind, kind) != 0)
        t++;
    fill_line(&line, t->lines[0], values);
    text_add_visible(subject, text_string(&line), "");
    for (int i = 2; t->lines[i]; i++) {
        text_clear(&line);
        if (!fill_line(&line, t->lines[i], values))
            continue;
        text_add_char(&line, '\n');
        text_add_visible(body, line.data, "\n");
    }
    text_free(&line);
}

void template_fill_page(const struct templates *all, const char *subject, const char *body,
                        struct text *page)
{
    for (int i = 0; all->page.lines[i]; i++) {
        for (const char *s = all->page.lines[i]; *s; s++) {
            const char *end = *s == '{' ? strchr(s, '}') : NULL;
            int name = end ? name_at(s + 1, end, page_names, 2) : -1;
            if (name < 0)
                text_add_char(page, *s);
            else {
                html_add(page, name ? body : subject);
                s = end;
            }
        }
        text_add_char(page, '\n');
    }
}
