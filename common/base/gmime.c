#include "base/gmime.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/gmime_private.h"
#include "base/headwords.h"
#include "base/library.h"
#include "base/text.h"

enum { MOST_PARTS = 1000 };

static const char *const header_names[GMIME_HEADERS] = {
    [GMIME_SUBJECT] = "Subject",
    [GMIME_TO] = "To",
    [GMIME_CC] = "Cc",
    [GMIME_DELIVERED_TO] = "Delivered-To",
    [GMIME_ORIGINAL_TO] = "X-Original-To",
    [GMIME_MESSAGE_ID] = "Message-ID",
    [GMIME_IN_REPLY_TO] = "In-Reply-To",
    [GMIME_REFERENCES] = "References",
    [GMIME_RETURN_PATH] = "Return-Path",
    [GMIME_AUTO_SUBMITTED] = "Auto-Submitted",
    [GMIME_PRECEDENCE] = "Precedence",
    [GMIME_AUTO_REPLY] = "X-Autoreply",
    [GMIME_AUTO_RESPOND] = "X-Autorespond",
    [GMIME_LIST_ID] = "List-Id",
    [GMIME_LOOP] = "X-Loop",
};

static const struct gmime *library(void)
{
    static const char *const names[] = {"libgmime-3.0.so.0", NULL};
    static struct gmime functions;
    static void *loaded;
    if (loaded)
        return &functions;
    loaded = library_load(names, "mails need GMime", "libgmime-3.0-0");
#define GMIME_FIND(name, result, parameters)                                                       \
    library_find(loaded, "libgmime-3.0-0", #name, &functions.name);
    GMIME_FUNCTIONS(GMIME_FIND)
    functions.g_mime_init();
    return &functions;
}

/* What is being read. */
struct reading {
    const struct gmime *g;
    struct gmime_options *options;
    struct gmime_message *message;
    struct arena *arena;
    struct gmime_mail *mail;
    const char *inner; /* the path of another mail in it; NULL: none was met */
};

/* A copy of S, which may be NULL, without what is no UTF-8. */
static const char *keep(const struct reading *r, const char *s)
{
    struct text sound = {0};
    size_t length = s ? strlen(s) : 0, valid;
    if (!s)
        return NULL;
    text_add(&sound, "");
    for (; (valid = text_valid_utf8(s, length)) < length; s += valid + 1, length -= valid + 1) {
        text_add_bytes(&sound, s, valid);
        text_add_code_point(&sound, 0xFFFD);
    }
    text_add_bytes(&sound, s, length);
    const char *kept = arena_bytes(r->arena, sound.data, sound.length);
    text_free(&sound);
    return kept;
}

static const char *keep_small(const struct reading *r, const char *s)
{
    char *kept = s ? arena_string(r->arena, s) : NULL;
    for (char *c = kept; c && *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return kept;
}

static struct gmime_header_list *headers_of(const struct reading *r)
{
    return r->g->g_mime_object_get_header_list((struct gmime_object *)r->message);
}

static bool is_a(const struct reading *r, void *instance, size_t type)
{
    return r->g->g_type_check_instance_is_a(instance, type);
}

static const char *read_header(const struct reading *r, const char *name)
{
    const struct gmime *g = r->g;
    struct gmime_header_line *line = g->g_mime_header_list_get_header(headers_of(r), name);
    const char *raw = line ? g->g_mime_header_get_raw_value(line) : NULL;
    if (!raw)
        return NULL;
    struct text mended = {0};
    char *value = g->g_mime_utils_header_unfold(raw);
    headwords_mend(&mended, value);
    char *decoded = g->g_mime_utils_header_decode_text(r->options, text_string(&mended));
    const char *kept = keep(r, decoded ? decoded : value);
    text_free(&mended);
    g->g_free(decoded);
    g->g_free(value);
    return text_trim(arena_string(r->arena, kept));
}

static void read_from(const struct reading *r)
{
    const struct gmime *g = r->g;
    struct gmime_list *list = g->g_mime_message_get_from(r->message);
    struct gmime_address *one = list && g->internet_address_list_length(list) == 1
                                    ? g->internet_address_list_get_address(list, 0)
                                    : NULL;
    if (!one || !is_a(r, one, g->internet_address_mailbox_get_type()))
        return;
    r->mail->from = keep(r, g->internet_address_mailbox_get_addr((struct gmime_mailbox *)one));
    r->mail->from_name = keep(r, g->internet_address_get_name(one));
}

/* ---- parts ---- */

static const char *type_of(const struct reading *r, struct gmime_object *part)
{
    char *type =
        r->g->g_mime_content_type_get_mime_type(r->g->g_mime_object_get_content_type(part));
    const char *kept = keep_small(r, type);
    r->g->g_free(type);
    return kept ? kept : "";
}

static void read_bytes(const struct reading *r, struct gmime_object *object,
                       struct gmime_part *part)
{
    const struct gmime *g = r->g;
    struct gmime_wrapper *content = g->g_mime_part_get_content((struct gmime_leaf *)object);
    struct gmime_stream *stream = g->g_mime_stream_mem_new();
    if (content)
        g->g_mime_data_wrapper_write_to_stream(content, stream);
    const struct gmime_array *array =
        (const void *)g->g_mime_stream_mem_get_byte_array((struct gmime_memory *)stream);
    part->length = array->length;
    part->bytes =
        arena_bytes(r->arena, array->length ? (const char *)array->data : "", array->length);
    g->g_object_unref(stream);
}

static void read_part(struct reading *r, struct gmime_object *object, bool inside)
{
    const struct gmime *g = r->g;
    struct gmime_type *type = g->g_mime_object_get_content_type(object);
    const char *disposition = g->g_mime_object_get_disposition(object);
    r->mail->parts = mem_grow(r->mail->parts, (size_t)r->mail->count, sizeof *r->mail->parts);
    struct gmime_part *part = &r->mail->parts[r->mail->count++];
    *part = (struct gmime_part){
        .type = type_of(r, object),
        .charset = keep_small(r, g->g_mime_content_type_get_parameter(type, "charset")),
        .format = keep_small(r, g->g_mime_content_type_get_parameter(type, "format")),
        .delsp = keep_small(r, g->g_mime_content_type_get_parameter(type, "delsp")),
        .name = keep(r, g->g_mime_part_get_filename((struct gmime_leaf *)object)),
        .attached = inside || (disposition && !strcasecmp(disposition, "attachment"))};
    read_bytes(r, object, part);
}

/* True where what the iterator stands on belongs to another mail, or is one. */
static bool is_inside(struct reading *r, struct gmime_iterator *iterator, const char *type)
{
    char *path = r->g->g_mime_part_iter_get_path(iterator);
    size_t length = r->inner ? strlen(r->inner) : 0;
    bool inside = r->inner && path && !strncmp(path, r->inner, length) && path[length] == '.';
    if (!inside && !strncmp(type, "message/", 8))
        r->inner = path ? arena_string(r->arena, path) : NULL;
    r->g->g_free(path);
    return inside;
}

static void read_parts(struct reading *r)
{
    const struct gmime *g = r->g;
    struct gmime_iterator *iterator = g->g_mime_part_iter_new((struct gmime_object *)r->message);
    for (bool more = g->g_mime_part_iter_is_valid(iterator); more && r->mail->count < MOST_PARTS;
         more = g->g_mime_part_iter_next(iterator)) {
        struct gmime_object *object = g->g_mime_part_iter_get_current(iterator);
        bool inside = is_inside(r, iterator, type_of(r, object));
        if (is_a(r, object, g->g_mime_part_get_type()))
            read_part(r, object, inside);
    }
    g->g_mime_part_iter_free(iterator);
}

/* The list of parts moves to the arena, as all that it points to is there. */
static void keep_parts(const struct reading *r)
{
    struct gmime_part *parts = arena_zero(r->arena, (size_t)(r->mail->count + 1) * sizeof *parts);
    if (r->mail->count)
        memcpy(parts, r->mail->parts, (size_t)r->mail->count * sizeof *parts);
    free(r->mail->parts);
    r->mail->parts = parts;
}

bool gmime_read(const char *bytes, size_t length, struct arena *arena, struct gmime_mail *mail)
{
    static const char *charsets[] = {"utf-8", "gb18030", "iso-8859-1", NULL};
    struct reading r = {.g = library(), .arena = arena, .mail = mail};
    const struct gmime *g = r.g;
    struct gmime_stream *stream = g->g_mime_stream_mem_new_with_buffer(bytes, length);
    struct gmime_parser *parser = g->g_mime_parser_new_with_stream(stream);
    *mail = (struct gmime_mail){.count = 0};
    r.options = g->g_mime_parser_options_new();
    g->g_mime_parser_options_set_fallback_charsets(r.options, charsets);
    r.message = g->g_mime_parser_construct_message(parser, r.options);
    bool read = r.message && g->g_mime_header_list_get_count(headers_of(&r)) > 0;
    if (read) {
        struct gmime_object *whole = g->g_mime_message_get_mime_part(r.message);
        mail->type = whole ? type_of(&r, whole) : "";
        read_from(&r);
        for (int i = 0; i < GMIME_HEADERS; i++)
            mail->headers[i] = read_header(&r, header_names[i]);
        read_parts(&r);
    }
    keep_parts(&r);
    if (r.message)
        g->g_object_unref(r.message);
    g->g_mime_parser_options_free(r.options);
    g->g_object_unref(parser);
    g->g_object_unref(stream);
    return read;
}
