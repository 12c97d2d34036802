/* The functions of GMime 3 and GLib that the door calls, as they are there; t/lint/gmime.c holds
 * the types to their headers. */
#ifndef QIFU_BASE_GMIME_PRIVATE_H
#define QIFU_BASE_GMIME_PRIVATE_H

#include <stddef.h>
#include <sys/types.h>

/* What GMime and GLib call GTypeInstance, which all of these are; GMimeObject, which messages and
 * parts are; GMimeMessage, GMimePart; GMimeStream, GMimeStreamMem ... */
struct gmime_instance;
struct gmime_object;
struct gmime_message;
struct gmime_leaf;
struct gmime_stream;
struct gmime_memory;
struct gmime_mailbox;
struct gmime_bytes;
struct gmime_parser;
struct gmime_options;
struct gmime_iterator;
struct gmime_type;
struct gmime_wrapper;
struct gmime_list;
struct gmime_address;
struct gmime_header_list;
struct gmime_header_line;
struct gmime_array { /* GByteArray, as the door reads it */
    unsigned char *data;
    unsigned length;
};

/* Name, result, parameters. */
#define GMIME_FUNCTIONS(F)                                                                         \
    F(g_mime_init, void, (void))                                                                   \
    F(g_mime_stream_mem_new, struct gmime_stream *, (void))                                        \
    F(g_mime_stream_mem_new_with_buffer, struct gmime_stream *, (const char *, size_t))            \
    F(g_mime_stream_mem_get_byte_array, struct gmime_bytes *, (struct gmime_memory *))             \
    F(g_mime_parser_new_with_stream, struct gmime_parser *, (struct gmime_stream *))               \
    F(g_mime_parser_construct_message, struct gmime_message *,                                     \
      (struct gmime_parser *, struct gmime_options *))                                             \
    F(g_mime_parser_options_new, struct gmime_options *, (void))                                   \
    F(g_mime_parser_options_free, void, (struct gmime_options *))                                  \
    F(g_mime_parser_options_set_fallback_charsets, void, (struct gmime_options *, const char **))  \
    F(g_mime_message_get_from, struct gmime_list *, (struct gmime_message *))                      \
    F(g_mime_message_get_mime_part, struct gmime_object *, (struct gmime_message *))               \
    F(g_mime_object_get_header_list, struct gmime_header_list *, (struct gmime_object *))          \
    F(g_mime_header_list_get_count, int, (struct gmime_header_list *))                             \
    F(g_mime_header_list_get_header, struct gmime_header_line *,                                   \
      (struct gmime_header_list *, const char *))                                                  \
    F(g_mime_header_get_raw_value, const char *, (struct gmime_header_line *))                     \
    F(g_mime_utils_header_decode_text, char *, (struct gmime_options *, const char *))             \
    F(g_mime_utils_header_unfold, char *, (const char *))                                          \
    F(internet_address_list_length, int, (struct gmime_list *))                                    \
    F(internet_address_list_get_address, struct gmime_address *, (struct gmime_list *, int))       \
    F(internet_address_get_name, const char *, (struct gmime_address *))                           \
    F(internet_address_mailbox_get_addr, const char *, (struct gmime_mailbox *))                   \
    F(internet_address_mailbox_get_type, size_t, (void))                                           \
    F(g_mime_part_get_type, size_t, (void))                                                        \
    F(g_mime_object_get_content_type, struct gmime_type *, (struct gmime_object *))                \
    F(g_mime_content_type_get_mime_type, char *, (struct gmime_type *))                            \
    F(g_mime_content_type_get_parameter, const char *, (struct gmime_type *, const char *))        \
    F(g_mime_object_get_disposition, const char *, (struct gmime_object *))                        \
    F(g_mime_part_get_filename, const char *, (struct gmime_leaf *))                               \
    F(g_mime_part_get_content, struct gmime_wrapper *, (struct gmime_leaf *))                      \
    F(g_mime_data_wrapper_write_to_stream, ssize_t,                                                \
      (struct gmime_wrapper *, struct gmime_stream *))                                             \
    F(g_mime_part_iter_new, struct gmime_iterator *, (struct gmime_object *))                      \
    F(g_mime_part_iter_free, void, (struct gmime_iterator *))                                      \
    F(g_mime_part_iter_is_valid, int, (struct gmime_iterator *))                                   \
    F(g_mime_part_iter_next, int, (struct gmime_iterator *))                                       \
    F(g_mime_part_iter_get_current, struct gmime_object *, (struct gmime_iterator *))              \
    F(g_mime_part_iter_get_path, char *, (struct gmime_iterator *))                                \
    F(g_type_check_instance_is_a, int, (struct gmime_instance *, size_t))                          \
    F(g_object_unref, void, (void *))                                                              \
    F(g_free, void, (void *))

#define GMIME_MEMBER(name, result, parameters) result(*name) parameters;
struct gmime {
    GMIME_FUNCTIONS(GMIME_MEMBER)
};

#endif
