"""The sheet of a decision on a plan: the plan as it stood at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from tiepdan.accounts.decision_sheet import Decided, DecisionSheet, entry_of, named, proved_by
from tiepdan.receptions.differences import slot_text
from tiepdan.receptions.models import PlanDecision
from tiepdan.receptions.rules import KIND_LABELS

WORDS = {
    "approve": ("Duyệt kế hoạch", ("good", "✓"), "reception.approved"),
    "return": ("Trả lại để bổ sung", ("care", "▲"), "reception.returned"),
}


def sheet_of(decision: PlanDecision) -> DecisionSheet:
    """Raises Http404 for a step that is no decision of the head."""
    if decision.step not in WORDS:
        raise Http404
    reception = decision.reception
    words, look, event = WORDS[decision.step]
    put = reception.decisions.select_related("by").filter(step="submit", at__lte=decision.at).first()
    entry = entry_of(event, reception, decision.at)
    return DecisionSheet(
        about=f"{reception.code}: kế hoạch buổi tiếp công dân trực tuyến",
        agency=reception.agency.name,
        submitted_by=named(put.by, reception.agency, put.at) if put else "",
        submitted_at=put.at if put else None,
        submitted_note=put.note if put else "",
        decided=Decided(
            words,
            look,
            decision.at,
            named(decision.by, reception.agency, decision.at),
            named(decision.on_behalf_of, reception.agency, decision.at),
            decision.note,
            proved_by(entry),
        ),
        frozen=list(_facts(decision.frozen)),
        back=reverse("receptions:detail", args=[reception.code]),
        entry=entry,
    )


def _facts(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not plan:
        yield "Kế hoạch", "Quyết định này có trước khi hệ thống chốt lại kế hoạch; xem nhật ký của buổi tiếp."
        return
    yield "Nội dung", plan["title"]
    yield "Loại", KIND_LABELS.get(plan["kind"], plan["kind"])
    yield "Thời gian", slot_text(plan)
    yield "Nơi tiếp", plan["place"] or "Chưa ghi"
    yield "Người chủ trì", plan["chair"]
    yield "Thư ký", plan["secretary"]
    yield "Kỹ thuật trung tâm", plan["technician"]
    yield "Vụ việc", "\n".join(f"{row['code']}: {row['title']}" for row in plan["matters"]) or "Chưa có"
    yield "Điểm cầu", "\n".join(_hall(hall) for hall in plan["halls"]) or "Chưa có"
    yield "Kịch bản", plan["script"]


def _hall(hall: Mapping[str, Any]) -> str:
    centre = " (trung tâm)" if hall["is_central"] else ""
    return f"{hall['name']}{centre}: {len(hall['seats'])} người"
