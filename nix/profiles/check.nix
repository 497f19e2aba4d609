# A profile in, the same with its defaults out; one that schema.nix refuses is an error that names the value.
{ lib }:
profile:
(lib.evalModules {
  modules = [
    ./schema.nix
    { _file = "hardware profile ${profile.name or "without a name"}"; config = profile; }
  ];
}).config
