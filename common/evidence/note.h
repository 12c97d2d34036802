/* note: signed notes (c2sp.org/signed-note): a text, an empty line, and a line for each signature.
 * Reads and writes them; whose signatures they are, and whether they hold, is key.h's. */
#ifndef QIFU_EVIDENCE_NOTE_H
#define QIFU_EVIDENCE_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

enum { NOTE_ID_SIZE = 4, NOTE_MOST_SIGNATURES = 64, NOTE_MOST_NAME = 255 };

/* A line of it; BYTES are what stands behind the key's id. */
struct note_signature {
    const char *name;
    uint8_t id[NOTE_ID_SIZE];
    const uint8_t *bytes;
    size_t length;
};

struct note {
    const char *text; /* what is signed, with the newline at its end */
    size_t length;
    struct note_signature *signatures;
    int count;
};

/* Reads the string BYTES into NOTE, whose parts live in ARENA; false with a FAULT where it is no
 * signed note: no UTF-8, control characters, no empty line, no signature, a line that is none. */
bool note_read(struct note *note, struct arena *arena, const char *bytes, struct fault *fault);

/* Whether NAME may be the name of a key: no blanks, no plus, nothing unseen. */
bool note_is_name(const char *name);

/* Whether MORE is NOTE, and has each of its signatures. */
bool note_extends(const struct note *more, const struct note *note);

/* Appends NOTE, as it was read; the line of a signature. */
void note_add(struct text *to, const struct note *note);
void note_add_signature(struct text *to, const struct note_signature *signature);

#endif
