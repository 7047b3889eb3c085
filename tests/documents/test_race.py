"""Two people press at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections
from django.utils.timezone import localdate

from tests import cast
from tests.documents.stage import NOW, paper
from tiepdan.documents import actions
from tiepdan.documents.models import Document
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], None]) -> list[str]:
    """Do all at the same moment; the sentences of those that were refused."""
    gate, refused = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        gate.wait()
        try:
            work()
        except Refused as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def numbering(pk: int, dated: date | None = None) -> Callable[[], None]:
    document, by = Document.objects.get(pk=pk), cast.clerk()
    _ = document.agency
    return lambda: actions.assign_number(document, by=by, at=NOW, dated=dated)


def test_of_two_who_number_one_paper_one_wins() -> None:
    pk = paper().pk
    assert len(together(numbering(pk), numbering(pk))) == 1
    found = Document.objects.get(pk=pk)
    assert (found.code, found.state) == ("01/GM-UBND", "numbered")


def test_papers_numbered_at_the_same_moment_get_different_numbers() -> None:
    papers = [paper(part=f"p{place}").pk for place in range(4)]
    assert together(*(numbering(pk) for pk in papers)) == []
    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_numbers_and_days_grow_together_also_when_taken_at_the_same_moment() -> None:
    """Khoản 1 Điều 15 NĐ 30/2020: who is late for a number of yesterday is told so, and leaves no hole."""
    days = [localdate(NOW) - timedelta(days=place % 2) for place in range(6)]
    papers = [paper(part=f"p{place}").pk for place in range(6)]
    refused = together(*(numbering(pk, day) for pk, day in zip(papers, days, strict=True)))
    rows = Document.objects.filter(number__isnull=False).order_by("number").values_list("number", "dated")
    assert [number for number, _ in rows] == list(range(1, 7 - len(refused)))
    assert [day for _, day in rows] == sorted(day for _, day in rows if day)
    assert all("Không cấp số lùi ngày" in sentence for sentence in refused)
