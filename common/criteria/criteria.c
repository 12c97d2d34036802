#include "criteria/criteria.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "base/tongue.h"

enum { DEEPEST = 64 }; /* brackets and nots inside each other */

enum token_type { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_SIGN };

struct token {
    enum token_type type;
    int start, end;   /* offsets in the text */
    const char *word; /* as written, without quotes; of a sign its ASCII form */
};

struct parser {
    struct criteria *criteria;
    struct criteria_fault *fault;
    bool failed;
    int offset; /* behind the present token */
    int last;   /* end of the token before the present one */
    int depth;
    struct token token;
};

static void *fail_at(struct parser *p, int offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void *fail_at(struct parser *p, int offset, const char *format, ...)
{
    if (!p->failed) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(p->fault->message, sizeof p->fault->message, tongue(format), arguments);
        va_end(arguments);
        for (char *s = p->fault->message; *s; s++)
            if (*s == '\n' || *s == '\r' || *s == '\t')
                *s = ' ';
        p->fault->offset = offset;
        p->failed = true;
    }
    return NULL;
}

/* ---- tokens ---- */

static const struct sign {
    const char *written, *means;
} signs[] = {{"<=", "<="},   {">=", ">="},   {"!=", "!="},   {"<>", "!="}, {"==", "="},
             {"＜＝", "<="}, {"＞＝", ">="}, {"！＝", "!="}, {"≤", "<="},  {"≥", ">="},
             {"≠", "!="},    {"＜", "<"},    {"＞", ">"},    {"＝", "="},  {"<", "<"},
             {">", ">"},     {"=", "="},     {"(", "("},     {")", ")"},   {"（", "("},
             {"）", ")"},    {",", ","},     {"，", ","},    {"、", ","},  {"[", "["},
             {"]", "]"},     {"【", "["},    {"】", "]"}};

static const struct sign *find_sign(const char *s)
{
    /* Most bytes begin no sign: letters, digits, and most characters of Chinese words. */
    if (!*s || !strchr("<>=!(),[]\xe2\xe3\xef", *s))
        return NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (!strncmp(s, signs[i].written, strlen(signs[i].written)))
            return &signs[i];
    return NULL;
}

/* How many bytes of blanks stand at S: ASCII's and U+3000. */
static int blank_at(const char *s)
{
    if (*s && strchr(" \t\r\n", *s))
        return 1;
    return strncmp(s, "\xe3\x80\x80", 3) ? 0 : 3;
}

/* "today-3" is three tokens, 2023-01-01 is one. */
static bool ends_today(const char *start, const char *s)
{
    return s - start == 5 && !memcmp(start, "today", 5) && (*s == '+' || *s == '-');
}

static const char *keep(struct parser *p, int start, int end)
{
    return arena_bytes(&p->criteria->arena, p->criteria->text + start, (size_t)(end - start));
}

static void take_quoted(struct parser *p, const char *text)
{
    int end = p->offset + 1;
    while (text[end] && text[end] != '"')
        end++;
    if (!text[end])
        fail_at(p, p->offset, "the quote is not closed");
    p->token = (struct token){TOKEN_QUOTED, p->offset, end + 1, keep(p, p->offset + 1, end)};
    p->offset = end + !!text[end];
}

static void take_word(struct parser *p, const char *text)
{
    int start = p->offset, end = start;
    bool after_today = p->token.type == TOKEN_WORD && !strcmp(p->token.word, "today");
    if (after_today && (text[end] == '+' || text[end] == '-')) {
        end++;
    } else {
        while (text[end] && text[end] != '"' && !find_sign(text + end) && !blank_at(text + end) &&
               !ends_today(text + start, text + end))
            end++;
    }
    p->token = (struct token){TOKEN_WORD, start, end, keep(p, start, end)};
    p->offset = end;
}

static void advance(struct parser *p)
{
    const char *text = p->criteria->text;
    p->last = p->token.end;
    for (int blank; (blank = blank_at(text + p->offset));)
        p->offset += blank;
    const struct sign *sign = find_sign(text + p->offset);
    if (!text[p->offset]) {
        p->token = (struct token){TOKEN_END, p->offset, p->offset, ""};
    } else if (text[p->offset] == '"') {
        take_quoted(p, text);
    } else if (sign) {
        int end = p->offset + (int)strlen(sign->written);
        p->token = (struct token){TOKEN_SIGN, p->offset, end, sign->means};
        p->offset = end;
    } else {
        take_word(p, text);
    }
}

static bool is_sign(const struct parser *p, const char *sign)
{
    return p->token.type == TOKEN_SIGN && !strcmp(p->token.word, sign);
}

static bool is_word(const struct parser *p, const char *word)
{
    return p->token.type == TOKEN_WORD && !strcmp(p->token.word, word);
}

static bool is_value(const struct parser *p)
{
    return p->token.type == TOKEN_WORD || p->token.type == TOKEN_QUOTED;
}

static bool take_sign(struct parser *p, const char *sign)
{
    if (!is_sign(p, sign))
        return false;
    advance(p);
    return true;
}

static bool take_keyword(struct parser *p, const char *word)
{
    if (!is_word(p, word))
        return false;
    advance(p);
    return true;
}

/* The present word, as far as a message has room for it. */
static const char *shown(struct parser *p)
{
    size_t length = text_cut(p->token.word, 60);
    return p->token.word[length]
               ? arena_format(&p->criteria->arena, "%.*s...", (int)length, p->token.word)
               : p->token.word;
}

static void *fail_expected(struct parser *p, const char *what)
{
    if (p->token.type == TOKEN_END)
        return fail_at(p, p->token.start, "%s is missing at the end", tongue(what));
    return fail_at(p, p->token.start, "%s is expected here", tongue(what));
}

/* ---- values ---- */

/* A whole number at the present token, from 1 to MOST. */
static int parse_count(struct parser *p, int most)
{
    const char *s = p->token.word;
    int number = 0;
    if (p->token.type == TOKEN_WORD)
        for (; *s >= '0' && *s <= '9' && number <= most; s++)
            number = number * 10 + (*s - '0');
    if (p->token.type != TOKEN_WORD || *s || s == p->token.word || number < 1 || number > most) {
        fail_at(p, p->token.start, "a whole number from 1 to %d is expected here", most);
        return 0;
    }
    advance(p);
    return number;
}

/* N years, months or days, SIGN times, from today. */
static bool parse_span(struct parser *p, int sign, struct bound *bound)
{
    static const struct {
        const char *word;
        int months, days, most; /* most: a thousand years */
    } spans[] = {{"years", 12, 0, 1000},  {"year", 12, 0, 1000},  {"年", 12, 0, 1000},
                 {"months", 1, 0, 12000}, {"month", 1, 0, 12000}, {"个月", 1, 0, 12000},
                 {"月", 1, 0, 12000},     {"days", 0, 1, 365000}, {"day", 0, 1, 365000},
                 {"天", 0, 1, 365000},    {"日", 0, 1, 365000}};
    int place = p->token.start, count = parse_count(p, 365000);
    for (size_t i = 0; count && i < sizeof spans / sizeof *spans; i++)
        if (take_keyword(p, spans[i].word)) {
            if (count > spans[i].most) {
                fail_at(p, place, "more than 1000 years");
                return false;
            }
            *bound = (struct bound){.value = sign * count * spans[i].days,
                                    .relative = true,
                                    .months = sign * count * spans[i].months};
            return true;
        }
    if (count)
        fail_expected(p, "years, months or days");
    return false;
}

/* A value of the condition's fact at the present token. */
static bool parse_value(struct parser *p, struct condition *c, struct fact_range *range)
{
    struct fault fault = {""};
    if (!is_value(p)) {
        fail_expected(p, "a value");
        return false;
    }
    if (!profile_value(p->criteria->profile, c->fact, p->token.word, range, &fault)) {
        fail_at(p, p->token.start, "%s", fault.text);
        return false;
    }
    advance(p);
    return true;
}

/* The two ends of a value; a day may be relative. */
static bool parse_ends(struct parser *p, struct condition *c, struct bound *low, struct bound *high)
{
    struct fact_range range;
    if (p->criteria->profile->facts[c->fact].type == FACT_DATE && take_keyword(p, "today")) {
        *low = (struct bound){.relative = true};
        int sign = is_word(p, "-") ? -1 : is_word(p, "+") ? 1 : 0;
        if (sign) {
            advance(p);
            if (!parse_span(p, sign, low))
                return false;
        }
        *high = *low;
        return true;
    }
    if (!parse_value(p, c, &range))
        return false;
    *low = bound_fixed(range.low);
    *high = bound_fixed(range.high);
    return true;
}

/* ---- conditions ---- */

static bool has_order(const struct parser *p, int fact)
{
    enum fact_type type = p->criteria->profile->facts[fact].type;
    return type == FACT_NUMBER || type == FACT_DATE || type == FACT_CHOICE;
}

/* The ranges of FACT SIGN VALUE. */
static void compare(struct parser *p, struct condition *c, const char *sign, int place)
{
    struct bound low, high;
    if (strcmp(sign, "=") != 0 && strcmp(sign, "!=") != 0 && !has_order(p, c->fact)) {
        fail_at(p, place,
                "%s has no order: use in, = or !=", p->criteria->profile->facts[c->fact].code);
        return;
    }
    if (!parse_ends(p, c, &low, &high))
        return;
    if (!strcmp(sign, "<"))
        condition_add(&p->criteria->arena, c, bound_fixed(FACT_LEAST), bound_before(low));
    else if (!strcmp(sign, "<="))
        condition_add(&p->criteria->arena, c, bound_fixed(FACT_LEAST), high);
    else if (!strcmp(sign, ">"))
        condition_add(&p->criteria->arena, c, bound_after(high), bound_fixed(FACT_MOST));
    else if (!strcmp(sign, ">="))
        condition_add(&p->criteria->arena, c, low, bound_fixed(FACT_MOST));
    else
        condition_add(&p->criteria->arena, c, low, high);
    if (!strcmp(sign, "!="))
        condition_negate(&p->criteria->arena, c);
}

static void parse_in(struct parser *p, struct condition *c)
{
    struct fact_range range;
    int start = p->token.start;
    bool list = take_sign(p, "(");
    do {
        if (!parse_value(p, c, &range))
            return;
        condition_add(&p->criteria->arena, c, bound_fixed(range.low), bound_fixed(range.high));
        if (c->range_count == 2 * CONDITION_MOST_RANGES)
            condition_join(c);
    } while (list && c->range_count < 2 * CONDITION_MOST_RANGES && take_sign(p, ","));
    condition_join(c);
    if (c->range_count > CONDITION_MOST_RANGES - 1)
        fail_at(p, start, "more than %d values apart from each other", CONDITION_MOST_RANGES - 1);
    else if (list && !take_sign(p, ")"))
        fail_expected(p, "\")\"");
}

static void parse_between(struct parser *p, struct condition *c, int place)
{
    struct bound low, high, end;
    if (!has_order(p, c->fact)) {
        fail_at(p, place, "%s has no order: use in", p->criteria->profile->facts[c->fact].code);
        return;
    }
    place = p->token.start;
    if (!parse_ends(p, c, &low, &end))
        return;
    if (!take_keyword(p, "and")) {
        fail_expected(p, "\"and\"");
        return;
    }
    if (!parse_ends(p, c, &end, &high))
        return;
    if (!low.relative && !high.relative && low.value > high.value)
        fail_at(p, place, "from the greater to the lesser: nothing lies between");
    condition_add(&p->criteria->arena, c, low, high);
}

static void parse_within(struct parser *p, struct condition *c, int place)
{
    struct bound low;
    if (p->criteria->profile->facts[c->fact].type != FACT_DATE) {
        fail_at(p, place, "%s is not a date", p->criteria->profile->facts[c->fact].code);
        return;
    }
    if (parse_span(p, -1, &low))
        condition_add(&p->criteria->arena, c, low, (struct bound){.relative = true});
}

static const char *take_comparison(struct parser *p)
{
    static const char *const comparisons[] = {"<=", ">=", "!=", "<", ">", "="};
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (take_sign(p, comparisons[i]))
            return comparisons[i];
    return NULL;
}

/* What stands behind the name of a fact. */
static void parse_relation(struct parser *p, struct condition *c)
{
    static const char *const words[][2] = {
        {"before", "<"}, {"after", ">"}, {"since", ">="}, {"until", "<="}};
    int place = p->token.start;
    const char *sign = take_comparison(p);
    for (int i = 0; !sign && i < 4; i++) {
        if (!is_word(p, words[i][0]))
            continue;
        if (p->criteria->profile->facts[c->fact].type != FACT_DATE) {
            fail_at(p, place, "%s is not a date", p->criteria->profile->facts[c->fact].code);
            return;
        }
        advance(p);
        sign = words[i][1];
    }
    if (sign) {
        compare(p, c, sign, place);
    } else if (take_keyword(p, "in")) {
        parse_in(p, c);
    } else if (take_keyword(p, "not")) {
        if (!take_keyword(p, "in"))
            fail_expected(p, "\"in\"");
        else
            parse_in(p, c);
        if (!p->failed)
            condition_negate(&p->criteria->arena, c);
    } else if (take_keyword(p, "between")) {
        parse_between(p, c, place);
    } else if (take_keyword(p, "within")) {
        parse_within(p, c, place);
    } else {
        fail_expected(p,
                      "a comparison (= != < <= > >= in, between; for dates before, since, within)");
    }
}

/* The levels that are to RANK as SIGN says; whoever has a tag has one of 1 or more. */
static void add_levels(struct arena *arena, struct condition *c, const char *sign,
                       struct bound rank)
{
    const struct bound least = bound_fixed(1), most = bound_fixed(FACT_MOST);
    if (!strcmp(sign, "!=")) {
        condition_add(arena, c, least, bound_before(rank));
        condition_add(arena, c, bound_after(rank), most);
    } else if (*sign == '<') {
        condition_add(arena, c, least, sign[1] ? rank : bound_before(rank));
    } else if (*sign == '>') {
        condition_add(arena, c, sign[1] ? rank : bound_after(rank), most);
    } else {
        condition_add(arena, c, rank, rank);
    }
}

static void parse_tag(struct parser *p, struct condition *c)
{
    const struct profile *profile = p->criteria->profile;
    if (!is_value(p)) {
        fail_expected(p, "the name of a tag");
        return;
    }
    c->fact = profile_tag(profile, p->token.word);
    if (c->fact < 0) {
        struct fault fault = {""};
        fail_at(p, p->token.start, "%s",
                fault_unknown(&fault, "tag", shown(p), profile_nearest_tag(profile, p->token.word),
                              NULL));
        return;
    }
    advance(p);
    if (!take_keyword(p, "level")) {
        add_levels(&p->criteria->arena, c, ">=", bound_fixed(1));
        return;
    }
    const char *sign = take_comparison(p);
    if (!sign) {
        fail_expected(p, "a comparison");
        return;
    }
    int level = is_value(p) ? profile_level(p->token.word) : 0;
    if (!level) {
        fail_expected(p, "county, city, province or national");
        return;
    }
    advance(p);
    add_levels(&p->criteria->arena, c, sign, bound_fixed(level));
}

/* The text from START to END in one line, each run of blanks one. */
static const char *one_line(struct parser *p, const char *prefix, int start, int end)
{
    struct text line = {0};
    const char *text = p->criteria->text;
    bool blank = false;
    text_add(&line, prefix);
    for (int i = start; i < end; i++) {
        bool is_blank = blank_at(text + i) == 1;
        if (!is_blank) {
            if (blank)
                text_add_char(&line, ' ');
            text_add_char(&line, text[i]);
        }
        blank = is_blank;
    }
    const char *kept = arena_string(&p->criteria->arena, text_string(&line));
    text_free(&line);
    return kept;
}

static struct criteria_node *new_node(struct parser *p, enum criteria_type type)
{
    struct criteria_node *node = arena_zero(&p->criteria->arena, sizeof *node);
    node->type = type;
    return node;
}

static struct criteria_node *parse_condition(struct parser *p, bool negated)
{
    struct criteria *criteria = p->criteria;
    struct condition *c = arena_zero(&criteria->arena, sizeof *c);
    int start = p->token.start;
    if (!is_value(p))
        return fail_expected(p, "a condition");
    if (take_keyword(p, "tag")) {
        parse_tag(p, c);
    } else {
        c->fact = profile_fact(criteria->profile, p->token.word);
        if (c->fact < 0) {
            struct fault fault = {""};
            return fail_at(p, start, "%s",
                           fault_unknown(&fault, "fact", shown(p),
                                         profile_nearest_fact(criteria->profile, p->token.word),
                                         NULL));
        }
        advance(p);
        parse_relation(p, c);
    }
    if (p->failed)
        return NULL;
    c->text = one_line(p, negated ? "not " : "", start, p->last);
    if (negated)
        condition_negate(&p->criteria->arena, c);
    c->number = criteria->condition_count;
    criteria->conditions =
        mem_grow(criteria->conditions, (size_t)c->number, sizeof *criteria->conditions);
    criteria->conditions[criteria->condition_count++] = c;
    struct criteria_node *node = new_node(p, CRITERIA_CONDITION);
    node->condition = c;
    return node;
}

/* ---- expressions ---- */

static struct criteria_node *parse_any(struct parser *p, bool negated);

/* A clause in square brackets: it is the basis of the conditions from number FIRST on that have
 * none of their own. */
static void parse_basis(struct parser *p, int first)
{
    const char *text = p->criteria->text;
    int start = p->token.start;
    if (!is_sign(p, "["))
        return;
    int from = p->token.end, end = from;
    const struct sign *sign = NULL;
    while (text[end] &&
           !((sign = find_sign(text + end)) && (*sign->means == ']' || *sign->means == '[')))
        end++;
    if (!text[end] || *sign->means == '[') {
        fail_at(p, start, "the bracket is not closed");
        return;
    }
    p->offset = end + (int)strlen(sign->written);
    p->token = (struct token){TOKEN_SIGN, end, p->offset, "]"};
    const char *basis = one_line(p, "", from, end);
    advance(p);
    for (int i = first; i < p->criteria->condition_count; i++)
        if (!p->criteria->conditions[i]->basis)
            p->criteria->conditions[i]->basis = basis;
}

static struct criteria_node *close_bracket(struct parser *p, struct criteria_node *node, int open)
{
    if (p->failed)
        return NULL;
    if (!is_sign(p, ")"))
        return p->token.type == TOKEN_END
                   ? fail_at(p, open, "the bracket is not closed")
                   : fail_at(p, p->token.start, "and, or, or \")\" is expected here");
    advance(p);
    return node;
}

static struct criteria_node *parse_at_least(struct parser *p, bool negated)
{
    int place = p->token.start, count = 0;
    int needed = parse_count(p, CRITERIA_MOST_MEMBERS);
    if (!needed)
        return NULL;
    if (!take_keyword(p, "of"))
        return fail_expected(p, "\"of\"");
    int open = p->token.start;
    if (!take_sign(p, "("))
        return fail_expected(p, "\"(\"");
    struct criteria_node *node = new_node(p, CRITERIA_AT_LEAST), **end = &node->first;
    do {
        struct criteria_node *member = parse_any(p, negated);
        if (!member)
            return NULL;
        *end = member;
        end = &member->next;
        if (++count > CRITERIA_MOST_MEMBERS)
            return fail_at(p, open, "more than %d expressions", CRITERIA_MOST_MEMBERS);
    } while (take_sign(p, ","));
    if (needed > count)
        return fail_at(p, place, "%d of %d can never hold", needed, count);
    /* Not at least k of n: at least n - k + 1 of them do not hold. */
    node->needed = negated ? count - needed + 1 : needed;
    return close_bracket(p, node, open);
}

static struct criteria_node *parse_factor(struct parser *p, bool negated)
{
    int first = p->criteria->condition_count, open = p->token.start;
    struct criteria_node *node;
    if (++p->depth > DEEPEST + 1)
        return fail_at(p, open, "more than %d brackets inside each other", DEEPEST);
    if (take_keyword(p, "not") || take_keyword(p, "非")) {
        node = parse_factor(p, !negated);
    } else if (take_sign(p, "(")) {
        node = close_bracket(p, parse_any(p, negated), open);
    } else if (take_keyword(p, "at")) {
        node =
            take_keyword(p, "least") ? parse_at_least(p, negated) : fail_expected(p, "\"least\"");
    } else {
        node = parse_condition(p, negated);
    }
    p->depth--;
    if (!p->failed)
        parse_basis(p, first);
    return p->failed ? NULL : node;
}

/* Members joined by one of WORDS; TYPE is what they make. */
static struct criteria_node *parse_joined(struct parser *p, bool negated, enum criteria_type type,
                                          const char *const *words,
                                          struct criteria_node *(*parse)(struct parser *, bool))
{
    struct criteria_node *first = parse(p, negated), *last = first;
    bool joined = false;
    while (first) {
        const char *const *word = words;
        while (*word && !take_keyword(p, *word))
            word++;
        if (!*word)
            break;
        if (!(last->next = parse(p, negated)))
            return NULL;
        last = last->next;
        joined = true;
    }
    if (!joined)
        return first;
    struct criteria_node *node = new_node(p, type);
    node->first = first;
    return node;
}

static struct criteria_node *parse_all(struct parser *p, bool negated)
{
    static const char *const words[] = {"and", "且", "并且", NULL};
    return parse_joined(p, negated, negated ? CRITERIA_ANY : CRITERIA_ALL, words, parse_factor);
}

static struct criteria_node *parse_any(struct parser *p, bool negated)
{
    static const char *const words[] = {"or", "或", "或者", NULL};
    return parse_joined(p, negated, negated ? CRITERIA_ALL : CRITERIA_ANY, words, parse_all);
}

struct criteria *criteria_parse(const struct profile *profile, const char *text,
                                struct criteria_fault *fault)
{
    struct criteria *criteria = mem_zero(1, sizeof *criteria);
    struct parser p = {.criteria = criteria, .fault = fault};
    criteria->profile = profile;
    criteria->text = arena_string(&criteria->arena, text);
    advance(&p);
    criteria->root = p.failed ? NULL : parse_any(&p, false);
    if (!p.failed && p.token.type != TOKEN_END)
        fail_at(&p, p.token.start,
                is_sign(&p, ")") ? "no bracket is open here"
                                 : N_("\"and\" or \"or\" is expected here"));
    if (!p.failed)
        return criteria;
    criteria_free(criteria);
    return NULL;
}

void criteria_free(struct criteria *criteria)
{
    if (!criteria)
        return;
    free(criteria->conditions);
    arena_free(&criteria->arena);
    free(criteria);
}

/* The columns that the character at S takes; stores its length. */
static int columns_at(const char *s, const char *end, size_t *length)
{
    uint32_t code_point;
    *length = utf8_decode(s, end, &code_point);
    int columns = *length && *s != '\t' ? text_width(code_point) : 1;
    if (!*length)
        *length = 1;
    return columns;
}

void criteria_add_fault(struct text *out, const char *text, const struct criteria_fault *fault)
{
    enum { MOST_BEFORE = 60, MOST_BEHIND = 35 }; /* columns of a long line around the place */
    const char *place = text + fault->offset, *start = place, *end = place;
    size_t length;
    int before = 0, behind = 0;
    while (start > text && start[-1] != '\n')
        start--;
    for (const char *s = start; s < place; s += length)
        before += columns_at(s, place, &length);
    bool cut = before > MOST_BEFORE;
    for (; before > MOST_BEFORE; start += length)
        before -= columns_at(start, place, &length);
    for (; *end && *end != '\n' && behind < MOST_BEHIND; end += length)
        behind += columns_at(end, end + strlen(end), &length);
    text_add_format(out, "%s\n    %s", fault->message, cut ? "..." : "");
    text_add_bytes(out, start, (size_t)(end - start));
    text_add_format(out, "%s\n    ", *end && *end != '\n' ? "..." : "");
    for (int i = before + (cut ? 3 : 0); i > 0; i--)
        text_add_char(out, ' ');
    text_add_char(out, '^');
}
