"""docs/formats.md says what is so, and the reader that it builds works."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import paperctl.readers
from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import readers, unsupported
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import About, Entry, Fault, Item, Skip, Warned

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def table(head: str) -> list[tuple[str, str]]:
    """The rows of the page's table of two columns with this head."""
    rows = PAGE.split(f"| {head} |\n| --- | --- |\n")[1].split("\n\n")[0].strip("\n").split("\n")
    cells = (re.fullmatch(r"\| (.+?) \| (.+) \|", row) for row in rows)
    return [(found[1], found[2].replace("\\|", "|")) for found in cells if found]


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    assert found
    return found[1]


def test_the_table_of_formats_is_the_registry() -> None:
    assert table("`--format` | reads") == [(f"`{name}`", r.ABOUT) for name, r in readers().items()]


def test_the_table_of_refusals_is_what_is_refused() -> None:
    assert table("a file that is | do this instead") == [(k.name, k.instead) for k in unsupported.KNOWN]


@pytest.fixture
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page's reader among the others, as if its file stood in the folder."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "org.py").write_text(block("python"), encoding="utf-8")
    monkeypatch.setattr(paperctl.readers, "__path__", [*paperctl.readers.__path__, str(folder)])
    readers.cache_clear()
    yield
    readers.cache_clear()
    sys.modules.pop("paperctl.readers.org", None)


@pytest.mark.usefixtures("org")
def test_the_reader_of_the_page_is_recognised_and_reads_the_sample() -> None:
    dump = Dump.from_text(block("org"))
    choice = recognise(dump)
    assert choice.reader.NAME == "org"
    items: list[Item] = list(read(dump, choice.reader))
    assert [type(item) for item in items] == [Skip, Skip, Entry, Entry, Fault]
    held = [n for item in items if not isinstance(item, About | Warned) for n in _span(item)]
    assert held == [n for n, line in dump.lines() if line.strip()]
    assert isinstance(items[2], Entry)
    facts, repairs = normalise(items[2])
    assert items[2].key == "example2023"
    assert facts["title"] == "Sparse Gates: Routing Without a Router"
    assert facts["abstract"] == "Routers are hard to train. We let each token pick its expert."
    assert (facts["authors"], facts["year"]) == (["Ada Example", "Bo Sample"], 2023)
    assert (facts["keywords"], facts["extra"], repairs) == (["moe"], {"rating": "4"}, [])


def _span(item: Entry | Skip | Fault) -> range:
    return range(item.lines[0], item.lines[1] + 1)


@pytest.mark.usefixtures("org")
def test_the_reader_of_the_page_loads(paperctl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sample = tmp_path / "reading.txt"
    sample.write_text(block("org"), encoding="utf-8")
    ran = paperctl("load", "--json", sample)
    assert ran.status == 3
    [file] = ran.json["files"]
    assert (file["format"], file["read"], file["new"]) == ("org", 2, 2)
    assert file["skipped"] == [
        {"lines": [1, 1], "reason": "text above the headings"},
        {"lines": [2, 2], "reason": "a heading without properties"},
    ]
    assert file["errors"] == [
        {
            "line": 16,
            "lines": [16, 18],
            "message": "the drawer :PROPERTIES: is never closed: end it with :END:",
        }
    ]
    [keys] = paperctl("list", "doi:10.1000/keys", "--json").json
    assert keys["title"] == "Keys for All"
    assert "org" in paperctl("load", "--explain", "-n", sample).err


def test_without_the_file_the_format_is_unknown() -> None:
    assert "org" not in readers()
