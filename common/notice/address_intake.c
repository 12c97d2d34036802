#include "notice/address_intake.h"

#include <string.h>

#include "base/clock.h"
#include "cli/bulk.h"
#include "notice/kind.h"

/* What takes away what was said before. */
static bool clears(const char *word)
{
    return text_same(word, "none") || text_same(word, "无");
}

static bool read_owner(struct db *db, char *const *values, struct owner *owner, struct fault *fault)
{
    int named = -1, count = 0;
    for (int i = 0; i < OWNER_KINDS; i++)
        if (values[ADDRESS_ORG + i]) {
            named = i;
            count++;
        }
    if (count != 1)
        return fault_add(fault, "whose is it? one of org, enterprise, liaison");
    return owner_find(db, owner_kind(named), values[ADDRESS_ORG + named], owner, fault);
}

static void read_channel(const struct config *config, char *const *values, struct address *address,
                         struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const char *word = values[ADDRESS_CHANNEL] ? values[ADDRESS_CHANNEL] : "mail";
    const struct notice_channel *channel = config_notice_channel(config, word);
    if (!channel) {
        fault_unknown(fault, "channel of notices", word,
                      config_nearest_notice_channel(config, word),
                      config_list_notice_channels(config, list, sizeof list));
        return;
    }
    address->channel = channel->term.code;
    if (!values[ADDRESS_ADDRESS])
        fault_add(fault, "no address");
    else if (address_check(channel->form, values[ADDRESS_ADDRESS], fault))
        address->address = values[ADDRESS_ADDRESS];
}

/* Whose the mailbox is, who acts for its organisation. */
static void read_member(struct db *db, const char *name, const struct owner *owner,
                        struct address *address, struct fault *fault)
{
    address->member = name && clears(name) ? "" : name;
    if (!name || !*address->member || !owner->kind)
        return;
    bool is_one = false;
    struct membership self = membership_load(db, name);
    for (int i = 0; i < self.count; i++)
        is_one = is_one || self.of[i].org == owner->id;
    if (!is_one || owner->kind != owner_kind(OWNER_ORG))
        fault_add(fault, "%s is no member for whose it is; member-list shows them", name);
    membership_free(&self);
}

/* A list of notices, as their codes. */
static const char *read_wants(const char *cell, struct arena *arena, struct fault *fault)
{
    struct text codes = {0};
    const char *const *words = bulk_words(arena, cell);
    for (; *words; words++) {
        const struct notice_kind *kind = noticekind_find(*words);
        if (kind)
            text_add_format(&codes, "%s%s", codes.length ? " " : "", kind->code);
        else
            fault_unknown(fault, "notice", *words, NULL, "; qifu words lists them");
    }
    const char *list = arena_string(arena, text_string(&codes));
    text_free(&codes);
    return list;
}

static const char *read_one_of(const char *word, const char *const *pairs, const char *what,
                               struct fault *fault)
{
    char list[64] = "";
    for (int i = 0; i < 2; i++)
        if (text_same(word, pairs[2 * i]) || text_same(word, pairs[2 * i + 1]))
            return pairs[2 * i];
    fault_unknown(fault, what, word, NULL, text_choices(list, sizeof list, pairs, 4));
    return NULL;
}

static int read_day(const char *word, struct fault *fault)
{
    int day = FIELD_NO_DAY;
    if (word && clears(word))
        return ADDRESS_CLEAR;
    if (word && !clock_parse_day(word, &day, NULL))
        fault_add(fault, "\"%s\" is no day: write 2026-03-02", word);
    return day;
}

static void read_deputy(struct db *db, const char *word, const struct owner *owner,
                        struct address *address, struct fault *fault)
{
    if (!word)
        return;
    address->deputy = clears(word) ? -1 : address_find(db, owner, word);
    if (!address->deputy)
        fault_unknown(fault, "address", word, NULL, "; address-list shows their numbers");
}

static void read_hours(const char *word, struct address *address, struct fault *fault)
{
    struct hours hours;
    address->hours = word && clears(word) ? "" : word;
    if (word && *address->hours && !hours_read(word, &hours))
        fault_add(fault, "\"%s\" are no hours: write 08:30-17:30", word);
}

bool addressintake_read(struct center *center, char *const *values, struct arena *arena,
                        struct address *address, struct owner *owner, struct fault *fault)
{
    static const char *const ways[] = {"at-once", "即时", "digest", "每日汇总"}, *const uses[] = {
                                                                                     "yes", "是",
                                                                                     "no", "否"};
    *address = (struct address){.person = values[ADDRESS_PERSON]};
    if (read_owner(center->db, values, owner, fault)) {
        address->owner = owner->kind->code;
        address->owner_id = owner->id;
        read_deputy(center->db, values[ADDRESS_DEPUTY], owner, address, fault);
    }
    read_member(center->db, values[ADDRESS_MEMBER], owner, address, fault);
    read_channel(center->config, values, address, fault);
    if (address->person && clears(address->person))
        address->person = "";
    if (values[ADDRESS_WANTS])
        address->wants =
            clears(values[ADDRESS_WANTS]) ? "" : read_wants(values[ADDRESS_WANTS], arena, fault);
    if (values[ADDRESS_HOW])
        address->how = read_one_of(values[ADDRESS_HOW], ways, "way to send", fault);
    if (values[ADDRESS_USED])
        address->used = read_one_of(values[ADDRESS_USED], uses, "answer", fault);
    read_hours(values[ADDRESS_HOURS], address, fault);
    address->away_from = read_day(values[ADDRESS_AWAY_FROM], fault);
    address->away_until = read_day(values[ADDRESS_AWAY_UNTIL], fault);
    return !*fault->text;
}
