"""The folder of Obsidian notes: safe names, valid properties, and a reader's own text kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from paperctl.exports import Request
from paperctl.exports.obsidian import INDEX, YOURS, files
from paperctl.record import Record
from paperctl.record.citekeys import with_keys
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered


def folder(records: list[Record], earlier: dict[str, str] | None = None) -> dict[str, str]:
    made = list(files(with_keys(records), Request(earlier=(earlier or {}).get)))
    assert len({name.casefold() for name, _ in made}) == len(made)
    return dict(made)


def properties(note: str) -> dict[str, Any]:
    found = yaml.safe_load(note.split("\n---\n")[0].removeprefix("---\n"))
    assert isinstance(found, dict)
    return found


def test_a_note_for_each_paper_and_a_list_of_them() -> None:
    notes = folder([LORA, GPTQ, PLAIN])
    assert list(notes) == ["hu2022lora.md", "frantar2023gptq.md", "paperabout.md", INDEX]
    known = properties(notes["hu2022lora.md"])
    assert known["aliases"] == [LORA["title"]] and known["authors"] == LORA["authors"]
    assert (known["year"], known["decision"], known["arxiv"]) == (2022, "keep", "2106.09685")
    assert known["tags"] == ["topic/efficiency", "topic/llm", "topic/peft"]
    assert "year" not in properties(notes["paperabout.md"])
    said = properties(folder([{**PLAIN, "labels": ["to discuss"], "reason": "too short"}])["paperabout.md"])
    assert (said["tags"], said["reason"]) == (["label/to-discuss"], "too short")
    assert (
        "- [x] [LoRA: Low-Rank Adaptation of Large Language Models](hu2022lora.md) · ICLR 2022 <!--"
        in notes[INDEX]
    )


def test_a_name_does_not_hang_on_what_else_is_exported() -> None:
    one, two = paper(id="a" * 12, citekey="smith:2020"), paper(id="b" * 12, citekey="smith-2020")
    notes: dict[str, str] = {}
    for records in ([one, two], [two], [two, one], [one]):
        notes |= folder(records, notes)
        for record in records:
            (mine,) = (
                n for n, text in notes.items() if n != INDEX and properties(text)["paperctl"] == record["id"]
            )
            notes[mine] += f"of {record['id']}\n"
    del notes[INDEX]
    assert len(notes) == 2
    for text in notes.values():
        assert text.split(YOURS)[1].strip().split("\n") == [f"of {properties(text)['paperctl']}"] * 3


def test_what_the_reader_wrote_stays() -> None:
    notes = folder([LORA])
    name = "hu2022lora.md"
    notes[name] = notes[name].replace("\ntags: [", '\nrating: 5\nrelated:\n  - "[[GPTQ]]"\ntags: ["mine",')
    notes[name] += "My thoughts.\n\n## More\n"
    notes[INDEX] += "\nMy own words\n"
    again = folder([{**LORA, "venue": "TMLR"}], notes)
    assert again[name].split(YOURS)[1] == notes[name].split(YOURS)[1]
    known = properties(again[name])
    assert (known["venue"], known["rating"], known["related"]) == ("TMLR", 5, ["[[GPTQ]]"])
    assert known["tags"] == ["topic/efficiency", "topic/llm", "topic/peft", "mine"]
    assert again[INDEX].endswith("\nMy own words\n")
    assert folder([{**LORA, "venue": "TMLR"}], again) == again


def test_a_note_of_the_same_name_is_kept_below() -> None:
    note = folder([LORA], {"hu2022lora.md": "# Mine\n\nold words\n"})["hu2022lora.md"]
    assert note.startswith("---\ntitle:") and note.endswith(f"{YOURS}\n# Mine\n\nold words\n")


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "DBLP:conf/x", "con", "NUL", "a" * 300, "..", "-", "Reading", "x*?[]^`"]
)
def test_names_are_safe_on_every_system(key: str) -> None:
    records = [paper(id=f"{n:012x}", sources=[{"format": "bibtex", "key": key}]) for n in range(2)]
    for name in folder(records):
        assert re.fullmatch(r"[\w+-][\w +-]*\.md", name) and len(name.encode()) < 200
        assert not re.match(r"(?i)(con|nul)\.", name)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_breaks_no_property(text: str) -> None:
    record = paper(title=text, abstract=text, authors=[text], venue=text, note=text, topics=[text])
    (name, note), _ = folder([record]).items()
    known = properties(note)
    assert known["paperctl"] == record["id"] and isinstance(known["title"], str)
    assert note.count(YOURS) == 1 and folder([record], {name: note})[name] == note


def test_on_stdout_the_notes_follow_each_other() -> None:
    assert rendered("obsidian", [PLAIN]).startswith("<!-- paperabout.md -->\n---\n")
