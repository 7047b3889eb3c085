"""What script, papers and versions of a reception hang into the house; called once by AppConfig.ready."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import authority
from tiepdan.audit import labels
from tiepdan.documents import access as document_access
from tiepdan.documents import sources
from tiepdan.receptions import pages, papers
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.models import Reception
from tiepdan.receptions.publication import pending
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.rules import Phase

EVENTS = {
    "agenda.started": "Lập kịch bản từ mẫu",
    "agenda.item_added": "Thêm mục kịch bản",
    "agenda.item_changed": "Sửa mục kịch bản",
    "agenda.item_deleted": "Xóa mục kịch bản",
    "agenda.item_moved": "Chuyển mục kịch bản",
    "agenda.template_saved": "Lưu mẫu kịch bản",
    "agenda.template_deleted": "Xóa mẫu kịch bản",
    "reception.published": "Công bố lịch",
    "reception.poster_asked": "Tạo PDF niêm yết",
    "reception.postponed": "Hoãn buổi tiếp",
    "reception.cancelled": "Hủy buổi tiếp",
    "reception.replanned": "Lập lại kế hoạch",
}


def register() -> None:
    labels.register(EVENTS)
    pages.add_tab("Kịch bản", "receptions:agenda", 30)
    pages.add_tab("Văn bản", "receptions:papers", 40)
    pages.add_tab("Phiên bản", "receptions:versions", 80)
    pages.add_next_step(next_step, order=40)
    for kind, facts in papers.FACTS.items():
        sources.register(kind, papers.ABOUT, papers.load, facts)
    document_access.register(papers.ABOUT, may_read, may_write, address, is_secretary)


def next_step(reception: Reception, person: Person, now: datetime) -> pages.NextStep | None:
    """«Công bố lịch» of an approved plan; changes that nobody has been told; a postponed one that waits for a day."""
    versions = reverse("receptions:versions", args=[reception.code])
    if not is_desk(person, reception, localdate(now)):
        return None
    if reception.state == Phase.APPROVED:
        return pages.NextStep(
            "Kế hoạch đã được duyệt. Công bố lịch để niêm yết và thông báo đúng hạn.",
            reverse("receptions:publish", args=[reception.code]),
            "Công bố lịch",
            is_post=True,
            confirm=f"Công bố lịch buổi tiếp {reception.code}? Trang công khai hiện ngay.",
        )
    if reception.state in (Phase.PUBLISHED, Phase.READY):
        waiting = len(pending(reception))
        if waiting:
            return pages.NextStep(f"Có {waiting} thay đổi chưa công bố.", versions, "Xem và công bố")
    if reception.state == Phase.POSTPONED:
        return pages.NextStep("Buổi tiếp đã hoãn. Lập lại kế hoạch cho ngày dự kiến.", versions, "Lập lại kế hoạch")
    return None


def may_read(person: Person, about_id: str, now: datetime) -> bool:
    return receptions_of(person, now).filter(pk=about_id).exists()


def is_secretary(person: Person, about_id: str, now: datetime) -> bool:
    """Besides those who write, the one who checks who has come."""
    return Reception.objects.filter(pk=about_id, secretary=person).exists()


def may_write(person: Person, about_id: str, now: datetime) -> bool:
    """The clerks of the agency, the chair, and who signs for the agency."""
    reception = Reception.objects.select_related("agency").filter(pk=about_id).first()
    if reception is None:
        return False
    on = localdate(now)
    return (
        is_desk(person, reception, on)
        or person.pk == reception.chair_id
        or authority(person, reception.agency, on) is not None
    )


def address(about_id: str) -> str:
    code = Reception.objects.values_list("code", flat=True).get(pk=about_id)
    return reverse("receptions:papers", args=[code])
