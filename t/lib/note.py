#!/usr/bin/env python3
"""Signed notes and checkpoints once more, written from c2sp.org/signed-note, /tlog-checkpoint and
/tlog-cosignature, to hold ours to them; signatures are verified by the openssl command.

    note.py root               the root over the 32-byte digests (in hexadecimal) on standard input, in base64
    note.py verify FILE KEY... verifies the note in FILE by verifier keys; prints who has signed
"""
import base64
import hashlib
import os
import subprocess
import sys
import tempfile

SPKI = {32: bytes.fromhex("302a300506032b6570032100"),
        65: bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")}


def sm3(data):
    return hashlib.new("sm3", data).digest()


def mth(leaves):
    if len(leaves) == 1:
        return sm3(b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sm3(b"\x01" + mth(leaves[:k]) + mth(leaves[k:]))


def parse_key(text):
    """Name, id, whether it is a witness's, public key."""
    name, key_id, data = text.strip().split("+", 2)
    data = base64.b64decode(data, validate=True)
    assert hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8] == key_id
    witnesses = (b"\x04", b"\xffqifu/sm2-sm3-cosignature")
    for kind in (b"\x01", b"\x04", b"\xffqifu/sm2-sm3", b"\xffqifu/sm2-sm3-cosignature"):
        if data.startswith(kind) and len(data) - len(kind) in SPKI:
            return name, bytes.fromhex(key_id), kind in witnesses, data[len(kind):]
    raise ValueError("unknown type of key")


def openssl(public, message, signature):
    """Whether openssl says that it is a signature."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {n: os.path.join(folder, n) for n in ("key", "message", "signature")}
        contents = {"key": SPKI[len(public)] + public, "message": message, "signature": signature}
        for n in paths:
            with open(paths[n], "wb") as f:
                f.write(contents[n])
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin",
                   "-in", paths["message"], "-sigfile", paths["signature"]]
        if len(public) == 65:
            command += ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
        return subprocess.run(command, capture_output=True).returncode == 0


def verify(path, keys):
    note = open(path, "rb").read()
    note.decode("utf-8")
    assert all(b >= 0x20 or b == 0x0a for b in note)
    at = note.rindex(b"\n\n")
    text, lines = note[:at + 1], note[at + 2:]
    assert lines.endswith(b"\n")
    for line in lines.decode()[:-1].split("\n"):
        dash, name, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        assert dash == "\u2014" and len(data) > 4
        for key_name, key_id, witness, public in keys:
            if (key_name, key_id) != (name, data[:4]):
                continue
            if witness:
                stamp = int.from_bytes(data[4:12], "big")
                message, signature = f"cosignature/v1\ntime {stamp}\n".encode() + text, data[12:]
            else:
                message, signature = text, data[4:]
            print(name, "good" if openssl(public, message, signature) else "bad")


if sys.argv[1] == "root":
    print(base64.b64encode(mth([bytes.fromhex(line) for line in sys.stdin.read().split()])).decode())
else:
    verify(sys.argv[2], [parse_key(open(k).read()) for k in sys.argv[3:]])
