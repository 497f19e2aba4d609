# The electroscope program: one static binary, and a folder with a link for every app of the catalogue.
{
  lib,
  stdenv,
  buildGoModule,
  installShellFiles,
  runCommandLocal,
  versionCheckHook,
  # GOAMD64, the x86-64 level to build for ("v3"); a profile has it as build.goamd64. null leaves Go's own.
  goamd64 ? null,
}:
let
  # What is built for another machine cannot be run here.
  runs = stdenv.buildPlatform.canExecute stdenv.hostPlatform;
in
buildGoModule (finalAttrs: {
  pname = "electroscope";
  version = lib.removeSuffix "\n" (builtins.readFile ../VERSION);

  # Only what the build reads: an edit of the docs, the modules or the rigs rebuilds nothing.
  src = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.difference (lib.fileset.unions [
      ../go.mod
      ../go.sum
      ../VERSION
      ../embed.go
      ../apps.toml
      ../desktop
      ../baseline
      ../compare
      ../doctor
      ../monitor
      ../cmd
      ../launcher
      ../tests/tree # files for the tests that the build runs
    ]) (lib.fileset.unions [
      ../cmd/electroscope/cli/documented_test.go # it reads README.md and docs/
      ../doctor/documented_test.go # it reads README.md and docs/
      ../launcher/wrapper/testdata_test.go # it reads docs/
      ../monitor/schema_test.go # it reads docs/
      ../desktop/arch
      ../desktop/debian
    ]);
  };

  # What `go mod vendor` makes of that source. After a change of go.mod `go test -tags rig -run TestVendorHash ./tests/nix` tells the new one.
  vendorHash = "sha256-nYkTO40Ezp7CPRXDSRIf5PlGxUvzluu/emZdfhaNUfk=";

  env = {
    CGO_ENABLED = 0;
  }
  // lib.optionalAttrs (goamd64 != null && stdenv.hostPlatform.isx86_64) { GOAMD64 = goamd64; };

  # As the Makefile has them.
  ldflags = [
    "-s"
    "-w"
  ];

  nativeBuildInputs = [ installShellFiles ];

  # lib/electroscope/bin has a link for every app of the catalogue: with that folder first on PATH each starts through electroscope.
  # Not in bin, where they would collide with the apps themselves.
  postInstall = ''
    installShellCompletion --cmd electroscope \
      --bash desktop/completions/electroscope.bash --zsh desktop/completions/_electroscope --fish desktop/completions/electroscope.fish
  ''
  + lib.optionalString runs ''
    export PATH=$out/bin:$out/lib/electroscope/bin:$PATH
    electroscope link --all --dir=$out/lib/electroscope/bin >/dev/null
    electroscope help --man >electroscope.1
    electroscope help --man apps.toml >apps.toml.5
    installManPage electroscope.1 apps.toml.5
  '';

  doInstallCheck = runs;
  nativeInstallCheckInputs = [ versionCheckHook ];
  versionCheckProgramArg = "version";

  passthru.tests.catalogue = runCommandLocal "catalogue" { } ''
    mkdir -p config/electroscope
    cp ${../apps.toml} config/electroscope/apps.toml
    XDG_CONFIG_HOME=$PWD/config XDG_CONFIG_DIRS=$PWD/none HOME=$PWD ${lib.getExe finalAttrs.finalPackage} config check
    touch $out
  '';

  meta = {
    description = "Starts desktop apps inside capped systemd scopes, with the switches that their Chromium understands";
    license = lib.licenses.mit;
    mainProgram = "electroscope";
    platforms = lib.platforms.linux;
  };
})
