"""Parts of Typer that it does not offer by a public name. Nothing else of the package uses such parts."""

from __future__ import annotations

from typing import Any

import typer

UsageFault: Any = typer.BadParameter.__bases__[0]
"""What Typer raises for a command line that it cannot parse. Typer carries a Click of its own, so Click's
class of that name is another one."""
ClickFault: Any = UsageFault.__bases__[0]
"""The base of everything that Typer raises for the user to read."""
