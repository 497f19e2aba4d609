# What lib knows of packages: their programs, priorities, licences and platforms.
lib: {
  getBin = package: package.bin or package.out or package;
  getExe' =
    package: name:
    assert lib.assertMsg (lib.isDerivation package)
      "lib.meta.getExe': The first argument is of type ${builtins.typeOf package}, but it should be a derivation instead.";
    assert lib.assertMsg (builtins.match ".*/.*" name == null) "lib.meta.getExe': The second argument \"${name}\" is a nested path";
    "${lib.getBin package}/bin/${name}";
  getExe =
    package:
    lib.getExe' package (
      package.meta.mainProgram or (lib.warn "getExe: Package ${package.name} does not have the meta.mainProgram attribute." (
        lib.getName package
      ))
    );

  # f arguments, whose result has `override`: new arguments over the old ones.
  makeOverridable =
    f: arguments:
    let
      result = f arguments;
    in
    if !lib.isAttrs result then
      result
    else
      result
      // { override = lib.mirrorFunctionArgs f (new: lib.makeOverridable f (arguments // lib.toFunction new arguments)); }
      // lib.optionalAttrs (result ? overrideAttrs) {
        overrideAttrs = change: lib.makeOverridable (arguments: (f arguments).overrideAttrs change) arguments;
      };
  callPackageWith =
    set: file: given:
    let
      f = if lib.isFunction file then file else import file;
    in
    lib.makeOverridable f (lib.intersectAttrs (lib.functionArgs f) set // given);

  addMetaAttrs =
    meta: package:
    if package ? overrideAttrs then
      package.overrideAttrs (old: { meta = old.meta or { } // meta; })
    else
      package // { meta = package.meta or { } // meta; };
  # Of two files with one name the lower number's is installed; equal numbers are an error (nix-env(1), buildEnv). 5 is the default.
  setPrio = priority: lib.addMetaAttrs { inherit priority; };
  hiPrio = lib.setPrio (-10);

  platforms.linux = [ "aarch64-linux" "armv7l-linux" "i686-linux" "riscv64-linux" "x86_64-linux" ];
  licenses = builtins.mapAttrs (_: spdxId: { inherit spdxId; free = true; }) {
    mit = "MIT";
    gpl3Only = "GPL-3.0-only";
    gpl3Plus = "GPL-3.0-or-later";
    asl20 = "Apache-2.0";
    bsd3 = "BSD-3-Clause";
    isc = "ISC";
  } // { unfree = { spdxId = null; free = false; }; };

}
