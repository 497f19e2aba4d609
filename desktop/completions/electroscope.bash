# bash completion for electroscope. What there is to complete is asked of the program.

_electroscope() {
	local words=() start=() i line current prefix
	COMPREPLY=()
	for ((i = 1; i <= COMP_CWORD; i++)); do # readline has split --option=value at the sign
		if ((i > 1)) && [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i - 1]} == = ]]; then
			words[-1]+=${COMP_WORDS[i]}
		else
			words+=("${COMP_WORDS[i]}")
			start+=("$i")
		fi
	done
	current=${words[-1]}
	prefix=
	[[ $COMP_WORDBREAKS != *=* || $current != *=* ]] || prefix=${current%"${current##*=}"}
	while IFS= read -r line; do
		case $line in
		@programs) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -c -- "$current") ;;
		@files) compopt -o default ;;
		@folders)
			compopt -o filenames
			mapfile -t COMPREPLY < <(compgen -d -- "${current#"$prefix"}")
			;;
		@command*)
			if declare -F _command_offset >/dev/null; then
				_command_offset "${start[${line#@command }]}"
			else
				compopt -o default
			fi
			;;
		"$current"*)
			line=${line%%$'\t'*}
			COMPREPLY+=("${line#"$prefix"}")
			;;
		esac
	done < <(electroscope completion of "${words[@]}" 2>/dev/null)
	[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}

complete -F _electroscope electroscope
