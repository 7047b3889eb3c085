"""What the halls besides the central one are called: «thành phần» by the law, «đại biểu» in the pilot – everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tiepdan.receptions import halls_use, papers
from tiepdan.receptions.models import ReceptionPoint
from tiepdan.receptions.publication import snapshot

pytestmark = pytest.mark.django_db
PAGES = ("diem-cau/", "diem-cau/danh-sach/", "ban-in/")


@pytest.mark.parametrize(("profile", "word"), [("nd154-2026", "thành phần"), ("qd764-2025", "đại biểu")])
def test_pages_and_papers_call_the_halls_as_the_profile_does(profile: str, word: str) -> None:
    of = stage.planned(profile=profile)
    hall = of.halls.filter(is_central=False).first()
    assert hall is not None and (hall.kind_name, papers.hall_kind(hall)) == (f"điểm cầu {word}", word)
    public, plan = snapshot(of)
    assert {row["kind"] for row in public["halls"]} == {"Điểm cầu trung tâm", f"Điểm cầu {word}"}
    assert {row["kind"] for row in plan["halls"]} == {"trung tâm", word}
    client = cast.browser(cast.clerk())
    for page in PAGES:
        text = client.get(f"/buoi-tiep/{of.code}/{page}").content.decode()
        assert f"điểm cầu {word}" in text or f"({word})" in text or f">{word.capitalize()}<" in text, page
    assert f'<option value="component">{word.capitalize()}</option>' in client.get(
        f"/buoi-tiep/{of.code}/diem-cau/"
    ).content.decode().replace(" selected", "")
    found = halls_use.uses(cast.clerk(), hall.point, of.starts_at - timedelta(days=1))
    assert [use.part for use in found.coming] == [word.capitalize()]


@pytest.mark.parametrize(("profile", "word"), [("nd154-2026", "thành phần"), ("qd764-2025", "đại biểu")])
def test_a_plan_without_halls_names_what_is_missing(profile: str, word: str) -> None:
    of = stage.planned(profile=profile, halls=False)
    assert not ReceptionPoint.objects.filter(reception=of).exists()
    client = cast.browser(cast.clerk())
    for page in ("", *PAGES[:2]):
        assert f"Chưa chọn điểm cầu {word}." in client.get(f"/buoi-tiep/{of.code}/{page}").content.decode(), page
