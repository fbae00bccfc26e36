"""`paperctl completion`: the shells' side of completing commands, options and values."""

from __future__ import annotations

from typing import Annotated

import typer

from paperctl.errors import UsageError, did_you_mean

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_BASH = r"""# paperctl completion for bash: eval "$(paperctl completion bash)"
_paperctl() {
    local IFS=$'\n' line
    COMPREPLY=()
    for line in $(_PAPERCTL_COMPLETE=bash _PAPERCTL_LINE="${COMP_LINE:0:COMP_POINT}" \
        _PAPERCTL_BREAKS="$COMP_WORDBREAKS" _PAPERCTL_TYPE="$COMP_TYPE" "${COMP_WORDS[0]}" 2>/dev/null); do
        if [[ $line == :files: ]]; then
            compopt -o default -o filenames
            return
        elif [[ $line == :nospace: ]]; then
            compopt -o nospace
        else
            COMPREPLY+=("$line")
        fi
    done
}
complete -o nosort -F _paperctl paperctl 2>/dev/null || complete -F _paperctl paperctl
"""
_ZSH = r"""#compdef paperctl
# paperctl completion for zsh: eval "$(paperctl completion zsh)"
_paperctl() {
    local line value
    local -a values shown open openshown
    for line in "${(@f)$(_PAPERCTL_COMPLETE=zsh ${words[1]} "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        if [[ $line == :files: ]]; then
            _files
            return
        fi
        value=${line%%$'\t'*}
        if [[ $value == *[:,] ]]; then
            open+=("$value")
            openshown+=("${line/$'\t'/  -- }")
        else
            values+=("$value")
            shown+=("${line/$'\t'/  -- }")
        fi
    done
    (( $#open )) && compadd -l -V open -S '' -d openshown -- "${open[@]}"
    (( $#values )) && compadd -l -V values -d shown -- "${values[@]}"
    (( $#open + $#values ))
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
if [[ $funcstack[1] == _paperctl ]]; then
    _paperctl "$@"
else
    compdef _paperctl paperctl
fi
"""
_FISH = r"""# paperctl completion for fish: paperctl completion fish | source
function __paperctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found (_PAPERCTL_COMPLETE=fish $words[1] $words[2..-1] "$current" 2>/dev/null)
    if test "$found[1]" = ":files:"
        __fish_complete_path "$current"
    else
        printf '%s\n' $found
    end
end
complete -c paperctl -e
complete -c paperctl -f -a '(__paperctl_complete)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""Each shell's script. It asks paperctl, which answers with a value on each line, behind a tab what it is;
`:files:` leaves the word to the shell."""


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print what lets a shell complete commands, options, fields, values, saved queries and ids.

    Put the command that its first lines name into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish.
    """
    if shell not in SCRIPTS:
        known = ", ".join(SCRIPTS)
        raise UsageError(f"no completion for the shell {shell!r}{did_you_mean(shell, SCRIPTS)}", known)
    typer.echo(SCRIPTS[shell], nl=False)
