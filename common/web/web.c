#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/tongue.h"
#include "web/refusal.h"

enum { SEAL_SECONDS = 12 * 3600 };

/* What the browser is told where the program dies; the message itself is for the server's log. */
static void tell_end(int status)
{
    static const char *const said[][2] = {
        {"系统出错", "<p>系统暂时无法处理。您的操作没有保存，请稍后再试，或拨打服务热线。</p>\n"},
        {"系统繁忙", "<p>系统正忙。您的操作没有保存，请稍等几秒后再试。</p>\n"}};
    bool busy = status == EXIT_BUSY;
    struct page page = {.title = said[busy][0], .status = busy ? 503 : 500};
    text_add(&page.html, said[busy][1]);
    page_print(&page);
    page_free(&page);
}

static void free_all(struct web *web)
{
    page_free(&web->page);
    request_free(&web->request);
}

void web_refuse(struct web *web, int status, const char *why)
{
    struct page page = {.title = "无法办理",
                        .status = status,
                        .bare = web->request.bare,
                        .center = web->page.center,
                        .user = web->page.user};
    page_add(&page, "<p>", why, "。</p>\n");
    die_set_farewell(NULL);
    program_close(&web->p);
    page_print(&page);
    page_free(&page);
    free_all(web);
    exit(program_end(&web->p, EXIT_NO));
}

struct web web_start(const struct args_program *about, int argc, char **argv)
{
    tongue_english();
    if (request_is_served()) {
        die_set_farewell(tell_end);
        argc = 1;
    }
    struct web web = {.p = program_start(about, argc, argv), .request = request_read()};
    while (args_next(&web.p.args))
        ;
    if (web.p.args.operand_count)
        args_usage(&web.p.args, "no operand is expected");
    web.page.bare = web.request.bare;
    web.page.center = web.p.config->center;
    if (web.request.status)
        web_refuse(&web, web.request.status, web.request.why);
    return web;
}

static void open_center(struct web *web)
{
    program_open(&web->p, NULL, 0);
    web->page.center = center_title(&web->p.center);
    web->folder = token_folder(args_database(&web->p.args), &web->p.config->arena);
    token_key_read(web->folder, web->key);
    web->attempts = (struct attempts){web->folder, web->key, web->p.center.now};
}

void web_open(struct web *web)
{
    if (web->request.served)
        unsetenv("QIFU_MEMBER");
    open_center(web);
}

void web_sign_in(struct web *web)
{
    const char *name = web->request.user;
    if (web->request.served && !name)
        web_refuse(web, 403, "请先登录");
    if (web->request.served)
        setenv("QIFU_MEMBER", name, 1);
    open_center(web);
    if (web->request.served && strcmp(web->p.center.user, name) != 0)
        die("%s is signed in, but %s may not say so: it is none of the name_passers of center.yaml",
            name, web->p.center.user);
    web->page.user = web->p.center.user;
}

int web_end(struct web *web)
{
    bool refused = web->page.status >= 400 || web->page.errors.count;
    die_set_farewell(NULL);
    program_close(&web->p);
    page_print(&web->page);
    free_all(web);
    return program_end(&web->p, refused ? EXIT_NO : EXIT_DONE);
}

const char *web_address(struct web *web)
{
    return web->request.script;
}

const char *web_beside(struct web *web, const char *name)
{
    const char *script = web->request.script, *end = strrchr(script, '/');
    return arena_format(&web->p.config->arena, "%.*s%s", end ? (int)(end - script) + 1 : 0, script,
                        name);
}

static const char *seal_purpose(struct web *web, const char *of)
{
    return arena_format(&web->p.config->arena, "seal:%s:%s:%s", web->p.args.program->name,
                        web->p.center.user, of);
}

void web_add_seal(struct web *web, const char *of)
{
    char seal[TOKEN_TEXT_SIZE];
    page_hidden(
        &web->page, "seal",
        token_write(web->key, seal_purpose(web, of), web->p.center.now + SEAL_SECONDS, seal));
}

void web_need_seal(struct web *web, const char *of)
{
    if (!of || !token_holds(web->key, seal_purpose(web, of), form_value(&web->request.form, "seal"),
                            web->p.center.now))
        web_refuse(web, 403, "表单已过期，或不是从本页提交。请返回后刷新页面，再提交一次");
}

void web_need_attempt(struct web *web, const struct attempts_rule *rule, const char *who)
{
    char address[ATTEMPTS_ADDRESS_SIZE];
    if (!attempts_take(&web->attempts, rule,
                       who ? who : attempts_address(web->request.address, address)))
        web_refuse(web, 429, "操作过于频繁，请过一段时间再试，或拨打服务热线");
}

const char *web_given(struct web *web, const struct page_field *field)
{
    return form_value(&web->request.form, field->name);
}

void web_check(struct web *web, const struct page_field *fields, int count)
{
    struct arena *arena = &web->p.config->arena;
    for (int i = 0; i < count; i++) {
        const struct page_field *field = &fields[i];
        const char *value = web_given(web, field);
        size_t most = (size_t)page_most(field);
        if (!value && field->required)
            page_error(&web->page.errors, field->name,
                       arena_format(arena, "请填写%s", field->label));
        else if (value && text_characters(value) > most)
            page_error(&web->page.errors, field->name,
                       arena_format(arena, "%s不能超过 %zu 字", field->label, most));
    }
}

void web_add_refusal(struct web *web, const char *fault)
{
    struct text said = {0};
    refusal_say(&said, fault);
    page_error(&web->page.errors, NULL, arena_string(&web->p.config->arena, text_string(&said)));
    text_free(&said);
}
