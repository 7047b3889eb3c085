from django.urls import URLPattern, path

from tiepdan.receptions.wishes import views

_WISH = "buoi-tiep/<slug:code>/nguyen-vong/<int:wish>/"

urlpatterns: list[URLPattern] = [
    path(f"{_WISH}xac-nhan/", views.confirm, name="wish_confirm"),
    path(f"{_WISH}khong-nhan/", views.decline, name="wish_decline"),
]
