"""Stores with papers of two fields: those on quantization are the ones wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperctl.record import FACTS, SCHEMA, Record, as_record
from paperctl.record.ids import paper_id
from paperctl.store import Store

WANTED = (
    ("Rounding Weights to Four Bits", "We quantize the weights of language models to four bits."),
    ("Calibration for Low Bits", "Quantization of the weights to four bits needs little calibration."),
    ("Outliers in Activations", "Few channels break the quantization of language models to eight bits."),
    ("Mixed-Precision Serving", "Weights that suffer from low bits keep eight bits in language models."),
    ("Binary Weights at Scale", "One bit a weight is enough for the quantization of language models."),
)
OTHERS = (
    ("Rain and Yield of Wheat", "Soil moisture explains the harvest better than rainfall."),
    ("Irrigation in Dry Seasons", "Drip irrigation saves water while the yield stays."),
    ("Nitrogen in Farmed Soil", "Nitrogen leaves the soil in wet seasons."),
    ("A Map of Crop Diseases", "Aerial images of fields show rust before farmers see it."),
    ("Harvest Forecasts from Orbit", "Seasonal forecasts of the harvest need few images."),
    ("Frost in Orchards", "Late frost is foreseen a day ahead from local sensors."),
    ("Prices of Grain", "Grain prices follow the drought index of exporters."),
    ("Bees and Fields", "Field margins with flowers hold more wild bees."),
)


def record(title: str, abstract: str | None = None, **known: Any) -> Record:
    """A record as the store keeps it."""
    made: Any = {
        "id": "",
        **{name: list(v) if v == () else dict(v) if isinstance(v, dict) else v for name, v in FACTS.items()},
        "topics": [],
        "topic_scores": {},
        "decision": None,
        "note": None,
        "added": "2026-11-21T08:00:00Z",
        "versions": [],
        "sources": [],
        "schema": SCHEMA,
    }
    made |= {"title": title, "abstract": abstract, **known}
    made["id"] = known.get("id") or paper_id(made, ())
    return as_record(made)


StoreOf = Callable[..., Store]


@pytest.fixture
def store_of(tmp_path: Path) -> StoreOf:
    """Makes a store of records; without any, of the wanted papers and the others."""

    def make(*records: Record) -> Store:
        papers = list(records) or [record(*text) for text in (*OTHERS[:4], *WANTED, *OTHERS[4:])]
        store = Store(tmp_path / "store")
        with store.writing() as writing:
            writing.commit({}, papers, "load", {})
        return store

    return make
