# lib.hm.dag, which home-manager gives its modules as `lib.hm` (its lib/dag.nix): places in the order of activation.
let
  entryBetween = before: after: data: { inherit before after data; };
in
{
  inherit entryBetween;
  entryAnywhere = entryBetween [ ] [ ];
  entryAfter = entryBetween [ ];
  entryBefore = before: entryBetween before [ ];
}
