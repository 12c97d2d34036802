#include "web/actform.h"

#include <string.h>

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

static void add_field(struct web *web, const struct actform *form, const struct page_field *field)
{
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

static void add_fields(struct web *web, const struct actform *form, bool sent, const char *draft)
{
    for (int i = 0; i < ACTFORM_FIELDS && form->fields[i].name; i++) {
        struct page_field field = form->fields[i];
        field.id = arena_format(&web->p.config->arena, "%s-%s", form->code, field.name);
        field.value = sent ? web_given(web, &field) : strcmp(field.name, "text") ? NULL : draft;
        add_field(web, form, &field);
    }
    if (form->kind == ACT_ANSWER)
        page_tick(&web->page,
                  &(struct page_field){.name = "resolved",
                                       .label = "事项已经办结",
                                       .value = form_value(&web->request.form, "resolved")});
}

/* The page's errors are those of the form that was sent. */
static void add_form(struct web *web, const struct ticket *ticket, const struct actform *form,
                     const char *draft)
{
    struct page *page = &web->page;
    const struct page_errors errors = page->errors;
    const bool sent = page->anchor && !strcmp(page->anchor, form->code);
    if (!sent)
        page->errors.count = 0;
    page_add(page, sent || form->opens ? "<details open><summary>" : "<details><summary>",
             act_word(form->kind), "</summary>\n");
    actform_start(web, ticket, form->code);
    add_fields(web, form, sent, draft);
    page_submit(page, act_word(form->kind));
    page_add(page, "</details>\n", "", "");
    page->errors = errors;
}

/* A clock that runs is not resumed, and one that stands still is not suspended. */
static bool is_offered(struct web *web, const struct ticket *ticket, enum act_kind kind)
{
    bool stands = ticket->suspended_at && web->p.center.now < ticket->suspended_until;
    return act_fits(kind, ticket) && (kind != ACT_RESUME || stands) &&
           (kind != ACT_SUSPEND || !stands);
}

void actform_add(struct web *web, const struct ticket *ticket, const struct actform *forms,
                 int count, const char *draft)
{
    for (int i = 0; i < count; i++)
        if (is_offered(web, ticket, forms[i].kind))
            add_form(web, ticket, &forms[i], draft);
}

static bool do_form(struct web *web, struct ticket *ticket, const struct actform *form, int64_t by)
{
    const struct form *sent = &web->request.form;
    int count = 0;
    while (count < ACTFORM_FIELDS && form->fields[count].name)
        count++;
    web_check(web, form->fields, count);
    struct act act = {.kind = form->kind,
                      .by = by,
                      .text = form_value(sent, "text"),
                      .reason = form_value(sent, "reason"),
                      .basis = form_value(sent, "basis"),
                      .without = form_value(sent, "without"),
                      .days = (int)form_number(sent, "days"),
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
