"""Building the templates that come with tiepdan: `manage.py build_templates` writes them, officials edit copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document as Docx

from tiepdan.documents.kinds import kind_of
from tiepdan.documents.layout import desk, letters, plan
from tiepdan.documents.layout.page import file_of

FOLDER = Path(__file__).resolve().parent.parent / "templates_docx"
_BUILDERS: Mapping[str, Callable[[], Docx]] = {
    "submission": desk.submission,
    "refusal": desk.refusal,
    "receipt": desk.receipt,
    "violation": desk.violation,
    "leaders_report": plan.leaders_report,
    "plan": plan.plan,
    "script": plan.script,
    "invitation": letters.invitation,
    "citizen_notice": letters.citizen_notice,
    "posting": letters.posting,
    "credential_slip": letters.credential_slip,
    "point_guide": letters.point_guide,
    "handover": letters.handover,
}


def build(kind: str) -> bytes:
    return file_of(_BUILDERS[kind](), kind_of(kind).label)


def place(kind: str) -> Path:
    return FOLDER / f"{kind}.docx"
