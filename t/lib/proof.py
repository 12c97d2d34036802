#!/usr/bin/env python3
"""Proofs of tickets once more, from qifu-evidence(7) and qifu-log(7) alone, to hold ours to them.

    proof.py FILE     reads a proof or a receipt; prints whether its events lead to its head, a line for
                      each event: id, type and digest, and each text that is opened
    proof.py -s FILE  prints its bytes instead: the whole, and besides what its events say, which are the
                      head, the path, the digests, seals and salts, and the words that hold it together
"""
import base64
import hashlib
import json
import re
import sys

MEMBERS = """title body enterprise uscc contact phone extra text reason result person post liability
    participants way to handed_to name without was_title is_title was_enterprise is_enterprise was_uscc is_uscc
    was_contact is_contact was_phone is_phone private texts destination""".split()


def sm3(data):
    return hashlib.new("sm3", data).digest()


def digest(text):
    value = base64.b64decode(text, validate=True)
    assert len(value) == 32
    return value


def seal(key, shown, plain):
    """A seal as it stands, or of the text behind its salt."""
    if shown.startswith("~"):
        return digest(shown[1:]), None
    assert shown.startswith("^")
    salt, text = base64.b64decode(shown[1:25], validate=True), shown[25:]
    covered = json.loads(text) if plain else text
    return sm3(salt + bytes([key]) + bytes(15) + covered.encode()), text


STRING = r'"(?:[^"\\]|\\.)*"'
SHOWN = re.compile(r'([{,])"(\w+)":(~[A-Za-z0-9+/=]{44}|\^[A-Za-z0-9+/=]{24}(?:' + STRING + r'|\[[^]]*\]|[^,}]*))|' + STRING)


def content(lines, opened):
    covered = b""
    for number, line in enumerate(lines):
        if line == "-":
            covered += b"-\n"
        elif number < 5:
            text = json.loads(line).encode()
            covered += b"%d:%s\n" % (len(text), text)
        else:
            value, text = seal(number - 5, line, True)
            covered += b"~" + value + b"\n"
            opened += [(MEMBERS[number - 5], text)] if text else []
    return sm3(covered).hex()


def data(shown, received, opened):
    def covered(match):
        if match.group(2) is None or match.group(2) not in MEMBERS:
            return match.group(0)
        value, text = seal(MEMBERS.index(match.group(2)), match.group(3), False)
        opened.extend([(match.group(2), text)] if text else [])
        return '%s"%s":~%s' % (match.group(1), match.group(2), value.hex())
    shown = shown.replace('"content":~', '"content":"%s"' % received) if received else shown
    return SHOWN.sub(covered, shown)


def climbs(leaf, index, size, path, root):
    """RFC 9162, section 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sm3(b"\x01" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sm3(b"\x01" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify(text):
    body, head = text[text.index("qifu-proof/v1\n"):].split("\n\n", 1)
    lines = body.split("\n")[1:]
    size, root = int(head.split("\n")[1]), digest(head.split("\n")[2])
    opened, events, received, led = [], [], "", True
    while lines:
        words = lines.pop(0).split(" ")
        if words[0] == "content":
            received = content([lines.pop(0) for _ in range(12)], opened)
        elif words[0] in ("event", "event/1"):
            fields = [lines.pop(0) for _ in range(7)]
            number, kind = int(fields[0]), fields[4]
            before = events[-1][2] if words[1] == "=" else digest(words[1])
            if words[0] == "event":
                fields = ["2"] + fields[:6] + [events[-1][2].hex() if events else "", data(fields[6], received, opened)]
            led = led and (not events or events[-1][3] or words[0] == "event")
            covered = "".join(field + "\n" for field in fields).encode()
            events.append([number, kind, sm3(before + covered), False])
            received = ""
        else:
            assert words[0] == "index" and int(words[1]) == events[-1][0] - 1
            path = []
            while lines and len(lines[0]) == 44 and lines[0].endswith("="):
                path.append(digest(lines.pop(0)))
            events[-1][3] = climbs(sm3(b"\x00" + events[-1][2]), int(words[1]), size, path, root)
            led = led and events[-1][3]
    return led and events[-1][3], events, opened


def sizes(text):
    """The whole, and what is left without what the events and the contents say."""
    text = text[text.index("qifu-proof/v1\n"):]
    said = 0
    lines = text.split("\n\n", 1)[0].split("\n")
    for i, line in enumerate(lines):
        words = line.split(" ")
        if words[0] not in ("content", "event", "event/1"):
            continue
        for shown in lines[i + 1:i + (13 if words[0] == "content" else 8)]:
            bare = re.sub(r"~[A-Za-z0-9+/=]{44}|\^[A-Za-z0-9+/=]{24}", "", shown)
            said += len(bare.encode()) + 1
    return len(text.encode()), len(text.encode()) - said


text = open(sys.argv[-1], encoding="utf-8", newline="").read()
if sys.argv[1] == "-s":
    print(*sizes(text))
else:
    led, events, opened = verify(text)
    print("holds" if led else "does not hold")
    for number, kind, value, _ in events:
        print(number, kind, value.hex())
    for name, value in opened:
        print(name, value)
    sys.exit(not led)
