from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from tests.kernel.jobs import FLOW, Job
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import move, one


@pytest.mark.usefixtures("tables")
def test_a_step_changes_the_row_and_the_object() -> None:
    job = Job.objects.create()
    move(job, FLOW, "submit", note="kèm hồ sơ", times=F("times") + 1)
    assert (job.state, job.note, job.times) == ("submitted", "kèm hồ sơ", 1)
    stored = Job.objects.get(pk=job.pk)
    assert (stored.state, stored.note, stored.times) == ("submitted", "kèm hồ sơ", 1)


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(("state", "step"), [("draft", "approve"), ("approved", "submit"), ("draft", "fly")])
def test_a_step_that_the_table_has_not_is_refused(state: str, step: str) -> None:
    job = Job.objects.create(state=state)
    with pytest.raises(Refused) as caught:
        move(job, FLOW, step)
    assert caught.value.code == "state"
    assert FLOW.states[state] in caught.value.sentence
    assert Job.objects.get(pk=job.pk).state == state


@pytest.mark.usefixtures("tables")
def test_an_old_page_is_told_that_somebody_was_faster() -> None:
    seen = Job.objects.create(state="submitted")
    move(Job.objects.get(pk=seen.pk), FLOW, "return")
    with pytest.raises(Refused) as caught:
        move(seen, FLOW, "approve", note="không ghi")
    assert caught.value.code == "faster"
    stored = Job.objects.get(pk=seen.pk)
    assert (stored.state, stored.note) == ("draft", "")


@pytest.mark.usefixtures("real_tables")
def test_of_several_movers_one_wins(race: Callable[..., list[object]]) -> None:
    pk = Job.objects.create(state="submitted").pk
    seen = [Job.objects.get(pk=pk) for _ in range(4)]
    steps = ["approve", "return", "approve", "return"]

    def mover(job: Job, step: str) -> Callable[[], object]:
        return lambda: move(job, FLOW, step, note=step, times=F("times") + 1)

    results = race(*(mover(job, step) for job, step in zip(seen, steps, strict=True)))

    winners = [step for step, result in zip(steps, results, strict=True) if result is None]
    losers = [result for result in results if result is not None]
    assert len(winners) == 1
    assert all(isinstance(result, Refused) and result.code == "faster" for result in losers)
    stored = Job.objects.get(pk=pk)
    assert (stored.state, stored.note, stored.times) == (FLOW.after("submitted", winners[0]), winners[0], 1)


@pytest.mark.usefixtures("tables")
def test_the_only_row_is_found_without_asking_for_an_order(django_assert_num_queries: Callable[[int], Any]) -> None:
    kept = Job.objects.create(note="giữ")
    with django_assert_num_queries(1) as asked:
        assert one(Job.objects.order_by("note").filter(pk=kept.pk)) == kept
    assert "ORDER BY" not in asked.captured_queries[0]["sql"]
    assert one(Job.objects.filter(note="không có")) is None
