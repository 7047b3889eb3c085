from django.urls import path

from tiepdan.portal.views import feeds, lookup, schedule

app_name = "portal"

urlpatterns = [
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("tra-cuu/diem-cau/", lookup.registration, name="registration"),
    path("tra-cuu/diem-cau/chon/", lookup.choose, name="choose"),
    path("cong-khai/", schedule.index, name="index"),
    path("cong-khai/rss.xml", feeds.rss, name="rss"),
    path("cong-khai/lich.ics", feeds.calendar, name="calendar"),
    path("cong-khai/noi-quy/", schedule.rules, name="rules"),
    path("cong-khai/huong-dan/", schedule.guide, name="guide"),
    path("cong-khai/<slug:code>/", schedule.reception, name="reception"),
    path("cong-khai/<slug:code>/niem-yet/", schedule.posting, name="posting"),
    path("cong-khai/<slug:code>/niem-yet/<slug:size>.pdf", schedule.poster, name="poster"),
]
