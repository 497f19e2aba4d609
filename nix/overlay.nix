# The program, and the function that makes the front of a package: `electroscopeFront discord`.
final: _: {
  electroscope = final.callPackage ./package.nix { };
  electroscopeFront = final.callPackage ./front.nix { };
}
