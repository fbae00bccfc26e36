"""Names in their parts, as formats and keys want them."""

from __future__ import annotations

import pytest

from paperctl.record.names import Name, parts


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("John Rossi MD", Name("Rossi", "John", "MD")),
        ("John Rossi M.D.", Name("Rossi", "John", "M.D.")),
        ("John Rossi Jr.", Name("Rossi", "John", "Jr.")),
        ("Saiful Rossi Md", Name("Md", "Saiful Rossi")),
        ("Laurent Bureau", Name("Bureau", "Laurent")),
        ("Ann Center", Name("Center", "Ann")),
        ("National Medical Center", Name("National Medical Center")),
        ("European Union", Name("European Union")),
    ],
)
def test_parts_of_people_and_bodies(name: str, want: Name) -> None:
    assert parts(name) == want
