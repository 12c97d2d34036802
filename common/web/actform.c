#include "web/actform.h"

#include <string.h>

#include "supervision/owed.h"
#include "ticket/route.h"
#include "web/perform.h"

/* The reasons among which one is chosen; none where any will do. */
static const char *const *reasons_of(struct web *web, enum act_kind kind)
{
    static const char *const none[] = {NULL};
    const struct limits *limits = &web->p.config->limits;
    return kind == ACT_RETURN    ? limits->return_reasons
           : kind == ACT_SUSPEND ? limits->suspension_reasons
                                 : none;
}

void actform_start(struct web *web, const struct ticket *ticket, const char *code)
{
    page_form(&web->page, web_address(web));
    page_hidden(&web->page, "id",
                arena_format(&web->p.config->arena, "%lld", (long long)ticket->id));
    page_hidden(&web->page, "do", code);
    web_add_seal(web, "act");
}

/* One of all organisations. */
static void add_orgs(struct web *web, const struct page_field *field)
{
    const struct org_table *orgs = &web->p.orgs;
    page_choices(&web->page, field, true);
    page_choice(&web->page, field, true, "", "请选择", NULL);
    for (int64_t i = 0; i < orgs->count; i++)
        page_choice(&web->page, field, true, orgs->orgs[i].code, orgs->orgs[i].name, NULL);
    page_choices_end(&web->page, true);
}

static void add_field(struct web *web, const struct actform *form, const struct page_field *field)
{
    if (!strcmp(field->name, "to")) {
        add_orgs(web, field);
        return;
    }
    const char *const *reasons = reasons_of(web, form->kind);
    if (strcmp(field->name, "reason") != 0 || !*reasons) {
        page_input(&web->page, field);
        return;
    }
    page_choices(&web->page, field, true);
    for (; *reasons; reasons++)
        page_choice(&web->page, field, true, *reasons, *reasons, NULL);
    page_choices_end(&web->page, true);
}

/* A ticket while its forms are added. */
struct adding {
    struct web *web;
    const struct ticket *ticket;
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int count;
    int64_t by;
    const char *draft;
};

/* True where an assist has not filed its part. */
static bool waits_for_assists(const struct adding *adding)
{
    bool waits = false;
    for (int i = 0; i < adding->count; i++)
        waits = waits || (!adding->parties[i].is_lead && !adding->parties[i].answered_at);
    return waits;
}

/* True where the one that acts has signed in already. */
static bool has_accepted(const struct adding *adding)
{
    for (int i = 0; i < adding->count; i++)
        if (adding->parties[i].org == adding->by)
            return adding->parties[i].accepted_at != 0;
    return false;
}

struct owing {
    int64_t by;
    bool owes;
};

static void take_order(void *context, const struct owed *owed)
{
    struct owing *owing = context;
    owing->owes =
        owing->owes || (owed->lead == owing->by && !owed->replied_at && !owed->revoked_at);
}

/* True where the one that acts owes a reply to an order of supervision. */
static bool owes_reply(const struct adding *adding)
{
    struct owing owing = {adding->by, false};
    owed_of_ticket(adding->web->p.center.db, adding->ticket->id, take_order, &owing);
    return owing.owes;
}

/* What would come to nothing is not offered: a clock that runs is not resumed, one that stands
 * still is not suspended. */
static bool is_offered(const struct adding *adding, enum act_kind kind)
{
    const struct ticket *ticket = adding->ticket;
    bool stands = ticket->suspended_at && adding->web->p.center.now < ticket->suspended_until;
    return act_fits(kind, ticket) && (kind != ACT_RESUME || stands) &&
           (kind != ACT_SUSPEND || !stands) && (kind != ACT_ACCEPT || !has_accepted(adding)) &&
           (kind != ACT_REPLY || owes_reply(adding));
}

/* What a draft can stand in. */
static bool takes_draft(const struct page_field *field)
{
    return !strcmp(field->name, "text") || !strcmp(field->name, "to");
}

static void add_fields(const struct adding *adding, const struct actform *form, bool sent)
{
    struct web *web = adding->web;
    for (int i = 0; i < ACTFORM_FIELDS && form->fields[i].name; i++) {
        struct page_field field = form->fields[i];
        if (!strcmp(field.name, "without") && !waits_for_assists(adding))
            continue;
        field.id = arena_format(&web->p.config->arena, "%s-%s", form->code, field.name);
        field.value = sent ? web_given(web, &field) : takes_draft(&field) ? adding->draft : NULL;
        add_field(web, form, &field);
    }
    if (form->kind == ACT_ANSWER)
        page_tick(&web->page,
                  &(struct page_field){.name = "resolved",
                                       .label = "事项已经办结",
                                       .value = form_value(&web->request.form, "resolved")});
}

/* The page's errors are those of the form that was sent. */
static void add_form(const struct adding *adding, const struct actform *form)
{
    struct page *page = &adding->web->page;
    const struct page_errors errors = page->errors;
    const bool sent = page->anchor && !strcmp(page->anchor, form->code);
    if (!sent)
        page->errors.count = 0;
    page_add(page, sent || form->opens ? "<details open><summary>" : "<details><summary>",
             act_word(form->kind), "</summary>\n");
    actform_start(adding->web, adding->ticket, form->code);
    add_fields(adding, form, sent);
    page_submit(page, act_word(form->kind));
    page_add(page, "</details>\n", "", "");
    page->errors = errors;
}

void actform_add(struct web *web, const struct ticket *ticket, const struct actform *forms,
                 int count, int64_t by, const char *draft)
{
    struct adding adding = {.web = web, .ticket = ticket, .by = by, .draft = draft};
    adding.count = route_parties(web->p.center.db, ticket, adding.parties);
    for (int i = 0; i < count; i++)
        if (is_offered(&adding, forms[i].kind))
            add_form(&adding, &forms[i]);
}

static bool do_form(struct web *web, struct ticket *ticket, const struct actform *form, int64_t by)
{
    const struct form *sent = &web->request.form;
    int count = 0;
    while (count < ACTFORM_FIELDS && form->fields[count].name)
        count++;
    web_check(web, form->fields, count);
    const char *to = form_value(sent, "to");
    struct act act = {.kind = form->kind,
                      .by = by,
                      .text = form_value(sent, "text"),
                      .reason = form_value(sent, "reason"),
                      .basis = form_value(sent, "basis"),
                      .without = form_value(sent, "without"),
                      .days = (int)form_number(sent, "days"),
                      .route.lead = to ? org_find(web->p.center.db, to) : 0,
                      .resolves = form_value(sent, "resolved") != NULL};
    return !web->page.errors.count && perform_act(web, ticket, &act);
}

void actform_do(struct web *web, struct ticket *ticket, const struct actform *forms, int count,
                int64_t by)
{
    const char *code = form_value(&web->request.form, "do");
    int i = 0;
    while (i < count && (!code || strcmp(forms[i].code, code) != 0))
        i++;
    if (i == count)
        return;
    if (do_form(web, ticket, &forms[i], by))
        page_add(&web->page, "<p class=\"good\" role=\"status\">已办理：", act_word(forms[i].kind),
                 "。</p>\n");
    else
        web->page.anchor = forms[i].code;
}
