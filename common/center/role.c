#include "center/role.h"

#include <string.h>

static const char *const roles[][2] = {
    {"operator", "经办"},   {"approver", "审批"}, {"handler", "承办"},
    {"supervisor", "督办"}, {"auditor", "审计"},  {"administrator", "管理"},
};
enum { ROLES = sizeof roles / sizeof *roles };

const char *role_code(int n)
{
    return n < ROLES ? roles[n][0] : NULL;
}

const char *role_word(int n)
{
    return n < ROLES ? roles[n][1] : NULL;
}

/* The role called so by the LENGTH bytes of WORD; 0: none is. */
static unsigned find(const char *word, size_t length)
{
    for (int i = 0; i < ROLES; i++)
        for (int k = 0; k < 2; k++)
            if (strlen(roles[i][k]) == length && !strncmp(roles[i][k], word, length))
                return 1U << i;
    return 0;
}

static void refuse(struct fault *fault, const char *word)
{
    const char *codes[ROLES];
    for (int i = 0; i < ROLES; i++)
        codes[i] = roles[i][0];
    fault_unknown(fault, "role", word, text_nearest(word, codes, ROLES),
                  " (operator, approver, handler, supervisor, auditor, administrator)");
}

bool role_read(const char *const *words, unsigned *set, struct fault *fault)
{
    bool good = true;
    for (; *words; words++) {
        unsigned role = find(*words, strlen(*words));
        *set |= role;
        if (!role)
            refuse(fault, *words);
        good = good && role;
    }
    return good;
}

unsigned role_set(const char *list)
{
    unsigned set = 0;
    for (size_t length; *list; list += length + (list[length] == ' ')) {
        length = strcspn(list, " ");
        set |= find(list, length);
    }
    return set;
}

void role_list(struct text *list, unsigned set, bool words, const char *between)
{
    bool any = false;
    for (int i = 0; i < ROLES; i++)
        if (set >> i & 1) {
            text_add_format(list, "%s%s", any ? between : "", roles[i][words]);
            any = true;
        }
}
