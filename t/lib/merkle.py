#!/usr/bin/env python3
"""Merkle trees once more, written from the recursive definitions of RFC 9162, section 2.1, to hold
common/evidence/merkle.c to them. The definitions alone: nothing here was taken from the C.

    merkle.py vectors             the test vectors of Certificate Transparency (SHA-256), asked of build/merkle
    merkle.py random SEED COUNT   COUNT random trees and their proofs, with SM3 and SHA-256, and what must fail

Prints what differs, and a line that counts; exits 1 where anything differs.
"""
import hashlib
import os
import random
import subprocess
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def sm3(data):
    return hashlib.new("sm3", data).digest()


def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def leaf_hash(h, data):
    return h(b"\x00" + data)


def mth(h, leaves):
    """MTH(D_n), of leaves that are hashed already."""
    n = len(leaves)
    if n == 0:
        return h(b"")
    if n == 1:
        return leaves[0]
    k = largest_power_below(n)
    return h(b"\x01" + mth(h, leaves[:k]) + mth(h, leaves[k:]))


def path(h, m, leaves):
    """PATH(m, D_n)."""
    n = len(leaves)
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return path(h, m, leaves[:k]) + [mth(h, leaves[k:])]
    return path(h, m - k, leaves[k:]) + [mth(h, leaves[:k])]


def subproof(h, m, leaves, b):
    """SUBPROOF(m, D_n, b)."""
    n = len(leaves)
    if m == n:
        return [] if b else [mth(h, leaves)]
    k = largest_power_below(n)
    if m <= k:
        return subproof(h, m, leaves[:k], b) + [mth(h, leaves[k:])]
    return subproof(h, m - k, leaves[k:], False) + [mth(h, leaves[:k])]


class Asked:
    """build/merkle: questions are collected, then asked at once."""

    def __init__(self):
        self.questions, self.expected = [], []

    def tree(self, name, leaves):
        self.questions.append(" ".join(["tree", name] + [x.hex() for x in leaves]))

    def ask(self, expected, *words):
        words = [w.hex() if isinstance(w, bytes) else str(w) for w in words]
        self.questions.append(" ".join(words))
        self.expected.append((" ".join(words[:3])[:60], expected))

    def compare(self):
        program = os.path.join(os.path.dirname(os.environ["QIFU_BIN"]), "merkle")
        answers = subprocess.run([program], input="\n".join(self.questions) + "\n", text=True,
                                 stdout=subprocess.PIPE, check=True).stdout.split("\n")[:-1]
        bad = 0
        if len(answers) != len(self.expected):
            print(f"{len(answers)} answers to {len(self.expected)} questions")
            bad = 1
        for (question, expected), answer in zip(self.expected, answers):
            if answer != expected:
                print(f"{question}: {answer}, not {expected}")
                bad += 1
        print(f"{len(answers)} answers, {bad} differ")
        return bad


def hexes(digests):
    return " ".join(d.hex() for d in digests)


LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]
ROOTS = ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
# leaf (from 0), size, path; old, size, path: of the C++ tests of Certificate Transparency
PATHS = [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[3]]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], B, D])]
EXTENSIONS = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])]


def vectors():
    asked = Asked()
    asked.tree("sha256", [leaf_hash(sha256, bytes.fromhex(x)) for x in LEAVES])
    asked.ask("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "root", 0)
    for size, root in enumerate(ROOTS, 1):
        asked.ask(root, "root", size)
    for index, size, digests in PATHS:
        asked.ask(" ".join(digests), "inclusion", index, size)
    for old, size, digests in EXTENSIONS:
        asked.ask(" ".join(digests), "extension", old, size)
        asked.ask("yes", "extends", old, ROOTS[old - 1], size, ROOTS[size - 1], *digests)
    return asked.compare()


def spoiled(digests):
    """A path that proves nothing: a bit changed, one more, one less."""
    if digests and random.random() < 0.5:
        at = random.randrange(len(digests))
        bit = 1 << random.randrange(8)
        byte = random.randrange(32)
        changed = bytearray(digests[at])
        changed[byte] ^= bit
        return digests[:at] + [bytes(changed)] + digests[at + 1:]
    if digests and random.random() < 0.5:
        at = random.randrange(len(digests))
        return digests[:at] + digests[at + 1:]
    return digests + [random.randbytes(32)]


def proofs(asked, h, leaves):
    n = len(leaves)
    root = mth(h, leaves)
    index, old = random.randrange(n), random.randint(1, n)
    way, step = path(h, index, leaves), subproof(h, old, leaves, True)
    old_root = mth(h, leaves[:old])
    asked.ask(root.hex(), "root", n)
    asked.ask(hexes(way), "inclusion", index, n)
    asked.ask("yes", "includes", leaves[index], index, n, root, *way)
    asked.ask("no", "includes", leaves[index], index, n, root, *spoiled(way))
    other = random.randrange(n)
    if other != index:
        asked.ask("no", "includes", leaves[other], index, n, root, *way)
        asked.ask("no", "includes", leaves[index], other, n, root, *way)
    asked.ask("no", "includes", leaves[index], index, n, random.randbytes(32), *way)
    asked.ask("no", "includes", leaves[index], n, n, root, *way)
    asked.ask(hexes(step), "extension", old, n)
    asked.ask("yes", "extends", old, old_root, n, root, *step)
    asked.ask("no", "extends", old, old_root, n, root, *spoiled(step))
    asked.ask("no", "extends", old, random.randbytes(32), n, root, *step)
    asked.ask("no", "extends", old, old_root, n, random.randbytes(32), *step)
    asked.ask("no", "extends", n + 1, old_root, n, root, *step)


def trees(seed, count):
    random.seed(seed)
    asked = Asked()
    for number in range(count):
        name, h = (("sm3", sm3), ("sha256", sha256))[number % 2]
        n = number // 2 + 1 if number < 128 else random.randint(1, 400)
        data = [random.randbytes(32) for _ in range(n)]
        leaves = [leaf_hash(h, d) for d in data]
        asked.tree(name, leaves)
        asked.ask(leaves[0].hex(), "leaf", data[0])
        proofs(asked, h, leaves)
    return asked.compare()


if sys.argv[1] == "vectors":
    sys.exit(vectors() != 0)
sys.exit(trees(int(sys.argv[2]), int(sys.argv[3])) != 0)
