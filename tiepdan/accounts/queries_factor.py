"""Reads of the second factor: who must have one, what is left of the codes on paper, which resets wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from tiepdan.accounts.models import Person, Post
from tiepdan.accounts.models_factor import FactorReset, FactorRule, RecoveryCode
from tiepdan.accounts.queries import roles_of, valid_on
from tiepdan.accounts.rules import Reset, Role
from tiepdan.accounts.rules_factor import DEFAULT_ROLES, RESET_HOLDS, wanting
from tiepdan.kernel.rows import one


def rule_on(on: date) -> FactorRule | None:
    """None: nobody has set one, so the default holds."""
    return FactorRule.objects.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()


def required_roles(on: date) -> frozenset[Role]:
    rule = rule_on(on)
    return DEFAULT_ROLES if rule is None else frozenset(rule.kinds)


def roles_that_require(person: Person, on: date) -> list[Role]:
    """The roles for which this person must have a second factor on a day. The rule is read first: where it names
    nobody, no post is read."""
    required = required_roles(on)
    return wanting(required, roles_of(person, on)) if required else []


def must_set_up(person: Person, on: date) -> bool:
    return person.factor_at is None and bool(roles_that_require(person, on))


def missing_among(people: Iterable[Person], on: date) -> set[int]:
    """Ids of those who must have a second factor on a day and have none."""
    without = [person.pk for person in people if person.factor_at is None]
    required = required_roles(on)
    if not without or not required:
        return set()
    roles = [role.value for role in required]
    posts = Post.objects.filter(valid_on(on), valid_on(on, "agency__"), person__in=without, role__in=roles)
    return set(posts.order_by().values_list("person", flat=True))


def recovery_codes_left(person: Person) -> int:
    return RecoveryCode.objects.filter(factor__person=person).count()


def resets_waiting(people: QuerySet[Person], now: datetime) -> QuerySet[FactorReset]:
    """What was asked for these people and still holds, the oldest first."""
    rows = FactorReset.objects.filter(state=Reset.ASKED.value, asked_at__gt=now - RESET_HOLDS, person__in=people)
    return rows.select_related("person", "asked_by").order_by("asked_at", "pk")


def reset_waiting(person: Person, now: datetime) -> FactorReset | None:
    return one(resets_waiting(Person.objects.filter(pk=person.pk), now))
