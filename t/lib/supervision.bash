# Loaded after lib and loop by the tests of orders of supervision.

# The shipped configuration with a ladder that judges leads alone, and goes by lateness alone.
plain_ladder() {
    cp -r "$TREE/share" config
    export QIFU_CONFIG=$PWD/config
    sed -i -e '/- level: dispatch-late/,/reply_days:/d' -e 's/judges: \[lead, assist\].*/judges: [lead]/' \
        -e 's/^unanswered: .*/unanswered: nothing/' config/center.yaml
}

# 1 (tax) and 2 (urban-management) are red, 3 (justice) is yellow, 4 is on time.
late() {
    plain_ladder
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --contact 张三 --phone 13812341234 --enterprise 某公司 --body '电话13812341234|竖线' >new
    new 2026-03-02T09:00 >>new
    quiet ticket-route --to tax --assist housing-construction 1
    quiet ticket-route --to urban-management 2
    new 2026-03-09T09:00 >>new
    quiet ticket-route --to justice --now 2026-03-09T09:00 3
    new 2026-03-16T09:00 >>new
    at 2026-03-17T09:00
    quiet escalate
}

# number ORG LEVEL: of the order that the organisation was given.
number() { supervision-list --all --org "$1" --level "$2" | cut -f 9; }
