# make demo and make test do all the set-up on a new machine; the other targets are parts of them.

SHELL       := /bin/bash
PREFIX      ?= /usr/local
VERSION     := $(shell git describe --always --dirty 2>/dev/null)
GOBUILD     := CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.release=$(VERSION)'
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
SHELLFILES   = $(shell git ls-files --cached --others --exclude-standard .ci/run '*.sh')

.PHONY: help demo test test-fast test-binary test-session test-vm lint bench build install uninstall clean FORCE

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | column -t -s "$$(printf '\t')"

demo: build/electroscope ## launch a real app through its link into a capped scope, and show it
	@bash tests/demo/demo.sh build/electroscope

test: lint test-fast test-binary test-session test-vm ## install what the tests need, then run every test
	@echo "all tests passed"

lint: ## gofmt, go vet, staticcheck, go mod tidy, shellcheck
	@bash tests/rig/install.sh lint
	@echo "lint: gofmt, go vet, go mod tidy, staticcheck, shellcheck"
	@test -z "$$(gofmt -l . | tee /dev/stderr)"
	@go vet ./... && go vet -tags rig ./...
	@go mod tidy -diff
	@$(STATICCHECK) ./... && $(STATICCHECK) -tags rig ./...
	@shellcheck $(SHELLFILES)

test-fast: ## the tests that need neither root nor rigs, under a minute
	go test ./...

test-binary: build/electroscope ## the binary is static and below 8 MB
	@! ldd build/electroscope >/dev/null 2>&1 || { echo "build/electroscope is not static" && exit 1; }
	@test "$$(stat -c %s build/electroscope)" -lt 8388608 || { echo "build/electroscope is over 8 MB" && exit 1; }
	@echo "binary: static, $$(stat -c %s build/electroscope) bytes"

test-session: build/electroscope ## the launch under real user managers (systemd 252, 257, 262), with real Chromium
	@bash tests/rig/install.sh session suites demo
	@bash tests/session/run.sh build/electroscope

test-vm: build/electroscope ## the limits under a real kernel, in a virtual machine
	@bash tests/rig/install.sh vm
	@bash tests/vm/run.sh build/electroscope

bench: build/electroscope ## time a launch beside systemd-run, the peers on PATH and a C floor
	@bash tests/rig/install.sh bench
	@bash tests/bench/run.sh

build: build/electroscope ## build the one static binary

build/electroscope: FORCE
	@$(GOBUILD) -o $@ ./cmd/electroscope

install: build/electroscope ## copy the binary to $(PREFIX)/bin; `electroscope link` makes the links
	install -D -m 755 build/electroscope $(DESTDIR)$(PREFIX)/bin/electroscope

uninstall: ## take it away again
	rm -f $(DESTDIR)$(PREFIX)/bin/electroscope

clean: ## remove what was built; the rigs' caches stay (tests/rig/README.md)
	rm -rf build
