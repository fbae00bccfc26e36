"""What every command gets: the settings, the store, and a way to write messages to the user."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperctl.config.settings import Settings, effective, reviewer_name, store_folder
from paperctl.errors import UsageError

if TYPE_CHECKING:
    from paperctl.exports import Flow
    from paperctl.library.tag import StoreTagger
    from paperctl.store import Store
    from paperctl.topics import Rules


class Session:
    """One run of a command. `fault` is what is wrong with the config files, where the command is one that may
    mend them."""

    def __init__(
        self,
        settings: Settings,
        quiet: bool = False,
        verbose: bool = False,
        debug: bool = False,
        wait: float = 30.0,
        pager: bool = True,
        fault: UsageError | None = None,
    ) -> None:
        self.settings = settings
        self.quiet, self.verbose, self.debug = quiet, verbose, debug
        self.wait, self.pager, self.fault = wait, pager, fault
        self.wrap = False
        """Whether tables show whole titles, on several lines."""
        self.without_year: set[str] = set()
        """Papers that a query left out because their year is not known."""

    @classmethod
    def open(
        cls,
        *,
        store: str | None,
        config: Path | None,
        color: str | None,
        quiet: bool,
        verbose: bool,
        debug: bool,
        wait: float,
        pager: bool = True,
        reviewer: str | None = None,
        mending: bool = False,
    ) -> Session:
        """The run that global options describe. If `mending`, a fault of config files waits in `fault`."""
        if color not in (None, "auto", "always", "never"):
            raise UsageError(f"--color takes auto, always or never, not {color!r}")
        flags = {"store": store, "color": color, "reviewer": reviewer}
        try:
            return cls(effective(config, flags), quiet, verbose, debug, wait, pager)
        except UsageError as fault:
            if not mending:
                raise
            return cls(Settings.default(), quiet, verbose, debug, wait, pager, fault=fault)

    def paged(self) -> AbstractContextManager[None]:
        """What is printed on stdout within goes through the pager where it is longer than the screen."""
        from paperctl.terminal.pager import paged, pager_command

        pages = self.pager and sys.stdout.isatty()
        return paged(pager_command(self.settings["core.pager"]) if pages else [])

    @cached_property
    def store(self) -> Store:
        from paperctl.library.finding import places_of
        from paperctl.record.citekeys import checked_pattern
        from paperctl.store import Store
        from paperctl.store.history import Keep

        folder = store_folder(self.settings)
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: the store is a folder, this is a file")
        store = Store(folder, self.warn)
        store.wait = self.wait
        store.lookup = partial(places_of, store)
        store.reviewer = reviewer_name(self.settings)
        keep = self.settings["history.keep"], self.settings["history.keep_mb"] * 1_000_000
        store.keep = Keep(*keep)
        store.key_pattern = checked_pattern(self.settings["citekey.pattern"])
        return store

    @property
    def flow(self) -> Flow:
        """What the settings say of a review's sources. Raises UsageError for counts that are none."""
        from paperctl.exports import Flow

        previous = self.settings["prisma.previous"]
        for name, count in previous.items():
            if name not in ("studies", "reports") or not isinstance(count, int) or count < 0:
                raise UsageError(f"prisma.previous: {name}: {count!r}", "as {studies: 12, reports: 15}")
        return Flow(self.settings["prisma.names"], self.settings["prisma.leave_out"], previous)

    @property
    def named_reviewer(self) -> str:
        """The reviewer that this command line names, "" if it names none."""
        return reviewer_name(self.settings) if self.settings.origin["reviewer"] == "flag" else ""

    @cached_property
    def colour(self) -> bool:
        """Whether stdout gets colour."""
        from paperctl.terminal.colour import wants_colour

        return wants_colour(self.settings["color"], sys.stdout)

    @cached_property
    def rules(self) -> Rules:
        """The topic rules in force: built-in ones, packs switched on, and the user's own."""
        from paperctl.topics import load_rules

        return load_rules(self.settings["topics"], self.settings["topic_packs"])

    @cached_property
    def topic_names(self) -> dict[str, str]:
        """Topic → display name."""
        from paperctl.cli.topic_names import topic_names

        return topic_names(self.settings["topics"], self.settings["topic_packs"])

    @cached_property
    def tagger(self) -> StoreTagger:
        """The rules as this store's papers are tagged by them."""
        from paperctl.library.tag import StoreTagger

        return StoreTagger(self.store, self.rules)

    def sure(self, question: str, *, yes: bool, doing: str) -> bool:
        """Whether to go on: a flag says so, or the person at the terminal does. Raises UsageError where
        there is no terminal to ask."""
        if yes:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError(f"{doing} asks first, and there is no terminal to ask on", "--yes answers it")
        from paperctl.text.sanitise import clean

        print(f"{clean(question, lines=True)} [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    def say(self, line: str) -> None:
        """Prints a receipt or a note on stderr; not with --quiet."""
        if not self.quiet:
            self.warn(line)

    def warn(self, line: str) -> None:
        """Prints on stderr what the user must know, even with --quiet."""
        from paperctl.text.sanitise import clean

        print(clean(line, lines=True), file=sys.stderr)
