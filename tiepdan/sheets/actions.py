"""Taking a sheet, looking through it, bringing it in: a small one as a whole or not at all, a large one bit by bit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.files import store
from tiepdan.files.actions import keep
from tiepdan.files.rules import XLSX, ending_of
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import FASTER, move
from tiepdan.sheets.checking import Checked, check, problems_of
from tiepdan.sheets.importers import Importer, importer
from tiepdan.sheets.models import Upload
from tiepdan.sheets.reading import read_lines
from tiepdan.sheets.rules import LARGEST, MANY_ROWS, PER_CLAIM, PER_WRITE, UPLOAD


def take(
    importer: Importer, upload: UploadedFile[Any] | bytes, *, agency: Agency, by: Person, at: datetime, name: str = ""
) -> Upload:
    """Keep a file and look through its rows; nothing is brought in yet.

    Raises:
        Invalid: not an Excel file, larger than 10 MB, wrong headings, empty, too many rows.
    """
    source, name, size = _opened(upload, name)
    rows: list[Checked] = []
    # Read before it is kept: a sheet that cannot be used leaves nothing behind. What is no Excel file at all, or too
    # large, `keep` refuses in its own words.
    if ending_of(name) == XLSX.ending and 0 < size <= LARGEST:
        rows = check(read_lines(source, importer), importer, agency, localdate(at))
    with transaction.atomic():
        stored = keep(upload, agency=agency, by=by, at=at, name=name, accepted=(XLSX,), largest=LARGEST)
        row = Upload.objects.create(
            kind=importer.code,
            agency=agency,
            file=stored,
            by=by,
            at=at,
            rows=len(rows),
            problems=problems_of(rows),
        )
        audit.record(
            "sheets.uploaded",
            agency=agency,
            at=at,
            by=by,
            about=row,
            kind=importer.title,
            rows=row.rows,
            wrong=row.wrong,
        )
    return row


def _opened(upload: UploadedFile[Any] | bytes, name: str) -> tuple[IO[bytes], str, int]:
    if isinstance(upload, bytes):
        return io.BytesIO(upload), name, len(upload)
    return upload, name or upload.name or "", upload.size or 0


def checked(row: Upload, importer: Importer, at: datetime) -> list[Checked]:
    """The rows as they are today: others may have entered the same things meanwhile."""
    with store.opened(row.file) as source:
        return check(read_lines(source, importer), importer, row.agency, localdate(at))


def bring_in(row: Upload, importer: Importer, *, only_right: bool, by: Person, at: datetime) -> int:
    """All rows in one transaction; the number brought in. Of more than 200 rows none yet: the worker begins.

    Raises:
        Refused: rows are wrong and the right ones alone were not asked for; none is right; or a row was refused by
            its own rules, which undoes all of them and names the line.
    """
    rows = checked(row, importer, at)
    problems = problems_of(rows)
    if problems != row.problems:
        Upload.objects.filter(pk=row.pk).update(problems=problems)
        row.problems = problems
    right = [one for one in rows if not one.problems]
    if problems and not only_right:
        raise Refused(
            f"Còn {len(problems)} dòng sai nên chưa nhập dòng nào. Hãy sửa tệp rồi tải lại, "
            "hoặc chọn «Nhập các dòng đúng».",
            code="wrong_rows",
        )
    if not right:
        raise Refused("Không có dòng nào đúng để nhập. Hãy sửa tệp rồi tải lại.", code="nothing_right")
    if len(right) > MANY_ROWS:
        move(row, UPLOAD, "start", problems=[], due_at=at, finished_by=by)
        return 0
    with transaction.atomic():
        move(row, UPLOAD, "import", imported=len(right), finished_at=at, finished_by=by)
        for one in right:
            try:
                importer.apply(one.cleaned, row.agency, by, at)
            except Refused as refused:
                raise Refused(
                    f"Dòng {one.line.number}: {refused.sentence} Chưa nhập dòng nào.", code="row_refused"
                ) from refused
        audit.record(
            "sheets.imported",
            agency=row.agency,
            at=at,
            by=by,
            about=row,
            kind=importer.title,
            rows=len(right),
            wrong=len(problems),
        )
    return len(right)


def go_on(row: Upload, now: datetime) -> None:
    """The worker's part of a large sheet: some hundred rows, in transactions that nobody has to wait for.

    The line that was reached is written together with its rows, so it goes on there after a crash. A row that has
    become wrong since it was looked through is left out and told; the others are not undone for it.
    """
    kind = importer(row.kind)
    if row.state != "running" or kind is None:
        return
    with store.opened(row.file) as source:
        left = [line for line in read_lines(source, kind) if line.number > row.reached]
    rows = check(left[:PER_CLAIM], kind, row.agency, localdate(now))
    for first in range(0, len(rows), PER_WRITE):
        _write(row, rows[first : first + PER_WRITE], kind, now)
    if len(left) > PER_CLAIM:
        row.due_at = now
        return
    with transaction.atomic():
        move(row, UPLOAD, "finish", finished_at=now)
        audit.record(
            "sheets.imported",
            agency=row.agency,
            at=now,
            by=row.finished_by,
            about=row,
            kind=kind.title,
            rows=row.imported,
            wrong=row.wrong,
        )


@transaction.atomic
def _write(row: Upload, group: Sequence[Checked], kind: Importer, at: datetime) -> None:
    mine = Upload.objects.filter(pk=row.pk, state="running", reached=row.reached)
    if not mine.update(reached=group[-1].line.number):
        raise Refused(FASTER, code="faster")  # another worker, whose lease is newer
    by = row.finished_by
    assert by is not None  # who confirmed it
    done, problems = 0, list(row.problems)
    for one in group:
        sentences = list(dict.fromkeys(one.problems))
        if not sentences:
            try:
                with transaction.atomic():
                    kind.apply(one.cleaned, row.agency, by, at)
                done += 1
            except Refused as refused:
                sentences = [refused.sentence]
        if sentences:
            problems.append([one.line.number, sentences])
    Upload.objects.filter(pk=row.pk).update(imported=F("imported") + done, problems=problems)
    row.reached, row.imported, row.problems = group[-1].line.number, row.imported + done, problems


@transaction.atomic
def drop(row: Upload, importer: Importer, *, by: Person, at: datetime) -> None:
    move(row, UPLOAD, "drop", finished_at=at, finished_by=by)
    audit.record("sheets.dropped", agency=row.agency, at=at, by=by, about=row, kind=importer.title)
