#include "notice/address.h"

#include <stdio.h>
#include <string.h>

#include "base/mask.h"
#include "center/projected.h"

#define AT(member) offsetof(struct address, member)
/* A text whose name, column, member and place are called the same. */
#define TEXT(called, title)                                                                        \
    {                                                                                              \
        .name = #called, .word = title, .column = #called, .member = #called, .type = FIELD_TEXT,  \
        .offset = AT(called)                                                                       \
    }
#define UNKEPT(called, title)                                                                      \
    {                                                                                              \
        .name = called, .word = title, .type = FIELD_UNKEPT                                        \
    }

/* Behind what a file may say stands whose it is, which events say by its code. */
enum { OWNER = ADDRESS_FIELD_COUNT, OWNED, ID, FIELDS };

static const struct field fields[FIELDS] = {
    [ADDRESS_ORG] = UNKEPT("org", "单位"),
    [ADDRESS_ENTERPRISE] = UNKEPT("enterprise", "企业"),
    [ADDRESS_LIAISON] = UNKEPT("liaison", "助企员"),
    [ADDRESS_CHANNEL] = TEXT(channel, "通知方式"),
    [ADDRESS_ADDRESS] = {"address", "地址", "address", "destination", FIELD_TEXT, AT(address), 0,
                         0},
    [ADDRESS_PERSON] = TEXT(person, "收件人"),
    [ADDRESS_MEMBER] = TEXT(member, "人员"),
    [ADDRESS_WANTS] = TEXT(wants, "订阅"),
    [ADDRESS_HOW] = TEXT(how, "发送方式"),
    [ADDRESS_HOURS] = TEXT(hours, "值班时间"),
    [ADDRESS_DEPUTY] = {"deputy", "代收地址", "deputy", "deputy", FIELD_ID, AT(deputy), 0, 0},
    [ADDRESS_AWAY_FROM] = {"away_from", "离岗自", "away_from", "away_from", FIELD_DAY,
                           AT(away_from), 0, 0},
    [ADDRESS_AWAY_UNTIL] = {"away_until", "离岗至", "away_until", "away_until", FIELD_DAY,
                            AT(away_until), 0, 0},
    [ADDRESS_USED] = TEXT(used, "启用"),
    [ADDRESS_BY] = UNKEPT("by", "录入单位"),
    [ADDRESS_AT] = UNKEPT("at", "录入时间"),
    [OWNER] = {"owner", "对象", "owner", NULL, FIELD_TEXT, AT(owner), 0, 0},
    [OWNED] = {"owner_id", "对象编号", "owner_id", NULL, FIELD_ID, AT(owner_id), 0, 0},
    [ID] = {"id", "编号", "id", NULL, FIELD_ID, AT(id), 0, 0},
};

const struct fields address_columns = {"address", "id", fields, FIELDS};

const char *const *address_fields(void)
{
    static const char *names[ADDRESS_FIELD_COUNT + 1];
    for (int i = 0; i < ADDRESS_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    return names;
}

enum address_act { ADDRESS_ADD, ADDRESS_CHANGE };

static const struct gate_act acts[] = {[ADDRESS_ADD] = {"add an address", "address-add", "登记地址",
                                                        GATE_NEW, GATE_BY_OWNER, "address-added"},
                                       [ADDRESS_CHANGE] = {"change an address", "address-add",
                                                           "变更地址", GATE_REGISTERED,
                                                           GATE_BY_OWNER, "address-changed"},
                                       {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record address_record = {"address", "通知地址", gate_registers,
                                           gate_register_name, acts};

/* ---- reading ---- */

/* The query of all columns, WHERE what CONDITION says. */
static struct db_query *ask(struct db *db, const char *condition)
{
    struct text sql = {0};
    text_add(&sql, "SELECT ");
    fields_add_columns(&sql, &address_columns, "", 0);
    text_add_format(&sql, " FROM address WHERE %s", condition);
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    return q;
}

bool address_load(struct db *db, int64_t id, struct arena *arena, struct address *address)
{
    struct db_query *q = ask(db, "id = ?1");
    *address = (struct address){.away_from = FIELD_NO_DAY, .away_until = FIELD_NO_DAY};
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        fields_read(q, 0, &address_columns, 0, address);
        fields_keep(&address_columns, address, arena);
    }
    db_reset(q);
    return found;
}

int64_t address_find(struct db *db, const struct owner *owner, const char *word)
{
    struct db_query *q =
        db_query(db, "SELECT id FROM address WHERE CAST(id AS TEXT) = ?1"
                     " OR (owner = ?2 AND owner_id = ?3 AND address = ?1) ORDER BY id LIMIT 1");
    db_bind_text(q, 1, word);
    db_bind_text(q, 2, owner->kind ? owner->kind->code : NULL);
    db_bind(q, 3, owner->id);
    return db_first(q);
}

void address_each(struct db *db, const struct address_filter *filter,
                  void (*take)(void *context, const struct address *address), void *context)
{
    const bool owned = filter->owner.kind != NULL;
    struct db_query *q =
        ask(db, owned ? "owner = ?1 AND owner_id = ?2 AND (?3 = 1 OR used = 'yes') ORDER BY id"
                      : "(?3 = 1 OR used = 'yes') ORDER BY id");
    struct address address;
    if (owned) {
        db_bind_text(q, 1, filter->owner.kind->code);
        db_bind(q, 2, filter->owner.id);
    }
    db_bind(q, 3, filter->all);
    while (db_step(q)) {
        fields_read(q, 0, &address_columns, 0, &address);
        if (!filter->channel || !strcmp(filter->channel, address.channel))
            take(context, &address);
    }
}

/* ---- what events make of addresses ---- */

/* What the event leaves open stays as it is. */
static void set_told(struct db *db, const struct json *data, struct address *is,
                     struct arena *arena)
{
    char digits[24];
    for (int i = 0; i < FIELDS; i++) {
        const struct field *field = &fields[i];
        if (!field->member || !json_has(data, field->member))
            continue;
        snprintf(digits, sizeof digits, "%lld", (long long)json_number(data, field->member));
        const char *text = json_text(data, field->member);
        field_set(&address_columns, field, is, db, arena,
                  field->type == FIELD_TEXT || text ? text : digits);
    }
}

static void set_owner(struct db *db, const struct json *data, struct address *is)
{
    for (int i = 0; i < OWNER_KINDS; i++) {
        const struct owner_kind *kind = owner_kind(i);
        char digits[24];
        if (!json_has(data, kind->code))
            continue;
        snprintf(digits, sizeof digits, "%lld", (long long)json_number(data, kind->code));
        const char *code = json_text(data, kind->code);
        is->owner = kind->code;
        is->owner_id = kind->find(db, code ? code : digits);
    }
}

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    struct arena arena = {0};
    struct address was, is;
    bool found = address_load(db, json_number(data, "id"), &arena, &was);
    (void)event;
    is = was;
    set_told(db, data, &is, &arena);
    if (found)
        fields_update(db, &address_columns, was.id, &was, &is);
    else {
        is.id = json_number(data, "id");
        set_owner(db, data, &is);
        fields_insert(db, &address_columns, &is);
    }
    arena_free(&arena);
}

const struct projected address_projected = {
    .check = "addresses",
    .tables = (const struct projected_table[]){{"address", "m.id", "m.owner", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"address-added", apply}, {"address-changed", apply}, {NULL, NULL}}};

/* ---- saving ---- */

/* One that is being saved. */
struct saving {
    struct center *center;
    const struct address *was, *is; /* WAS: with id 0, it is new */
    const struct gate_who *who;
    struct fault *fault;
};

static bool is_known(void *context)
{
    const struct saving *s = context;
    for (int i = 0; i < FIELDS && s->was->id; i++)
        if (fields[i].member && !field_is_same(&fields[i], s->was, s->is))
            return false;
    return s->was->id != 0;
}

static bool may(void *context)
{
    const struct saving *s = context;
    if (org_is_center(s->center, s->who->by) ||
        (!strcmp(s->is->owner, owner_kind(OWNER_ORG)->code) && s->who->by == s->is->owner_id))
        return true;
    return fault_add(s->fault, "%s: the address is not that organisation's",
                     gate_called(&acts[s->was->id ? ADDRESS_CHANGE : ADDRESS_ADD]));
}

/* What changed; a text or a number that is cleared is "". */
static void add_changes(struct text *data, const struct saving *s)
{
    for (int i = 0; i < FIELDS; i++) {
        const struct field *field = &fields[i];
        if (!field->member || field_is_same(field, s->was, s->is))
            continue;
        if (!field_is_set(field, s->is))
            json_add_text(data, field->member, "");
        else
            field_add(data, &address_columns, field, s->is, s->center->db);
    }
}

static bool step(void *context)
{
    const struct saving *s = context;
    struct db *db = s->center->db;
    struct arena arena = {0};
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id", s->is->id);
    json_add_text(&data, s->is->owner,
                  owner_kind_coded(s->is->owner)->code_of(db, s->is->owner_id, &arena));
    add_changes(&data, s);
    org_add_code(&data, "by", db, s->who->by);
    projected_log(s->center, &address_projected,
                  acts[s->was->id ? ADDRESS_CHANGE : ADDRESS_ADD].event, s->who->at, &data);
    arena_free(&arena);
    return true;
}

static enum gate_result pass(struct saving *s)
{
    const struct gate gate = {.record = &address_record,
                              .act = s->was->id ? ADDRESS_CHANGE : ADDRESS_ADD,
                              .state = gate_register(s->was->id),
                              .at = s->who->at,
                              .by = &s->who->by,
                              .fault = s->fault,
                              .context = s,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(s->center, &gate);
}

static int64_t find_same(struct db *db, const struct address *address)
{
    struct db_query *q = db_query(db, "SELECT id FROM address WHERE owner = ?1 AND owner_id = ?2"
                                      " AND channel = ?3 AND address = ?4");
    db_bind_text(q, 1, address->owner);
    db_bind(q, 2, address->owner_id);
    db_bind_text(q, 3, address->channel);
    db_bind_text(q, 4, address->address);
    return db_first(q);
}

/* What GIVEN leaves open is as it WAS; what it clears is nothing. */
static struct address merge(const struct address *was, const struct address *given)
{
    struct address is = *given;
    for (int i = 0; i < FIELDS; i++) {
        const struct field *field = &fields[i];
        if (field->type == FIELD_TEXT) {
            const char **text = field_text_at(field, &is);
            *text = !*text ? field_text(field, was) : **text ? *text : NULL;
        } else if (field->type == FIELD_DAY) {
            int *day = field_day_at(field, &is);
            *day = *day == FIELD_NO_DAY    ? *field_day_at(field, (void *)(uintptr_t)was)
                   : *day == ADDRESS_CLEAR ? FIELD_NO_DAY
                                           : *day;
        }
    }
    is.deputy = given->deputy < 0 ? 0 : given->deputy ? given->deputy : was->deputy;
    is.how = is.how ? is.how : "at-once";
    is.used = is.used ? is.used : "yes";
    return is;
}

enum gate_result address_save(struct center *center, struct address *address,
                              const struct gate_who *who, bool *added, struct fault *fault)
{
    struct arena arena = {0};
    struct address was;
    struct db *db = center->db;
    address_load(db, find_same(db, address), &arena, &was);
    struct address is = merge(&was, address);
    *added = !was.id;
    is.id = was.id ? was.id : db_count(db, "SELECT coalesce(max(id), 0) + 1 FROM address");
    address->id = is.id;
    struct saving s = {center, &was, &is, who, fault};
    bool good = is.deputy != is.id || fault_add(fault, "an address is not its own deputy");
    if (is.away_from != FIELD_NO_DAY && is.away_until != FIELD_NO_DAY &&
        is.away_until < is.away_from)
        good = fault_add(fault, "away_until lies before away_from");
    enum gate_result result = good ? pass(&s) : GATE_REFUSED;
    arena_free(&arena);
    return result;
}

/* ---- what can be one ---- */

/* One mailbox, and nothing that a mail's head or a command could take for more. */
static bool is_mail(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at > text && at[1] && at[1] != '.' && !strchr(at + 1, '@') && *text != '-' &&
           strlen(text) <= 254;
}

bool address_check(enum notice_form form, const char *text, struct fault *fault)
{
    const char *bad = form == NOTICE_MAIL ? "<>()[],;:\\\"" : "\"\\<>";
    for (const char *s = text; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 127 ||
            (form != NOTICE_TEXT && ((unsigned char)*s > 127 || strchr(bad, *s))))
            return fault_add(fault, "\"%s\" is no address: it has a character that none has", text);
    if (form == NOTICE_MAIL && !is_mail(text))
        return fault_add(fault, "\"%s\" is no mail address", text);
    if ((form == NOTICE_WECOM || form == NOTICE_DINGTALK) && strncmp(text, "https://", 8) != 0 &&
        strncmp(text, "http://127.0.0.1", 16) != 0)
        return fault_add(fault, "\"%s\" is no robot's: it begins with https://", text);
    return true;
}
