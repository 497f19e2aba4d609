# stdenv.mkDerivation and its checks (nixpkgs' pkgs/stdenv/generic/make-derivation.nix), as far as the fakes need them.
lib: final:
let
  # `env` holds plain values only, and no name that is at the top level too.
  checkedEnv =
    env: top:
    let
      both = lib.attrNames (lib.intersectAttrs env top);
      show = lib.generators.toPretty { };
    in
    assert lib.assertMsg (both == [ ])
      "The `env` attribute set cannot contain any attributes passed to derivation. The following attributes are overlapping:\n${
        lib.concatMapStringsSep "\n" (name: "  - ${name}: in `env`: ${show env.${name}}; in derivation arguments: ${show top.${name}}") both
      }";
    builtins.mapAttrs (
      name: value:
      assert lib.assertMsg (lib.isString value || lib.isBool value || lib.isInt value || lib.isDerivation value)
        "The `env` attribute set can only contain derivation, string, boolean or integer attributes. The `${name}` attribute is of type ${builtins.typeOf value}.";
      value
    ) env;

  # Phases, as far as the fakes have them. bash -e, since what nixpkgs runs is bash too.
  phases = ''
    for output in $outputs; do if [ "$output" != out ]; then mkdir -p "''${!output}"; fi; done
    if [ -n "$buildCommandPath" ]; then . "$buildCommandPath"; else eval "$buildCommand"; fi
    [ -e "$out" ] || mkdir -p "$out"
  '';

  make =
    stdenv: attrsOf:
    let
      attrs = attrsOf (attrs // { finalPackage = package; });
      env = attrs.env or { };
      top = removeAttrs attrs [ "env" "meta" "passthru" "pos" ];
      name = attrs.name or "${attrs.pname}-${attrs.version}";
      drv = derivation (
        {
          inherit name;
          inherit (final) system;
          builder = "/bin/bash";
          args = [ "-e" "-c" phases ];
          outputs = [ "out" ];
          PATH = "/bin";
          stdenv = stdenv.name;
          buildCommand = "";
        }
        # Whatever is built with a stdenv is built anew when one of its parts is.
        // lib.optionalAttrs (stdenv ? parts) { stdenvParts = stdenv.parts; }
        // top
        // checkedEnv env top
      );
      package = drv // attrs.passthru or { } // {
        inherit name;
        version = attrs.version or (lib.getVersion name);
        env = env;
        drvAttrs = drv.drvAttrs // { inherit env; };
        passthru = attrs.passthru or { };
        meta = { inherit name; } // attrs.meta or { };
        overrideAttrs =
          change:
          make stdenv (
            self:
            let
              old = attrsOf self;
              once = lib.toFunction change old;
            in
            old // (if lib.isFunction change && lib.isFunction once then change self old else once)
          );
      } // lib.optionalAttrs (attrs ? pname) { inherit (attrs) pname; };
    in
    package;

  platform = rec {
    inherit (final) system;
    isx86_64 = system == "x86_64-linux";
    isx86 = isx86_64;
    isAarch64 = system == "aarch64-linux";
    isLinux = true;
    isDarwin = false;
    gcc = { };
    canExecute = _: true;
    emulatorAvailable = _: true;
  };
  stdenvWith = extra: {
    inherit (extra) name;
    hostPlatform = platform;
    buildPlatform = platform;
    targetPlatform = platform;
    shell = "/bin/bash";
    mkDerivation = attrs: make (stdenvWith extra) (lib.toFunction attrs);
  } // extra;
in
{
  stdenv = stdenvWith final.fakeStage;
  stdenvNoCC = stdenvWith { name = "stdenv-linux-no-cc"; };
  inherit (final.stdenv) mkDerivation;
}
