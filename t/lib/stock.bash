# Loaded by tests that need many enterprises and policies.

# firms FIRST LAST: a CSV of enterprises in machinery; the number of the staff is that of the row.
firms() {
    awk -v first="$1" -v last="$2" 'BEGIN {
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        print "code,name,region,industry,staff,revenue,tags,asof"
        for (i = first; i <= last; i++) {
            code = sprintf("91320302MA0%06d", i)
            sum = 0
            weight = 1
            for (k = 1; k <= 17; k++) {
                sum += weight * (index(signs, substr(code, k, 1)) - 1)
                weight = weight * 3 % 31
            }
            check = substr(signs, (31 - sum % 31) % 31 + 1, 1)
            printf "%s%s,示例%d公司,鼓楼区,C3311,%d,%d万,高新技术企业(国家级),2026-01-01\n", code, check, i, i, i
        }
    }'
}

# papers FIRST LAST [CRITERIA]: a CSV of policies, for every enterprise that is known.
papers() {
    awk -v first="$1" -v last="$2" -v criteria="${3:-staff >= 0}" 'BEGIN {
        print "id,title,document,issuer,level,kind,class,summary,interpreter,phone,issued,criteria"
        for (i = first; i <= last; i++)
            printf "p%d,关于第%d件的通知,徐示〔2026〕%d号,示例局,city,general,loans,摘要,王某,83730000,2026-01-05,%s\n",
                i, i, i, criteria
    }'
}
