"""People, their posts and accounts (S39): who may change whom, and what may not go together."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tests import cast
from tiepdan.accounts.actions import people as actions
from tiepdan.accounts.actions import posts as post_actions
from tiepdan.accounts.actions.door import staff_key
from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import roles_of, with_below
from tiepdan.accounts.queries_people import lonely_tops
from tiepdan.accounts.rules import Role
from tiepdan.accounts.throttle import throttle_fail
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
DAY = timedelta(days=1)
PEOPLE = "/quan-tri/nguoi-dung/"
TOO_FEW = r"^Phải còn ít nhất hai quản trị viên\.$"
APART = r"^Quản trị viên không được đồng thời là lưu trữ hoặc thanh tra\.$"


def second_admin() -> Person:
    return cast.person("quan-tri-2", "Quản Trị Hai", Role.ADMIN)


def commune_admin() -> Person:
    return cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune())


def commune_clerk() -> Person:
    return cast.person("can-bo-xa", "Cán Bộ Xã", Role.CLERK, cast.commune())


def page(person: Person, rest: str = "") -> str:
    return f"{PEOPLE}{person.pk}/{rest}"


def give(person: Person, role: Role, agency: Agency | None = None, since: date = TODAY, **more: Any) -> Post:
    at = agency or cast.province()
    return post_actions.add_post(person, agency=at, role=role, valid_from=since, by=cast.admin(), at=NOW, **more)


def end(person: Person, role: Role, last: date = TODAY) -> None:
    post_actions.end_post(person.posts.get(role=role.value), last_day=last, by=cast.admin(), at=NOW)


def events() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def test_roles_come_and_go_by_the_day() -> None:
    clerk = cast.clerk()
    give(clerk, Role.SECRETARY, since=TODAY + DAY)
    end(clerk, Role.CLERK)
    assert roles_of(clerk, TODAY) == {Role.CLERK}
    assert roles_of(clerk, TODAY + DAY) == {Role.SECRETARY}
    end(clerk, Role.SECRETARY)  # before it began: it never was
    assert [post.role for post in clerk.posts.all()] == ["clerk"]
    assert events() == ["post.added", "post.ended", "post.ended"]
    with pytest.raises(Refused, match="đã kết thúc từ trước"):
        post_actions.end_post(clerk.posts.get(), last_day=TODAY, by=cast.admin(), at=NOW + 2 * DAY)


@pytest.mark.parametrize(
    ("person", "wanted", "place"),
    [
        (cast.admin, Role.ARCHIVIST, cast.province),
        (cast.admin, Role.INSPECTOR, cast.commune),
        (cast.inspector, Role.ADMIN, cast.commune),
    ],
)
def test_who_administers_neither_keeps_records_nor_supervises(person: Any, wanted: Role, place: Any) -> None:
    with pytest.raises(Refused, match=APART):
        give(person(), wanted, place())


def test_what_cannot_be_given() -> None:
    clerk = cast.clerk()
    with pytest.raises(Invalid, match="đã có vai trò"):
        give(clerk, Role.CLERK)
    with pytest.raises(Invalid, match="Ngày kết thúc phải sau"):
        give(clerk, Role.CHAIR, valid_to=TODAY - DAY)
    Agency.objects.filter(pk=cast.commune().pk).update(valid_to=TODAY - DAY)
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        give(clerk, Role.CLERK, Agency.objects.get(code="thanh-loc"))
    with pytest.raises(Refused, match="đã hết hiệu lực"):  # not even in the past: new people come today
        give(clerk, Role.CLERK, Agency.objects.get(code="thanh-loc"), since=date(2021, 1, 1))
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    clerk.refresh_from_db()
    with pytest.raises(Refused, match="đang khóa"):
        give(clerk, Role.CHAIR)


def test_two_administrators_have_to_remain() -> None:
    first, second = cast.admin(), second_admin()
    with pytest.raises(Refused, match=TOO_FEW):
        end(second, Role.ADMIN)
    with pytest.raises(Refused, match=TOO_FEW):
        actions.lock_person(second, reason="nghỉ hưu", by=first, at=NOW)
    third = cast.person("quan-tri-3", "Quản Trị Ba", Role.ADMIN)
    actions.lock_person(third, reason="nghỉ hưu", by=first, at=NOW)
    actions.unlock_person(third, by=first, at=NOW)
    end(second, Role.ADMIN)
    assert roles_of(second, TODAY + DAY) == frozenset()


def test_the_only_administrator_cannot_go_and_the_page_warns() -> None:
    admin = cast.admin()
    with pytest.raises(Refused, match=TOO_FEW):
        end(admin, Role.ADMIN)
    top = with_below([cast.province()])
    assert lonely_tops(top, TODAY) == [cast.province()]
    assert "chưa có đủ hai quản trị viên" in cast.browser(admin).get("/quan-tri/").content.decode()
    second_admin()
    assert lonely_tops(top, TODAY) == []


def test_a_commune_may_do_with_one_administrator_or_none() -> None:
    end(commune_admin(), Role.ADMIN)
    assert Entry.objects.get().agency == cast.commune()


def test_an_administrator_who_leaves_on_a_day_to_come_is_counted_on_the_day_after() -> None:
    second = second_admin()
    cast.person("quan-tri-3", "Quản Trị Ba", Role.ADMIN)
    Post.objects.filter(person=cast.admin()).update(valid_to=TODAY + 10 * DAY)
    with pytest.raises(Refused, match=TOO_FEW):
        end(second, Role.ADMIN, TODAY)  # two would remain for ten days only
    cast.person("quan-tri-4", "Quản Trị Bốn", Role.ADMIN)
    end(second, Role.ADMIN, TODAY)
    with pytest.raises(Refused, match=TOO_FEW):
        end(Person.objects.get(username="quan-tri-3"), Role.ADMIN, TODAY + 20 * DAY)


def test_a_new_person_gets_a_password_once_and_must_choose_an_own_one() -> None:
    client = cast.browser(cast.admin())
    facts = {
        "full_name": "Nguyễn Thị Mới",
        "agency": cast.commune().pk,
        "role": "clerk",
        "title": "Chuyên viên",
        "valid_from": timezone.localdate(),
    }
    answer = client.post(f"{PEOPLE}them/", facts)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    password = re.findall(r'data-slip="password">([^<]+)<', answer.content.decode())[0]
    fresh = Person.objects.get(username="nguyen-thi-moi")
    assert (fresh.posts.get().agency, fresh.must_change_password) == (cast.commune(), True)
    assert password not in client.get(page(fresh)).content.decode()
    assert password not in str([entry.facts for entry in Entry.objects.all()])

    theirs = Client()
    theirs.post("/dang-nhap/", {"username": "nguyen-thi-moi", "password": password})
    assert theirs.get("/viec-cua-toi/")["Location"] == "/doi-mat-khau/?next=%2Fviec-cua-toi%2F"
    assert theirs.get("/buoi-tiep/", headers={"accept": "application/json"}).json()["code"] == "own_password"
    change = {"old": password, "new": "mot-cau-dai-de-nho", "again": "mot-cau-dai-de-nho", "next": "/viec-cua-toi/"}
    assert theirs.post("/doi-mat-khau/", change)["Location"] == "/viec-cua-toi/"
    assert theirs.get("/viec-cua-toi/").status_code == 200
    fresh.refresh_from_db()
    assert not fresh.must_change_password and fresh.check_password("mot-cau-dai-de-nho")
    assert "person.password_changed" in events()


def test_a_wrong_new_person_keeps_what_was_entered() -> None:
    client = cast.browser(cast.admin())
    today = timezone.localdate()
    facts = {"full_name": "Người Mới", "agency": cast.province().pk, "role": "clerk", "valid_from": today}
    for change, words in [
        ({"full_name": ""}, "Chưa nhập họ và tên."),
        ({"role": ""}, "Chưa chọn vai trò."),
        ({"username": "Có Dấu"}, "Chỉ dùng chữ thường"),
        ({"username": "quan-tri"}, "Tên đăng nhập «quan-tri» đã có người dùng."),
        ({"agency": cast.elsewhere().pk}, "Hãy chọn cơ quan trong danh sách."),
        ({"valid_to": today - DAY}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"email": "x"}, "Địa chỉ thư điện tử chưa đúng"),
    ]:
        answer = client.post(f"{PEOPLE}them/", {**facts, **change})
        text = answer.content.decode()
        assert answer.status_code == 422 and words in text, words
        assert "full_name" in change or 'value="Người Mới"' in text
    assert not Person.objects.filter(full_name="Người Mới").exists()


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("sai", "mot-cau-dai-de-nho", "mot-cau-dai-de-nho", "Mật khẩu hiện nay chưa đúng. Còn 4 lần thử."),
        (cast.PASSWORD, "ngan", "ngan", "ít nhất 10 ký tự"),
        (cast.PASSWORD, "password123", "password123", "quá phổ biến"),
        (cast.PASSWORD, cast.PASSWORD, cast.PASSWORD, "phải khác mật khẩu hiện nay"),
        (cast.PASSWORD, "mot-cau-dai-de-nho", "mot-cau-khac-hẳn", "không giống nhau"),
    ],
)
def test_a_password_that_is_not_taken(old: str, new: str, again: str, words: str) -> None:
    chair = cast.chair()
    answer = cast.browser(chair).post("/doi-mat-khau/", {"old": old, "new": new, "again": again})
    assert answer.status_code in (409, 422) and words in answer.content.decode()
    chair.refresh_from_db()
    assert chair.check_password(cast.PASSWORD)


def test_changing_the_password_keeps_this_browser_and_ends_the_others() -> None:
    chair = cast.chair()
    here, there = cast.browser(chair), cast.browser(chair)
    change = {"old": cast.PASSWORD, "new": "mot-cau-dai-de-nho", "again": "mot-cau-dai-de-nho"}
    assert here.post("/doi-mat-khau/", change).status_code == 302
    assert get_user(here).is_authenticated and get_user(there).is_anonymous
    assert Client().get("/doi-mat-khau/")["Location"].startswith("/dang-nhap/")


def test_a_lost_password_is_replaced_and_a_locked_account_stays_out() -> None:
    clerk, admin = cast.clerk(), cast.browser(cast.admin())
    theirs = cast.browser(clerk)
    answer = admin.post(page(clerk, "cap-lai-mat-khau/"))
    password = re.findall(r'data-slip="password">([^<]+)<', answer.content.decode())[0]
    assert get_user(theirs).is_anonymous
    clerk.refresh_from_db()
    assert clerk.check_password(password) and clerk.must_change_password
    assert admin.post(page(clerk, "khoa/"), {"reason": ""}).status_code == 422
    admin.post(page(clerk, "khoa/"), {"reason": "chuyển công tác"})
    assert Client().post("/dang-nhap/", {"username": "can-bo", "password": password}).status_code == 409
    assert "Mở khóa" in admin.get(page(clerk)).content.decode()
    admin.post(page(clerk, "mo-khoa/"))
    assert Client().post("/dang-nhap/", {"username": "can-bo", "password": password}).status_code == 302
    done = [event for event in events() if event.startswith("person.")]
    assert done == ["person.password_reset", "person.locked", "person.unlocked"]


def test_nobody_locks_oneself_out() -> None:
    admin = cast.admin()
    second_admin()
    answer = cast.browser(admin).post(page(admin, "khoa/"), {"reason": "thử"})
    assert answer.status_code == 409 and "tự khóa" in answer.content.decode()


def test_each_level_sees_its_own_people() -> None:
    clerk, below = cast.clerk(), commune_clerk()
    admin, theirs = cast.browser(cast.admin()), cast.browser(commune_admin())
    assert "Cán Bộ Xã" in admin.get(PEOPLE).content.decode()
    text = theirs.get(PEOPLE).content.decode()
    assert "Cán Bộ Xã" in text and "Phạm Thị Hoa" not in text
    assert theirs.get(page(below)).status_code == admin.get(page(below)).status_code == 200
    for rest in ("", "sua/", "khoa/", "vai-tro/them/", f"vai-tro/{clerk.posts.get().pk}/ket-thuc/"):
        assert theirs.get(page(clerk, rest)).status_code == 404, rest
    for rest in ("cap-lai-mat-khau/", "mo-khoa/"):
        assert theirs.post(page(clerk, rest)).status_code == 404
    for person in (cast.clerk(), cast.chair(), cast.inspector(), cast.technician()):
        assert cast.browser(person).get(PEOPLE).status_code == 403
    assert Client().get(PEOPLE)["Location"] == f"/dang-nhap/?next={PEOPLE}"


def test_who_also_works_above_is_not_taken_over_from_below() -> None:
    """Else a commune's administrator would get into the province by resetting a password."""
    both = commune_clerk()
    upper = cast.post(both, Role.CHAIR)
    theirs = cast.browser(commune_admin())
    assert "ngoài phạm vi quản trị của bạn" in theirs.get(page(both)).content.decode()
    for rest in ("cap-lai-mat-khau/", "mo-khoa/", "khoa/", "sua/"):
        assert theirs.post(page(both, rest), {"reason": "x"}).status_code == 403, rest
    assert theirs.get(page(both, f"vai-tro/{upper.pk}/ket-thuc/")).status_code == 404
    assert cast.browser(cast.admin()).post(page(both, "cap-lai-mat-khau/")).status_code == 200
    Post.objects.filter(pk=upper.pk).update(valid_to=timezone.localdate() - DAY)
    assert theirs.post(page(both, "cap-lai-mat-khau/")).status_code == 200


def test_posts_on_the_pages() -> None:
    admin, clerk = cast.browser(cast.admin()), cast.clerk()
    today = timezone.localdate()
    facts = {"agency": cast.province().pk, "role": "secretary", "title": "Thư ký", "valid_from": today}
    assert admin.post(page(clerk, "vai-tro/them/"), facts)["Location"] == page(clerk)
    post = clerk.posts.get(role="secretary")
    answer = admin.post(page(clerk, f"vai-tro/{post.pk}/ket-thuc/"), {"last_day": ""})
    assert answer.status_code == 422 and "Chưa nhập giữ vai trò đến hết ngày." in answer.content.decode()
    admin.post(page(clerk, f"vai-tro/{post.pk}/ket-thuc/"), {"last_day": today})
    post.refresh_from_db()
    assert post.valid_to == today
    answer = admin.post(page(cast.inspector(), "vai-tro/them/"), {**facts, "role": "admin"})
    assert answer.status_code == 409
    assert "Quản trị viên không được đồng thời là lưu trữ hoặc thanh tra." in answer.content.decode()
    assert 'value="Thư ký"' in answer.content.decode()
    admin.post(page(clerk, "sua/"), {"full_name": "Phạm Thị Hoa Mai", "phone": "0299", "email": ""})
    clerk.refresh_from_db()
    assert (clerk.full_name, clerk.search) == ("Phạm Thị Hoa Mai", "pham thi hoa mai can-bo 0299")


def test_the_yearly_look_at_rights() -> None:
    clerk, chair, admin = cast.clerk(), cast.chair(), cast.browser(cast.admin())
    assert "Rà soát quyền năm" in admin.get("/viec-cua-toi/").content.decode()
    assert admin.get(PEOPLE, {"state": "unreviewed"}).content.decode().count('name="nguoi"') == 3
    answer = admin.post(f"{PEOPLE}ra-soat/", {"nguoi": [clerk.pk, chair.pk, cast.outsider().pk]})
    assert answer["Location"] == f"{PEOPLE}?state=unreviewed"
    clerk.refresh_from_db()
    assert clerk.reviewed_on == timezone.localdate()
    assert events() == ["person.reviewed"] * 2
    assert admin.post(f"{PEOPLE}ra-soat/", {"nguoi": [cast.admin().pk]}).status_code == 409
    assert "Rà soát quyền năm" not in admin.get("/viec-cua-toi/").content.decode()
    assert "Chưa chọn người nào" in admin.post(f"{PEOPLE}ra-soat/", follow=True).content.decode()


def test_finding_people() -> None:
    cast.everybody()
    commune_clerk()
    Person.objects.filter(username="thu-ky").update(is_active=False)
    Person.objects.filter(username="chu-tri").update(last_login=timezone.now())
    admin = cast.browser(cast.admin())
    for query, found, lost in [
        ({"q": "pham thi hoa"}, "Phạm Thị Hoa", "Trần Văn Bình"),
        ({"role": "chair"}, "Nguyễn Đức Ân", "Phạm Thị Hoa"),
        ({"agency": cast.commune().pk}, "Cán Bộ Xã", "Phạm Thị Hoa"),
        ({"agency": cast.elsewhere().pk}, "Phạm Thị Hoa", "Người Tỉnh Khác"),
        ({}, "Phạm Thị Hoa", "Lê Thị Mai"),
        ({"state": "locked"}, "Lê Thị Mai", "Phạm Thị Hoa"),
        ({"state": "unused"}, "Phạm Thị Hoa", "Nguyễn Đức Ân"),
        ({"q": "khong dau co"}, "Không có người dùng khớp bộ lọc.", "Phạm Thị Hoa"),
    ]:
        text = admin.get(PEOPLE, query).content.decode()
        assert found in text and lost not in text, query


def test_the_number_of_queries_does_not_grow_with_the_list(django_assert_max_num_queries: Any) -> None:
    admin = cast.browser(cast.admin())
    for number in range(60):
        cast.person(f"nguoi-{number}", f"Người {number}", Role.CLERK, cast.commune())
    with django_assert_max_num_queries(16):
        text = admin.get(PEOPLE).content.decode()
    assert "Trang 1/2" in text and "61 người" in text


def test_the_log_keeps_who_confirmed_which_roles() -> None:
    actions.review([cast.clerk()], by=cast.admin(), at=NOW)
    entry = Entry.objects.get(event="person.reviewed")
    assert entry.facts == {"year": 2026, "confirmed": ["Cán bộ tiếp dân, UBND tỉnh Minh Châu"]}
    text = cast.browser(second_admin()).get(page(cast.clerk())).content.decode()
    assert "Hoàng Gia Khánh" in text and "Xác nhận: Cán bộ tiếp dân, UBND tỉnh Minh Châu" in text


def test_who_also_works_above_is_looked_through_from_above() -> None:
    both = commune_clerk()
    give(both, Role.SECRETARY)
    client = cast.browser(commune_admin())
    assert both.full_name not in client.get(PEOPLE, {"state": "unreviewed"}).content.decode()
    answer = client.post(f"{PEOPLE}ra-soat/", {"nguoi": both.pk})
    assert answer.status_code == 403 and "cấp trên" in answer.content.decode()
    both.refresh_from_db()
    assert both.reviewed_on is None
    assert both.full_name in cast.browser(cast.admin()).get(PEOPLE, {"state": "unreviewed"}).content.decode()
    assert cast.browser(cast.admin()).post(f"{PEOPLE}ra-soat/", {"nguoi": both.pk}).status_code == 302


def test_an_account_is_unused_only_when_it_could_have_been_used() -> None:
    today = timezone.localdate()
    fresh = cast.person("moi-den", "Mới Đến", Role.CLERK)
    fresh.posts.update(valid_from=today - 89 * DAY)
    old = cast.person("lau-roi", "Lâu Rồi", Role.CLERK)
    old.posts.update(valid_from=today - 90 * DAY)
    text = cast.browser(cast.admin()).get(PEOPLE, {"state": "unused"}).content.decode()
    assert "Lâu Rồi" in text and "Mới Đến" not in text
    Person.objects.filter(pk=fresh.pk).update(last_login=timezone.now() - timedelta(days=92))
    assert "Mới Đến" in cast.browser(cast.admin()).get(PEOPLE, {"state": "unused"}).content.decode()


def test_who_is_locked_out_is_shown_and_let_in() -> None:
    client, who = cast.browser(cast.admin()), cast.clerk()
    locked = "Đang tạm khóa vì nhập sai mật khẩu"
    assert locked not in client.get(PEOPLE).content.decode()
    for _ in range(5):
        throttle_fail(staff_key(who.username), timezone.now())
    text = client.get(PEOPLE).content.decode()
    assert locked in text and who.full_name in text.split(locked)[1][:300]
    assert "vì nhập sai 5 lần" in client.get(page(who)).content.decode()
    assert locked not in cast.browser(commune_admin()).get(PEOPLE).content.decode()
    assert cast.browser(commune_admin()).post(page(who, "mo-tam-khoa/")).status_code == 404
    assert client.post(page(who, "mo-tam-khoa/"))["Location"] == page(who)
    assert events()[-1] == "person.lockout_ended" and locked not in client.get(PEOPLE).content.decode()
    answer = client.post(page(who, "mo-tam-khoa/"))
    assert answer.status_code == 409 and "không còn bị tạm khóa" in answer.content.decode()


def test_the_slip_says_where_and_as_what() -> None:
    text = cast.browser(cast.admin()).post(page(cast.clerk(), "cap-lai-mat-khau/")).content.decode()
    assert "http://testserver/dang-nhap/" in text and "Cán bộ tiếp dân, UBND tỉnh Minh Châu" in text
    assert "data-print" in text and "Hoàng Gia Khánh" in text
