# A NixOS in a machine of its own: zram, the users' limits, systemd-oomd's watch, an app in its capped scope, Plasma's keys.
# `nix build .#checks.x86_64-linux.vm`, which wants KVM.
{ nixosModules, pkgs }:
pkgs.testers.runNixOSTest {
  name = "electroscope";

  nodes.machine =
    { pkgs, ... }:
    {
      imports = [ nixosModules.default ];
      virtualisation.memorySize = 2048;
      users.users.alice = {
        isNormalUser = true;
        uid = 1000;
        linger = true;
      };

      electroscope = {
        profile.memory.ram = 2;
        zram.enable = true;
        slices.enable = true;
        oomd.enable = true;
        cgroup.favorDynMods = true;
      };
      programs.electroscope = {
        enable = true;
        apps.discord = {
          enable = true;
          # What the app is does not matter to its limits.
          package = pkgs.writeShellScriptBin "Discord" ''exec -a Discord sleep infinity'';
          limits.MemoryMax = "300M";
        };
      };
      environment.systemPackages = [ pkgs.kdePackages.kconfig ];
    };

  testScript = ''
    import shlex

    def alice(command):
        return machine.succeed("su -l alice -c " + shlex.quote("export XDG_RUNTIME_DIR=/run/user/1000; " + command))

    def group_of(unit, file):
        path = alice(f"systemctl --user show --value -p ControlGroup '{unit}'").strip()
        return machine.succeed(f"cat /sys/fs/cgroup{path}/{file}").strip()

    machine.wait_for_unit("multi-user.target")
    machine.wait_for_unit("user@1000.service")

    with subtest("swap is in zram, and above any other"):
        assert "/dev/zram0" in machine.succeed("swapon --show=NAME,PRIO --noheadings --raw | grep ' 100$'")

    with subtest("a user has the limits of the module"):
        assert machine.succeed("cat /sys/fs/cgroup/user.slice/user-1000.slice/memory.high").strip() == str(1536 * 2**20)
        assert machine.succeed("cat /sys/fs/cgroup/user.slice/user-1000.slice/memory.max").strip() == str(1792 * 2**20)

    with subtest("systemd-oomd watches the swap of the user's apps"):
        machine.wait_for_unit("systemd-oomd.service")
        assert alice("systemctl --user show --value -p ManagedOOMSwap app.slice").strip() == "kill"
        machine.wait_until_succeeds("oomctl | grep user@1000.service/app.slice", timeout=60)

    with subtest("processes are moved at once"):
        machine.succeed("grep -w favordynmods /proc/self/mountinfo")

    with subtest("an app is in its capped scope"):
        alice("systemd-run --user --unit=started discord")
        alice("for n in $(seq 60); do systemctl --user list-units --plain --no-legend 'app-discord-*.scope' | grep -q running && break; sleep 1; done")
        scope = alice("systemctl --user list-units --plain --no-legend 'app-discord-*.scope'").split()[0]
        assert group_of(scope, "memory.max") == str(300 * 2**20)
        assert "Discord" in machine.succeed("cat /proc/" + group_of(scope, "cgroup.procs").split()[0] + "/cmdline")

    with subtest("Plasma's keys are set, and given back"):
        machine.succeed("printf 'kwinrc\\tPlugins\\tblurEnabled\\tstring\\tfalse\\n' >/tmp/table")
        restore = "bash ${./home/plasma.sh}"
        alice(restore + " /tmp/table /run/current-system/sw/bin")
        assert alice("kreadconfig6 --file kwinrc --group Plugins --key blurEnabled").strip() == "false"
        alice("~/.local/state/electroscope/plasma/restore")
        assert alice("kreadconfig6 --file kwinrc --group Plugins --key blurEnabled").strip() == ""
  '';
}
