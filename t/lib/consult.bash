# Loaded after lib and loop by the tests of drafts sent out for opinions.

# A center with an association and a draft.
world() {
    at 2026-03-02T09:00
    center
    quiet association-add --code chamber --name 示例商会 --contact 赵六 --phone 13812341234
    printf '第一条 为了……\r\n第二条 电话13987654321\r\n' >draft.txt
}

# opened: consultation 1 of the finance bureau, sent to tax, justice and the chamber, until 2026-03-13.
opened() {
    world
    consult-open --title 贴息办法 --draft draft.txt --from 市财政局 --until 2026-03-13 \
        --to 市税务局 --to justice --association chamber >tickets
}

# decided: opinions 1 to 4, of which 1 and 2 are adopted, 3 declined, 4 not decided.
decided() {
    opened
    at 2026-03-05T10:00
    printf '单位,意见,编号\ntax,一,1\ntax,二|竖线,1\njustice,三,1\nchamber,四,1\n' >o.csv
    quiet consult-answer --csv o.csv
    at 2026-03-16T10:00
    quiet consult-decide --adopt --reason 合理 1 2
    quiet consult-decide --decline --reason '无上位法依据，见13812345678' 3
}
