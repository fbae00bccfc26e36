"""What names the rules of blocking keys: a checksum of the keys of a fixed sample of records."""

from __future__ import annotations

import functools
import zlib
from typing import Any

from paperctl.deduplicate.blocking import keys
from paperctl.deduplicate.judging import key_table
from paperctl.record import FACTS

SAMPLE: tuple[Any, ...] = (
    {
        "title": "Tide mills of the northern coast: who kept the <i>sluice</i> gate? (extended abstract)",
        "authors": ["Nora van der Quist", "Hron, P.", "BELLO A"],
        "year": 2016,
        "doi": "https://doi.org/10.9999/JMS.21.88/full",
        "arxiv_id": "1601.00012v3",
        "abstract": "The walls were surveyed by boat at forty sites, and old leases were read for the names. "
        * 3,
        "extra": {
            "volume": "21 (2 Suppl 1)",
            "number": "2",
            "pages": "S88-104, e17",
            "pmid": "PMID: 30000001",
        },
    },
    {
        "title": "[Gezeitenmühlen und ihre Hüter im Norden]. [German]",
        "authors": ["Müller-Lüdenscheidt, Ä."],
        "year": 1999,
    },
    {
        "title": "Erratum: β2 agonists, $R^*$-trees and part II (vol 14, pg 101, 2015)",
        "authors": ["Anonymous"],
    },
    {"title": "Keepers of a weir", "doi": "10.6084/m9.figshare.4100002.v3"},
    {"title": "Editorial", "year": 2010, "extra": {"volume": "2010", "pages": "2297-2108"}},
    {
        "title": "潮汐磨坊的守护者 = Keepers of the tide mills of the north",
        "authors": ["王伟"],
        "abstract": "Short.",
    },
    {
        "title": "Sluices of the far north = Nos vieilles écluses lointaines",
        "authors": ["WinterAB"],
        "year": 2001,
        "extra": {"pages": "88-104"},
    },
    {
        "title": "Keepers of the weirs: full version",
        "authors": ["AdaWinter"],
        "year": 2002,
        "extra": {"volume": "7", "pages": "831-5, 000, x"},
    },
    {"title": "[13C] in mill ponds", "authors": ["Ada Winter andB"], "year": 2003},
    {"title": "Eels of old weirs = Anguilles des barrages", "authors": ["\ufffdzsu, A"], "year": 2004},
    {"title": "[Of the eels in a mill pond] A note on weirs", "authors": ["-", "Moe, D."], "year": 2006},
    {"title": "[Of the eels in tide ponds] Another note here", "authors": ["Anonymous"], "year": 2007},
    {"title": "Keepers of weirs [Hüter der alten Wehre]"},
    {"title": "Mills [of the coast] in winter+", "authors": ["Anonymous", "Moe, D."], "year": 2005},
    {"title": "[Old ponds]", "extra": {"volume": "12", "pages": "Jan-14"}, "doi": "10.9999/x", "pmid": "7"},
    {**FACTS, "title": "Otters at the gate", "sources": [{}, {"own": {"title": "Otters at the old gate"}}]},
    {"title": ""},
)
"""Records that need every kind of key and every rule that makes one: a change of a rule that none of them
needs would go unnoticed."""


@functools.cache
def version() -> str:
    """What names the rules of `keys`: a checksum of the keys of `SAMPLE`, and of how they are packed. A file
    that other rules made is not taken for one of these."""
    made = "\n".join(key for record in SAMPLE for key in keys(record))
    packed = key_table(SAMPLE, 0, len(SAMPLE))
    sums = (zlib.crc32(part.astype("<u8").tobytes()) for part in packed)
    return f"paperctl keys {zlib.crc32(made.encode()):08x}{functools.reduce(lambda a, b: a ^ b, sums):08x}"
