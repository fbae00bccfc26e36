"""Queries: the words a person types, read once, run over records, best papers first.

`parse` turns text into a `Query`; `Query.matches` tests a record; `rank` orders records by
relevance. Nothing here reads a file or a clock but `parse`, which asks what day it is.
"""

from paperctl.query.match import Query, parse
from paperctl.query.rank import rank
from paperctl.query.terms import Loads
from paperctl.query.wording import Sought

__all__ = ["Loads", "Query", "Sought", "parse", "rank"]
