# The builder of front.nix, for stdenv's bash: $out gets all that $app has, with links to the program $electroscope as $names.
# shellcheck shell=bash disable=SC2154 # the four come from Nix

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

read -r -a fronted <<<"$names"
link_all "$app" "$out" bin share
link_all "$app/bin" "$out/bin" "${fronted[@]}"
for name in "${fronted[@]}"; do ln -s "$electroscope" "$out/bin/$name"; done

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
