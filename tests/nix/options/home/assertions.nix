# home-manager's lib.hm.assertions (modules/lib/assertions.nix).
lib: {
  assertPlatform = module: pkgs: platforms: {
    assertion = lib.elem pkgs.stdenv.hostPlatform.system platforms;
    message = "The module ${module} does not support your platform. It only supports\n\n${
      lib.concatStringsSep "\n" (map (platform: "  - ${platform}") (builtins.sort builtins.lessThan platforms))
    }";
  };
}
