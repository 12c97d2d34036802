#include "match/print.h"

#include "base/day.h"
#include "base/mask.h"

const struct out_column pushprint_columns[PUSHPRINT_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},         {"policy", "政策", OUT_TEXT},
    {"title", "政策名称", OUT_TEXT},    {"kind", "对象", OUT_TEXT},
    {"code", "代码", OUT_TEXT},         {"name", "名称", OUT_TEXT},
    {"contact", "联系人", OUT_TEXT},    {"phone", "电话", OUT_TEXT},
    {"via", "经由协会", OUT_TEXT},      {"apply", "申报网址", OUT_TEXT},
    {"valid_to", "有效期止", OUT_TEXT}, {"summary", "摘要", OUT_TEXT}};

void pushprint_row(struct out *out, const struct push_delivery *d, bool unmask)
{
    const struct policy *policy = d->policy;
    char day[DAY_TEXT_SIZE];
    if (d->id)
        out_number(out, d->id);
    else
        out_text(out, NULL);
    out_text(out, policy->code);
    out_text(out, policy->title);
    out_code(out, d->to_association ? "association" : "enterprise",
             d->to_association ? "协会" : "企业");
    out_text(out, d->code);
    out_text(out, d->name);
    out_private(out, unmask ? NULL : mask_name, d->contact);
    out_private(out, unmask ? NULL : mask_phone, d->phone);
    out_text(out, d->via);
    out_text(out, policy->apply);
    out_text(out, policy->valid_to == POLICY_NO_DAY ? NULL : day_print(policy->valid_to, day));
    out_text(out, policy->summary);
    out_row(out);
}
