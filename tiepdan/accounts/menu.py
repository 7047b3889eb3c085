"""What higher apps hang into the frame of every page: menu items, strips, and where «/» leads.

They register in AppConfig.ready, so that nothing down here knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest

from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role


@dataclass(frozen=True)
class Item:
    label: str
    address: str
    roles: frozenset[Role]  # empty: everybody who is signed in
    order: int = 50
    is_lent: bool = False  # also for whoever decides in somebody's place today
    names: tuple[tuple[Role, str], ...] = ()  # what it is called for those whose only role it is

    def label_for(self, roles: frozenset[Role]) -> str:
        """«Buổi tiếp của tôi» for a chair; who is also a clerk sees all of them, so «Buổi tiếp»."""
        own = dict(self.names)
        labels = {own.get(role, self.label) for role in roles & (self.roles or roles)}
        return labels.pop() if len(labels) == 1 else self.label


@dataclass(frozen=True)
class Strip:
    """A line across the top of every page: «Buổi tiếp BT-2026-012 đang diễn ra · Vào phòng»."""

    sentence: str
    address: str
    button: str


@dataclass(frozen=True)
class AdminPage:
    """A card of «Quản trị»: «Cơ quan» – «Cây cơ quan, đổi tên, sáp nhập.»"""

    label: str
    address: str
    sentence: str
    roles: frozenset[Role]
    order: int = 50

    @property
    def short(self) -> str:
        """In the menu: «Bộ quy tắc» as «Quy tắc»."""
        return self.label.removeprefix("Bộ ").capitalize() if self.label.startswith("Bộ ") else self.label


StripFinder = Callable[[Person, datetime], Iterable[Strip]]
HomeFinder = Callable[[HttpRequest], str | None]

ADMIN_ORDER = 80

_items: list[Item] = []
_strips: list[StripFinder] = []
_homes: list[HomeFinder] = []
_admin_pages: list[AdminPage] = []


def add_item(
    label: str,
    address: str,
    roles: Iterable[Role] = (),
    order: int = 50,
    *,
    is_lent: bool = False,
    names: Mapping[Role, str] | None = None,
) -> None:
    item = Item(label, address, frozenset(roles), order, is_lent, tuple((names or {}).items()))
    if item not in _items:
        _items.append(item)


def add_strips(finder: StripFinder) -> None:
    if finder not in _strips:
        _strips.append(finder)


def add_home(finder: HomeFinder) -> None:
    """`finder(request)` gives the address of this visitor's first page, or None when it is not theirs."""
    if finder not in _homes:
        _homes.append(finder)


def add_admin_page(
    label: str, address: str, sentence: str, roles: Iterable[Role] = (Role.ADMIN,), order: int = 50
) -> None:
    page = AdminPage(label, address, sentence, frozenset(roles), order)
    if page not in _admin_pages:
        _admin_pages.append(page)


def items_for(roles: frozenset[Role], is_delegate: bool = False) -> list[Item]:
    """With the label that each has for these roles; the pages of an administrator stand one by one."""
    found = [item for item in _items if not item.roles or item.roles & roles or (item.is_lent and is_delegate)]
    known = {item.address for item in found}
    pages = [page for page in admin_pages_for(roles) if page.address not in known]
    found += [Item(page.short, page.address, page.roles, ADMIN_ORDER + at) for at, page in enumerate(pages)]
    own = [replace(item, label=item.label_for(roles)) for item in found]
    by_address: dict[str, Item] = {}
    for item in sorted(own, key=lambda item: (item.order, item.label)):
        by_address.setdefault(item.address, item)  # one door, one item, where it stands first
    return list(by_address.values())


def strips_for(person: Person, now: datetime) -> list[Strip]:
    return [strip for finder in _strips for strip in finder(person, now)]


def home_of(request: HttpRequest) -> str | None:
    return next((address for finder in _homes if (address := finder(request))), None)


def admin_pages_for(roles: frozenset[Role]) -> list[AdminPage]:
    """In the order in which the rooms stand, lowest first, where no order is told."""
    return sorted((page for page in _admin_pages if page.roles & roles), key=lambda page: page.order)
