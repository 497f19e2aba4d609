# Functions, numbers, fixed points and what is said while evaluating.
lib: {
  inherit (builtins)
    add
    isBool
    isInt
    isPath
    lessThan
    readFile
    seq
    toFile
    tryEval
    typeOf
    ;

  isFunction = value: builtins.isFunction value || value ? __functor && builtins.isFunction (value.__functor value);
  functionArgs =
    value:
    if value ? __functor then
      value.__functionArgs or (lib.functionArgs (value.__functor value))
    else
      builtins.functionArgs value;
  setFunctionArgs = f: args: { __functor = _: f; __functionArgs = args; };
  mirrorFunctionArgs = f: lib.flip lib.setFunctionArgs (lib.functionArgs f);
  id = value: value;
  pipe = builtins.foldl' (value: f: f value);
  flip = f: a: b: f b a;
  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = a: b: a - b * (a / b);
  fix = f: let self = f self; in self;
  toFunction = value: if lib.isFunction value then value else _: value;

  # Overlays: final: prev: changes.
  extends = overlay: rest: final: let prev = rest final; in prev // overlay final prev;

  throwIf = bad: message: if bad then throw message else value: value;
  assertMsg = good: message: good || throw message;
  warn = message: builtins.trace "evaluation warning: ${message}";
  trivial = { inherit (lib) warn; };
  trace = builtins.trace;
}
