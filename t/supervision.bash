# Loaded after lib and loop by the tests of orders of supervision.

# 1 (tax) and 2 (in the pool) are red, 3 (justice) is yellow, 4 is on time.
late() {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --contact 张三 --phone 13812341234 --enterprise 某公司 --body '电话13812341234|竖线' >new
    new 2026-03-02T09:00 >>new
    quiet ticket-route --to tax --assist housing-construction 1
    new 2026-03-09T09:00 >>new
    quiet ticket-route --to justice --now 2026-03-09T09:00 3
    new 2026-03-16T09:00 >>new
    at 2026-03-17T09:00
    quiet escalate
}
