# qifu: build, check, lint, bench, demo, install. GNU make; no configure.
VERSION = 0.1
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(PREFIX)/bin
SHAREDIR = $(PREFIX)/share/qifu
MANDIR = $(PREFIX)/share/man

CC = gcc
CFLAGS ?= -O2 -g
BUILD ?= build
ifdef SANITIZE
BUILD := $(BUILD)/sanitize
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifdef WERROR
STRICTNESS = -Werror
endif
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wno-overlength-strings $(STRICTNESS)
QIFU_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 $(WARNINGS) -iquote common \
	-DQIFU_VERSION='"$(VERSION)"' -DQIFU_SHARE='"$(SHAREDIR)"' $(SANITIZERS) $(CFLAGS)
LDLIBS = -lsqlite3 -lyaml -lcsv -ljansson -lcrypto

# What the tools are built from, run with and tested by: Debian's names.
PACKAGES_BUILD = gcc make libc6-dev libsqlite3-dev libyaml-dev libcsv-dev libjansson-dev libssl-dev
PACKAGES_CHECK = bats sqlite3 mandoc valgrind procps clang-format clang-tidy cppcheck git

PROGRAMS = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BINARIES = $(PROGRAMS:%=$(BUILD)/bin/%)
OBJECTS = $(patsubst common/%.c,$(BUILD)/%.o,$(wildcard common/*.c)) $(BUILD)/schema.o
MANUALS = $(wildcard man/*.[157])

all: $(BINARIES)

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/common.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZERS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/common.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: common/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(QIFU_CFLAGS) -MMD -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(QIFU_CFLAGS) -MMD -c -o $@ $<

# schema.sql as a C string
$(BUILD)/schema.c: common/schema.sql
	@mkdir -p $(@D)
	{ echo '#include "schema.h"'; echo 'const char schema[] ='; \
	  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/    "&\\n"/' $<; echo ';'; } >$@

$(BUILD)/schema.o: $(BUILD)/schema.c $(BUILD)/flags
	$(CC) $(QIFU_CFLAGS) -c -o $@ $<

# Rebuild when the flags change (another PREFIX, for example).
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(QIFU_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(QIFU_CFLAGS)' >$@

-include $(wildcard $(BUILD)/*.d $(BUILD)/cmd/*.d)

FORCE:
.PHONY: all FORCE
.SECONDARY:
