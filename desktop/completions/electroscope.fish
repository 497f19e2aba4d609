# fish completion for electroscope. What there is to complete is asked of the program.

function __electroscope
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l option (string match -r '^--?[^=]*=' -- "$current")
    set -l value (string replace -r '^--?[^=]*=' '' -- "$current")
    for line in (electroscope completion of $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case @programs
                __fish_complete_command
            case @files
                printf '%s\n' "$option"(__fish_complete_path "$value")
            case @folders
                printf '%s\n' "$option"(__fish_complete_directories "$value")
            case '@command *'
                set -l first (math (string split ' ' -- $line)[2] + 2)
                set -l behind (string escape -- $words[$first..-1])
                complete -C "$behind $current"
            case '*'
                echo $line
        end
    end
end

complete -c electroscope -f -a '(__electroscope)'
