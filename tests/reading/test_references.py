"""Character references of UTF-16 halves, as broken exporters write emoji."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.text.references import joined_halves
from tests.conftest import Paperctl


@given(st.text(st.sampled_from("a&#;x5 dD8"), max_size=30))
def test_text_without_halves_stays(text: str) -> None:
    assert joined_halves(text) == text


@given(st.characters(min_codepoint=0x10000), st.booleans())
def test_a_pair_is_the_character(sign: str, hexadecimal: bool) -> None:
    units = sign.encode("utf-16-be")
    halves = [int.from_bytes(units[:2], "big"), int.from_bytes(units[2:], "big")]
    written = "".join(f"&#x{half:X};" if hexadecimal else f"&#{half};" for half in halves)
    assert joined_halves(f"a {written}{written} b") == f"a {sign}{sign} b"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#55296;", "\ufffd"),
        ("&#xdE00; and &#xD83D;", "\ufffd and \ufffd"),
        ("&#xDE00;&#xD83D;", "\ufffd\ufffd"),
        ("&#55357;&#x0dE00;", "😀"),
        ("&#55000;&#57999;", "&#55000;&#57999;"),
    ],
)
def test_a_half_alone_is_replaced(written: str, meant: str) -> None:
    assert joined_halves(written) == meant


PAGES = {
    "dblp.xml": "<?xml version='1.0'?>\n<dblp><article key='a/b'><title>{} and stones</title>"
    "<year>2020</year></article><article key='a/c'><title>More stones</title></article></dblp>",
    "atom.xml": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/abs/2301.00001v1</id>"
    "<title>{} and stones</title><summary>We throw stones.</summary></entry></feed>",
    "page.html": "<!doctype html><html><head><meta name='citation_title' content='{} and stones'>"
    "</head></html>",
    "list.md": "# Papers\n\n- **{} and stones.** [[paper]](https://arxiv.org/abs/2301.00001)\n",
    "table.csv": "title,year\n{} and stones,2020\n",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("written", "meant"), [("&#55357;&#56832;", "😀"), ("&#xD83D;", "\ufffd")])
def test_every_format_joins_them(
    paperctl: Paperctl, tmp_path: Path, name: str, written: str, meant: str
) -> None:
    (tmp_path / name).write_text(PAGES[name].format(f"Rivers {written}"))
    ran = paperctl("load", tmp_path / name, "--no-tag")
    assert ran.status == 0
    assert f"Rivers {meant} and stones" in [paper["title"] for paper in paperctl("list", "--jsonl").records]
