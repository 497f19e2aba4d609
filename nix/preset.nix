# For a value of ours in an option that is not ours: stronger than the option's default (1500), weaker than the mkDefault (1000) of
# others, so that whatever anybody else says holds. Two mkDefaults on one option fail even where they agree.
lib: lib.mkOverride 1250
