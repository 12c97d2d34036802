/* What a row of a file or the options say of an accountability. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "center/org.h"
#include "supervision/accountability.h"

const char *const accountability_fields[] = {"number", "handed_to", "result",    "published",
                                             "person", "post",      "liability", "person_result",
                                             "by",     "at",        NULL};

static const char *const liabilities[] = {"直接责任", "主体责任", "监督责任", "领导责任", NULL};

const char *accountability_liability(const char *word)
{
    const char *const *liability = liabilities;
    while (*liability && strcmp(*liability, word) != 0)
        liability++;
    return *liability;
}

const char *accountability_list_liabilities(char *list, size_t size)
{
    *list = '\0';
    for (const char *const *word = liabilities; *word; word++)
        text_choice(list, size, *word, NULL);
    return list;
}

bool accountability_says(const struct accountability_step *step)
{
    return step->handed_to || step->result || step->published || step->person.name;
}

static bool read_published(const char *word, struct fault *fault)
{
    bool yes = text_same(word, "yes") || text_same(word, "1") || text_same(word, "是") ||
               text_same(word, "已公开");
    bool no = text_same(word, "no") || text_same(word, "0") || text_same(word, "否") ||
              text_same(word, "未公开");
    if (!yes && !no)
        fault_add(fault, "published is yes (是) or no (否), not \"%s\"", word);
    return yes;
}

static void read_person(char *const *v, struct accountable *person, struct fault *fault)
{
    char list[256];
    const char *liability = v[ACCOUNTABILITY_LIABILITY];
    person->name = v[ACCOUNTABILITY_PERSON] ? v[ACCOUNTABILITY_PERSON] : person->name;
    person->post = v[ACCOUNTABILITY_POST] ? v[ACCOUNTABILITY_POST] : person->post;
    person->result =
        v[ACCOUNTABILITY_PERSON_RESULT] ? v[ACCOUNTABILITY_PERSON_RESULT] : person->result;
    if (liability && !(person->liability = accountability_liability(liability)))
        fault_unknown(fault, "liability", liability, NULL,
                      accountability_list_liabilities(list, sizeof list));
    if (!person->name && (person->post || person->liability || person->result))
        fault_add(fault, "post, liability and person_result go with a person");
}

bool accountability_read(const struct center *center, char *const *v,
                         struct accountability_step *step, struct fault *fault)
{
    const char *by = v[ACCOUNTABILITY_BY], *at = v[ACCOUNTABILITY_AT];
    step->handed_to = v[ACCOUNTABILITY_HANDED_TO] ? v[ACCOUNTABILITY_HANDED_TO] : step->handed_to;
    step->result = v[ACCOUNTABILITY_RESULT] ? v[ACCOUNTABILITY_RESULT] : step->result;
    if (v[ACCOUNTABILITY_PUBLISHED])
        step->published = read_published(v[ACCOUNTABILITY_PUBLISHED], fault);
    read_person(v, &step->person, fault);
    if (by && !(step->by = org_find(center->db, by)))
        org_unknown(center->db, by, fault);
    if (at && !clock_parse(at, &step->at, NULL))
        clock_refuse(fault, at);
    if (!*fault->text && !accountability_says(step))
        fault_add(fault, "nothing is said of it: handed_to, result, published or person");
    return !*fault->text;
}
