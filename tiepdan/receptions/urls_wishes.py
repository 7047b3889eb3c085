from django.urls import URLPattern, path

from tiepdan.receptions.views import wishes

_WISH = "buoi-tiep/<slug:code>/nguyen-vong/<int:wish>/"

urlpatterns: list[URLPattern] = [
    path(f"{_WISH}xac-nhan/", wishes.confirm, name="wish_confirm"),
    path(f"{_WISH}khong-nhan/", wishes.decline, name="wish_decline"),
]
