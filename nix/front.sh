# The builder of front.nix, for stdenv's bash: $out gets all that $app has, with links to the program $electroscope as $names and as
# whatever else leads to $program in there, and beside them what these are in $app.
# shellcheck shell=bash disable=SC2154 # the five come from Nix

# link_all FROM TO [BUT...]: a link in TO for each entry of FROM but those named.
link_all() {
	local from=$1 to=$2 entry
	shift 2
	mkdir -p "$to"
	for entry in "$from"/*; do
		case " $* " in *" ${entry##*/} "*) continue ;; esac
		if [ -e "$entry" ] || [ -L "$entry" ]; then ln -s "$entry" "$to/"; fi
	done
}

if [ ! -x "$app/bin/$program" ]; then
	echo "$app has no program bin/$program to stand in front of" >&2
	exit 1
fi
read -r -a fronted <<<"$names"
for entry in "$app"/bin/*; do
	case " $names " in *" ${entry##*/} "*) continue ;; esac
	if [ "$(readlink -f "$entry")" = "$(readlink -f "$app/bin/$program")" ]; then fronted+=("${entry##*/}"); fi
done

link_all "$app" "$out" bin libexec share
link_all "$app/libexec" "$out/libexec" electroscope
link_all "$app/bin" "$out/bin" "${fronted[@]}"
mkdir -p "$out/libexec/electroscope"
for name in "${fronted[@]}"; do
	own=$app/bin/$name
	[ -x "$own" ] || own=$app/bin/$program
	ln -s "$electroscope" "$out/bin/$name"
	ln -s "$own" "$out/libexec/electroscope/$name"
done

# Desktop entries run the app by a name on PATH, and so through us, or by a path, which leads past us: it gets ours. An entry
# with DBusActivatable=true is started by the D-Bus service of its id. (Desktop Entry Specification, "The Exec key".)
link_all "$app/share" "$out/share" applications dbus-1
for folder in applications dbus-1; do
	if [ -d "$app/share/$folder" ]; then cp -rL --no-preserve=mode "$app/share/$folder" "$out/share/"; fi
done
any=$(printf '%s' "${fronted[*]}" | sed 's/[.+]/\\&/g; s/ /|/g')
path="([=[:space:]\"'])/[^[:space:]\"'=;\\]*/bin/($any)([[:space:]\"'\\;&|)]|\$)"
find "$out/share" -type f \( -name '*.desktop' -o -name '*.service' \) \
	-exec sed -E -i "/^[[:space:]]*(Try)?Exec[[:space:]]*=/s#$path#\\1$out/bin/\\2\\3#g" {} +
