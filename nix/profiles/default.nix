# The profiles that are shipped, by name. Each is plain data; schema.nix checks it where it is used.
{
  shoshin = import ./shoshin.nix;
  generic-x86_64-v3 = import ./generic-x86_64-v3.nix;
  laptop-amd = import ./laptop-amd.nix;
}
