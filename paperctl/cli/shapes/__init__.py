"""The shapes of what `--json` prints, a class for each. Those that a class cannot say stand in `schemas`."""

Counts = dict[str, int]
