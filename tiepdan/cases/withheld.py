"""What the log says of a split is withheld from whoever may not know the people of a protected part: those of both are
the same (khoản 2 Điều 12 NĐ 154/2026). Asked when it is read: a case may become protected long after the split."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

from tiepdan.accounts.journal import Withheld
from tiepdan.accounts.models import Person
from tiepdan.audit.models import Entry
from tiepdan.cases.access import may_link
from tiepdan.cases.models import Case


def withheld(person: Person, now: datetime, of: Case | None = None) -> Withheld:
    """The line of the split is left out: that something was split off tells enough. The part keeps the line of its
    receipt, without where it came from. With `of` only what concerns that case."""
    parts: defaultdict[str, set[str]] = defaultdict(set)
    origins: dict[str, str] = {}
    for part in _protected_parts(of):
        whole = part.split_from
        if whole is not None and not may_link(person, whole, part, now):
            parts[str(whole.pk)].add(part.code)
            origins[str(part.pk)] = whole.code
    if not origins:
        return Withheld()
    about = {"about_kind": "cases.case", "about_id__in": [*parts, *origins]}
    rows = Entry.objects.filter(**about, event__in=("case.split", "case.received"))
    lines, facts = set(), {}
    for pk, about_id, said in rows.values_list("pk", "about_id", "facts"):
        if said.get("part") in parts[about_id]:
            lines.add(pk)
        elif "origin" in said and said["origin"] == origins.get(about_id):
            facts[pk] = frozenset({"origin"})
    return Withheld(frozenset(lines), facts)


def _protected_parts(of: Case | None) -> list[Case]:
    rows = Case.objects.filter(Q(is_protected=True) | Q(split_from__is_protected=True), split_from__isnull=False)
    if of is not None:
        rows = rows.filter(Q(split_from=of.pk) | Q(pk=of.pk))
    known = ("agency", "split_from__agency")
    shown = [f"{prefix}{name}" for prefix in ("", "split_from__") for name in NEEDED]
    return list(rows.select_related(*known).only(*shown).order_by("pk"))


NEEDED = ("code", "agency", "is_protected", "officer", "created_by")
