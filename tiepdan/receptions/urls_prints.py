from django.urls import URLPattern, path

from tiepdan.receptions.views import prints

_PLAN = "buoi-tiep/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("buoi-tiep/lich/<slug:month>/ban-in/", prints.month, name="month_print"),
    path("buoi-tiep/lich/<slug:month>.xlsx", prints.month_sheet, name="month_sheet"),
    path(f"{_PLAN}ban-in/", prints.plan, name="plan_print"),
    path(f"{_PLAN}diem-cau/danh-sach/", prints.seats, name="seats_print"),
    path(f"{_PLAN}diem-cau/bien-ten/", prints.cards, name="cards_print"),
]
