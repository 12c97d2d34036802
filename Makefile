# qifu: build, check, lint, bench, demo, install. GNU make; no configure.
#
#   make            the programs, in build/bin
#   make demo       the tools at work on demo data, in build/demo; demo-clean takes it away
#   make demo-web   the pages on this machine, by lighttpd (deps-web installs it), until it is interrupted;
#                   for DEMO_SECONDS at most (3600)
#   make alone      what verifies and witnesses, each one file that needs nothing, in build/alone; needs
#                   libssl-dev
#   make check      the tests; SANITIZE=1 runs them under the address and undefined sanitizers;
#                   DATABASE=postgresql on a PostgreSQL server of their own
#   make check-thorough  the tests, where some take samples all there is
#   make check-quick  the pure parts, and one path through every program: between edits
#   make check-page the tests of pages, in a browser
#   make valgrind   the demo, every program under valgrind
#   make fuzz       the readers and the programs on mutated input, for FUZZ_SECONDS in all (60);
#                   FUZZ_SEED repeats a run; needs clang
#   make soak       kills, failing disks, many writers and tampering, for SOAK_SECONDS (60);
#                   SOAK_SEED repeats a run
#   make soak-server  many writers on a PostgreSQL server that is killed, and clients, and the
#                   network between; for SOAK_SECONDS (20)
#   make lint       the house rules, the format, the manual pages
#   make po         bring po/, what the programs say in Chinese, up to the sources; po-check says what is
#                   missing there
#   make bench      qifu beside the sqlite3 shell and JSON-logic
#   make bench-server  qifu on a PostgreSQL server, beside psql
#   make deps       install what the programs need, by apt-get; deps-check what the tests need
#                   too, deps-page the browser, deps-server the PostgreSQL server, deps-lint what
#                   only lint and valgrind need, deps-fuzz what only fuzz and soak need
#   make install    PREFIX=/usr/local and DESTDIR= say where; uninstall takes it away again
#   make deps-thorough  z3, with which check-thorough compares what criteria mean
#   make deb        a package for this Debian, in build/deb; deps-deb installs what that needs

VERSION = 0.1
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(PREFIX)/bin
SHAREDIR = $(PREFIX)/share/qifu
MANDIR = $(PREFIX)/share/man
# Where the programs look for what they say in Chinese: seen from their own folder (common/base/tongue.h).
LOCALEDIR = $(dir $(BINDIR))share/locale
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
# Where the programs look for the configuration, and for the database (empty: in the user's own data).
CONFDIR ?= $(SHAREDIR)
DEFAULT_DATABASE ?=

comma = ,
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
	-Wmissing-prototypes -Wno-overlength-strings -Werror=format-security $(STRICTNESS)

# The hardening that Debian's packages have, those flags of it that compiler and linker know;
# HARDENING= and HARDENING_LINK= go without. They are asked once, when the first file is compiled:
# `make deps demo` has no compiler before. Fortified functions need an optimiser, and get in the way
# of the sanitizers.
known = $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -Werror $(1) -x c -o /dev/null - 2>/dev/null && echo '$(1)')
once = $(eval $(1) := $(foreach flag,$(2),$(call known,$(flag))))$($(1))
now = -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now
ifeq ($(origin HARDENING),undefined)
HARDENING = $(call once,HARDENING,-fstack-protector-strong -fcf-protection -fPIE)
endif
ifeq ($(origin HARDENING_LINK),undefined)
HARDENING_LINK = $(call once,HARDENING_LINK,-pie $(now))
endif
ifeq ($(SANITIZERS)$(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS)),)
FORTIFIED = $(if $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif

# A program loads the libraries that it calls, not all that some call.
as_needed = -Wl,--as-needed

# Two folders build the same bytes: none of them is written into the programs.
QIFU_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 $(WARNINGS) -iquote common -ffile-prefix-map='$(CURDIR)'=. \
	-DQIFU_VERSION='"$(VERSION)"' -DQIFU_CONFIGURATION='"$(CONFDIR)"' \
	-DQIFU_DATABASE='"$(DEFAULT_DATABASE)"' \
	$(HARDENING) $(FORTIFIED) $(SANITIZERS) $(CPPFLAGS) $(CFLAGS)
QIFU_LDFLAGS = $(HARDENING_LINK) $(SANITIZERS) $(as_needed) $(LDFLAGS)
LDLIBS = -lsqlite3 -lyaml -lcsv -ljansson -lnettle -lm

# What the tools are built from and run with, tested by, and linted by: Debian's names.
PACKAGES = gcc make gettext libc6-dev libsqlite3-dev libyaml-dev libcsv-dev libjansson-dev nettle-dev tzdata sqlite3
PACKAGES_CHECK = bats parallel jq mandoc procps openssl curl cmark-gfm libxlsxwriter-dev xlsx2csv qrencode libgmime-3.0-dev
PACKAGES_SERVER = postgresql
PACKAGES_THOROUGH = python3 python3-z3
PACKAGES_WEB = lighttpd
PACKAGES_PAGE = chromium pandoc poppler-utils $(PACKAGES_WEB)
PACKAGES_LINT = clang clang-format cppcheck valgrind libpq-dev libssl-dev libqrencode-dev \
	libgmime-3.0-dev pkg-config
PACKAGES_DEB = debhelper dpkg-dev lintian
PACKAGES_FUZZ = clang libclang-rt-dev sqlite3

PROGRAMS = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BINARIES = $(PROGRAMS:%=$(BUILD)/bin/%)
OBJECTS = $(patsubst common/%.c,$(BUILD)/%.o,$(wildcard common/*/*.c)) $(BUILD)/schema.o \
	$(BUILD)/postgres.o $(BUILD)/pages.o
SOURCES = $(wildcard cmd/*.c common/*/*.c common/*/*.h t/*/*.c t/*/*.h)
MANUALS = $(wildcard man/*.[1-9])
CHINESE = zh_CN/LC_MESSAGES/qifu.mo
SHARED = $(filter-out completion/%,$(patsubst share/%,%,$(shell find share -type f)))
EXAMPLES = $(filter demo/% postgresql/% %.example reference.docx reference.lua,$(SHARED))
CONFIGURED = $(filter-out $(EXAMPLES),$(SHARED))

# The programs that were just built, with the tree's own configuration.
HERE = PATH="$(abspath $(BUILD)/bin):$$PATH" QIFU_BIN="$(abspath $(BUILD)/bin)" \
	QIFU_CONFIG="$(abspath share)"

# A program that was renamed goes from build/bin too.
all: $(BINARIES) $(BUILD)/completion/qifu $(BUILD)/completion/_qifu \
    $(BUILD)/$(if $(shell command -v msgfmt),share/locale/$(CHINESE),no-chinese)
	@rm -f $(filter-out $(BINARIES),$(wildcard $(BUILD)/bin/*))

# make V=1 shows the commands whole.
Q = $(if $(V),,@)
SAY = @echo '   '

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/common.a
	@mkdir -p $(@D)
	$(SAY) link $(@F)
	$(Q)$(CC) $(QIFU_LDFLAGS) -o $@ $^ $(LDLIBS)

# What TAB completes: one file for each shell.
COMPLETED = sed -e 's,@CONFDIR@,$(CONFDIR),' share/completion/candidates.sh

$(BUILD)/completion/qifu: share/completion/candidates.sh share/completion/bash.sh cmd $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q){ $(COMPLETED); cat share/completion/bash.sh; echo complete -F _qifu $(PROGRAMS); } >$@

$(BUILD)/completion/_qifu: share/completion/candidates.sh share/completion/zsh.sh cmd $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q){ echo '#compdef $(PROGRAMS)'; $(COMPLETED); cat share/completion/zsh.sh; \
	    echo '_qifu "$$@"'; } >$@

# What the programs say in Chinese, beside them; without gettext they speak English.
$(BUILD)/share/locale/$(CHINESE): po/zh_CN.po
	@mkdir -p $(@D)
	$(Q)msgfmt -c -o $@ $<

$(BUILD)/no-chinese:
	@echo 'msgfmt is missing: the programs speak English alone (make deps installs gettext)'
	@touch $@

$(BUILD)/common.a: $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/%.o: common/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) cc $<
	$(Q)$(CC) $(QIFU_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) cc $<
	$(Q)$(CC) $(QIFU_CFLAGS) -MMD -MP -c -o $@ $<

# schema.sql and postgres.sql as C strings
string = { echo '\#include $(1)'; echo 'const char $(2)[] ='; \
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/    "&\\n"/' $<; echo ';'; } >$@

$(BUILD)/schema.c: common/schema.sql
	@mkdir -p $(@D)
	$(Q)$(call string,"center/schema.h",schema)

$(BUILD)/postgres.c: common/base/postgres.sql
	@mkdir -p $(@D)
	$(Q)$(call string,"base/db_postgres_private.h",db_postgres_functions)

# What the manual says of each program. Most changes of a page are none of this.
$(BUILD)/pages.c: common/cli/pages.awk $(wildcard man/*.1) man/qifu.7
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f $^ >$@.new
	@if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi

$(BUILD)/schema.o $(BUILD)/postgres.o $(BUILD)/pages.o: $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) -c -o $@ $<

# Rebuild when the flags change (another PREFIX, for example).
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(CC) $(QIFU_CFLAGS) $(QIFU_LDFLAGS) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

-include $(wildcard $(BUILD)/*/*.d)

demo: all demo-clean
	@$(HERE) sh share/demo/run '$(abspath $(BUILD)/demo)'
	@echo "    make demo-clean                         # takes it away"

demo-clean:
	@rm -rf $(BUILD)/demo $(BUILD)/demo-web

demo-web: all
	@$(HERE) sh share/demo/web '$(abspath $(BUILD)/demo-web)'

# The sanitizers look into the programs; how processes are called, wait, print and die, what the manual
# says, and what many acts come to in the end, is tested without them; of the rest each third test
# (t/lib/base.bash), and all in a thorough check.
OUTSIDE = acts clock completion cron crash locking log manual misuse order parties pipes plans policy-crash progress \
	scenarios turn-of-year upgrade
ifdef SANITIZE
TESTS ?= $(filter-out $(OUTSIDE:%=t/%.bats),$(wildcard t/*.bats))
endif

TOOLS = $(BUILD)/schema $(BUILD)/merkle $(BUILD)/told $(BUILD)/plans.so $(CHECKED_ALONE)

check: all $(TOOLS)
	@$(HERE) DATABASE=$(DATABASE) t/run $(TESTS)

check-thorough: all $(TOOLS)
	@QIFU_THOROUGH=1 $(HERE) DATABASE=$(DATABASE) t/run $(TESTS)

# Makes a database of any schema, for tests of upgrades.
$(BUILD)/schema: t/schema/schema.c $(BUILD)/common.a $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) $(QIFU_LDFLAGS) -o $@ $< $(BUILD)/common.a $(LDLIBS)

# Asks for roots and proofs of trees, for t/evidence.bats.
$(BUILD)/merkle: t/evidence/merkle.c $(BUILD)/common.a $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) $(QIFU_LDFLAGS) -o $@ $< $(BUILD)/common.a $(LDLIBS)

# What waits for an event when parts of a transaction are undone, for t/gate.bats.
$(BUILD)/told: t/told/told.c $(BUILD)/common.a $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) $(QIFU_LDFLAGS) -o $@ $< $(BUILD)/common.a $(LDLIBS)

# Programs for who has no qifu, and perhaps no Debian: linked with all that they need, OpenSSL's
# library too. The linker says what of glibc would be looked for on the other machine: names of users
# and hosts, and libraries, for none of which these ask.
ALONE = $(patsubst %,$(BUILD)/alone/%,log-cosign log-key log-verify)
ifneq ($(wildcard /usr/lib/*/libcrypto.a /usr/lib*/libcrypto.a),)
ifndef SANITIZE
CHECKED_ALONE = alone
endif
endif
alone: $(ALONE)

$(BUILD)/alone/%: $(BUILD)/cmd/%.o $(BUILD)/alone/libcrypto.o $(BUILD)/common.a
	$(SAY) link $(@F), alone
	$(Q)$(CC) $(filter-out -pie,$(QIFU_LDFLAGS)) -static -Wl,--no-warnings -o $@ $^ -lcsv -ljansson \
	    -lnettle -lcrypto

$(BUILD)/alone/libcrypto.o: common/base/libcrypto.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(QIFU_CFLAGS) -DQIFU_LINKED_LIBCRYPTO -c -o $@ $<

# Tells what the programs' statements scan, for t/plans.bats.
$(BUILD)/plans.so: t/plans/plans.c $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) -fPIC -shared -o $@ $< -ldl

# What needs no center, or one alone.
QUICK = t/quick.bats t/rules.bats t/workday.bats t/calendar-check.bats t/size-class.bats
check-quick: all
	@$(HERE) t/run $(QUICK)

check-page: all $(if $(shell command -v npm),$(BUILD)/axe.min.js)
	@$(HERE) t/run t/page/*.bats

# The rules of accessibility, where npm is there to take them in; this very file, or none.
AXE = 4.14.1
AXE_DIGEST = 29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
$(BUILD)/axe.min.js:
	@cd $(BUILD) && npm pack --silent axe-core@$(AXE) >/dev/null && \
	    tar -xzf axe-core-$(AXE).tgz package/axe.min.js && echo '$(AXE_DIGEST)  package/axe.min.js' | sha256sum -c --quiet && \
	    mv package/axe.min.js . && rm -r package axe-core-$(AXE).tgz

valgrind: all
	@$(HERE) t/valgrind

# Two builds of their own: the readers by clang with libFuzzer, the programs under the sanitizers.
# exit() and what reserves memory and files go through t/fuzz/harness.c, so that a reader that gives
# up leaves neither the process nor anything behind.
HARNESSES = $(patsubst t/fuzz/fuzz_%.c,$(BUILD)/fuzz_%,$(wildcard t/fuzz/fuzz_*.c))
WRAPPED = exit malloc calloc realloc free strdup fopen tmpfile fclose iconv_open iconv_close \
	csv_init csv_free realpath db_begin db_commit db_rollback db_path
FUZZED = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

fuzz:
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD)/sanitize SANITIZE=1 all
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD)/fuzz CC=clang WERROR= SANITIZERS='$(FUZZED)' harnesses
	@BUILD=$(BUILD) t/fuzz/run

harnesses: $(HARNESSES) $(BUILD)/mutate

$(BUILD)/fuzz_%: t/fuzz/fuzz_%.c t/fuzz/harness.c t/fuzz/harness.h $(BUILD)/common.a
	$(SAY) harness $(@F)
	$(Q)$(CC) $(QIFU_CFLAGS) -fsanitize=fuzzer $(WRAPPED:%=-Wl,--wrap=%) $(LDFLAGS) -o $@ \
	    $(filter-out %.h,$^) $(LDLIBS)

$(BUILD)/mutate: t/fuzz/mutate.c $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) -o $@ $<

# A longer way to a server.
$(BUILD)/wire: t/soak/wire.c $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) -o $@ $<

soak: all $(BUILD)/faults.so
	@$(HERE) BUILD=$(BUILD) t/soak/run

soak-server: all $(BUILD)/wire
	@$(HERE) BUILD=$(BUILD) t/soak/server

$(BUILD)/faults.so: t/soak/faults.c $(BUILD)/flags
	$(Q)$(CC) $(QIFU_CFLAGS) -fPIC -shared -o $@ $< -ldl

bench: all
	@$(HERE) t/bench/run
	@$(HERE) t/bench/policies
	@$(HERE) t/bench/report

bench-server: all $(BUILD)/wire
	@$(HERE) BUILD=$(BUILD) t/bench/server

# A build of its own, so that lint neither needs nor spoils the other one.
lint:
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD)/lint WERROR=1 all
	@$(CC) $(QIFU_CFLAGS) -Werror -fsyntax-only $(wildcard t/evidence/*.c t/fuzz/*.c t/plans/*.c t/schema/*.c t/soak/*.c)
	@t/lint/run

po: all
	@po/extract $(BUILD)/bin >po/qifu.pot
	@msgmerge -q -U --backup=none --no-wrap --no-fuzzy-matching po/zh_CN.po po/qifu.pot
	@msgattrib --no-obsolete --no-wrap -o po/zh_CN.po po/zh_CN.po

po-check: all
	@po/check $(BUILD)/bin

format:
	clang-format -i $(SOURCES)

deps:
	@t/deps $(PACKAGES)

deps-check:
	@t/deps $(PACKAGES) $(PACKAGES_CHECK)

deps-page:
	@t/deps $(PACKAGES) $(PACKAGES_CHECK) $(PACKAGES_PAGE)

deps-web:
	@t/deps $(PACKAGES) $(PACKAGES_WEB)

deps-lint:
	@t/deps $(PACKAGES_LINT)

deps-server:
	@t/deps $(PACKAGES) $(PACKAGES_CHECK) $(PACKAGES_SERVER)

deps-thorough:
	@t/deps $(PACKAGES) $(PACKAGES_CHECK) $(PACKAGES_THOROUGH)

deps-fuzz:
	@t/deps $(PACKAGES) $(PACKAGES_FUZZ)

deps-deb:
	@t/deps $(PACKAGES) $(PACKAGES_CHECK) $(PACKAGES_DEB)

install: all
	$(SAY) install in '$(DESTDIR)$(PREFIX)'
	$(Q)install -d '$(DESTDIR)$(BINDIR)'
	$(Q)install $(BINARIES) '$(DESTDIR)$(BINDIR)'
	$(Q)for f in $(CONFIGURED); do install -D -m 644 share/$$f '$(DESTDIR)$(CONFDIR)'/$$f || exit; done
	$(Q)for f in $(EXAMPLES); do install -D -m 644 share/$$f '$(DESTDIR)$(SHAREDIR)'/$$f || exit; done
	$(Q)cd '$(DESTDIR)$(SHAREDIR)' && chmod 755 demo/run demo/web postgresql/try ssh-command.example
	$(Q)for f in $(MANUALS); do \
	    install -D -m 644 $$f '$(DESTDIR)$(MANDIR)'/man$${f##*.}/$${f##*/} || exit; done
	$(if $(wildcard $(BUILD)/share/locale/$(CHINESE)),$(Q)install -D -m 644 $(BUILD)/share/locale/$(CHINESE) '$(DESTDIR)$(LOCALEDIR)'/$(CHINESE))
	$(Q)install -D -m 644 $(BUILD)/completion/qifu '$(DESTDIR)$(BASHDIR)'/qifu
	$(Q)for f in $(filter-out qifu,$(PROGRAMS)); do ln -sf qifu '$(DESTDIR)$(BASHDIR)'/$$f || exit; done
	$(Q)install -D -m 644 $(BUILD)/completion/_qifu '$(DESTDIR)$(ZSHDIR)'/_qifu

uninstall:
	$(SAY) uninstall from '$(DESTDIR)$(PREFIX)'
	$(Q)cd '$(DESTDIR)$(BINDIR)' && rm -f $(PROGRAMS)
	$(Q)cd '$(DESTDIR)$(CONFDIR)' && rm -f $(CONFIGURED)
	$(Q)cd '$(DESTDIR)$(SHAREDIR)' && rm -f $(EXAMPLES)
	$(Q)find $(patsubst %,'$(DESTDIR)%',$(sort $(CONFDIR) $(SHAREDIR))) -depth -type d -empty -exec rmdir {} ';'
	$(Q)for f in $(MANUALS); do rm -f '$(DESTDIR)$(MANDIR)'/man$${f##*.}/$${f##*/}; done
	$(Q)rm -f '$(DESTDIR)$(LOCALEDIR)'/$(CHINESE)
	$(Q)cd '$(DESTDIR)$(BASHDIR)' && rm -f $(PROGRAMS)
	$(Q)rm -f '$(DESTDIR)$(ZSHDIR)'/_qifu

# Built from what git has, in a folder of its own, so that nothing of the tree is touched.
deb:
	@rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb/qifu-$(VERSION)
	@git ls-files -z | xargs -0 cp --parents -P -t $(BUILD)/deb/qifu-$(VERSION)
	@cd $(BUILD)/deb/qifu-$(VERSION) && dpkg-buildpackage -us -uc -b
	@lintian --fail-on error,warning $(BUILD)/deb/*.changes
	@ls $(BUILD)/deb/*.deb

clean:
	rm -rf $(BUILD)

FORCE:
.PHONY: all alone demo demo-clean demo-web check check-thorough check-quick check-page valgrind fuzz harnesses soak soak-server bench bench-server lint \
	po po-check format deps deps-check deps-page deps-lint deps-server deps-thorough deps-fuzz deps-deb deb install uninstall clean FORCE
.SECONDARY:
