"""Making a schedule public, version by version, and telling those whom a version touches.

Điều 24 Luật Tiếp công dân: posted at least five working days before the day; khoản 3 Điều 19 NĐ 154/2026 applies it
to online receptions, and khoản 1 Điều 23 has the same term for telling citizens and agencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.dates import day_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.law.milestones import earliest_day, is_too_near
from tiepdan.policy.queries import calendar
from tiepdan.receptions import reminders
from tiepdan.receptions.access import require_desk, require_writable, require_writer
from tiepdan.receptions.actions import posters
from tiepdan.receptions.actions.common import hold
from tiepdan.receptions.actions.plan import notice_limit
from tiepdan.receptions.audience import audience
from tiepdan.receptions.models import PlanDecision, Reception, Version
from tiepdan.receptions.publication import (
    differences,
    newest,
    personal_data,
    public_changes,
    snapshot,
)
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import PUBLIC, RECEPTION, Kind, Phase
from tiepdan.receptions.warnings import blocking_sentence, warnings

NOT_APPROVED = "Chưa công bố được: kế hoạch chưa được duyệt."
NOTE_MISSING = "Chưa nhập lý do thay đổi."


@transaction.atomic
def publish(reception: Reception, note: str = "", *, by: Person, at: datetime) -> Version:
    """Put an approved plan before the public. The first time this is version 1; after a postponement the next one.

    Raises:
        Refused: not approved; personal data in the public words; less than the law's term; something blocks.
    """
    require_desk(by, reception, localdate(at))
    if reception.state in PUBLIC:
        raise Refused(f"Lịch của buổi tiếp {reception.code} đã được công bố.", code="published")
    if reception.state != Phase.APPROVED:
        raise Refused(NOT_APPROVED, code="not_approved")
    require_nameless(reception)
    require_notice_term(reception, at)
    blocking = blocking_sentence(warnings(reception, at))
    if blocking:
        raise Refused(blocking, code="blocked")
    first = reception.published_at or at
    move(reception, RECEPTION, "publish", published_at=first, postponed_reason="", postponed_to=None)
    PlanDecision.objects.create(reception=reception, step="publish", at=at, by=by, note=note)
    return release_version(reception, note, by=by, at=at)


@transaction.atomic
def publish_version(reception: Reception, note: str, *, by: Person, at: datetime) -> Version:
    """Make the changes since the last version public; a confirmed readiness has to be confirmed again.

    Raises:
        Refused: nothing changed; moved earlier than the law's term; personal data; something blocks.
    """
    require_writer(by, reception, at, desk_only=True)
    if reception.state not in (Phase.PUBLISHED, Phase.READY):
        raise Refused(NOT_APPROVED if reception.state not in PUBLIC else _too_late(reception), code="state")
    require_writable(by, reception, at, note, desk_only=True)
    hold(reception)
    return publish_changes(reception, note, by=by, at=at)


def publish_changes(reception: Reception, note: str, *, by: Person, at: datetime) -> Version:
    """What `publish_version` does once the right is settled: whoever moves the day was asked by the day that stood.

    Raises:
        Invalid, Refused: as above.
    """
    note = " ".join(note.split())
    if not note:
        raise Invalid(NOTE_MISSING, code="note")
    last = newest(reception)
    if last is not None:
        require_not_too_early(reception, last, at)
        if not differences(last.plan, snapshot(reception)[1]):
            raise Refused(f"Chưa có thay đổi nào so với phiên bản {last.number}.", code="same")
    require_nameless(reception)
    blocking = blocking_sentence(warnings(reception, at))
    if blocking:
        raise Refused(blocking, code="blocked")
    if reception.state == Phase.READY:
        move(reception, RECEPTION, "doubt", confirmed_at=None)
    return release_version(reception, note, by=by, at=at)


def release_version(
    reception: Reception,
    note: str,
    *,
    by: Person,
    at: datetime,
    content: tuple[dict[str, Any], dict[str, Any]] | None = None,
) -> Version:
    """Write the next version, of the rows as they are or of `content` (public, plan), and tell whom it touches.

    Inside a caller's transaction.
    """
    last = newest(reception)
    public, plan = content or snapshot(reception)
    changed = differences(last.plan, plan) if last else []
    if last:
        public["changes"] = public_changes(last.public, public)
    version = Version.objects.create(
        reception=reception,
        number=public["version"],
        published_at=at,
        published_by=by,
        public=public,
        plan=plan,
        differences=changed,
        note=note[:500],
    )
    _renew_notice(reception, last, version)
    audit.record(
        "reception.published",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        version=version.number,
        changed=[row["what"] for row in changed],
        reason=note,
    )
    reminders.arm(reception, at)
    posters.ask_with(version, at)
    audience().tell(version, by=by, at=at)
    return version


def require_nameless(reception: Reception, public: Mapping[str, Any] | None = None) -> None:
    """Refuse when the texts that would become public (of the rows, or those given) name somebody."""
    words = personal_data(reception, public if public is not None else snapshot(reception)[0])
    if words:
        listed = ", ".join(f"«{word}»" for word in words)
        raise Refused(
            f"Danh mục công khai còn dữ liệu cá nhân: {listed}. Hãy bỏ trước khi công bố.", code="personal_data"
        )


def require_notice_term(reception: Reception, at: datetime) -> None:
    """Khoản 4 Điều 24 Luật Tiếp công dân, at this moment; an ad-hoc reception keeps the head's written reason."""
    if reception.kind == Kind.ADHOC and reception.adhoc_reason.strip():
        return
    rules, table, today = rules_of(reception), calendar(), localdate(at)
    day = localdate(reception.starts_at)
    if day <= today or is_too_near(rules, day, today, table):
        raise Refused(
            f"Ngày {day:%d/%m/%Y} quá gần: cần ít nhất {notice_limit(rules)} để niêm yết và thông báo. "
            f"Sớm nhất: {day_text(earliest_day(rules, today, table))}.",
            code="too_near",
        )


def require_not_too_early(reception: Reception, last: Version, at: datetime) -> None:
    """A schedule may be put off (khoản 4 Điều 24); moved forward it needs the full term again."""
    published = localdate(datetime.fromisoformat(last.public["starts_at"]))
    day = localdate(reception.starts_at)
    if day >= published or (reception.kind == Kind.ADHOC and reception.adhoc_reason.strip()):
        return
    rules, table, today = rules_of(reception), calendar(), localdate(at)
    if day <= today or is_too_near(rules, day, today, table):
        raise Refused(
            f"Dời lên sớm hơn phải còn đủ {notice_limit(rules)}. "
            f"Sớm nhất: {day_text(earliest_day(rules, today, table))} (khoản 4 Điều 24 Luật Tiếp công dân).",
            code="too_early",
        )


def _renew_notice(reception: Reception, last: Version | None, version: Version) -> None:
    """A day that comes earlier has an earlier term: what was met for the old day is met anew, or not."""
    if last is None:
        return
    old, new = (localdate(datetime.fromisoformat(row.public["starts_at"])) for row in (last, version))
    if new < old:
        reception.met.filter(code__in=("notice", "invitation")).delete()


def _too_late(reception: Reception) -> str:
    return f"Buổi tiếp {reception.code} «{reception.get_state_display()}», không đổi lịch được nữa."
