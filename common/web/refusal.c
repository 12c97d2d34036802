#include "web/refusal.h"

#include <string.h>

#include "act/act.h"

enum { STARS = 6 };

/* A fault, in which a star stands for anything, and its sentence, in which $1 is what the first
 * star stood for: an act's name by the office's word. The first that fits is taken. */
static const char *const sentences[][2] = {
    {"*: it is * (*); now: *", "工单现在是“$3”，不能办理“$1”；现在可以办理：$4"},
    {"*: it is * (*)", "工单现在是“$3”，不能办理“$1”"},
    {"*: * may*; * is *", "您（$4）没有办理“$1”的权限"},
    {"*: that organisation does not * it", "工单不由本单位承办，不能办理“$1”"},
    {"answer: the text is missing", "请填写答复内容"},
    {"answer: this assist has filed its part already", "本单位的协办答复已经提交过"},
    {"answer: it was closed without an answer; no part is owed",
     "工单未经答复已经办结，不再需要协办答复"},
    {"answer: * assist* not filed a part; *",
     "还有 $1 个协办单位没有提交协办答复；不再等待的，请写明理由"},
    {"accept: nobody holds it", "工单不在本单位"},
    {"accept: it is accepted already", "本单位已经签收过"},
    {"return: ruled by a conference: *; the center can *",
     "工单已经会商裁定（$1），不能再退单；可以请中心重新会商"},
    {"*: more than * working days have passed since its dispatch",
     "派发已经超过 $2 个工作日，不能再办理“$1”"},
    {"*: its clock stands still*", "工单正在挂起，不能办理“$1”；请先恢复"},
    {"ask for an extension: this kind has none", "这类诉求不能延期"},
    {"ask for an extension: it is overdue", "已经超过答复期限，不能再申请延期"},
    {"ask for an extension: this round has had its *", "本轮已经延期 $1 次，不能再延"},
    {"*the days are missing: --days (1 to * *)", "请填写天数，1 至 $2"},
    {"*of 1 to * * days", "天数应为 1 至 $2"},
    {"*the reason is missing*", "请写明理由"},
    {"*\"*\" is none of the configured reasons*", "请从所列的理由中选择"},
    {"*the basis is missing*", "请写明依据"},
    {"*the * is blank", "填写的内容不能只有空格"},
    {"*it was asked already and waits for the center", "已经申请过，正在等待中心决定"},
    {"*: none was asked for", "没有等待决定的申请"},
    {"*: * asked for it, and another person grants it", "申请由 $2 提出，应由另一人审批"},
    {"rate: it was rated already, with *", "这件诉求已经评价过"},
    {"rate: it was closed, and a rating taken until *, *", "这件诉求已经办结，评价期限已过"},
    {"* is there already with other content: *",
     "这份表单已经提交过；另有诉求的，请重新打开页面填写"},
    {"no such ticket", "没有这件工单"},
    {"phone \"*\": *", "联系电话“$1”有误"},
    {"credit code \"*\": *", "统一社会信用代码“$1”应为 18 位数字和大写字母"},
};

/* What the stars of a pattern stood for. */
struct found {
    const char *start[STARS];
    size_t length[STARS];
};

/* True where S, of LENGTH bytes, is as PATTERN, whose stars from NUMBER on it finds. */
static bool fits(const char *pattern, const char *s, size_t length, int number, struct found *found)
{
    for (; *pattern && *pattern != '*'; pattern++, s++, length--)
        if (!length || *s != *pattern)
            return false;
    if (!*pattern || number == STARS)
        return !length;
    found->start[number] = s;
    for (size_t used = 0; used <= length; used++) {
        found->length[number] = used;
        if (fits(pattern + 1, s + used, length - used, number + 1, found))
            return true;
    }
    return false;
}

static void add_found(struct text *to, const char *s, size_t length)
{
    for (int kind = 0; kind < ACT_KINDS; kind++) {
        const char *name = act_name((enum act_kind)kind);
        if (strlen(name) == length && !memcmp(name, s, length)) {
            text_add(to, act_word((enum act_kind)kind));
            return;
        }
    }
    text_add_bytes(to, s, length);
}

/* Appends the sentence for the LENGTH bytes S; WHOLE: only those of faults that have a semicolon.
 * False where there is none. */
static bool say(struct text *to, const char *s, size_t length, bool whole)
{
    struct found found;
    size_t i = 0, count = sizeof sentences / sizeof *sentences;
    while (i < count && ((whole && !strchr(sentences[i][0], ';')) ||
                         !fits(sentences[i][0], s, length, 0, &found)))
        i++;
    for (const char *c = i < count ? sentences[i][1] : ""; *c; c++)
        if (*c == '$') {
            int star = *++c - '1';
            add_found(to, found.start[star], found.length[star]);
        } else {
            text_add_char(to, *c);
        }
    return i < count;
}

void refusal_say(struct text *to, const char *fault)
{
    if (say(to, fault, strlen(fault), true))
        return;
    for (bool first = true; *fault; first = false) {
        const char *end = strstr(fault, "; ");
        size_t length = end ? (size_t)(end - fault) : strlen(fault);
        text_add(to, first ? "" : "；");
        if (!say(to, fault, length, false)) {
            text_add(to, "系统未接受：");
            text_add_bytes(to, fault, length);
        }
        fault += length + (end ? 2 : 0);
    }
}
