"""Rows of the running order drawn to another place: one POST, and of two people the second is told (screen S11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests import schedule_cast as stage
from tiepdan.audit.models import Entry
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.reception(state="draft", start=timezone.now() + timedelta(days=30))


def order(of: Reception) -> list[int]:
    return list(of.agenda.values_list("pk", flat=True))


def stages(of: Reception) -> list[str]:
    return list(of.agenda.values_list("stage", flat=True))


def post(of: Reception, wanted: list[int], shown: list[int], row: int, *, who: Any = None, **more: str) -> Any:
    form = {"order": ",".join(map(str, wanted)), "seen": ",".join(map(str, shown)), "moved": row, **more}
    return cast.browser(who or cast.clerk()).post(f"/buoi-tiep/{of.code}/kich-ban/thu-tu/", form)


def drawn(of: Reception, start: int, to: int) -> tuple[list[int], list[int], int]:
    seen = order(of)
    wanted = [*seen]
    wanted.insert(to, wanted.pop(start))
    return wanted, seen, seen[start]


def test_the_page_tells_the_script_what_it_needs(of: Reception) -> None:
    words = cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/kich-ban/").content.decode()
    assert f'name="seen" value="{",".join(map(str, order(of)))}"' in words
    assert "data-order" in words and "data-minutes=" in words and "kich-ban/thu-tu/" in words
    Reception.objects.update(state="submitted")
    words = cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/kich-ban/").content.decode()
    assert "data-handle" not in words and "thu-tu/" not in words


def test_a_row_is_drawn_over_several_places_and_its_times_follow(of: Reception) -> None:
    wanted, seen, moved = drawn(of, 1, 4)
    answer = post(of, wanted, seen, moved)
    assert answer.status_code == 302 and answer["Location"].endswith(f"#muc-{moved}")
    assert order(of) == wanted
    told = Entry.objects.filter(event="agenda.item_moved").get()
    assert (told.facts["item"], told.facts["place"]) == ("Xác định thành phần", 5)


def test_the_second_of_two_is_told_who_was_faster_and_sees_the_new_order(of: Reception) -> None:
    first, second = drawn(of, 1, 3), drawn(of, 4, 2)
    assert post(of, *first, who=cast.chair()).status_code == 302
    kept = order(of)
    answer = post(of, *second)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert f"Nội dung này vừa được {cast.chair().full_name} thay đổi lúc" in words and "Hãy tải lại trang" in words
    assert order(of) == kept and f'name="seen" value="{",".join(map(str, kept))}"' in words


def test_a_row_that_somebody_took_out_meanwhile_is_no_row_to_be_put_back(of: Reception) -> None:
    mine = drawn(of, 0, 2)
    of.agenda.filter(stage="closing").delete()
    answer = post(of, *mine)
    assert answer.status_code == 409 and "vừa được người khác thay đổi" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order", ""),
        ("order", "1,hai"),
        ("order", "9" * 40),
        ("order", "1,1,1"),
        ("seen", "x"),
        ("moved", "nua"),
        ("moved", "0"),
        ("moved", "999999"),
    ],
)
def test_what_is_no_order_changes_nothing(of: Reception, field: str, value: str) -> None:
    wanted, seen, moved = drawn(of, 1, 3)
    answer = post(of, wanted, seen, moved, **{field: value})
    assert answer.status_code == 422 and "Hãy tải lại trang rồi làm lại." in answer.content.decode()
    assert order(of) == seen


def test_who_does_not_write_the_script_moves_nothing(of: Reception) -> None:
    mine = drawn(of, 1, 3)
    assert post(of, *mine, who=cast.secretary()).status_code == 403
    assert post(of, *mine, who=cast.outsider()).status_code == 404
    assert order(of) == mine[1]


def test_in_the_last_half_hour_the_reason_comes_along(of: Reception) -> None:
    now = timezone.now()
    Reception.objects.update(starts_at=now + timedelta(minutes=10), ends_at=now + timedelta(hours=2), state="ready")
    mine = drawn(of, 1, 3)
    assert post(of, *mine).status_code == 409
    refused = post(of, *mine, who=cast.chair())
    assert refused.status_code == 409 and "hãy ghi lý do" in refused.content.decode()
    assert post(of, *mine, who=cast.chair(), reason="Công dân đến muộn").status_code == 302
    assert order(of) == mine[0]


def test_words_of_an_item_are_not_overwritten_unread(of: Reception) -> None:
    item = of.agenda.get(stage="dialogue")
    desk = cast.browser(cast.clerk())
    address = f"/buoi-tiep/{of.code}/kich-ban/{item.pk}/"
    shown = desk.get(address).context["form"]
    form = {"stage": "dialogue", "title": "Đối thoại", "minutes": 30, "seen": shown["seen"].value()}
    other = cast.browser(cast.chair())
    assert other.post(address, {**form, "words": "Lời của người chủ trì"}).status_code == 302
    answer = desk.post(address, {**form, "words": "Lời của cán bộ"})
    words = answer.content.decode()
    assert answer.status_code == 409 and f"vừa được {cast.chair().full_name} thay đổi" in words
    assert "Lời của cán bộ" in words  # still in the form, to be compared
    item.refresh_from_db()
    assert item.words == "Lời của người chủ trì"
