"""The heat table of topics and years."""

from __future__ import annotations

from paperctl.terminal.heat import heat_table
from paperctl.text.width import width

COUNTS = {
    "llm": {"2021": 3, "2022": 40, "2023": 1200},
    "peft": {"2023": 7},
}
NAMES = {"llm": "Large language models"}


def lines(**options: object) -> list[str]:
    return list(heat_table(COUNTS, NAMES, **{"width": 80, "colour": False, "unicode": True, **options}))  # type: ignore[arg-type]


def test_every_count_stands_under_its_year() -> None:
    header, llm, peft = lines()
    for year, count in (("2021", "3"), ("2022", "40"), ("2023", "1,200")):
        assert llm[: header.index(year) + 4].endswith(count)
    assert peft.endswith("7") and "·" in peft and llm.startswith("Large language models")


def test_more_papers_are_darker() -> None:
    _, llm, peft = lines()
    assert "█1,200" in llm and "░3" in llm and "░7" in peft


def test_narrow_terminals_lose_the_oldest_years() -> None:
    for room in (20, 30, 40, 80):
        drawn = lines(width=room)
        assert all(width(line) <= room for line in drawn)
        assert drawn[0].endswith("2023")
    assert "2021" not in lines(width=30)[0]


def test_plain_terminals_get_plain_signs_and_one_year_is_no_table() -> None:
    assert all(line.isascii() for line in lines(unicode=False))
    assert list(heat_table({"llm": {"2024": 5}}, {}, width=80, colour=False, unicode=True)) == []
