#!/usr/bin/env bats
# ticket-close: the explained close, and closing what nobody rated.

load lib/base
load lib/loop

answered() {
    at 2026-03-02T09:00
    center
    for id in 1 2 3; do new 2026-03-02T09:00; done >ids
    quiet ticket-route --to tax --assist justice - <ids
    quiet ticket-answer --text 答 --without 无 1 2
    at 2026-03-03T09:00
}

@test "explained: asked by the lead, granted by the center" {
    answered
    gives 0 $'1\task for an explained close\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-close --explained --reason 政策不允许 --basis 条例第三条 1
    gives 0 $'1\tgrant an explained close\tclosed\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-close --approve --text 同意 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 1 ORDER BY id DESC LIMIT 2")" \
        'closed|{"by":"center","text":"同意","closed_as":"explained"}
close-asked|{"by":"tax","reason":"政策不允许","basis":"条例第三条"}'
    same "$(sql "SELECT act, asked_at, decided_at, granted, reason, basis FROM request")" \
        "close|1772499600|1772499600|1|政策不允许|条例第三条"
    sound
}

@test "what is refused has its reason, and nothing is written" {
    answered
    refuses "ticket-close: 1: ask for an explained close: the reason is missing: --reason" \
        ticket-close --explained --basis 条例 1
    refuses "ticket-close: 1: ask for an explained close: the basis is missing: --basis" \
        ticket-close --explained --reason 不允许 1
    refuses "ticket-close: 1: ask for an explained close: that organisation does not lead it" \
        ticket-close --explained --reason 不允许 --basis 条例 --by justice 1
    refuses "ticket-close: 1: grant an explained close: none was asked for" ticket-close --approve 1
    refuses "ticket-close: 1: refuse an explained close: none was asked for" ticket-close --refuse 1
    quiet ticket-close --explained --reason 不允许 --basis 条例 1
    refuses "ticket-close: 1: grant an explained close: only the center may" \
        ticket-close --approve --by tax 1
    refuses "ticket-close: 3: ask for an explained close: it is dispatched (已派发); now: 签收 答复 申请退单 会商 改派 增加协办 解除协办 申请延期 申请挂起 恢复 并单 转办 撤回 作废" \
        ticket-close --explained --reason 不允许 --basis 条例 3
    for options in "" "--explained --approve" "--approve --refuse" "--unrated --refuse"; do
        gives 2 "" "ticket-close: one of --explained, --approve, --refuse and --unrated; see ticket-close -h" \
            ticket-close $options 1
    done
    gives 2 "" "ticket-close: name the tickets; see ticket-close -h" ticket-close --approve
}

@test "a rating while the question waits: closed by it, or to be followed up first" {
    answered
    quiet ticket-close --explained --reason 不允许 --basis 条例 1 2
    quiet ticket-rate --score 5 1
    refuses "ticket-close: 1: grant an explained close: it is closed (已办结); now: 备注" ticket-close --approve 1
    quiet ticket-rate --score 1 2
    refuses "ticket-close: 2: grant an explained close: its rating was not followed up yet" \
        ticket-close --approve 2
    quiet ticket-follow --outcome explained --text 理解 2
    quiet ticket-close --approve 2
    same "$(sql "SELECT group_concat(closed_as) FROM v_ticket")" satisfied,explained
    sound
}

@test "unrated: more than one batch, in one sweep; again it is quiet" {
    at 2026-03-02T09:00
    center
    for id in $(seq 450); do echo "{\"title\":\"$id\"}"; done | ticket-new -q --no-ref --received now --jsonl - >ids
    quiet ticket-route --to tax - <ids
    quiet ticket-answer --text 答 - <ids
    at 2026-03-10T09:00
    sh_run 'ticket-close --unrated | wc -l'
    same "$status$output$stderr" 0450
    gives 0 "" "" ticket-close --unrated
    same "$(sql "SELECT DISTINCT state, closed_as FROM v_ticket")" "closed|not-rated"
    sound
}

@test "two sweeps at once close each once" {
    at 2026-03-02T09:00
    center
    for id in $(seq 100); do echo "{\"title\":\"$id\"}"; done | ticket-new -q --no-ref --received now --jsonl - >ids
    quiet ticket-answer --text 答 - <ids
    at 2026-03-10T09:00
    pids=()
    for id in 1 2 3 4; do
        ticket-close --unrated >"out.$id" 2>"err.$id" 3>&- &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid"; done
    same "$(cat err.*)" ""
    same "$(cat out.* | cut -f 1 | sort -u | wc -l) $(cat out.* | wc -l)" "100 100"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'closed'")" 100
    sound
}

@test "explained closes are asked for from a file" {
    answered
    printf 'id,理由,依据\n1,不允许,条例\n2,不允许,\n' >c.csv
    run --separate-stderr ticket-close --explained --csv c.csv
    same "$status$output" 2
    [[ $stderr == *"c.csv:3: ask for an explained close: the basis is missing"* ]]
    printf 'id,理由,依据\n1,不允许,条例\n2,不允许,办法\n' >c.csv
    quiet ticket-close --explained --csv c.csv
    same "$(sql 'SELECT count(*) FROM request WHERE decided_at IS NULL')" 2
}
