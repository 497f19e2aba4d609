# Stands in for nixpkgs' buildGoModule, and really builds: the same attributes, the vendor folder a derivation of its own whose hash must
# be vendorHash, then build, check and install. Go, its caches and coreutils are the machine's, which flake_package_test.go puts into the
# sandbox; in nixpkgs they would be packages.
{ lib, system }:
definition:
let
  self = (if builtins.isFunction definition then definition (self // { finalPackage = package; }) else definition) // {
    goModules = derivation (
      environment
      // {
        name = "${self.pname}-${self.version}-go-modules";
        outputHashMode = "recursive";
        outputHash = self.vendorHash;
        GOMODCACHE = "/modules";
        args = [ "-euc" ''cp -r "$src" source && cd source && go mod vendor -o "$out"'' ];
      }
    );
  };

  environment = {
    inherit system;
    inherit (self) src;
    builder = "/host/bin/bash"; # as in nixpkgs
    PATH = "/go/bin:/host/bin";
    HOME = "/homeless-shelter";
    GOCACHE = "/cache";
    GOPROXY = "off";
    GOTOOLCHAIN = "local";
  };

  package =
    program
    // self.passthru or { }
    // {
      inherit (self) pname version meta goModules;
      passthru = self.passthru or { };
    };

  program = derivation (
    environment
    // self.env
    // {
      name = "${self.pname}-${self.version}";
      inherit (self) goModules;
      ldflags = toString (self.ldflags ++ [ "-buildid=" ]);
      GOFLAGS = "-mod=vendor -trimpath";
      GOBIN = "${placeholder "out"}/bin";
      postInstall = self.postInstall or "";
      version = self.versionCheckProgramArg;
      args = [
        "-euc"
        ''
          cp -r "$src" source && chmod -R u+w source && cd source && cp -r "$goModules" vendor
          go install -ldflags="$ldflags" ./...
          GOFLAGS=-mod=vendor go test -vet=off ./...
          # installShellFiles, with the arguments that are given to it
          installShellCompletion() {
            install -D -m 644 "$4" "$out/share/bash-completion/completions/$2.bash"
            install -D -m 644 "$6" "$out/share/zsh/site-functions/_$2"
            install -D -m 644 "$8" "$out/share/fish/vendor_completions.d/$2.fish"
          }
          installManPage() { for page; do install -D -m 644 "$page" "$out/share/man/man''${page##*.}/$page"; done; }
          eval "$postInstall"
          "$out/bin/electroscope" "$version" | grep -F "$(cat VERSION)" # versionCheckHook
        ''
      ];
    }
  );
in
package
