#include "enterprise/field.h"

#include "enterprise/enterprise.h"

#define AT(member) offsetof(struct enterprise, member)
/* What has no place in the record. */
#define UNKEPT(called)                                                                             \
    {                                                                                              \
        .name = called, .type = FIELD_UNKEPT, .means = ENTERPRISE_IS_UNKEPT                        \
    }

enum {
    INDUSTRY = ENTERPRISE_REGION + FACT_OF_INDUSTRY,
    STAFF = ENTERPRISE_REGION + FACT_OF_STAFF,
    REVENUE = ENTERPRISE_REGION + FACT_OF_REVENUE,
    ASSETS = ENTERPRISE_REGION + FACT_OF_ASSETS
};

static const struct field fields[] = {
    [ENTERPRISE_CODE] = {"code", "统一社会信用代码", "code", NULL, FIELD_TEXT, AT(code),
                         ENTERPRISE_IS_KEY, 0},
    [ENTERPRISE_NAME] = {"name", "企业名称", "name", "name", FIELD_TEXT, AT(name),
                         ENTERPRISE_IS_TEXT, 0},
    [ENTERPRISE_REGION] = UNKEPT("region"),
    [INDUSTRY] = UNKEPT("industry"),
    [STAFF] = UNKEPT("staff"),
    [REVENUE] = UNKEPT("revenue"),
    [ASSETS] = UNKEPT("assets"),
    [ENTERPRISE_FOUNDED] = UNKEPT("founded"),
    [ENTERPRISE_TAGS] = UNKEPT("tags"),
    [ENTERPRISE_CONTACT] = {"contact", "联系人", "contact", NULL, FIELD_TEXT, AT(contact),
                            ENTERPRISE_IS_PERSON, 0},
    [ENTERPRISE_PHONE] = {"phone", "电话", "phone", NULL, FIELD_TEXT, AT(phone),
                          ENTERPRISE_IS_PHONE, 0},
    [ENTERPRISE_ASOF] = UNKEPT("asof"),
    [ENTERPRISE_BY] = UNKEPT("by"),
    [ENTERPRISE_AT] = UNKEPT("at"),
    [ENTERPRISE_EXTRA] = {"extra", "其他栏目", "extra", NULL, FIELD_TEXT, AT(extra),
                          ENTERPRISE_IS_EXTRA, 0},
};

const struct fields enterprise_table = {"enterprise", "code", fields,
                                        sizeof fields / sizeof *fields};

const struct field *enterprise_field(int field)
{
    return &fields[field];
}

const char *const *enterprise_fields(void)
{
    static const char *names[ENTERPRISE_FIELD_COUNT + 1];
    for (int i = 0; i < ENTERPRISE_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    return names;
}
