/* The sentences of a ticket's history, one for each type of event, and what they are made of. */
#ifndef QIFU_TICKET_STORY_PRIVATE_H
#define QIFU_TICKET_STORY_PRIVATE_H

/* How the value of a member of an event's data is told. */
enum telling {
    TELL_TEXT,
    TELL_QUOTED,
    TELL_NAME, /* an organisation's, or else as it stands */
    TELL_ORG,
    TELL_LIST, /* of organisations or words */
    TELL_MOMENT,
    TELL_DAYS, /* of the limit's kind */
    TELL_WORD,
    TELL_KIND_BY,
    TELL_RULE,
    TELL_EVENT, /* a type of event, by its word */
    TELL_NOT
};

/* A member that an event may have: how it is told, and its label where the event's sentence has no
 * place for it. */
struct member {
    const char *key, *label;
    enum telling telling;
};

/* The member called KEY, or NULL. */
const struct member *story_member(const char *key);

/* The word for VALUE of the member KEY, or VALUE itself. */
const char *story_word(const char *key, const char *value);

/* What an event of a type says. PATTERN has places for the members of its data: {key}, or {by|平台}
 * with a default. A part in [ ] is printed only if all its places have a value. A member without a
 * place that is not a text follows in brackets, with its label (story.c). */
struct sentence {
    const char *type;
    const char *closed_as; /* the way of closing that has this sentence; NULL: any */
    const char *pattern;
    const char *late; /* what an event is that was entered more than a day later; NULL: 补录 */
};

/* Ended by a NULL type. Of a type the sentences for one way of closing come first. */
extern const struct sentence story_sentences[];

#endif
