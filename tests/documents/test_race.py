"""Two people press at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

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


def numbering(pk: int) -> Callable[[], None]:
    document, by = Document.objects.get(pk=pk), cast.clerk()
    _ = document.agency
    return lambda: actions.assign_number(document, by=by, at=NOW)


def test_of_two_who_number_one_paper_one_wins() -> None:
    pk = paper().pk
    assert len(together(numbering(pk), numbering(pk))) == 1
    found = Document.objects.get(pk=pk)
    assert (found.code, found.state) == ("01/GM-UBND", "numbered")


def test_papers_numbered_at_the_same_moment_get_different_numbers() -> None:
    papers = [paper(part=f"p{place}").pk for place in range(4)]
    assert together(*(numbering(pk) for pk in papers)) == []
    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
