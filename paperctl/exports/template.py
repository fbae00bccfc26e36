"""A document of the user's own making: a Jinja2 template, run where it can touch nothing else.

See docs/exports.md for the names a template can use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import TracebackType

from paperctl.errors import UsageError
from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.record import Record
from paperctl.record.links import code_links, link
from paperctl.text.sanitise import clean

NAME = "template"
ABOUT = "your own Jinja2 template (--template FILE)"
SUFFIX = ""

_FILE = "<template>"
_MARKED_UP = re.compile(r"\.(?:html?|xhtml|xml|svg)(?:\.(?:j2|jinja2?))?$", re.IGNORECASE)


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """What the template makes of the papers. Raises UsageError that names the line of the mistake.

    Values are escaped for HTML when `template_name` ends as HTML or XML files do, optionally with
    `.j2` behind; None prints as nothing; controls are removed from every value.
    """
    if request.template is None:
        raise UsageError("the template format needs a template", "name its file: --template FILE")
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from paperctl.exports._markdown import escaped as md
    from paperctl.exports._tex import escaped as tex

    def topic_name(topic: str) -> str:
        return about.topic_name(topic, request.topic_names)

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=bool(_MARKED_UP.search(request.template_name)),
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": lambda text: md(about.one_line(text)), "tex": lambda text: tex(str(text))}
    environment.globals |= {
        "link": link,
        "code_links": code_links,
        "takeaway": about.takeaway,
        "main_topic": about.main_topic,
        "topic_name": topic_name,
    }
    names = {"papers": list(records), "title": request.title or "Reading list", "query": request.query}
    try:
        yield from environment.from_string(request.template).generate(names)
    except TemplateSyntaxError as fault:
        raise UsageError(f"template line {fault.lineno}: {fault.message}") from fault
    except TemplateError as fault:
        raise UsageError(f"template{_line(fault.__traceback__)}: {fault.message}", _hint(fault)) from fault
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as fault:
        raise UsageError(f"template{_line(fault.__traceback__)}: {fault or type(fault).__name__}") from fault


def _printed(value: object) -> object:
    if value is None:
        return ""
    # Text that a filter has marked as safe must stay marked.
    return type(value)(clean(value, lines=True)) if isinstance(value, str) else value


def _line(trace: TracebackType | None) -> str:
    line = ""
    while trace:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = f" line {trace.tb_lineno}"
        trace = trace.tb_next
    return line


def _hint(fault: Exception) -> str | None:
    if type(fault).__name__ == "UndefinedError":
        return 'what only some papers have needs a default: {{ paper.extra.volume | default("") }}'
    return None
