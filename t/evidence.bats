#!/usr/bin/env bats
# What outsiders verify (qifu-evidence(7)), held to implementations that are not ours.

load lib/base
load lib/proof

@test "roots and proofs are those of Certificate Transparency's test vectors" {
    need_python
    gives 0 "22 answers, 0 differ" "" "$TREE/t/lib/merkle.py" vectors
}

@test "roots and proofs of random trees are those of the definitions in RFC 9162" {
    need_python
    run "$TREE/t/lib/merkle.py" random 20261130 "$([ -n "${QIFU_THOROUGH-}" ] && echo 4000 || echo 300)"
    same "$status ${output##*answers, }" "0 0 differ"
}
