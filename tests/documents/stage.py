"""A thing that papers are about (an agency stands in for a case or a reception), its facts and who may touch it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx

from tests import cast
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import roles_of
from tiepdan.accounts.rules import Role
from tiepdan.documents import access, actions, sources
from tiepdan.documents.kinds import HOUSE, KINDS, kind_of
from tiepdan.documents.models import Document

NOW = datetime(2026, 12, 7, 1, 30, tzinfo=UTC)  # thứ Hai 07/12/2026, 08:30
ABOUT = "accounts.agency"
changes: dict[str, Any] = {}  # facts that a test wants otherwise
_HOUSE = {field.name for field in HOUSE}


def thing() -> Agency:
    return cast.province()


def _facts(kind: str) -> Callable[[Agency, str, datetime], dict[str, Any]]:
    def facts(row: Agency, part: str, now: datetime) -> dict[str, Any]:
        sample = {name: value for name, value in kind_of(kind).sample().items() if name not in _HOUSE}
        return sample | {name: value for name, value in changes.items() if name in sample}

    return facts


def _load(about_id: str) -> Agency:
    return Agency.objects.get(pk=about_id)


def _reads(person: Person, about_id: str, now: datetime) -> bool:
    return bool(roles_of(person, now.date(), Agency.objects.get(pk=about_id)))


def _writes(person: Person, about_id: str, now: datetime) -> bool:
    return Role.CLERK in roles_of(person, now.date(), Agency.objects.get(pk=about_id))


def prepare() -> None:
    changes.clear()
    for kind in KINDS:
        sources.register(kind, ABOUT, _load, _facts(kind), agency=lambda row: row)
    access.register(ABOUT, _reads, _writes, lambda about_id: f"/thu/{about_id}/")


def paper(kind: str = "invitation", part: str = "p1", at: datetime = NOW, **facts: Any) -> Document:
    changes.update(facts)
    return actions.draft(kind, thing(), part, by=cast.clerk(), at=at)


def word(document: Document) -> bytes:
    from tiepdan.files import store

    document.refresh_from_db()
    assert document.docx is not None
    return store.read(document.docx)


def rewritten(file: bytes, *swaps: tuple[str, str]) -> bytes:
    """The same Word file with words replaced inside its runs, as a hand in Word would."""
    found = docx.Document(io.BytesIO(file))
    left = dict(swaps)
    for node in found.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        for old in list(left):
            if node.text and old in node.text:
                node.text = node.text.replace(old, left.pop(old))
    assert not left, f"not in the file: {list(left)}"
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def with_parts(file: bytes, parts: dict[str, bytes] | None = None, **changed: Callable[[bytes], bytes]) -> bytes:
    """The zip with parts added, and parts changed by name («document», «types», «rels»)."""
    names = {
        "document": "word/document.xml",
        "types": "[Content_Types].xml",
        "rels": "word/_rels/document.xml.rels",
    }
    change = {names[key]: work for key, work in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change[name](data) if name in change else data)
        for name, data in (parts or {}).items():
            target.writestr(name, data)
    return out.getvalue()
