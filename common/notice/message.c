#include "notice/message.h"

#include <string.h>

#include "base/json.h"
#include "base/mime.h"

/* The longest text that a robot of 企业微信 takes, in bytes; that of 钉钉. */
enum { WECOM_MOST = 2048, DINGTALK_MOST = 20000 };

/* "name <mailbox>", or a mailbox alone, into a header. */
static void add_sender(struct text *mail, const char *sender)
{
    struct text who = {0}, mailbox = {0};
    const char *open = strrchr(sender, '<'), *end = open ? strchr(open, '>') : NULL;
    if (end) {
        text_add_bytes(&who, sender, (size_t)(open - sender));
        text_add_bytes(&mailbox, open + 1, (size_t)(end - open - 1));
    } else
        text_add(&mailbox, sender);
    mime_add_mailbox(mail, "From", who.length ? text_trim(who.data) : NULL, text_string(&mailbox));
    text_free(&who);
    text_free(&mailbox);
}

/* A line that stands in neither part, because both are base64 and it has a character that that has
 * not. */
static const char boundary[] = "=_qifu_notice";

static void write_mail(const struct templates *templates, const struct message *m,
                       struct text *mail)
{
    struct text page = {0};
    if (m->sender)
        add_sender(mail, m->sender);
    mime_add_mailbox(mail, "To", m->address->person, m->address->address);
    if (m->reply_to)
        mime_add_mailbox(mail, "Reply-To", NULL, m->reply_to);
    mime_add_header(mail, "Subject", m->subject);
    mime_add_date(mail, m->now);
    text_add_format(mail,
                    "Message-ID: <%s>\n"
                    "Auto-Submitted: auto-generated\n"
                    "MIME-Version: 1.0\n"
                    "Content-Type: multipart/alternative; boundary=\"%s\"\n\n--%s\n",
                    m->id, boundary, boundary);
    mime_add_part(mail, "text/plain", m->body);
    text_add_format(mail, "--%s\n", boundary);
    template_fill_page(templates, m->subject, m->body, &page);
    mime_add_part(mail, "text/html", page.data);
    text_add_format(mail, "--%s--\n", boundary);
    text_free(&page);
}

/* {"msgtype":"text","text":{"content":"..."}}: both robots take this form. */
static void write_robot(const struct message *m, size_t most, struct text *bytes)
{
    static const char cut[] = "…";
    struct text content = {0}, inner = {0};
    text_add_format(&content, "%s\n\n%s", m->subject, m->body);
    if (content.length > most) {
        content.length = text_cut(content.data, most - strlen(cut));
        content.data[content.length] = '\0';
        text_add(&content, cut);
    }
    json_start(&inner);
    json_add_text(&inner, "content", content.data);
    json_end(&inner);
    json_start(bytes);
    json_add_text(bytes, "msgtype", "text");
    json_add_raw(bytes, "text", inner.data);
    json_end(bytes);
    text_free(&content);
    text_free(&inner);
}

void message_write(const struct templates *templates, const struct message *m, struct text *bytes)
{
    switch (m->channel->form) {
    case NOTICE_MAIL: write_mail(templates, m, bytes); break;
    case NOTICE_WECOM: write_robot(m, WECOM_MOST, bytes); break;
    case NOTICE_DINGTALK: write_robot(m, DINGTALK_MOST, bytes); break;
    default: text_add_format(bytes, "%s\n\n%s", m->subject, m->body);
    }
}
