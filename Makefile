# make demo and make test do all the set-up on a new machine; the other targets are parts of them.

SHELL       := /bin/bash
.SHELLFLAGS := -eo pipefail -c
PREFIX      ?= /usr/local
ZSHDIR      ?= share/zsh/site-functions
COMMIT      := $(shell git describe --always --exclude="*" --dirty 2>/dev/null)
DATE        := $(shell git log -1 --format=%cs 2>/dev/null)
GOBUILD     := CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X electroscope/cmd/electroscope/cli.commit=$(COMMIT) -X electroscope/cmd/electroscope/cli.date=$(DATE)'
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Packages that start goroutines, or whose tests do. The detector makes a test several times slower.
RACED       := ./launcher ./launcher/dbus ./launcher/systemd
SHELLFILES   = $(shell git ls-files --cached --others --exclude-standard .ci/run '*.sh' '*.bash')

.PHONY: help demo test test-fast test-binary test-package test-nix test-session test-faults test-desktop test-desktops test-uml test-vm test-busy soak docs-faults docs-desktops docs-demo docs-notice docs-pictures docs-baseline docs-compare docs-effect lint bench bench-peers build install uninstall deb clean distclean FORCE

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | column -t -s "$$(printf '\t')"

demo: build/electroscope ## launch a real app through its link into a capped scope, and show it
	@bash tests/demo/demo.sh build/electroscope

test: ## install what the tests need, then run every test, and end with a table
	@bash tests/all.sh lint test-fast test-binary test-package test-nix test-session test-faults test-desktop test-desktops test-uml test-vm

lint: ## gofmt, go vet, staticcheck, go mod tidy, shellcheck, govulncheck, the race detector where goroutines are
	@bash tests/rig/install.sh lint
	@echo "lint: gofmt, go vet, go mod tidy, staticcheck, shellcheck, govulncheck, go test -race"
	@gofmt -l . | { ! grep .; }
	@go vet ./... && go vet -tags rig ./...
	@go mod tidy -diff
	@$(STATICCHECK) ./... && $(STATICCHECK) -tags rig ./...
	@shellcheck $(SHELLFILES)
	@bash tests/vuln.sh
	@CGO_ENABLED=1 go test -race $(RACED)

test-fast: ## the tests that need neither root nor rigs, under a minute
	go test ./...

test-binary: build/electroscope ## the binary is static and below 8 MB
	@! ldd build/electroscope >/dev/null 2>&1 || { echo "build/electroscope is not static" && exit 1; }
	@test "$$(stat -c %s build/electroscope)" -lt 8388608 || { echo "build/electroscope is over 8 MB" && exit 1; }
	@echo "binary: static, $$(stat -c %s build/electroscope) bytes"

test-session: build/electroscope ## the launch under real user managers (systemd 252, 257, 262), with real Chromium
	@bash tests/rig/install.sh session suites demo notice background
	@bash tests/session/run.sh build/electroscope

test-faults: build/electroscope ## the launch while what it depends on is broken (docs/faults.md)
	@bash tests/rig/install.sh session suites
	@bash tests/faults/run.sh build/electroscope

test-busy: build/electroscope ## the session tests, TIMES (5) times on a machine that is kept busy
	@bash tests/rig/install.sh session suites demo notice background
	@bash tests/busy.sh $(or $(TIMES),5) bash tests/session/run.sh build/electroscope

soak: build/electroscope ## every fault and every fuzzer at full length, for hours; MINUTES (4) for each fuzzer
	@bash tests/rig/install.sh session suites demo notice background desktop desktops
	@bash tests/soak.sh $(or $(MINUTES),4) build/electroscope

docs-faults: build/electroscope ## run test-faults and write its table into docs/faults.md
	@bash tests/rig/install.sh session suites
	@bash tests/faults/run.sh --update build/electroscope

docs-demo: build/electroscope ## record a session under enforced limits as docs/demo.svg
	@bash tests/rig/install.sh uml
	@bash tests/demo/picture.sh build/electroscope >build/demo.svg && mv build/demo.svg docs/demo.svg

docs-notice: build/electroscope ## pictures of the notification by two daemons, docs/notice-*.png
	@bash tests/rig/install.sh session pictures
	@bash tests/pictures/notice.sh build/electroscope docs

docs-pictures: build/electroscope ## pictures of Plasma's System Monitor beside status, and of the notification on Plasma and GNOME
	@bash tests/rig/install.sh pictures desktops
	@bash tests/pictures/desktops.sh build/electroscope docs

docs-top: build/electroscope ## record top under enforced limits as docs/top.svg; what status and budget say there is in build/
	@bash tests/rig/install.sh uml session
	@bash tests/demo/watched.sh build/electroscope build && mv build/top.svg docs/top.svg

docs-baseline: build/electroscope ## record a real Chromium without and with electroscope: docs/baseline.png, and in build/ what was recorded
	@bash tests/rig/install.sh uml session pictures
	@bash tests/demo/baselines.sh build/electroscope build && mv build/baseline.png docs/baseline.png

docs-compare: build/electroscope ## compare real Chromium without electroscope and with one setting after the other, into build/compared
	@bash tests/rig/install.sh uml
	@bash tests/demo/compared.sh build/electroscope build

docs-effect: build/electroscope ## how a desktop fares beside six hungry Chromiums, docs/effect.md and effect.svg; ROUNDS (10), three hours
	@bash tests/rig/install.sh uml
	@bash tests/effect/run.sh --rounds $(or $(ROUNDS),10) build/electroscope >build/effect.jsonl && mv build/effect.jsonl tests/effect/results.jsonl
	@go run ./tests/effect/table tests/effect/results.jsonl docs/effect.md docs/effect.svg

test-package: build/electroscope ## what is installed: man pages, completions in each shell, the Debian package, the PKGBUILD
	@bash tests/rig/install.sh package
	@bash tests/package/run.sh

test-nix: build/electroscope ## the Nix tree without nixpkgs: parsed, evaluated, rendered and built with Debian's Nix
	@bash tests/rig/install.sh nix suites
	@bash tests/nix/run.sh

test-desktop: build/electroscope ## install and uninstall with real desktop entries, launches by icon, link, URL and autostart
	@bash tests/rig/install.sh desktop suites
	@bash tests/desktop/run.sh build/electroscope

test-desktops: build/electroscope ## log in to Plasma, GNOME, labwc by uwsm, XFCE, and launch by each of their ways (docs/desktops.md)
	@bash tests/rig/install.sh desktops
	@bash tests/desktops/run.sh build/electroscope

docs-desktops: build/electroscope ## test-desktops with all desktops, and write its table into docs/desktops.md
	@bash tests/rig/install.sh desktops
	@bash tests/desktops/run.sh --all --update build/electroscope

test-uml: build/electroscope ## the limits by the files of a real kernel, User Mode Linux, with real Chromium
	@bash tests/rig/install.sh uml
	@bash tests/uml/run.sh build/electroscope

test-vm: build/electroscope ## what the NixOS modules say, and limits on two processors, in an emulated machine
	@bash tests/rig/install.sh vm
	@bash tests/vm/run.sh build/electroscope

bench: build/electroscope ## time a launch beside systemd-run, the peers on PATH and a C floor
	@bash tests/rig/install.sh bench
	@bash tests/bench/run.sh

bench-peers: build/electroscope ## the same beside systemd 252, 257 and 262, with runapp, app2unit and uwsm out of DIR or on PATH
	@bash tests/rig/install.sh bench suites
	@for suite in bookworm trixie sid; do bash tests/bench/run.sh --suite $$suite $(if $(DIR),--peers $(DIR)) -n 100; done

build: build/electroscope ## build the one static binary

build/electroscope: FORCE
	@$(GOBUILD) -o $@ ./cmd/electroscope

# What make install puts below $(PREFIX), beside a link for each app of the catalogue in lib/electroscope/bin.
FILES  := bin/electroscope share/man/man1/electroscope.1 share/man/man5/apps.toml.5 \
	share/bash-completion/completions/electroscope $(ZSHDIR)/_electroscope share/fish/vendor_completions.d/electroscope.fish
ROOT    = $(DESTDIR)$(PREFIX)
SHIPPED = env -i XDG_CONFIG_DIRS=/nonexistent build/electroscope completion of link '' | cut -f 1

install: build/electroscope ## the binary, man pages and completions below $(PREFIX); `electroscope install` does the rest
	install -D -m 755 build/electroscope $(ROOT)/bin/electroscope
	build/electroscope help --man | install -D -m 644 /dev/stdin $(ROOT)/share/man/man1/electroscope.1
	build/electroscope help --man apps.toml | install -D -m 644 /dev/stdin $(ROOT)/share/man/man5/apps.toml.5
	install -D -m 644 desktop/completions/electroscope.bash $(ROOT)/share/bash-completion/completions/electroscope
	install -D -m 644 desktop/completions/_electroscope $(ROOT)/$(ZSHDIR)/_electroscope
	install -D -m 644 desktop/completions/electroscope.fish $(ROOT)/share/fish/vendor_completions.d/electroscope.fish
	install -d $(ROOT)/lib/electroscope/bin
	$(SHIPPED) | while read -r app; do ln -sfn ../../../bin/electroscope "$(ROOT)/lib/electroscope/bin/$$app"; done
	@echo 'now, as each user: electroscope install'

uninstall: ## take them away again
	rm -f $(addprefix $(ROOT)/,$(FILES))
	rm -rf $(ROOT)/lib/electroscope
	@echo 'who ran "electroscope install" has icons that start nothing now; "electroscope uninstall" was to come first'

deb: build/electroscope ## a Debian package, build/electroscope_VERSION_ARCH.deb
	@bash desktop/debian/build.sh

clean: ## remove what was built; the rigs' caches stay
	rm -rf build

distclean: clean ## remove the rigs' caches too (tests/rig/README.md)
	rm -rf $${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
