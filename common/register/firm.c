#include "register/firm.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/decimal.h"
#include "policy/outcome.h"
#include "register/contact.h"
#include "register/list.h"
#include "register/origin.h"
#include "ticket/masked.h"
#include "ticket/story.h"

enum { CONTACT_DAYS = 30 };

static const char *day_of(int64_t moment, char day[static DAY_TEXT_SIZE])
{
    return moment ? day_print(clock_day(moment), day) : NULL;
}

/* ---- requests */

/* From the receipt until it was closed; the basis is the rating. */
static void add_request(void *context, const struct ticket *t)
{
    char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    struct text id = {0}, title = {0};
    text_add_number(&id, t->id);
    enterprisefields_add(
        context,
        &(struct enterpriseitem){.part = "requests",
                                 .part_name = "诉求",
                                 .name = id.data,
                                 .value = masked_value(&title, t, MASKED_TEXT, t->title, false),
                                 .from = day_of(t->received_at, from),
                                 .until = day_of(t->closed_at, until),
                                 .state = t->state,
                                 .state_name = ticket_state_name(t->state),
                                 .basis = story_rating(t->rating)});
    text_free(&id);
    text_free(&title);
}

/* ---- grants */

static void add_grant(void *context, const char *code, const char *title, int64_t amount,
                      int64_t at)
{
    char day[DAY_TEXT_SIZE], plain[DECIMAL_TEXT_SIZE];
    struct text shown = {0};
    decimal_plain(amount, plain);
    text_add_format(&shown, "%s 元", plain);
    enterprisefields_add(context, &(struct enterpriseitem){.part = "grants",
                                                           .part_name = "兑现",
                                                           .name = code,
                                                           .value = amount ? plain : NULL,
                                                           .shown = amount ? shown.data : NULL,
                                                           .number = true,
                                                           .from = day_of(at, day),
                                                           .basis = title});
    text_free(&shown);
}

/* ---- entries */

static void add_entry(void *context, const struct entry *entry)
{
    struct enterprisefields *fields = context;
    char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    struct text id = {0}, name = {0};
    text_add_number(&id, entry->id);
    origin_name_entry(&name, entry);
    enterprisefields_add(fields, &(struct enterpriseitem){.part = "entries",
                                                          .part_name = entry->registry->name,
                                                          .name = id.data,
                                                          .value = name.data,
                                                          .from = day_of(entry->added_at, from),
                                                          .until = day_of(entry->due_at, until),
                                                          .state = entry->state,
                                                          .state_name = registry_state_name(
                                                              entry->registry, entry->state)});
    text_free(&id);
    text_free(&name);
}

/* ---- contacts */

static void add_contact(void *context, const struct contact *contact)
{
    char day[DAY_TEXT_SIZE];
    enterprisefields_add(context, &(struct enterpriseitem){.part = "contacts",
                                                           .part_name = "联系",
                                                           .name = contact->how,
                                                           .title = contact->how_name,
                                                           .from = day_of(contact->at, day)});
}

void firm_add(struct enterprisefields *fields, int64_t id, const char *code, const char *name)
{
    struct center *center = fields->center;
    int today = clock_day(center->now);
    ticket_each(center->db, &(struct ticket_filter){.firm_code = code, .firm_name = name},
                add_request, fields);
    policyevent_grants(center->db, id, add_grant, fields);
    entry_each_naming(center, REGISTRY_ENTERPRISE, code, add_entry, fields);
    contacts_each(center, id, today - CONTACT_DAYS, today, add_contact, fields);
}
