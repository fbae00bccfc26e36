"""Text that was decoded in the wrong encoding, mended where no right text would look so."""

from __future__ import annotations

import re

from paperctl.normalise.repairs import note

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ue000-\uf8ff]+")
LATIN_LEAD = re.compile("[\u00c2-\u00d1\u00e2\u00ef\u00f0]")
MAX_RUNS = 40
"""More runs of Chinese than this are Chinese."""
_LATIN_AS_UTF8 = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]"
    "|[\u00c4-\u00d1][\u0080-\u009f\u00a1-\u00a9\u00ac-\u00b6\u00b8\u00b9\u00bc-\u00bf]"
    "|\u00e2[\u0080-\u00bf\u20ac]."
    "|\u00ef[\u00ac\u00bc\u00bf].|\u00f0\u0178..|\u00f0\u009f.."
    "|[\u00c3\u00ce\u00cf][\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022\u2026\u2030\u20ac\u2122]"
)


def latin_mended(text: str, name: str, repairs: list[str]) -> str:
    """UTF-8 once read as Latin-1 or Windows-1252 ("Ã©"), where no real text would hold it."""

    # Cyrillic letters are two signs each: such a text is mended whole or not at all.
    if text.count("\u00d0") + text.count("\u00d1") > 2:
        found = _decoded(text)
        if found is None or not _CYRILLIC.search(found):
            return text
        note(repairs, f"mojibake in {name}: read as UTF-8")
        return found

    def mended(match: re.Match[str]) -> str:
        found = _decoded(match[0])
        if found is None:
            return match[0]
        seen = "".join(filter(str.isprintable, match[0]))
        note(repairs, f"mojibake in {name}: {seen} → {found}")
        return found

    return _LATIN_AS_UTF8.sub(mended, text)


_CYRILLIC = re.compile("[\u0400-\u04ff]")


def _decoded(text: str) -> str | None:
    """Text whose signs are bytes of UTF-8 in Windows-1252 or Latin-1, decoded; None if they are not."""
    raw = bytearray()
    for c in text:
        try:
            raw += c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252")
        except UnicodeEncodeError:
            return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def chinese_mended(text: str, name: str, repairs: list[str]) -> str:
    """UTF-8 once read as GBK: short runs of Chinese in Latin text that all decode to something else."""
    runs = _CJK.findall(text)
    if not runs or len(runs) > MAX_RUNS:
        return text
    latin = sum(map(str.isascii, text))
    if latin < 3 * sum(map(len, runs)):
        return text
    found: dict[str, str] = {}
    for run in runs:
        try:
            mended = run.encode("gb18030").decode("utf-8")
        except UnicodeError:
            return text
        if not mended.isprintable() or _CJK.search(mended):
            return text
        found[run] = mended
    for run, mended in found.items():
        note(repairs, f"mojibake in {name}: {run} → {mended}")
    return _CJK.sub(lambda m: found[m[0]], text)
