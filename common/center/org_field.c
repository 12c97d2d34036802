#include "center/org_field.h"

#include "center/org.h"

#define AT(member) offsetof(struct org, member)
/* A text whose name, column, member and place are called the same. */
#define TEXT(called, title, is)                                                                    \
    {                                                                                              \
        .name = #called, .word = title, .column = #called, .member = #called, .type = FIELD_TEXT,  \
        .offset = AT(called), .flags = is                                                          \
    }

static const struct field fields[] = {
    [ORG_CODE] = TEXT(code, "代码", ORG_REQUIRED),
    [ORG_NAME] = TEXT(name, "名称", ORG_REQUIRED),
    [ORG_SHORT] = {"short", "简称", NULL, NULL, FIELD_UNKEPT, 0, 0, 0},
    [ORG_GROUP] = {"group", "分组", "peer_group", "group", FIELD_TEXT, AT(peer_group), 0,
                   ORG_REQUIRED},
    [ORG_CONTACT] = TEXT(contact, "联系人", 0),
    [ORG_PHONE] = TEXT(phone, "电话", 0),
    [ORG_BY] = {"by", "录入单位", NULL, NULL, FIELD_UNKEPT, 0, 0, 0},
    [ORG_AT] = {"at", "录入时间", NULL, NULL, FIELD_UNKEPT, 0, 0, 0},
    [ORG_ID] = {"id", "编号", "id", NULL, FIELD_ID, AT(id), 0, 0},
};

const struct fields org_columns = {"org", "code", fields, sizeof fields / sizeof *fields};

const struct field *org_field(int field)
{
    return &fields[field];
}

const char *const *org_fields(void)
{
    static const char *names[ORG_FIELD_COUNT + 1];
    for (int i = 0; i < ORG_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    return names;
}
