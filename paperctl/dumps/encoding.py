"""Which encoding the bytes of a dump are in: a byte order mark, strict UTF-8, a NUL pattern, a guess."""

from __future__ import annotations

import codecs

from paperctl.parallel.reports import Notify

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = (
    *(b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3", b"\xd0\xcf\x11\xe0"),
    b"PAR1",
)
"""How files begin that are never text, so that no encoding was guessed for their sake."""


def encoding_of(raw: bytes, warn: Notify) -> str:
    """The encoding of a dump that begins with `raw`; `warn` gets a message on a guess."""
    for mark, name in BOMS:
        if raw.startswith(mark):
            return name
    if raw[1:400:2].count(0) > len(raw[:400]) // 4:
        return "utf-16-le"
    if raw[0:400:2].count(0) > len(raw[:400]) // 4:
        return "utf-16-be"
    return "utf-8" if _mostly_utf8(raw) else _guess(raw, warn)


def _guess(raw: bytes, warn: Notify) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(raw).best()
    found = best.encoding if best else "cp1252"
    # Western single-byte pages differ in a handful of signs; cp1252 is what people's files are.
    if found in {"ascii", "latin_1", "cp1250", "cp1257", "iso8859_15", "mac_roman", "cp437", "cp850"}:
        found = "cp1252"
    if not raw.startswith(BINARY):
        warn(f"not UTF-8; read as {found} (--encoding NAME reads it otherwise)")
    return found


def _mostly_utf8(raw: bytes) -> bool:
    """Whether at most one line in twenty fails strict UTF-8: the rest is damage, not an encoding."""
    raw = raw[: raw.rfind(b"\n") + 1] or raw
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw)
        return True
    except UnicodeDecodeError:
        pass
    high = [line for line in raw.split(b"\n") if not line.isascii()]
    bad = 0
    for line in high:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
    return bad < len(high) and bad * 20 <= max(20, len(high))
