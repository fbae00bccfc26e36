"""Reports for a methods section as text: CSV, JSON, a plain HTML table, and the folder of an audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from paperctl.exports._paper import one_line
from paperctl.exports.csv import rows as csv_rows


def as_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Rows as CSV, guarded against formulas."""
    return "".join(csv_rows(rows, columns))


def as_json(value: object) -> str:
    """A value as JSON, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_html(rows: Iterable[Mapping[str, object]], columns: Sequence[str], title: str) -> str:
    """Rows as a page that holds one table and runs nothing."""
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(_cell(row.get(name)) for name in columns)}</tr>\n" for row in rows)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n"
        "<style>body{font-family:sans-serif}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}</style>\n"
        f"</head>\n<body>\n<h1>{escape(title)}</h1>\n<table>\n<tr>{head}</tr>\n{body}</table>\n</body>\n</html>\n"
    )


def _cell(value: object) -> str:
    return f"<td>{escape(one_line('' if value is None else value))}</td>"


def checksums(files: Mapping[str, bytes]) -> str:
    """A line for each file as `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())


def with_checksums(
    files: Iterable[tuple[str, str]], others: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """The files, and behind them one with the checksums of all of them and of `others`."""
    seen: dict[str, bytes] = {}
    for name, text in files:
        seen[name] = text.encode("utf-8", "replace")
        yield name, text
    yield "checksums.sha256", checksums({**seen, **others})
