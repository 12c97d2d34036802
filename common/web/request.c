#include "web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char form_type[] = "application/x-www-form-urlencoded";

bool request_is_served(void)
{
    return getenv("REQUEST_METHOD") != NULL;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static void refuse(struct request *request, int status, const char *why)
{
    request->status = status;
    request->why = why;
}

/* The length of the body, or -1 where it is not said, or not so that it can be one. */
static long body_length(void)
{
    const char *word = variable("CONTENT_LENGTH");
    size_t digits = strspn(word, "0123456789");
    if (!digits || word[digits] || digits > 18)
        return -1;
    return strtol(word, NULL, 10);
}

/* What follows the media type are parameters. */
static bool is_form(void)
{
    const char *type = variable("CONTENT_TYPE");
    size_t length = strcspn(type, "; \t");
    return length == sizeof form_type - 1 && !strncasecmp(type, form_type, length);
}

static void read_body(struct request *request)
{
    static char body[REQUEST_MOST_BYTES];
    long length = body_length();
    const char *why;
    if (length < 0)
        refuse(request, 411, "没有说明提交内容的长度");
    else if (length > REQUEST_MOST_BYTES)
        refuse(request, 413, "提交的内容过长");
    else if (!is_form())
        refuse(request, 415, "提交的不是表单");
    else if (fread(body, 1, (size_t)length, stdin) != (size_t)length)
        refuse(request, 400, "提交的内容不完整");
    else if (!form_read(&request->form, body, (size_t)length, &why))
        refuse(request, 400, why);
}

struct request request_read(void)
{
    struct request request = {.served = request_is_served(),
                              .script = variable("SCRIPT_NAME"),
                              .address = variable("REMOTE_ADDR"),
                              .user = variable("REMOTE_USER")};
    const char *method = request.served ? variable("REQUEST_METHOD") : "GET", *why;
    const char *query = request.served ? variable("QUERY_STRING") : "";
    if (!*request.user)
        request.user = NULL;
    request.posts = !strcmp(method, "POST");
    request.bare = !strcmp(method, "HEAD");
    if (!request.posts && !request.bare && strcmp(method, "GET") != 0)
        refuse(&request, 405, "不支持这种请求方式");
    else if (!form_read(&request.query, query, strlen(query), &why))
        refuse(&request, 400, why);
    else if (request.posts)
        read_body(&request);
    return request;
}

void request_free(struct request *request)
{
    form_free(&request->query);
    form_free(&request->form);
}
