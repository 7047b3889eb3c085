"""What the public reads: the newest published version of each reception, and nothing else.

Every word on the public pages comes from `Version.public`, which was checked for personal data when it was
published. The live rows serve only to find versions quickly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from tiepdan.files.models import StoredFile
from tiepdan.kernel.text import fold
from tiepdan.receptions.models import Poster, Version
from tiepdan.receptions.rules import KIND_LABELS, Phase

# The live day may differ from the announced one while a change is being prepared; older rows are not read at all.
MARGIN = timedelta(days=92)
MOST = 500  # versions that one page reads


@dataclass(frozen=True)
class Notice:
    """A published reception as the public sees it."""

    public: Mapping[str, Any]
    published_at: datetime
    has_poster: bool = False  # as PDF files

    @property
    def code(self) -> str:
        return str(self.public["code"])

    @property
    def starts_at(self) -> datetime:
        return localtime(datetime.fromisoformat(self.public["starts_at"]))

    @property
    def ends_at(self) -> datetime:
        return localtime(datetime.fromisoformat(self.public["ends_at"]))

    @property
    def version(self) -> int:
        return int(self.public["version"])

    @property
    def kind(self) -> str:
        return KIND_LABELS.get(self.public["kind"], "")

    @property
    def is_postponed(self) -> bool:
        return bool(self.public["state"] == Phase.POSTPONED)

    @property
    def is_cancelled(self) -> bool:
        return bool(self.public["state"] == Phase.CANCELLED)

    @property
    def postponed_to(self) -> date | None:
        return date.fromisoformat(self.public["postponed_to"]) if self.public.get("postponed_to") else None

    @property
    def is_changed(self) -> bool:
        """The schedule was changed after it had been published, and still holds."""
        return not (self.is_postponed or self.is_cancelled) and bool(self.public.get("changes"))

    @property
    def last_day(self) -> date:
        """Until this day the list shows it: of a postponed one the expected day."""
        day = localdate(self.ends_at)
        return max(day, self.postponed_to) if self.postponed_to else day

    def has(self, words: str) -> bool:
        """Whether all the words, typed with or without accents, stand in it."""
        public = self.public
        places = [part for hall in public["halls"] for part in (hall["name"], hall["address"])]
        parts = [self.code, public["title"], public["agency"], public["place"], *public["matters"], *places]
        text = fold(" ".join([*parts, *public["agencies"]]))
        return all(word in text for word in fold(words).split())


def newest_versions() -> QuerySet[Version]:
    later = Version.objects.filter(reception=OuterRef("reception"), number__gt=OuterRef("number"))
    return Version.objects.filter(~Exists(later))


def upcoming(now: datetime, words: str = "") -> list[Notice]:
    """Receptions of today and later, the earliest first. One query, whatever their number."""
    since = now - MARGIN
    near = Q(reception__starts_at__gte=since) | Q(reception__postponed_to__gte=localdate(since))
    rows = newest_versions().filter(near).order_by("-published_at").values_list("public", "published_at")[:MOST]
    today = localdate(now)
    found = [notice for notice in (Notice(*row) for row in rows) if notice.last_day >= today]
    return sorted((row for row in found if not words or row.has(words)), key=lambda row: (row.starts_at, row.code))


def notice_of(code: str) -> Notice | None:
    rows = newest_versions().filter(reception__code=code)
    row = rows.values_list("public", "published_at", "poster__a4").first()
    return Notice(row[0], row[1], row[2] is not None) if row else None


def poster_of(code: str, size: str) -> StoredFile | None:
    """The sheet for the wall of the newest version as a PDF file of that size, where it was made."""
    rows = Poster.objects.select_related("a4", "a3").filter(version__reception__code=code)
    row = rows.filter(version__in=newest_versions()).first()
    return {"a4": row.a4, "a3": row.a3}.get(size) if row else None


def last_change() -> datetime | None:
    """When anything was published the last time: the age of every public list."""
    return Version.objects.order_by("-published_at").values_list("published_at", flat=True).first()
