"""The tree of agencies through time: names, ends, mergers, and who may change them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tiepdan.accounts.actions import agencies as actions
from tiepdan.accounts.models import Agency, AgencyName, Person
from tiepdan.accounts.queries import require_valid, roles_of, with_below
from tiepdan.accounts.queries_people import tree
from tiepdan.accounts.rules import Kind, Role
from tiepdan.audit.models import Entry
from tiepdan.kernel import due
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
TREE = "/quan-tri/co-quan/"
DAY = timedelta(days=1)


def events(agency: Agency) -> list[str]:
    return list(Entry.objects.filter(agency=agency).order_by("id").values_list("event", flat=True))


def rename(agency: Agency, name: str, since: date) -> None:
    actions.rename_agency(agency, name=name, short_name=name, since=since, by=cast.admin(), at=NOW)


def commune_admin() -> Person:
    return cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune())


def test_papers_of_a_day_have_the_name_of_that_day() -> None:
    commune = cast.commune()
    rename(commune, "UBND xã Lộc Mới", date(2026, 7, 1))
    rename(commune, "UBND phường Lộc Mới", date(2026, 12, 1))
    for day, name in [
        (date(2026, 6, 30), "UBND xã Thanh Lộc"),
        (date(2026, 7, 1), "UBND xã Lộc Mới"),
        (date(2026, 11, 30), "UBND xã Lộc Mới"),
        (date(2026, 12, 1), "UBND phường Lộc Mới"),
    ]:
        assert commune.name_on(day) == commune.short_name_on(day) == name
    assert "loc moi" in Agency.objects.get(pk=commune.pk).search
    assert events(commune) == ["agency.renamed"] * 2


def test_a_name_to_come_waits_for_its_day() -> None:
    commune = cast.commune()
    rename(commune, "Tên bỏ đi", date(2026, 12, 20))
    rename(commune, "UBND xã Lộc Mới", date(2026, 12, 10))  # replaces the plan
    commune.refresh_from_db()
    assert (commune.name, commune.name_on(date(2026, 12, 10))) == ("UBND xã Thanh Lộc", "UBND xã Lộc Mới")
    midnight = datetime(2026, 12, 9, 17, 0, tzinfo=UTC)
    assert due.run_once(midnight - timedelta(seconds=1)) == 0
    assert due.run_once(midnight) == 1
    commune.refresh_from_db()
    assert (commune.name, commune.name_on(date(2026, 12, 9))) == ("UBND xã Lộc Mới", "UBND xã Thanh Lộc")
    assert AgencyName.objects.get().valid_to == date(2026, 12, 9)
    assert events(commune)[-1] == "agency.name_began"


def test_a_typing_error_is_corrected_from_the_beginning() -> None:
    commune = cast.commune()
    rename(commune, "UBND xã Thanh Lộc (đúng)", cast.SINCE)
    assert not AgencyName.objects.exists() and commune.name_on(cast.SINCE) == "UBND xã Thanh Lộc (đúng)"


def test_names_do_not_overlap() -> None:
    commune = cast.commune()
    rename(commune, "Mới", date(2026, 7, 1))
    with pytest.raises(Invalid, match="Tên hiện nay có từ 01/07/2026"):
        rename(commune, "Cũ", date(2026, 6, 1))
    with pytest.raises(Invalid, match="hoạt động từ"):
        rename(commune, "Cũ", cast.SINCE - DAY)


def test_a_commune_that_is_merged_names_its_successor_and_takes_its_people_along() -> None:
    old, new = cast.commune(), cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())
    clerk = cast.person("can-bo-xa", "Cán Bộ Xã", Role.CLERK, old)
    moved = actions.merge_agency(old, new, since=date(2027, 1, 1), moves_people=True, by=cast.admin(), at=NOW)
    old.refresh_from_db()
    assert (moved, old.valid_to, old.successor) == (1, date(2026, 12, 31), new)
    for day, there in [(date(2026, 12, 31), set()), (date(2027, 1, 1), {Role.CLERK})]:
        assert (roles_of(clerk, day, old), roles_of(clerk, day, new)) == ({Role.CLERK}, there)
    assert events(old) == events(new) == ["agency.merged"]
    # The successor keeps the papers, from the day on which it stands for the other.
    assert with_below([new], date(2026, 12, 31)) == with_below([new]) == {new.pk}
    assert with_below([new], date(2027, 1, 1)) == {old.pk, new.pk}


def test_nothing_new_for_an_agency_that_has_ended() -> None:
    old, new = cast.commune(), cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())
    require_valid(old, TODAY)
    actions.merge_agency(old, new, since=TODAY, moves_people=False, by=cast.admin(), at=NOW)
    require_valid(old, TODAY - DAY)
    with pytest.raises(Refused, match=r"đã hết hiệu lực sau ngày 06/12/2026.*«UBND xã Lộc Mới», cơ quan kế thừa"):
        require_valid(old, TODAY)
    with pytest.raises(Refused, match="chỉ hoạt động từ 01/01/2020"):
        require_valid(new, date(2019, 12, 31))
    with pytest.raises(Refused, match="hết hiệu lực"):
        actions.add_agency(
            name="Tổ 1",
            short_name="Tổ 1",
            code="to-1",
            kind=Kind.OTHER,
            parent=old,
            valid_from=TODAY,
            by=cast.admin(),
            at=NOW,
        )


def test_what_has_agencies_below_does_not_end_before_them() -> None:
    province, commune = cast.province(), cast.commune()
    with pytest.raises(Refused, match="Còn 1 cơ quan trực thuộc"):
        actions.end_agency(province, last_day=TODAY, by=cast.admin(), at=NOW)
    actions.end_agency(commune, last_day=TODAY, by=cast.admin(), at=NOW)
    actions.end_agency(province, last_day=TODAY, by=cast.admin(), at=NOW)
    assert events(commune) == ["agency.ended"]


def test_a_merger_needs_another_agency_that_exists() -> None:
    old = cast.commune()
    with pytest.raises(Invalid, match="chính nó"):
        actions.merge_agency(old, old, since=TODAY, moves_people=False, by=cast.admin(), at=NOW)
    ended = cast.agency("cu", "Đã hết", parent=cast.province())
    actions.end_agency(ended, last_day=TODAY - DAY, by=cast.admin(), at=NOW)
    with pytest.raises(Refused, match="hết hiệu lực"):
        actions.merge_agency(old, ended, since=TODAY, moves_people=False, by=cast.admin(), at=NOW)


def test_only_what_was_entered_by_mistake_is_deleted() -> None:
    admin = cast.admin()
    fresh = actions.add_agency(
        name="Nhầm",
        short_name="Nhầm",
        code="nham",
        kind=Kind.OTHER,
        parent=cast.province(),
        valid_from=TODAY,
        by=admin,
        at=NOW,
    )
    actions.delete_agency(fresh, by=admin, at=NOW)
    assert not Agency.objects.filter(code="nham").exists()
    assert events(cast.province()) == ["agency.added", "agency.deleted"]
    commune = cast.commune()
    commune_admin()
    with pytest.raises(Refused, match=r"^Không xóa cơ quan đã có hồ sơ; hãy đặt ngày hết hiệu lực\.$"):
        actions.delete_agency(commune, by=admin, at=NOW)


def test_the_tree_shows_each_agency_above_what_stands_below() -> None:
    province, commune = cast.province(), cast.commune()
    cast.agency("to-1", "Tổ 1", parent=commune)
    ended = cast.agency("cu", "Đã hết", parent=province)
    Agency.objects.filter(pk=ended.pk).update(valid_to=TODAY - DAY)
    cast.clerk()
    ids = with_below([province])

    def shown(**filters: str) -> list[tuple[str, int, int]]:
        return [(one.agency.code, one.depth, one.people) for one in tree(ids, TODAY, **filters)]

    assert shown() == [("minh-chau", 0, 1), ("thanh-loc", 1, 0), ("to-1", 2, 0)]
    assert shown(state="ended") == [("cu", 1, 0)]
    assert shown(text="xa thanh") == [("thanh-loc", 1, 0)]
    assert {code for code, *_ in shown(state="all")} == {"minh-chau", "thanh-loc", "to-1", "cu"}


# --- pages ---------------------------------------------------------------------------------------------------------


def test_each_level_sees_its_own_part_of_the_tree() -> None:
    province, commune, other = cast.province(), cast.commune(), cast.elsewhere()
    for person, seen in [
        (cast.admin(), {province, commune}),
        (commune_admin(), {commune}),
        (cast.outsider(Role.ADMIN), {other}),
    ]:
        client = cast.browser(person)
        text = client.get(TREE).content.decode()
        for agency in (province, commune, other):
            assert (f"{TREE}{agency.pk}/" in text) == (agency in seen), (person, agency)
            for page in ("", "sua/", "doi-ten/"):
                wanted = 200 if agency in seen else 404
                assert client.get(f"{TREE}{agency.pk}/{page}").status_code == wanted
    for person in (cast.clerk(), cast.chair(), cast.inspector()):
        assert cast.browser(person).get(TREE).status_code == 403
    assert Client().get(TREE)["Location"] == f"/dang-nhap/?next={TREE}"


def test_whether_an_agency_goes_on_is_decided_from_above() -> None:
    commune = cast.commune()
    client = cast.browser(commune_admin())
    assert "do quản trị viên của cơ quan cấp trên làm" in client.get(f"{TREE}{commune.pk}/").content.decode()
    for page in ("het-hieu-luc/", "sap-nhap/"):
        assert client.get(f"{TREE}{commune.pk}/{page}").status_code == 403
    assert client.post(f"{TREE}{commune.pk}/xoa/").status_code == 403
    assert cast.browser(cast.admin()).get(f"{TREE}{commune.pk}/het-hieu-luc/").status_code == 200


def test_adding_and_correcting_on_the_pages() -> None:
    client = cast.browser(cast.admin())
    facts: dict[str, Any] = {
        "name": "Ủy ban nhân dân xã Lộc An",
        "short_name": "UBND xã Lộc An",
        "code": "loc-an",
        "kind": "commune",
        "parent": cast.province().pk,
        "valid_from": "2026-07-01",
        "phone": "0299",
    }
    answer = client.post(f"{TREE}them/", {**facts, "code": "Lộc An"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Chỉ dùng chữ thường" in text and "Ủy ban nhân dân xã Lộc An" in text
    assert client.post(f"{TREE}them/", {**facts, "parent": cast.elsewhere().pk}).status_code == 422
    assert client.post(f"{TREE}them/", {**facts, "name": ""}).status_code == 422
    answer = client.post(f"{TREE}them/", facts)
    fresh = Agency.objects.get(code="loc-an")
    assert answer["Location"] == f"{TREE}{fresh.pk}/" and fresh.parent == cast.province()
    again = client.post(f"{TREE}them/", facts)
    assert again.status_code == 422 and "Mã «loc-an» đã có cơ quan khác dùng." in again.content.decode()
    page = f"{TREE}{fresh.pk}/sua/"
    client.post(page, {"kind": "other", "parent": cast.commune().pk, "phone": "0300", "address": "Thôn 1"})
    fresh.refresh_from_db()
    assert (fresh.kind, fresh.parent, fresh.phone, fresh.address) == ("other", cast.commune(), "0300", "Thôn 1")
    assert Entry.objects.filter(event="agency.edited").count() == 1


def test_the_top_of_ones_own_part_stays_where_it_is() -> None:
    commune = cast.commune()
    client = cast.browser(commune_admin())
    page = f"{TREE}{commune.pk}/sua/"
    assert 'name="parent"' not in client.get(page).content.decode()
    client.post(page, {"kind": "commune", "phone": "0301", "address": ""})
    commune.refresh_from_db()
    assert (commune.parent, commune.phone) == (cast.province(), "0301")


def test_merging_renaming_and_ending_on_the_pages() -> None:
    client = cast.browser(cast.admin())
    old, new = cast.commune(), cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())
    today = timezone.localdate()
    client.post(f"{TREE}{new.pk}/doi-ten/", {"name": "UBND phường", "short_name": "UBND phường", "since": today})
    assert "UBND xã Lộc Mới" in client.get(f"{TREE}{new.pk}/").content.decode()
    page = f"{TREE}{old.pk}/sap-nhap/"
    answer = client.post(page, {"into": new.pk, "since": cast.SINCE})
    assert answer.status_code == 422 and "không sớm hơn" in answer.content.decode()
    answer = client.post(page, {"into": new.pk, "since": today, "moves_people": "on"})
    assert answer["Location"] == f"{TREE}{old.pk}/"
    text = client.get(f"{TREE}{old.pk}/").content.decode()
    assert "đã hết hiệu lực" in text and "Sáp nhập vào" in text
    assert "Sáp nhập từ" in client.get(f"{TREE}{new.pk}/").content.decode()
    assert "UBND xã Thanh Lộc" in client.get(TREE, {"state": "ended"}).content.decode()
    cast.clerk()
    answer = client.post(f"{TREE}{new.pk}/xoa/")
    assert answer.status_code == 409
    assert "Không xóa cơ quan đã có hồ sơ; hãy đặt ngày hết hiệu lực." in answer.content.decode()


def test_an_empty_tree_says_so() -> None:
    client = cast.browser(commune_admin())
    assert "Chưa có cơ quan cấp dưới." in client.get(TREE).content.decode()
    assert "Không có cơ quan khớp bộ lọc." in client.get(TREE, {"q": "khong dau co"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_tree(django_assert_max_num_queries: Any) -> None:
    client = cast.browser(cast.admin())
    for number in range(60):
        cast.agency(f"xa-{number}", f"UBND xã số {number}", Kind.COMMUNE, cast.province())
    with django_assert_max_num_queries(14):
        text = client.get(TREE).content.decode()
    assert "Trang 1/2" in text
