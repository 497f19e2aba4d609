# Lists.
lib: {
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    elemAt
    filter
    foldl'
    head
    isList
    length
    map
    partition
    sort
    tail
    ;

  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: list: if condition then list else [ ];
  toList = value: if builtins.isList value then value else [ value ];
  flatten = value: if builtins.isList value then builtins.concatMap lib.flatten value else [ value ];
  foldr = f: end: list: if list == [ ] then end else f (builtins.head list) (lib.foldr f end (builtins.tail list));
  unique = builtins.foldl' (seen: value: if builtins.elem value seen then seen else seen ++ [ value ]) [ ];
  remove = unwanted: builtins.filter (value: value != unwanted);
  findFirst =
    wanted: otherwise: list:
    let
      found = builtins.filter wanted list;
    in
    if found == [ ] then otherwise else builtins.head found;
  count = wanted: list: builtins.length (builtins.filter wanted list);
  imap0 = f: list: builtins.genList (n: f n (builtins.elemAt list n)) (builtins.length list);
  imap1 = f: lib.imap0 (n: f (n + 1));
  range = first: last: if first > last then [ ] else builtins.genList (n: first + n) (last - first + 1);
  last = list: builtins.elemAt list (builtins.length list - 1);
  take = n: list: builtins.genList (builtins.elemAt list) (lib.max 0 (lib.min n (builtins.length list)));
  drop =
    n: list:
    let
      start = lib.min n (builtins.length list);
    in
    builtins.genList (i: builtins.elemAt list (start + i)) (builtins.length list - start);
  init = list: lib.take (builtins.length list - 1) list;
  reverseList = list: builtins.genList (n: builtins.elemAt list (builtins.length list - 1 - n)) (builtins.length list);
}
