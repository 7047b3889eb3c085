"""Two people at the same case: each is told of the other, and nobody's words are overwritten in silence (S04)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast as stage
from tests import cast
from tests.case_cast import NOW
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.cases.actions import grounds, handing, people, presence, screening
from tiepdan.cases.actions.common import marker
from tiepdan.cases.models import Case, Handing
from tiepdan.cases.models_desk import Editor
from tiepdan.cases.queries_decisions import Draft
from tiepdan.cases.rules import State
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HINT = "đang sửa mục này"


def colleague() -> Person:
    return cast.person("can-bo-2", "Đào Văn Hải", Role.CLERK, cast.province())


def pulse(web: Client, case: Case, part: str = "noi-dung") -> Any:
    return web.post(f"/vu-viec/{case.code}/dang-sua/{part}/")


def test_whoever_opens_the_same_form_is_told_of_the_other_and_not_of_oneself() -> None:
    case = stage.case()
    mine, theirs = cast.browser(cast.clerk()), cast.browser(colleague())
    assert HINT not in pulse(mine, case).content.decode()
    page = theirs.get(f"/vu-viec/{case.code}/sua/").content.decode()
    assert f"{cast.clerk().full_name} {HINT}" in " ".join(page.split())
    assert f'hx-post="/vu-viec/{case.code}/dang-sua/noi-dung/"' in page and 'hx-trigger="load, every 20s"' in page
    assert HINT in pulse(theirs, case).content.decode()
    assert f"Đào Văn Hải {HINT}" in " ".join(pulse(mine, case).content.decode().split())


def test_another_form_of_the_same_case_is_no_news() -> None:
    case = stage.case()
    pulse(cast.browser(colleague()), case, "can-cu")
    mine = cast.browser(cast.clerk())
    assert HINT not in mine.get(f"/vu-viec/{case.code}/sua/").content.decode()
    assert HINT in mine.get(f"/vu-viec/{case.code}/can-cu/").content.decode()


def test_a_page_that_was_closed_is_forgotten() -> None:
    case = stage.case()
    presence.seen(case, "noi-dung", by=colleague(), at=NOW)
    assert presence.others(case, "noi-dung", by=cast.clerk(), at=NOW + presence.GONE / 2) == [colleague()]
    assert presence.others(case, "noi-dung", by=cast.clerk(), at=NOW + presence.GONE) == []
    presence.seen(case, "can-cu", by=cast.clerk(), at=NOW + 2 * presence.FORGOTTEN)
    assert list(Editor.objects.values_list("part", flat=True)) == ["can-cu"]


@pytest.mark.parametrize("part", ["khac", "nguoi-", "nguoi-x", "tu-choi-1-2", "noi-dung-1"])
def test_only_forms_that_exist_are_kept(part: str) -> None:
    assert pulse(cast.browser(cast.clerk()), stage.case(), part).status_code == 404
    assert not Editor.objects.exists()


def test_who_may_not_write_neither_tells_nor_hears() -> None:
    case = stage.case()
    pulse(cast.browser(colleague()), case, "can-cu")
    for reader in (cast.approver(), cast.inspector(), cast.outsider()):
        assert pulse(cast.browser(reader), case, "can-cu").status_code == 404
    assert HINT not in cast.browser(cast.inspector()).get(f"/vu-viec/{case.code}/can-cu/").content.decode()


def test_a_page_that_is_only_read_tells_nothing() -> None:
    case = stage.case(state=State.PROPOSED)
    assert "dang-sua" not in cast.browser(cast.clerk()).get(f"/vu-viec/{case.code}/can-cu/").content.decode()


# Versions: of two who save what they saw, the second is told who was first and when.

FIRST_AT, SECOND_AT = NOW + HOUR, NOW + 2 * HOUR
SAID = "vừa được Đào Văn Hải thay đổi lúc 10:00"


def test_who_is_in_charge() -> None:
    case, stale = stage.case(), stage.case()
    screening.assign(case, colleague(), seen="", by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        screening.assign(stale, cast.clerk(), seen="", by=cast.clerk(), at=SECOND_AT)
    assert Case.objects.get().officer == colleague()
    fresh = Case.objects.get()
    with pytest.raises(Refused, match=SAID):  # the page was older than the row
        screening.assign(fresh, cast.clerk(), seen="", by=cast.clerk(), at=SECOND_AT)


def test_the_way_that_is_taken() -> None:
    case, stale = stage.case(), stage.case()
    handing.classify(case, "own", "accept", seen="", by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        handing.classify(stale, "own", "answer", seen="", by=cast.clerk(), at=SECOND_AT)
    with pytest.raises(Refused, match=SAID):
        handing.classify(Case.objects.get(), "own", "answer", seen="", by=cast.clerk(), at=SECOND_AT)
    assert Case.objects.get().handling == "accept"
    handing.classify(Case.objects.get(), "own", "answer", seen="own:accept", by=cast.clerk(), at=SECOND_AT)
    assert Case.objects.get().handling == "answer"


def test_days_of_a_transferred_petition_are_written_once() -> None:
    """khoản 2 Điều 27, khoản 2 Điều 28 Luật Tiếp công dân: the seven and five days count from what was written."""
    case = stage.case(state=State.TRANSFERRED)
    row = Handing.objects.create(case=case, kind="transfer", to_name="Sở", made_at=NOW, made_by=cast.clerk())
    stale = Handing.objects.select_related("case__agency").get()
    handing.settled(row, NOW.date(), by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        handing.settled(stale, NOW.date(), by=cast.clerk(), at=SECOND_AT)
    handing.feedback(row, NOW.date(), "Đã giải quyết.", by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        handing.feedback(stale, NOW.date(), "Khác.", by=cast.clerk(), at=SECOND_AT)
    assert Handing.objects.get().result == "Đã giải quyết."


def test_representatives_and_grounds() -> None:
    case, stale = stage.case(people=3), stage.case(people=3)
    seen = marker(stale)
    first, second, _ = case.petitioners.all()
    people.set_representatives(case, [first.pk], None, seen=seen, by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        people.set_representatives(stale, [second.pk], None, seen=seen, by=cast.clerk(), at=SECOND_AT)
    grounds.save_draft(case, Draft("nd154-2026", {"nd154.a": "Kéo dài."}), by=colleague(), at=FIRST_AT)
    with pytest.raises(Refused, match=SAID):
        grounds.save_draft(case, Draft("nd154-2026", {"nd154.b": "Già yếu."}), by=cast.clerk(), at=SECOND_AT)
    assert list(case.grounds.values_list("code", flat=True)) == ["nd154.a"]


FORMS: list[tuple[str, dict[str, Any], str]] = [
    ("sua/", {"summary": "Tóm tắt của tôi", "kind": "complaint", "received_on": "2026-11-01"}, "Tóm tắt của tôi"),
    ("phan-loai/", {"way": "own:answer"}, 'value="own:answer" checked'),
    ("can-cu/", {"profile": "nd154-2026", "note": "Ý kiến của tôi"}, "Ý kiến của tôi"),
]


@pytest.mark.parametrize(("rest", "data", "kept"), FORMS)
def test_the_page_says_who_and_keeps_what_was_entered(rest: str, data: dict[str, Any], kept: str) -> None:
    case = stage.case(received_on=timezone.localdate())
    web = cast.browser(colleague())
    numbers = {"people_count": 1, "agencies_count": 1, "receptions_before": 0}
    whole = {**numbers, **data, "seen": marker(case) if rest == "sua/" else ""}
    theirs = {**whole, "summary": "Của người khác", "way": "own:accept", "note": "Của người khác"}
    assert web.post(f"/vu-viec/{case.code}/{rest}", theirs).status_code == 302
    answer = cast.browser(cast.clerk()).post(f"/vu-viec/{case.code}/{rest}", whole)
    page = answer.content.decode()
    assert answer.status_code == 409 and kept in page
    assert "Nội dung này vừa được Đào Văn Hải thay đổi lúc" in page
    assert ("Mở bản mới ở thẻ khác" in page) == (rest in ("sua/", "can-cu/"))  # forms that are kept an eye on


def test_another_refusal_offers_no_new_version() -> None:
    case = stage.case(people=6)
    everybody = [one.pk for one in case.petitioners.all()]
    data = {"chosen": everybody, "seen": marker(case)}
    page = cast.browser(cast.clerk()).post(f"/vu-viec/{case.code}/nguoi-dai-dien/", data).content.decode()
    assert "được cử tối đa 2 người đại diện" in page and "Mở bản mới" not in page
