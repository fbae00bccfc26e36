"""What the words of a link or in bold hold besides a title: people, a year, a meeting."""

from __future__ import annotations

import re

from paperctl.readers._markdown.front import place_in_front
from paperctl.readers._markdown.marks import worthy
from paperctl.readers._markdown.names import families_in, names_in
from paperctl.readers._markdown.places import YEAR, place_in

_YEAR_BEHIND = re.compile(rf",\s+{YEAR}[\s.]*$")
_PEOPLE_BEHIND = re.compile(r"\s+[—–]\s+([A-Z][^—–:]{3,80})$")
"""What may be people behind a title, in the words of its link."""


def without_rest(inner: str, after: str) -> tuple[str, str]:
    """Marked words without what is no title, which comes first in what stands `after` them."""
    inner, after = _without_people(inner, after)
    if (dated := _YEAR_BEHIND.search(inner)) and worthy(inner[: dated.start()]):
        inner, after = inner[: dated.start()], f" ({dated[1]}) {after}"
    if place := place_in_front(inner):
        at = place.groupdict().get("place") or f"{place[2]} '{place[1][-2:]}"
        inner, after = inner[place.end() :], f" ({at}) {after}"
    if behind := re.search(r"(?<=\S)\s*\(([^()]*)\)[\s.,]*$", inner):
        places = filter(_is_dated_place, (behind[1], behind[1].rpartition(", ")[2]))
        if at := next(places, behind[1] if place_in(behind[1]) and worthy(inner[: behind.start()]) else ""):
            inner, after = inner[: behind.start()], f" ({at}) {after}"
    return inner, after


def _without_people(inner: str, after: str) -> tuple[str, str]:
    if (people := _PEOPLE_BEHIND.search(inner)) and (names_in(people[1]) or families_in(f"{people[1]} —")):
        return inner[: people.start()], f" ({people[1]}) {after}"
    listed, apart, title = inner.partition(" | ")
    if apart and worthy(title) and names_in(listed, first=True):
        return title, f" · {listed} · {after}"
    title, apart, listed = inner.partition(" ; ")
    if apart and names_in(re.split(r"[,;]", listed)[0], lone=True):
        return title, f" ; {listed} {after}"
    return inner, after


def _is_dated_place(text: str) -> bool:
    place = place_in(text)
    return bool(place and place[1])
