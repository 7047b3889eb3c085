"""The running order taken over from another reception, or kept for the next one: without people, halls and matters."""

from __future__ import annotations

from tiepdan.receptions.agenda_patterns import Pattern, as_template, from_template, standard_words
from tiepdan.receptions.models import AgendaItem, Reception, Seat
from tiepdan.receptions.personal import people_of
from tiepdan.receptions.privacy import Human, Text, found
from tiepdan.receptions.rules import CITIZENS_SIDE, STAGE_LABELS


def copy_script(source: Reception, target: Reception) -> int:
    """The items of the source, spoken by those who sit in the target; of several matters the first one's, once."""
    items = from_template(target, nameless_patterns(source), ())
    return len(AgendaItem.objects.bulk_create(items))


def nameless_patterns(source: Reception) -> list[Pattern]:
    """As a template keeps them. What was written about a citizen of this reception gives way to the standard words."""
    items = list(source.agenda.select_related("matter"))
    matters = source.matters.select_related("case").prefetch_related("case__petitioners")
    seats = Seat.objects.filter(hall__reception=source, role__in=CITIZENS_SIDE)
    people = [*people_of(matter.case for matter in matters), *(Human(seat.full_name) for seat in seats)]
    return [_nameless(pattern, people) for pattern in as_template(items)]


def _nameless(pattern: Pattern, people: list[Human]) -> Pattern:
    if found([Text(pattern["title"])], people):
        pattern["title"] = STAGE_LABELS[pattern["stage"]]
    if found([Text(pattern["words"])], people):
        pattern["words"] = standard_words(pattern["stage"])
    return pattern
