/* harness: what the libFuzzer harnesses share. Readers report a fault and call exit(): here that
 * ends the one try. The linker leads exit(), and what reserves memory and files, through these (the
 * Makefile's WRAPPED), so that nothing of this stands in the programs. */
#ifndef QIFU_FUZZ_HARNESS_H
#define QIFU_FUZZ_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Does WORK; false where it called exit() (or die): what it had reserved is given back then. What
 * WORK leaves after a good end is a leak, and LeakSanitizer's to find. */
bool harness_try(void (*work)(void *context), void *context);

/* Writes BYTES as the file NAME of the run's folder ($FUZZ_WORK); its path, valid for the process.
 * Not inside of harness_try. */
const char *harness_file(const char *name, const void *bytes, size_t size);

/* Ends the process with a message, for libFuzzer to keep the input, unless what must hold HOLDS. */
void harness_must(bool holds, const char *what);

/* A copy of BYTES as a string: up to the first NUL. The caller frees. */
char *harness_string(const uint8_t *bytes, size_t size);

/* Random numbers of this input alone, so that it fails again wherever it fails. */
void harness_seed(const uint8_t *bytes, size_t size);
uint32_t harness_any(uint32_t below);

/* Each harness's own: one input, from 0 for libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);
/* Called once before the first input; each harness has it. */
void harness_begin(void);

#endif
