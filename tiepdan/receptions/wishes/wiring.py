"""What the citizens' own choice of a hall hangs into the house; called once by AppConfig.ready."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import tasks as first_page
from tiepdan.accounts.models import Person
from tiepdan.audit import labels
from tiepdan.receptions import pages
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.models import Reception
from tiepdan.receptions.wishes.queries import OPEN, tasks, waiting_of

EVENTS = {
    "reception.hall_wished": "Công dân đăng ký điểm cầu trên trang công khai",
    "reception.wish_declined": "Không nhận điểm cầu công dân đăng ký",
}


def register() -> None:
    labels.register(EVENTS)
    first_page.add_tasks(tasks)
    pages.add_next_step(next_step, order=35)


def next_step(reception: Reception, person: Person, now: datetime) -> pages.NextStep | None:
    if reception.state not in OPEN or not is_desk(person, reception, localdate(now)):
        return None
    waiting = waiting_of(reception)
    if not waiting:
        return None
    address = f"{reverse('receptions:halls', args=[reception.code])}#nguyen-vong"
    return pages.NextStep(f"Có {len(waiting)} công dân đăng ký điểm cầu, chờ xác nhận.", address, "Xem và xác nhận")
