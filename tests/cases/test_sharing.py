"""Sharing a dossier with another agency until a day, and what that agency sends back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import case_cast, cast
from tiepdan.accounts.tasks import tasks_for
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.dossier import PaperFacts
from tiepdan.cases.actions.sharing import PROTECTED, supply
from tiepdan.cases.models import Case, Share
from tiepdan.cases.rules import ItemKind, Kind
from tiepdan.files.actions import keep
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nmot"


def scanned(case: Case, title: str, content: bytes = PDF) -> Any:
    stored = keep(content, agency=case.agency, by=cast.clerk(), at=case_cast.NOW, name="don.pdf")
    return case_cast.item(case, title, file=stored)


def share(case: Case, **changed: Any) -> Any:
    until = timezone.localdate() + timedelta(days=7)
    data = {
        "agency": case_cast.department().pk,
        "until": f"{until:%Y-%m-%d}",
        "note": "Gửi báo cáo tham mưu",
        **changed,
    }
    return cast.browser(cast.clerk()).post(f"/vu-viec/{case.code}/ho-so/chia-se/", data)


def shared(case: Case, days: int = 7) -> Share:
    return case_cast.share(case, until=timezone.localdate() + timedelta(days=days))


def test_ticked_papers_are_read_by_the_other_agency_and_every_opening_is_logged() -> None:
    case = case_cast.case()
    ticked, hidden = scanned(case, "Đơn khiếu nại"), scanned(case, "Ghi chú nội bộ", PDF + b"2")
    assert share(case, items=[ticked.pk]).status_code == 302
    row = case.shares.get()
    browser = cast.browser(case_cast.department_officer())
    assert case.code in browser.get("/ho-so-duoc-chia-se/").content.decode()
    text = browser.get(f"/ho-so-duoc-chia-se/{row.pk}/").content.decode()
    assert "Đơn khiếu nại" in text and "Ghi chú nội bộ" not in text and "Gửi báo cáo tham mưu" in text
    assert case_cast.NAME not in text and "N.V.T." not in text
    assert browser.get(f"/ho-so-duoc-chia-se/{row.pk}/tai-lieu/{ticked.pk}/").getvalue() == PDF
    assert browser.get(f"/ho-so-duoc-chia-se/{row.pk}/tai-lieu/{hidden.pk}/").status_code == 404
    assert browser.get(f"/vu-viec/{case.code}/").status_code == 404
    read = Entry.objects.filter(event="case.share_read").order_by("pk")
    assert [entry.facts.get("kind") for entry in read] == [None, "Đơn"]
    assert {(entry.agency, entry.by) for entry in read} == {(case.agency, case_cast.department_officer())}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agency": ""}, "Chưa chọn cơ quan nhận."),
        ({"until": ""}, "Chưa nhập chia sẻ đến hết ngày."),
        ({"until": "2020-01-01"}, "Ngày hết hạn chia sẻ đã qua."),
        ({"note": ""}, "Chưa chọn tài liệu nào"),
    ],
)
def test_what_is_missing_is_said(changed: dict[str, Any], sentence: str) -> None:
    case = case_cast.case()
    answer = share(case, **changed)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not case.shares.exists()


def test_papers_of_another_case_cannot_be_ticked() -> None:
    case, other = case_cast.case(), case_cast.case("VV-2026-0099")
    assert share(case, items=[scanned(other, "Đơn khác").pk]).status_code == 422


def test_a_protected_denouncer_is_not_shared() -> None:
    case = case_cast.case(kind=Kind.DENUNCIATION, is_protected=True, summary="Tố cáo", created_by=cast.clerk())
    answer = share(case)
    assert answer.status_code == 409 and PROTECTED in answer.content.decode()
    row = shared(case)  # shared before protection was asked for
    assert cast.browser(case_cast.department_officer()).get(f"/ho-so-duoc-chia-se/{row.pk}/").status_code == 404


def test_the_agency_is_told_at_its_home_until_it_has_opened_the_dossier() -> None:
    case = case_cast.case()
    item = scanned(case, "Đơn khiếu nại")
    assert share(case, note="", items=[item.pk]).status_code == 302
    row, officer = Share.objects.get(), case_cast.department_officer()

    def told() -> list[str]:
        return [
            task.verb for task in tasks_for(officer, timezone.now()) if task.address == f"/ho-so-duoc-chia-se/{row.pk}/"
        ]

    page = f"/vu-viec/{case.code}/ho-so/"
    assert told() == ["Xem hồ sơ được chia sẻ"] and not tasks_for(cast.outsider(), timezone.now())
    assert "chưa mở" in cast.browser(cast.clerk()).get(page).content.decode()
    cast.browser(officer).get(f"/ho-so-duoc-chia-se/{row.pk}/")
    row.refresh_from_db()
    first = row.opened_at
    assert told() == [] and first is not None
    assert "mở lần đầu" in cast.browser(cast.clerk()).get(page).content.decode()
    cast.browser(officer).get(f"/ho-so-duoc-chia-se/{row.pk}/")
    row.refresh_from_db()
    assert row.opened_at == first


def test_a_dossier_that_is_only_to_be_read_is_no_news_after_its_day() -> None:
    row = shared(case_cast.case(), days=0)
    Share.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert not [task for task in tasks_for(case_cast.department_officer(), timezone.now()) if str(row.pk) in task.key]


def test_twice_with_the_same_agency_is_refused() -> None:
    case = case_cast.case()
    share(case)
    answer = share(case)
    assert (
        answer.status_code == 409
        and "Hồ sơ đang được chia sẻ với Sở Nông nghiệp và Môi trường" in answer.content.decode()
    )


@pytest.mark.parametrize(("days", "status"), [(7, 200), (0, 200), (-1, 404)])
def test_it_ends_with_the_day(days: int, status: int) -> None:
    row = shared(case_cast.case(), days)
    browser = cast.browser(case_cast.department_officer())
    assert browser.get(f"/ho-so-duoc-chia-se/{row.pk}/").status_code == status
    assert (row.case.code in browser.get("/ho-so-duoc-chia-se/").content.decode()) is (status == 200)


def test_it_ends_when_it_is_withdrawn() -> None:
    case = case_cast.case()
    row = shared(case)
    address = f"/vu-viec/{case.code}/ho-so/chia-se/{row.pk}/thoi/"
    assert cast.browser(cast.clerk()).post(address).status_code == 302
    assert cast.browser(case_cast.department_officer()).get(f"/ho-so-duoc-chia-se/{row.pk}/").status_code == 404
    assert cast.browser(cast.clerk()).post(address).status_code == 409
    assert Entry.objects.filter(event="case.share_withdrawn").count() == 1


def test_nobody_else_reads_it() -> None:
    row = shared(case_cast.case())
    for person in (*cast.everybody().values(), case_cast.commune_clerk()):
        assert cast.browser(person).get(f"/ho-so-duoc-chia-se/{row.pk}/").status_code in (403, 404), person


def rows(**paper: Any) -> dict[str, Any]:
    facts = {"title": "Báo cáo tham mưu", "kind": ItemKind.REPORT, **paper}
    return {
        "giay-TOTAL_FORMS": "1",
        "giay-INITIAL_FORMS": "0",
        **{f"giay-0-{name}": value for name, value in facts.items()},
    }


def test_the_agency_sends_its_report() -> None:
    case = case_cast.case()
    share(case)
    row = case.shares.get()
    officer = case_cast.department_officer()
    now = timezone.now()
    assert [task.verb for task in tasks_for(officer, now)] == ["Gửi tài liệu theo đề nghị"]
    browser = cast.browser(officer)
    answer = browser.post(f"/ho-so-duoc-chia-se/{row.pk}/gui/", rows())
    assert answer.status_code == 422 and "Chưa chọn tệp để gửi." in answer.content.decode()
    assert "Báo cáo tham mưu" in answer.content.decode()
    upload = SimpleUploadedFile("bao-cao.pdf", PDF)
    assert browser.post(f"/ho-so-duoc-chia-se/{row.pk}/gui/", rows(upload=upload)).status_code == 302
    item = case.items.get()
    assert (item.kind, item.from_agency, item.is_from_citizen) == (ItemKind.REPORT, case_cast.department(), False)
    assert "Báo cáo tham mưu" in browser.get(f"/ho-so-duoc-chia-se/{row.pk}/").content.decode()
    assert (
        "Sở Nông nghiệp và Môi trường"
        in cast.browser(cast.clerk()).get(f"/vu-viec/{case.code}/ho-so/").content.decode()
    )
    assert tasks_for(officer, now) == []


def test_nothing_is_sent_after_the_last_day_or_the_withdrawal() -> None:
    case = case_cast.case()
    row = case_cast.share(case, until=case_cast.RECEIVED)
    paper = PaperFacts(title="Báo cáo", kind=ItemKind.REPORT, upload=SimpleUploadedFile("bao-cao.pdf", PDF))
    who = case_cast.department_officer()
    last = case_cast.NOW.replace(day=case_cast.RECEIVED.day)
    assert len(supply(row, [paper], by=who, at=last)) == 1
    with pytest.raises(Refused, match="Thời hạn chia sẻ hồ sơ này đã hết"):
        supply(row, [paper], by=who, at=last + timedelta(days=1))
    row.withdrawn_at = last
    with pytest.raises(Refused, match="Thời hạn chia sẻ hồ sơ này đã hết"):
        supply(row, [paper], by=who, at=last)
    assert case.items.count() == 1


def test_a_kind_that_only_citizens_hand_in_is_not_sent() -> None:
    row = shared(case_cast.case())
    data = rows(kind=ItemKind.PETITION, upload=SimpleUploadedFile("a.pdf", PDF))
    assert (
        cast.browser(case_cast.department_officer()).post(f"/ho-so-duoc-chia-se/{row.pk}/gui/", data).status_code == 422
    )
