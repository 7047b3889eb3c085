"""Every write of the running order, and of the templates that an office keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.audit.models import Entry
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import FASTER
from tiepdan.receptions.access import require_writable
from tiepdan.receptions.actions.copying import nameless_patterns
from tiepdan.receptions.agenda import NO_ITEMS
from tiepdan.receptions.agenda_patterns import eight_stages, from_template
from tiepdan.receptions.models import AgendaItem, AgendaTemplate, Matter, Reception, ReceptionPoint, Seat
from tiepdan.receptions.rules import STAGE_LABELS, Stage

BREAK_MINUTES = 10
WORDS = {
    "stage": "giai đoạn",
    "title": "nội dung",
    "minutes": "số phút",
    "matter": "vụ việc",
    "speaker": "người nói",
    "hall": "điểm cầu",
    "layout": "bố cục",
    "papers": "tài liệu",
    "words": "lời dẫn",
}


@dataclass(frozen=True)
class ItemFacts:
    stage: str
    title: str
    minutes: int
    matter: Matter | None = None
    speaker: Seat | None = None
    hall: ReceptionPoint | None = None
    layout: str = ""
    papers: str = ""
    words: str = ""


@transaction.atomic
def start(
    reception: Reception,
    template: AgendaTemplate | None = None,
    *,
    replace: bool = False,
    by: Person,
    at: datetime,
    reason: str = "",
) -> list[AgendaItem]:
    """Begin with the eight stages, or with a template of the office; an existing script is replaced only on demand."""
    require_writable(by, reception, at, reason)
    if reception.agenda.exists():
        if not replace:
            raise Refused(
                "Buổi tiếp đã có kịch bản. Đánh dấu «Thay toàn bộ kịch bản hiện có» rồi làm lại, hoặc sửa từng mục.",
                code="not_empty",
            )
        reception.agenda.all().delete()
    matters = list(reception.matters.select_related("case", "chosen"))
    items = from_template(reception, template.items, matters) if template else eight_stages(reception, matters)
    made = AgendaItem.objects.bulk_create(items)
    _record("agenda.started", reception, by, at, reason, template=template.name if template else "", items=len(made))
    return made


@transaction.atomic
def add_item(reception: Reception, facts: ItemFacts, *, by: Person, at: datetime, reason: str = "") -> AgendaItem:
    """A new item at the end, before a last «Kết thúc»."""
    require_writable(by, reception, at, reason)
    items = list(reception.agenda.all())
    last = items[-1] if items else None
    place = len(items) - 1 if last and last.stage == Stage.CLOSING and facts.stage != Stage.CLOSING else len(items)
    item = AgendaItem.objects.create(reception=reception, order=_next(reception), **_fields(reception, facts))
    _number([*items[:place], item, *items[place:]])
    _record("agenda.item_added", reception, by, at, reason, item=STAGE_LABELS[facts.stage], minutes=facts.minutes)
    return item


@transaction.atomic
def add_break(after: AgendaItem, *, by: Person, at: datetime, reason: str = "") -> AgendaItem:
    reception = after.reception
    require_writable(by, reception, at, reason)
    items = list(reception.agenda.all())
    place = [item.pk for item in items].index(after.pk) + 1
    item = AgendaItem.objects.create(
        reception=reception, order=_next(reception), stage=Stage.BREAK, title="Nghỉ giải lao", minutes=BREAK_MINUTES
    )
    _number([*items[:place], item, *items[place:]])
    _record("agenda.item_added", reception, by, at, reason, item=STAGE_LABELS[item.stage], minutes=item.minutes)
    return item


@transaction.atomic
def edit_item(
    item: AgendaItem, facts: ItemFacts, *, by: Person, at: datetime, reason: str = "", seen: str = ""
) -> None:
    """`seen` is `stamp(item)` of the page that was filled in: nobody's words are overwritten unread."""
    reception = item.reception
    require_writable(by, reception, at, reason)
    if seen and seen != stamp(item):
        raise changed_since(reception)
    fields = _fields(reception, facts)
    changed = [name for name, value in fields.items() if getattr(item, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(item, name, fields[name])
    item.save(update_fields=changed)
    words = [WORDS[name] for name in changed]
    _record("agenda.item_changed", reception, by, at, reason, item=STAGE_LABELS[facts.stage], changed=words)


def stamp(item: AgendaItem) -> str:
    """Changes whenever a word of the item does."""
    ids = {"matter": item.matter_id, "speaker": item.speaker_id, "hall": item.hall_id}
    words = [str(ids[name] if name in ids else getattr(item, name)) for name in WORDS]
    return sha256("\x1f".join(words).encode()).hexdigest()[:16]


@transaction.atomic
def delete_item(item: AgendaItem, *, by: Person, at: datetime, reason: str = "") -> None:
    reception = item.reception
    require_writable(by, reception, at, reason)
    item.delete()
    _number(list(reception.agenda.all()))
    _record("agenda.item_deleted", reception, by, at, reason, item=STAGE_LABELS[item.stage])


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Person, at: datetime, reason: str = "") -> None:
    """One place up or down; at the end of the list it stays where it is."""
    reception = item.reception
    require_writable(by, reception, at, reason)
    items = list(reception.agenda.all())
    here = [one.pk for one in items].index(item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    _number(items)
    _record("agenda.item_moved", reception, by, at, reason, item=STAGE_LABELS[item.stage], place=there + 1)


@transaction.atomic
def put_in_order(
    reception: Reception,
    wanted: Sequence[int],
    *,
    seen: Sequence[int],
    moved: int,
    by: Person,
    at: datetime,
    reason: str = "",
) -> None:
    """The whole order at once, as it was drawn: `wanted` of the rows that the page began with, `seen`.

    Raises:
        Refused: somebody changed the order, or the rows, since the page was read.
        Invalid: not an order of these rows.
    """
    require_writable(by, reception, at, reason)
    Reception.objects.select_for_update().get(pk=reception.pk)  # of two orders that come at once the second waits
    items = {item.pk: item for item in reception.agenda.all()}
    if list(seen) != list(items):
        raise changed_since(reception)
    if sorted(wanted) != sorted(items) or moved not in items:
        raise Invalid("Thứ tự gửi lên không đủ các mục của kịch bản. Hãy tải lại trang rồi làm lại.", code="order")
    if list(wanted) == list(items):
        return
    _number([items[pk] for pk in wanted])
    place = list(wanted).index(moved) + 1
    _record("agenda.item_moved", reception, by, at, reason, item=STAGE_LABELS[items[moved].stage], place=place)


def changed_since(reception: Reception) -> Refused:
    """For whoever came second to the running order: who was first, and when, as the log says."""
    rows = Entry.objects.filter(about_kind=Reception._meta.label_lower, about_id=str(reception.pk))
    newest = rows.filter(event__startswith="agenda.").select_related("by").order_by("-pk").first()
    if newest is None:
        return Refused(FASTER, code="faster")
    who = newest.by.full_name if newest.by else newest.by_label
    return Refused(
        f"Nội dung này vừa được {who} thay đổi lúc {clock_text(newest.at)}. Hãy tải lại trang để xem bản mới.",
        code="faster",
    )


@transaction.atomic
def save_template(reception: Reception, name: str, *, by: Person, at: datetime) -> AgendaTemplate:
    """Keep this script for the next time, without people and halls."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("Chưa nhập tên mẫu.", code="name")
    if not reception.agenda.exists():
        raise Refused(NO_ITEMS, code="empty")
    if AgendaTemplate.objects.filter(agency=reception.agency, name=name).exists():
        raise Refused(f"Đã có mẫu «{name}». Hãy đặt tên khác, hoặc xóa mẫu cũ trước.", code="name_taken")
    template = AgendaTemplate.objects.create(
        agency=reception.agency, name=name, items=nameless_patterns(reception), made_at=at, made_by=by
    )
    _record("agenda.template_saved", reception, by, at, "", name=name, items=len(template.items))
    return template


@transaction.atomic
def delete_template(template: AgendaTemplate, reception: Reception, *, by: Person, at: datetime) -> None:
    template.delete()
    _record("agenda.template_deleted", reception, by, at, "", name=template.name)


def _fields(reception: Reception, facts: ItemFacts) -> dict[str, Any]:
    """Fields of a row; people, halls and matters of another reception are refused."""
    title = " ".join(facts.title.split())
    if not title:
        raise Invalid("Chưa nhập nội dung.", code="title")
    strange = (
        (facts.matter is not None and facts.matter.reception_id != reception.pk)
        or (facts.hall is not None and facts.hall.reception_id != reception.pk)
        or (facts.speaker is not None and facts.speaker.hall.reception_id != reception.pk)
    )
    if strange:
        raise Invalid("Người nói, điểm cầu và vụ việc phải thuộc buổi tiếp này.", code="strange")
    hall = facts.hall or (facts.speaker.hall if facts.speaker else None)
    return {
        "stage": facts.stage,
        "title": title[:300],
        "minutes": facts.minutes,
        "matter": facts.matter,
        "speaker": facts.speaker,
        "hall": hall,
        "layout": facts.layout,
        "papers": facts.papers.strip()[:300],
        "words": facts.words.strip(),
    }


def _next(reception: Reception) -> int:
    last: int | None = reception.agenda.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _number(items: Sequence[AgendaItem]) -> None:
    """Write the order 0, 1, 2 … where it differs."""
    moved = []
    for order, item in enumerate(items):
        if item.order != order:
            item.order = order
            moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["order"])


def _record(event: str, reception: Reception, by: Person, at: datetime, reason: str, **facts: Any) -> None:
    """Items are named by their stage: titles are free words and may hold a citizen's name."""
    if reason:
        facts["reason"] = reason
    audit.record(event, agency=reception.agency, at=at, by=by, about=reception, **facts)
