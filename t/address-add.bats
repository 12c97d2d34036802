#!/usr/bin/env bats
# address-add: where notices go, what is wanted there and how.

load lib/base

A=91320300MA00002690
last() { sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1"; }

@test "one, changed, the same again, and what takes away" {
    at 2026-03-02T10:00
    center
    gives 0 $'1\torg\t国家税务总局徐州市税务局\tmail\tz***@x.org\tadded' "" address-add --org tax --address zhang@x.org --person 张三
    same "$(last)" 'address-added|{"id":1,"org":"tax","channel":"mail","destination":"z***@x.org","person":"张*","how":"at-once","used":"yes"}'
    gives 0 $'1\torg\t国家税务总局徐州市税务局\tmail\tz***@x.org\tchanged' "" \
        address-add --org 税务局 --channel 邮箱 --address zhang@x.org --wants '督办、dispatched' --how 每日汇总 --hours 09:00-12:00
    same "$(last)" 'address-changed|{"id":1,"org":"tax","wants":"level dispatched","how":"digest","hours":"09:00-12:00"}'
    gives 0 $'1\torg\t国家税务总局徐州市税务局\tmail\tz***@x.org\tsame' "" \
        address-add --org tax --address zhang@x.org --wants level,交办
    address-add -q --org tax --address li@x.org >out
    address-add -q --org tax --address zhang@x.org --deputy li@x.org --away-from 2026-03-03 --away-until 2026-03-09 --wants 无 >out
    gives 0 '{"id":1,"owner":"org","code":"tax","name":"国家税务总局徐州市税务局","channel":"mail","address":"z***@x.org","person":"张*","wants":null,"how":"digest","hours":"09:00-12:00","deputy":2,"away_from":"2026-03-03","away_until":"2026-03-09","used":"yes","member":null}
{"id":2,"owner":"org","code":"tax","name":"国家税务总局徐州市税务局","channel":"mail","address":"l***@x.org","person":null,"wants":null,"how":"at-once","hours":null,"deputy":null,"away_from":null,"away_until":null,"used":"yes","member":null}' \
        "" address-list -F json
    address-add -q --org tax --address zhang@x.org --deputy none --away-from none --away-until none --used 否 >out
    same "$(address-list | cut -f 1)" 2
    same "$(address-list --all | cut -f 1,11-14 | head -1)" $'1\t-\t-\t-\tno'
    gives 0 "" "" center-check
}

@test "of enterprises and liaisons, by a file; the center's to enter" {
    at 2026-03-02T10:00
    center
    enterprise-add -q --code $A --name 甲厂 >out
    liaison-add -q --name 王五 --org tax >out
    printf '单位,信用代码,助企员,方式,地址\n,%s,,,boss@a.org\n,,1,,wang@x.org\ntax,,,企业微信,https://q.example/k?key=0123456789ab\n' $A >a.csv
    gives 0 $'1\tenterprise\t甲厂\tmail\tb***@a.org\tadded
2\tliaison\t王五\tmail\tw***@x.org\tadded
3\torg\t国家税务总局徐州市税务局\twecom\t****89ab\tadded' "" address-add --csv a.csv
    same "$(address-list --liaison 1 | cut -f 1-4)" $'2\tliaison\t1\t王五'
    same "$(address-list --enterprise 甲厂 | cut -f 1)" 1
    same "$(address-list --channel 企微 --org 税务局 | cut -f 1)" 3
    gives 1 "" "" address-list --org justice
    gives 2 "" "address-add: add an address: the address is not that organisation's" \
        address-add --enterprise $A --address b@a.org --by tax
    gives 0 $'4\torg\t国家税务总局徐州市税务局\tmail\tb***@a.org\tadded' "" address-add --org tax --address b@a.org --by tax
    gives 0 "" "" center-check
    sql "UPDATE address SET how = 'digest' WHERE id = 2"
    gives 1 $'addresses\t2\tliaison: how is digest, its events give at-once' "" center-check
}

@test "what is refused leaves nothing behind" {
    at 2026-03-02T10:00
    center
    before=$(sql .dump | sha256sum)
    gives 2 "" 'address-add: unknown organisation "taxx" (did you mean tax?); unknown channel of notices "mial" (did you mean mail?); unknown notice "y"; qifu words lists them; unknown way to send "x" (at-once 即时, digest 每日汇总); unknown answer "2" (yes 是, no 否); "9-10" are no hours: write 08:30-17:30' \
        address-add --org taxx --address a@b --how x --wants y --hours 9-10 --channel mial --used 2
    for wrong in 'a b@c' 'a@b@c' '@c' 'a@' $'a@b\nBcc: c@d' 'a@b,c@d' '<a@b>' '-f@b' '甲@b'; do
        call address-add --org tax --address "$wrong"
        same "$status $output" "2 "
        [[ $stderr == *"no address"* || $stderr == *"no mail address"* ]] || same "$stderr" "$wrong"
    done
    gives 2 "" 'address-add: "http://q.example/k" is no robot'\''s: it begins with https://' \
        address-add --org tax --channel wecom --address http://q.example/k
    gives 2 "" "address-add: whose is it? one of org, enterprise, liaison" address-add --address a@b
    gives 2 "" "address-add: away_until lies before away_from" \
        address-add --org tax --address a@b --away-from 2026-03-09 --away-until 2026-03-08
    gives 2 "" 'address-add: unknown address "c@d"; address-list shows their numbers' address-add --org tax --address a@b --deputy c@d
    gives 2 "" "address-add: --address is missing; see address-add -h" address-add --org tax
    same "$(sql .dump | sha256sum)" "$before"
}
