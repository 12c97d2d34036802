#include "enterprise/field.h"

const char *const enterprise_fields[] = {"code",    "name",   "region",  "industry", "staff",
                                         "revenue", "assets", "founded", "tags",     "contact",
                                         "phone",   "asof",   "by",      "at",       NULL};
