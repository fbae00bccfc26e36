"""Answering a shell that asks for completions: how each of them quotes words and takes answers."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

from paperctl.cli.candidates import Candidate, begun
from paperctl.cli.verbs import VERBS
from paperctl.errors import PaperctlError

_WORD = re.compile(r"""(?:[^\s'"\\]|\\.|'[^']*(?:'|$)|"(?:[^"\\]|\\.)*(?:"|$)|\\$)+""")
_PIECE = re.compile(r"""'([^']*)(?:'|$)|"((?:[^"\\]|\\.)*)(?:"|$)|\\(.)|([^'"\\]+)|\\$""")
_SPECIAL = re.compile(r"""[^\w@%+=:,./-]""")
_MENUS = ("37", "42")
"""Kinds of completion (COMP_TYPE) that put candidates into the line as they are."""


def answer(shell: str, args: Sequence[str]) -> int:
    """Prints the candidates for the word at the cursor, a value a line, with what it is behind a tab."""
    line = os.environ.get("_PAPERCTL_LINE", "")
    *before, word = _words(line)[1:] or [""] if shell == "bash" else args or [""]
    try:
        found = _found(before, word)
    except (PaperctlError, OSError):  # there is nothing to propose, and a message would disturb the prompt
        return 0
    if isinstance(found, str):
        print(found)
    elif shell == "bash":
        _for_bash(found, word, line)
    else:
        for value, about in found:
            print(f"{value}\t{about}" if about else value)
    return 0


def _found(before: Sequence[str], word: str) -> Sequence[Candidate] | str:
    if not before and not word.startswith("-"):  # asked most often, and answered before anything is imported
        return list(begun(word, VERBS.items()))
    from paperctl.cli.completing import candidates

    def root() -> Any:
        from paperctl.cli.app import root_command

        return root_command()

    return candidates(before, word, root)


def _words(line: str) -> list[str]:
    """The words of a line as a POSIX shell reads them, the last one as far as it was typed."""
    words = ["".join(map("".join, _PIECE.findall(word))) for word in _WORD.findall(line)]
    return words if line and not line[-1:].isspace() else [*words, ""]


def _for_bash(found: Sequence[Candidate], word: str, line: str) -> None:
    """Bash replaces what stands behind the last sign that breaks words, and takes no descriptions: where
    there are several candidates it only lists them, so that they may stand there."""
    typed = _WORD.findall(line)[-1] if line and not line[-1].isspace() else ""
    quoted = typed[:1] in ("'", '"')
    # Readline takes @ as part of the word that it begins, though it breaks words.
    breaks = set(os.environ.get("_PAPERCTL_BREAKS", "")) - set("\"'@ \t\n")
    kept = 0 if quoted else max((word.rfind(sign) + 1 for sign in breaks), default=0)
    several = len(found) > 1 and os.environ.get("_PAPERCTL_TYPE") not in _MENUS
    if found and all(value[-1:] in (":", ",") for value, _ in found):
        print(":nospace:")
    for value, about in found:
        rest = value[kept:]
        shown = rest if quoted else _SPECIAL.sub(r"\\\g<0>", rest)
        print(f"{shown}  ({about})" if several and about else shown)
