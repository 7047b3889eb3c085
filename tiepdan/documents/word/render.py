"""Filling a Word template with facts.

Templates are written by people of the office, so the language is made small: names, `for`, `if` and a few filters;
nothing can be called, nothing of Python can be reached, and what is not a fact is an error.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.filters import do_default
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from tiepdan.documents.word.stops import drop_doubled

_MISUSED = (KeyError, ValueError, TypeError, AttributeError)  # a loop over a text, a tag in the wrong place
LOOP_WORDS = frozenset({"index", "index0", "first", "last", "length", "revindex"})
# Where a fact begins and ends in a marked paper (private use letters, which no fact contains).
OPENS, NAMED, CLOSES = "\ue000", "\ue001", "\ue002"


class Broken(Exception):
    """The template cannot be filled; the text says why, in the words of the template engine."""


class Marked(str):
    """A fact that knows its path («diem_cau.0.ten»)."""

    path: str

    def __new__(cls, value: str, path: str) -> Marked:
        made = super().__new__(cls, value)
        made.path = path
        return made


def _keeping(change: Callable[[str], str]) -> Callable[[Any], str]:
    def changed(value: Any) -> str:
        text = change(str(value))
        return Marked(text, value.path) if isinstance(value, Marked) else text

    return changed


def _join(values: Sequence[Any], between: str = ", ") -> str:
    return str(between).join(_shown(value) for value in values)


def _shown(value: Any) -> str:
    return f"{OPENS}{value.path}{NAMED}{value}{CLOSES}" if isinstance(value, Marked) else str(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "upper": _keeping(str.upper),
    "lower": _keeping(str.lower),
    "capitalize": _keeping(lambda text: text[:1].upper() + text[1:]),
    "trim": _keeping(str.strip),
    "join": _join,
    "default": do_default,
    "length": len,
    "first": lambda values: values[0] if values else "",
    "last": lambda values: values[-1] if values else "",
}
TESTS = ("defined", "undefined", "none", "odd", "even", "eq", "ne", "equalto", "lt", "gt", "le", "ge", "in")


class FactsEnvironment(SandboxedEnvironment):
    """Jinja without functions, globals, attributes and loaders."""

    intercepted_binops = frozenset({"*", "**", "%", "/", "//"})

    def __init__(self, marking: bool = False) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_shown if marking else None)
        self.globals.clear()
        self.filters = dict(FILTERS)
        self.tests = {name: self.tests[name] for name in TESTS}

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"phép tính «{operator}»")

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, (list, tuple)) and isinstance(argument, int) and argument < len(obj):
            return obj[argument]
        if isinstance(obj, LoopContext) and argument in LOOP_WORDS:
            return getattr(obj, argument)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        return self.undefined(obj=obj, name=argument)


def clean(value: Any) -> Any:
    """A fact as JSON and Word can hold it: no control signs, NFC, dates in words."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        return "".join(letter for letter in text if letter == "\n" or _is_fit(letter))
    if isinstance(value, Mapping):
        return {str(name): clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return "" if value is None else value
    if isinstance(value, datetime):
        raise TypeError("a fact holds words: format moments where the time zone is known")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value))


def _is_fit(letter: str) -> bool:
    return not (unicodedata.category(letter) in ("Cc", "Cs", "Cn") or OPENS <= letter <= CLOSES)


def marked(value: Any, path: str = "") -> Any:
    """The facts with every text knowing its path."""
    if isinstance(value, str):
        return Marked(value, path)
    if isinstance(value, Mapping):
        return {name: marked(item, f"{path}.{name}".lstrip(".")) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [marked(item, f"{path}.{place}") for place, item in enumerate(value)]
    return value


def render(template: bytes, facts: Mapping[str, Any], *, marking: bool = False, title: str = "") -> bytes:
    """The .docx. With `marking`, every fact stands between OPENS path NAMED and CLOSES.

    Raises:
        Broken: the template asks for what is not there, or does what it may not.
    """
    try:
        paper = DocxTemplate(io.BytesIO(template))
        paper.init_docx()
        for name in ("author", "comments", "identifier", "language", "subject", "title"):
            setattr(paper.docx.core_properties, name, "")
        paper.docx.core_properties.last_modified_by = ""
        whole = marked(clean(facts)) if marking else clean(facts)
        paper.render(whole, FactsEnvironment(marking), autoescape=True)
        if not marking:
            drop_doubled(paper.docx.element.body)
        paper.docx.core_properties.title = title[:250]
        out = io.BytesIO()
        paper.save(out)
    except (TemplateError, LxmlError, PackageNotFoundError, BadZipFile, *_MISUSED) as problem:
        raise Broken(str(problem) or type(problem).__name__) from problem
    return out.getvalue()
