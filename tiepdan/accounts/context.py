"""What base.html shows about the person at the desk; read only when a template asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tiepdan.accounts import guides, menu, queries
from tiepdan.accounts.models import Person, Post


@dataclass(frozen=True)
class Desk:
    person: Person
    path: str
    page: str = ""  # the name of its address

    @cached_property
    def posts(self) -> list[Post]:
        return queries.standing(self.person, timezone.localdate()).posts

    @cached_property
    def agency(self) -> str:
        names = dict.fromkeys(post.agency.name for post in self.posts)
        return " · ".join(names) or "Chưa được phân công"

    @cached_property
    def roles(self) -> list[str]:
        return list(dict.fromkeys(post.role_kind.label for post in self.posts))

    @cached_property
    def items(self) -> list[menu.Item]:
        standing = queries.standing(self.person, timezone.localdate())
        return menu.items_for(frozenset(post.role_kind for post in self.posts), bool(standing.lent))

    @cached_property
    def here(self) -> str:
        """The address of the menu item that the page belongs to: the longest that it starts with."""
        found = [item.address for item in self.items if self.path.startswith(item.address)]
        return max(found, key=len, default="")

    @cached_property
    def help(self) -> str:
        """Where «?» leads: the paragraph of the guide about this page."""
        return guides.help_address(self.page, frozenset(post.role_kind for post in self.posts))

    @cached_property
    def strips(self) -> list[menu.Strip]:
        return [strip for strip in menu.strips_for(self.person, timezone.now()) if strip.address != self.path]


def desk(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return {"desk": None}
    return {"desk": Desk(user, request.path, request.resolver_match.view_name if request.resolver_match else "")}
