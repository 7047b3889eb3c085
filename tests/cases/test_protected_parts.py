"""Two cases of the same people, one of them protected: whoever may not know who denounces reads nowhere that they
belong together (khoản 2 Điều 12 NĐ 154/2026)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import case_cast, cast
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.audit.queries import verify_all
from tiepdan.cases.actions.intake import edit, facts_of, split
from tiepdan.cases.models import Case
from tiepdan.cases.rules import Kind

pytestmark = pytest.mark.django_db
LOG = "/quan-tri/nhat-ky/"


def other_clerk() -> Person:
    return cast.person("can-bo-khac", "Hà Văn Khác", Role.CLERK)


def protect(case: Case) -> None:
    seen = case.edited_at.isoformat()
    edit(case, replace(facts_of(case), is_protected=True), seen=seen, by=cast.clerk(), at=case_cast.NOW)


def pair(whole: str, when: str) -> tuple[Case, Case]:
    """The open case and the protected one; the one that came first is `whole`, protected before the split or after."""
    kinds = {"complaint": Kind.COMPLAINT, "denunciation": Kind.DENUNCIATION}
    first = case_cast.case(kind=kinds.pop(whole), now=case_cast.NOW - timedelta(minutes=5))
    if whole == "denunciation" and when == "before":
        protect(first)
    part = split(first, kinds.popitem()[1], "Phần tách riêng", "", by=cast.clerk(), at=case_cast.NOW)
    protected = first if whole == "denunciation" else part
    if not protected.is_protected:
        protect(protected)
    return (part, first) if protected is first else (first, part)


CASES = pytest.mark.parametrize(
    ("whole", "when"), [("complaint", "after"), ("denunciation", "before"), ("denunciation", "after")]
)


@CASES
@pytest.mark.parametrize("tab", ["", "nhat-ky/"])
@pytest.mark.parametrize(
    ("who", "knows"),
    [(other_clerk, False), (cast.inspector, False), (cast.clerk, True), (cast.approver, True)],
    ids=["another clerk", "inspector", "who took it in", "head"],
)
def test_neither_case_names_the_other(whole: str, when: str, tab: str, who: Callable[[], Person], knows: bool) -> None:
    both = pair(whole, when)
    browser = cast.browser(who())
    named = []
    for here, there in (both, both[::-1]):
        answer = browser.get(f"/vu-viec/{here.code}/{tab}")
        assert answer.status_code == 200
        named.append(there.code in answer.content.decode())
    assert any(named) is knows and (tab or all(named) is knows)


@CASES
@pytest.mark.parametrize("words", ["", "the open one", "the protected one", "tach noi dung"])
@pytest.mark.parametrize("who", [cast.inspector, cast.admin], ids=["inspector", "administrator"])
def test_no_line_of_the_log_holds_both(whole: str, when: str, words: str, who: Callable[[], Person]) -> None:
    """Found by words, a line tells as much as one that names the other."""
    opened, protected = pair(whole, when)
    asked = {"the open one": opened.code, "the protected one": protected.code}.get(words, words)
    text = cast.browser(who()).get(LOG, {"q": asked}).content.decode()
    table = text[text.index("<tbody") : text.index("</tbody>")] if "<tbody" in text else ""
    for row in table.split("<tr")[1:]:
        assert not (opened.code in row and protected.code in row)
        assert "Tách nội dung" not in row
    if words.startswith("the "):
        hidden = protected.code if words == "the open one" else opened.code
        assert hidden not in table


@CASES
def test_what_is_withheld_stands_in_the_log_all_the_same(whole: str, when: str) -> None:
    pair(whole, when)
    cast.browser(cast.inspector()).get(LOG)
    assert Entry.objects.filter(event="case.split").count() == 1
    assert all(report.intact for report in verify_all())


def test_the_log_tells_of_a_split_between_open_cases() -> None:
    case = case_cast.case()
    part = split(case, Kind.DENUNCIATION, "Phần tách riêng", "", by=cast.clerk(), at=case_cast.NOW)
    for browser, address in (
        (cast.browser(other_clerk()), f"/vu-viec/{case.code}/nhat-ky/"),
        (cast.browser(cast.inspector()), LOG),
    ):
        text = browser.get(address).content.decode()
        assert "Tách nội dung vụ việc" in text and part.code in text
    found = cast.browser(cast.inspector()).get(LOG, {"q": case.code}).content.decode()
    assert part.code in found


@CASES
@pytest.mark.parametrize("address", ["/thong-bao/", "/viec-cua-toi/", "/tim/?q={}", "/vu-viec/?q={}"])
def test_bell_tasks_and_search_do_not_bring_them_together(whole: str, when: str, address: str) -> None:
    opened, protected = pair(whole, when)
    browser = cast.browser(other_clerk())
    for asked, other in ((opened, protected), (protected, opened)):
        answer = browser.get(address.format(asked.code), follow=True)
        assert answer.status_code == 200
        text = answer.content.decode()
        if "{}" in address:
            assert other.code not in text
        rows = [row for row in text.split("<li") if asked.code in row and other.code in row]
        assert not rows


@pytest.mark.parametrize("page", ["sua/", "tach/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_know_the_denouncer_neither_edits_nor_splits(page: str, method: str) -> None:
    """The form would show what was told, and take the protection away; a part would name the people in the open."""
    case = case_cast.case(kind=Kind.DENUNCIATION, is_protected=True, content="Tôi đã thấy việc đưa tiền.")
    address = f"/vu-viec/{case.code}/{page}"
    form = {"kind": Kind.COMPLAINT, "summary": "Phần khác", "content": "…"}
    assert getattr(cast.browser(other_clerk()), method)(address, form).status_code == 404
    assert Case.objects.count() == 1 and not Entry.objects.filter(event__in=("case.split", "case.edited")).exists()
    assert cast.browser(cast.clerk()).get(address).status_code == 200
    text = cast.browser(other_clerk()).get(f"/vu-viec/{case.code}/").content.decode()
    assert address not in text and "Người tố cáo được bảo vệ danh tính (khoản 2 Điều 12 NĐ 154/2026)" in text
