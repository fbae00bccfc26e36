"""What `paperctl dedupe` and `dedupe why` print: proposals and pairs of papers, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperctl.library.proposal import Proposal
from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.library.explain import PairExplanation


def pair_lines(one: PairExplanation) -> list[str]:
    """A pair of papers and all that is known of it, as text."""
    kind, score, evidence = one.found.kind, one.found.score, one.found.evidence
    lines = [
        f"{kind}; the fields agree to {score:.0%}",
        f"  {one.a['id']}  {_described(one.a)}",
        f"  {one.b['id']}  {_described(one.b)}",
        f"  because: {'; '.join(evidence)}",
        f"  compared by: {', '.join(one.keys)}" if one.keys else "  never compared: no key of theirs agrees",
    ]
    if one.judgement:
        called = {"same": "one paper", "version": "versions"}.get(one.judgement, one.judgement)
        lines.append(f"  you called them {called}, and that holds")
    if one.b["id"] in one.a["versions"]:
        lines.append("  linked as versions")
    return lines


def pair_as_json(one: PairExplanation) -> dict[str, object]:
    """The same as JSON."""
    return {
        "ids": [one.a["id"], one.b["id"]],
        "verdict": one.found.kind,
        "score": one.found.score,
        "evidence": list(one.found.evidence),
        "keys": one.keys,
        "word": one.judgement,
        "linked": one.b["id"] in one.a["versions"],
    }


def proposal_lines(found: Proposal) -> list[str]:
    """A proposal with the papers and the evidence for each verdict, as text."""
    lines = [f"taken apart first\n  {one['id']}  {_described(one)}" for one in found.parted.apart]
    for verb, places in found.rows():
        lines.append(verb)
        lines += [f"  {found.papers[n]['id']}  {_described(found.papers[n])}" for n in places]
        for a, b, verdict in found.evidence(places):
            head = f"{a['id'][:7]} ~ {b['id'][:7]}" if len(places) > 2 else "because"
            lines.append(f"  {head}: {verdict.kind} {verdict.score:.2f}; {'; '.join(verdict.evidence)}")
    return lines


def _described(record: Record) -> str:
    parts = [
        record["title"],
        ", ".join(record["authors"][:3]),
        record["venue"],
        record["year"],
        record["doi"],
    ]
    return " · ".join(str(part) for part in parts if part)


def proposal_as_json(found: Proposal) -> dict[str, object]:
    """The pairs and clusters of a proposal as JSON."""
    ids = [record["id"] for record in found.papers]
    return {
        "merge": [[ids[n] for n in cluster] for cluster in found.clusters],
        "version": [[ids[a], ids[b]] for a, b in found.versions],
        "maybe": [
            {"ids": [ids[a], ids[b]], "score": v.score, "evidence": list(v.evidence)}
            for a, b, v in found.maybes
        ],
        "distinct": [[ids[a], ids[b]] for a, b in found.apart],
        "unlinked": [[ids[a], ids[b]] for a, b in found.unlinked],
        "apart": [record["id"] for record in found.parted.apart],
    }
