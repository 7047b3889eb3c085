"""Sets of papers, made by the worker: first every Word file, then all PDFs in one run of LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.documents.actions.drafting import draft
from tiepdan.documents.actions.pdf import UNREADABLE, keep_pdf, no_pdf
from tiepdan.documents.models import Batch, Document
from tiepdan.documents.sources import key_of, source_of
from tiepdan.documents.word import office
from tiepdan.files import store
from tiepdan.kernel.refusals import Refused

LEASE = timedelta(minutes=5)  # longer than a run of LibreOffice may take


class _Cancelled(Exception):
    pass


@transaction.atomic
def draft_set(about: Model, wanted: Sequence[tuple[str, str]], *, by: Person, at: datetime) -> Batch:
    """Let the worker make these papers, each (kind, part). A set about the same row must not be running.

    Raises:
        Refused: a set about this row is being made, or nothing was asked for.
    """
    about_kind, about_id = key_of(about)
    if not wanted:
        raise Refused("Chưa chọn văn bản nào để tạo.", code="empty")
    if Batch.objects.filter(
        about_kind=about_kind, about_id=about_id, finished_at__isnull=True, cancelled_at__isnull=True
    ).exists():
        raise Refused("Đang tạo bộ văn bản này. Chờ xong, hoặc bấm «Dừng» rồi tạo lại.", code="running")
    agency = source_of(wanted[0][0], about_kind).agency(about)
    batch = Batch.objects.create(
        agency=agency,
        about_kind=about_kind,
        about_id=about_id,
        wanted=[[kind, part] for kind, part in wanted],
        made_by=by,
        created_at=at,
        due_at=at,
    )
    audit.record("batch.started", agency=agency, at=at, by=by, about=about, papers=len(wanted))
    return batch


@transaction.atomic
def cancel_batch(batch: Batch, *, by: Person, at: datetime) -> None:
    """What is made already stays."""
    running = Batch.objects.filter(pk=batch.pk, finished_at__isnull=True, cancelled_at__isnull=True)
    if not running.update(cancelled_at=at, due_at=None):
        raise Refused("Bộ văn bản này đã tạo xong hoặc đã dừng.", code="state")
    audit.record("batch.cancelled", agency=batch.agency, at=at, by=by, about=batch, done=batch.done)


def run_batch(batch: Batch, now: datetime) -> None:
    """The worker's handler. Begins after the last paper that was made, so it can be done again after a crash."""
    try:
        _write(batch, now)
        _convert(batch, now)
    except _Cancelled:
        return
    with transaction.atomic():
        if Batch.objects.filter(pk=batch.pk, finished_at__isnull=True, cancelled_at__isnull=True).update(
            finished_at=now
        ):
            batch.finished_at = now
            audit.record(
                "batch.finished",
                agency=batch.agency,
                at=now,
                by=batch.made_by,
                about=batch,
                papers=len(batch.papers),
                problems=len(batch.problems),
            )


def _write(batch: Batch, now: datetime) -> None:
    for kind, part in batch.wanted[batch.done :]:
        _look(batch)
        source = source_of(kind, batch.about_kind)
        try:
            paper = draft(kind, source.load(batch.about_id), part, by=batch.made_by, at=now, pdf=False)
            batch.papers = [*batch.papers, paper.pk]
        except Refused as refusal:
            batch.problems = [*batch.problems, [kind, part, refusal.sentence]]
        batch.done += 1
        _keep(batch, "papers", "problems", "done")


def _convert(batch: Batch, now: datetime) -> None:
    if not office.available():
        return
    papers = {
        str(paper.pk): paper
        for paper in Document.objects.filter(pk__in=batch.papers, pdf__isnull=True).select_related("docx", "agency")
        if paper.docx is not None
    }
    before = len(batch.papers) - len(papers)

    def tick(done: int) -> None:
        _look(batch)
        if before + done != batch.converted:
            batch.converted = before + done
            _keep(batch, "converted")

    if papers:
        _look(batch)
        reason = UNREADABLE
        try:
            made = office.convert({key: store.read(paper.docx) for key, paper in papers.items() if paper.docx}, tick)
        except office.Failed as problem:
            made, reason = {}, str(problem)
            batch.problems = [*batch.problems, ["", "", str(problem)]]
        for key, paper in papers.items():
            if key in made:
                keep_pdf(paper, made[key], now)
            else:
                no_pdf(paper, reason)
        batch.converted = before + len(made)
        _keep(batch, "converted", "problems")


def _look(batch: Batch) -> None:
    if Batch.objects.filter(pk=batch.pk, cancelled_at__isnull=False).exists():
        raise _Cancelled


def _keep(batch: Batch, *names: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(**{name: getattr(batch, name) for name in names})
