"""The schedule for programs: RSS, and a calendar that phones and mail programs take."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from icalendar import Calendar, Event

from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.portal.queries import Notice, last_change, upcoming
from tiepdan.portal.views.page import dated, public

NAME = "Lịch tiếp công dân trực tuyến"
# Signs that somebody pasted from Word and that no XML may hold: one of them would take the whole feed away.
_CONTROLS = {sign: " " for sign in range(32) if sign != ord("\n")}


@public
def rss(request: HttpRequest) -> HttpResponse:
    feed = Rss201rev2Feed(
        title=NAME,
        link=request.build_absolute_uri(reverse("portal:index")),
        description="Lịch, nơi tiếp, thành phần và dự kiến nội dung (Điều 24 Luật Tiếp công dân).",
        language="vi",
        feed_url=request.build_absolute_uri(),
    )
    for notice in sorted(upcoming(timezone.now()), key=lambda one: one.published_at, reverse=True):
        link = request.build_absolute_uri(reverse("portal:reception", args=[notice.code]))
        feed.add_item(
            title=f"{titled(notice)}, {moment_text(notice.starts_at)}",
            link=link,
            description=description(notice),
            unique_id=f"{link}#{notice.version}",
            pubdate=notice.published_at,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    return dated(response, last_change())


@public
def calendar(request: HttpRequest) -> HttpResponse:
    """RFC 5545. SEQUENCE grows with the version, so that a changed time moves the entry that somebody has."""
    book = Calendar()
    book.add("prodid", "-//tiepdan//lich tiep cong dan//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", NAME)
    book.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for notice in upcoming(timezone.now()):
        book.add_component(_event(request, notice))
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich.ics"'
    return dated(response, last_change())


def _event(request: HttpRequest, notice: Notice) -> Event:
    event = Event()
    event.add("uid", f"{notice.code}@{request.get_host().split(':')[0]}")
    event.add("sequence", notice.version)
    event.add("dtstamp", _utc(notice.published_at))
    event.add("last-modified", _utc(notice.published_at))
    event.add("dtstart", _utc(notice.starts_at))
    event.add("dtend", _utc(notice.ends_at))
    event.add("summary", titled(notice))
    event.add("location", notice.public["place"].translate(_CONTROLS))
    event.add("description", description(notice))
    event.add("url", request.build_absolute_uri(reverse("portal:reception", args=[notice.code])))
    event.add("status", "CANCELLED" if notice.is_postponed or notice.is_cancelled else "CONFIRMED")
    return event


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def titled(notice: Notice) -> str:
    return f"{prefix(notice)}{notice.public['title']}".translate(_CONTROLS)


def prefix(notice: Notice) -> str:
    """«HOÃN: », «HỦY: », «ĐỔI LỊCH: » before the title of what is not as it was."""
    if notice.is_cancelled:
        return "HỦY: "
    if notice.is_postponed:
        return "HOÃN: "
    return "ĐỔI LỊCH: " if notice.is_changed else ""


def description(notice: Notice) -> str:
    public_ = notice.public
    lines = [f"{notice.code} · {public_['agency']}", f"Người chủ trì: {public_['chair_title']}"]
    if notice.is_postponed and notice.postponed_to:
        lines.append(f"Hoãn, dự kiến tiếp {day_text(notice.postponed_to)}. Lý do: {public_['postponed_reason']}")
    if notice.is_cancelled:
        lines.append(f"Hủy: {public_['cancelled_reason']}")
    lines.append(f"Nơi tiếp: {public_['place']}")
    lines += [f"Điểm cầu: {hall['name']}" for hall in public_["halls"]]
    lines += [f"Nội dung: {matter}" for matter in public_["matters"]]
    return "\n".join(lines).translate(_CONTROLS)
