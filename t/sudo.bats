#!/usr/bin/env bats
# Members work on one center through sudo, by the rules that ship (share/sudoers.example), as real users
# in a mount namespace of their own: who may, who may not, and what they try.

load lib/base

@test "the rules name every program, or say that it is not for members" {
    grep -o '/usr/bin/[a-z*-]*' "$TREE/share/sudoers.example" | sed 's,/usr/bin/,,' >patterns
    for program in $(programs); do
        case $program in calendar-check | log-verify) continue ;; esac # of no center
        while read -r pattern; do [[ $program != $pattern ]] || continue 2; done <patterns
        grep -q "^#.*\b$program\b" "$TREE/share/sudoers.example" || same "$program" "in share/sudoers.example"
    done
}

@test "five roles through sudo, and what does not get round it" {
    needs_file "there the database is a file of the service user's"
    [ "$(id -u)" = 0 ] || skip "it makes users: only root can"
    for program in sudo visudo useradd runuser unshare; do command -v $program >/dev/null || skip "there is no $program"; done
    unshare --mount true 2>err || skip "no mount namespace: $(cat err)"
    run env -u QIFU_DB -u QIFU_CONFIG QIFU_BIN="$BIN" unshare --mount --propagation private "$TREE/t/lib/sudo-walk" ${QIFU_THOROUGH:+all}
    same "$output" ""
    same "$status" 0
}
