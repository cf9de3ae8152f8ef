# crm: command-line CRM analyses.  `make help` lists the targets.
PREFIX ?= /usr/local
MANDIR ?= $(PREFIX)/share/man
BUILD ?= build
CFLAGS ?= -O2 -g
LDFLAGS ?=
FUZZ_SECONDS ?= 60
BENCH ?=
BENCH_BUILD ?= fast
JOBS ?= $(shell nproc 2>/dev/null || echo 1)

STD = -std=gnu17 -D_GNU_SOURCE $(DEFINE) -Ilib -isystem /usr/include/libxml2
STD_CXX = -std=gnu++17 -D_GNU_SOURCE -Ilib -Wall -Wextra
WARN = -Wall -Wextra -Wshadow -Wmissing-prototypes -Wvla -Wconversion
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LINK = -pie -Wl,-z,relro,-z,now,--as-needed
# The C library first: oniguruma has a regexec() of its own, which is not to be taken for it.
LIBS = -lc -lcsv -ljansson -lnettle -lutf8proc -lz -lzip -lxml2 -licui18n -licuuc -lphonenumber -lonig -lstdc++ -lpthread -lm
ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(CFLAGS)

# The one place that names Debian packages: to build and check; with WITH="lint fuzz valgrind shells deb" also those.
PACKAGES = make gcc g++ libc6-dev libcsv-dev libjansson-dev libxxhash-dev libutf8proc-dev zlib1g-dev libzip-dev libxml2-dev \
    libicu-dev libphonenumber-dev libonig-dev nettle-dev liblinear-dev libxgboost-dev libcairo2-dev libpango1.0-dev \
    pkg-config libcmocka-dev mandoc tzdata jq
PACKAGES_lint = clang-format clang-tidy cppcheck shellcheck
PACKAGES_fuzz = clang libclang-rt-14-dev
PACKAGES_valgrind = valgrind
PACKAGES_shells = bash zsh fish
PACKAGES_deb = dpkg-dev lintian
WANTED = $(PACKAGES) $(foreach part,$(WITH),$(PACKAGES_$(part)))

LIB_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard lib/*/*.c))) $(patsubst %.cc,$(BUILD)/obj/%.o,$(sort $(wildcard lib/*/*.cc)))
PROGRAMS := $(patsubst cmd/%.c,$(BUILD)/bin/%,$(sort $(wildcard cmd/*.c)))
TESTS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/*.c tests/tools/*.c)))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FAULT = $(BUILD)/tests/fault/drive $(BUILD)/tests/fault/inject.so
C_FILES := $(sort $(wildcard lib/*/*.[ch] lib/*/*.cc cmd/*.c tests/*/*.[ch]))
MAKE_PART = $(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
RUN = BUILD=$(BUILD) tests/
SAY = $(if $(V),,@echo "  $(1) $@" && )# make V=1 shows the commands

all: $(PROGRAMS) ## build the programs into build/bin

$(BUILD)/obj/%.o: %.c Makefile $(TRAINED)
	@mkdir -p $(@D)
	$(call SAY,CC)$(CC) $(ALL_CFLAGS) $(COUNTED) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: %.cc Makefile $(TRAINED)
	@mkdir -p $(@D)
	$(call SAY,CXX)$(CXX) $(STD_CXX) $(HARDEN) $(CFLAGS) $(COUNTED) -MMD -MP -c -o $@ $<

# What is loaded only when it is needed (train_library.h) is asked for by the name that a linker would write down.
SONAME = '"$(shell objdump -p "$$($(CC) -print-file-name=$(1))" | sed -n 's/^ *SONAME *//p')"'
$(BUILD)/obj/lib/analysis/train_logistic.%: DEFINE = -DLIBLINEAR_SONAME=$(call SONAME,liblinear.so)
$(BUILD)/obj/lib/analysis/train_trees.%: DEFINE = -DXGBOOST_SONAME=$(call SONAME,libxgboost.so)
$(BUILD)/obj/lib/report/canvas_cairo%: DEFINE = -DPANGOCAIRO_SONAME=$(call SONAME,libpangocairo-1.0.so) \
    $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I pangocairo))

$(BUILD)/libcrm.a: $(LIB_OBJ)
	@rm -f $@
	$(call SAY,AR)$(AR) rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/obj/cmd/%.o $(BUILD)/libcrm.a
	@mkdir -p $(@D)
	$(call SAY,LD)$(CC) $(CFLAGS) $(LDFLAGS) $(LINK) -o $@ $^ $(LIBS)

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/libcrm.a
	@mkdir -p $(@D)
	$(call SAY,LD)$(CC) $(CFLAGS) $(LDFLAGS) $(LINK) -o $@ $^ $(LIBS) -lcmocka -lxgboost

$(BUILD)/tests/bench/generate: $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard tests/bench/generate_*.c)))

$(BUILD)/tests/fault/drive: $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out tests/fault/inject%,$(sort $(wildcard tests/fault/*.c))))

$(BUILD)/tests/fault/inject.so: tests/fault/inject.c tests/fault/inject_files.c tests/fault/inject.h tests/fault/fault.h Makefile
	@mkdir -p $(@D)
	$(call SAY,LD)$(CC) $(STD) $(WARN) -O2 -g -fPIC -shared -o $@ $(filter %.c,$^)

# The programs are built to count what they do, do their usual work, and are built from what was counted. COUNTED names counts
# by the source, since both builds have other objects.
FAST = $(MAKE_PART) AR=gcc-ar COUNTED='-dumpbase $$<'
COUNTS = $(abspath $(BUILD))/profile/data
fast: ## build into build/fast/bin with a profile and link-time optimisation: 10 to 20 % faster programs, takes minutes
	$(if $(findstring Free Software,$(shell $(CC) --version)),,$(error make fast needs gcc: CC=gcc CXX=g++))
	+@$(FAST) BUILD=$(BUILD)/profile CFLAGS="$(CFLAGS) -fprofile-generate=$(COUNTS) -fprofile-update=atomic" trained
	+@$(FAST) BUILD=$(BUILD)/fast TRAINED=$(COUNTS)/trained all \
	    CFLAGS="$(CFLAGS) -fprofile-use=$(COUNTS) -fprofile-partial-training -Wno-missing-profile -flto=auto"

trained: $(BUILD)/data/trained
$(BUILD)/data/trained: tests/bench/train-profile $(PROGRAMS) $(BUILD)/tests/bench/generate
	@rm -rf $(@D)
	$(call SAY,RUN)$(RUN)bench/train-profile && touch $@

tests: $(PROGRAMS) $(TESTS)
check: tests $(FAULT) ## run every test, the fault injection in its short form
	@$(RUN)check unit cli man options completion expression fields robustness limits fault-short

asan: ## unit and command-line tests under the address and undefined-behaviour sanitizers
	+@$(MAKE_PART) BUILD=$(BUILD)/asan HARDEN=-fPIE tests \
	    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
	@BUILD=$(BUILD)/asan tests/check unit cli

limits: tests ## what is very large, very deep or made to do harm; LIMITS=full for the largest
	@$(RUN)check limits

# -O0, since what is optimised away cannot be counted; counts are atomic, since threads share them; without the warnings
# about formats, in which gcc 12 fails when it also counts.
coverage: ## which lines and branches of lib/ the tests run (gcc's gcov), in build/coverage
	+@$(MAKE_PART) BUILD=$(BUILD)/coverage HARDEN=-fPIE LDFLAGS="$(LDFLAGS) --coverage" tests \
	    CFLAGS="-O0 -g --coverage -fprofile-update=atomic -Wno-format-overflow -Wno-format-truncation"
	@BUILD=$(BUILD)/coverage tests/tools/coverage

fault: all $(FAULT) ## fail every allocation, read, write, ... of every scenario, one by one; the table goes to build/fault.txt
	@$(RUN)check fault

valgrind: all $(FAULT) ## some of that, and nothing amiss, under valgrind: memory misused, never set, or lost
	@$(RUN)fault/valgrind

fuzz: ## run each fuzz target for FUZZ_SECONDS
	+@$(MAKE_PART) BUILD=$(BUILD)/fuzz CC=clang CXX=clang++ HARDEN=-fPIE LDFLAGS=-fsanitize=fuzzer fuzzers \
	    CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all"
	@BUILD=$(BUILD)/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/run-fuzz
fuzzers: $(FUZZERS)

bench: $(if $(filter plain,$(BENCH_BUILD)),all,fast) $(BUILD)/tests/bench/generate $(BUILD)/tests/tools/measure ## time the programs, or those of BENCH="rfm ...", against others; BENCH_BUILD=plain: not of make fast
	@BENCH_BUILD=$(BENCH_BUILD) $(RUN)bench/run $(BENCH)

bench-peers: ## install the programs that bench compares with
	@$(RUN)bench/peers

lint: ## formatting, warnings as errors, static analysis, scripts, man pages
	@$(RUN)run-lint
TIDY_INCLUDE = $(if $(filter %/error %/reader %/settings,$*),,-include tests/tools/analyzer.h)
tidy: $(patsubst %,$(BUILD)/obj/%.tidy,$(basename $(filter %.c %.cc,$(C_FILES))))
TIDY = $(if $(wildcard $*.cc),$*.cc -- $(STD_CXX),$*.c -- $(STD) $(TIDY_INCLUDE))

$(BUILD)/obj/%.tidy: $(BUILD)/obj/%.o .clang-tidy
	@echo "  TIDY $*"
	@found=$$(clang-tidy --quiet $(TIDY) 2>&1) || { echo "$$found"; exit 1; }
	@touch $@

format: ## format the C files in place (twice: a comment may need a second pass)
	@clang-format -i $(C_FILES) && clang-format -i $(C_FILES)

demo: all ## run samples/demo.sh
	@cd samples && PATH="$(abspath $(BUILD))/bin:$$PATH" sh demo.sh

PAGE = $(abspath $(BUILD))/night/latest/report.html
page: all ## run samples/nightly.sh over samples/, and open its report in the browser, if there is one
	@PATH="$(abspath $(BUILD))/bin:$$PATH" samples/nightly.sh samples $(BUILD)/night 2026-03-31
	@echo "$(PAGE)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null; then xdg-open "$(PAGE)"; fi

MAN := $(sort $(wildcard man/*.[1-9]))
VERSION = $(shell sed -n 's/.*CRM_VERSION "\(.*\)"/\1/p' lib/base/program.h)
# Where bash, zsh and fish look for what completes a command line; %: the name of the program.
COMPLETIONS = bash:bash-completion/completions/% zsh:zsh/$(ZSH_FUNCTIONS)/_% fish:fish/vendor_completions.d/%.fish
ZSH_FUNCTIONS ?= site-functions
SCRIPTS = $(foreach script,$(COMPLETIONS),$(patsubst $(BUILD)/bin/%,$(script),$(PROGRAMS)))
install: ## the programs of make fast, if nothing has changed since, else those of make; PREFIX, MANDIR and DESTDIR say where
	+@if $(MAKE) -q fast >/dev/null 2>&1; then from=fast/bin; else $(MAKE_PART) all && from=bin; fi && \
	    echo "installing $(BUILD)/$$from/crm*" && \
	    install -D -m 755 -t "$(DESTDIR)$(PREFIX)/bin" $(patsubst $(BUILD)/bin/%,$(BUILD)/$$from/%,$(PROGRAMS))
	@for page in $(MAN:man/%=%); do install -D -m 644 -t "$(DESTDIR)$(MANDIR)/man$${page##*.}" "man/$$page" || exit 1; done
	@for script in $(SCRIPTS); do \
	    shell=$${script%%:*} file="$(DESTDIR)$(PREFIX)/share/$${script#*:}" program=$${script##*/}; \
	    program=$${program#_}; program=$${program%.fish}; \
	    install -d -m 755 "$${file%/*}" && "$(DESTDIR)$(PREFIX)/bin/$$program" --completion $$shell >"$$file" && chmod 644 "$$file" || exit 1; \
	done

uninstall: ## remove what install put there
	rm -f $(patsubst $(BUILD)/bin/%,"$(DESTDIR)$(PREFIX)/bin/%",$(PROGRAMS))
	@for page in $(MAN:man/%=%); do rm -f "$(DESTDIR)$(MANDIR)/man$${page##*.}/$$page" || exit 1; done
	@for script in $(SCRIPTS); do rm -f "$(DESTDIR)$(PREFIX)/share/$${script#*:}" || exit 1; done

html: ## the manuals as HTML, into build/html
	@tests/tools/html $(BUILD)/html

deb: ## a Debian package of the programs that make install would install
	@MAKE="$(MAKE)" tests/tools/deb $(BUILD) $(VERSION)

dist: ## a source archive of the last commit
	@mkdir -p $(BUILD)
	@git archive --prefix="crm-$(VERSION)/" -o "$(BUILD)/crm-$(VERSION).tar.gz" HEAD && echo "$(BUILD)/crm-$(VERSION).tar.gz"

deps: ## install the Debian packages that are missing; WITH="lint fuzz valgrind shells deb" for those tools too
	$(call install_packages,$(WANTED))

clean: ## remove everything built
	rm -rf $(BUILD)
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' Makefile | expand -t 16

# $(call install_packages,NAMES): asks dpkg what is missing and apt-get for that alone.
install_packages = @WANTED="$(strip $(1))" sh tests/tools/packages

.PHONY: all tests check fast trained asan limits coverage fault valgrind fuzz fuzzers bench bench-peers lint tidy format demo page install uninstall html deb dist deps clean help
.PRECIOUS: $(BUILD)/obj/%.o
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*/*/*.d)
