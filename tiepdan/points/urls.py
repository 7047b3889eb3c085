from django.urls import path

from tiepdan.points import views

app_name = "points"
urlpatterns = [
    path("diem-cau/", views.index, name="index"),
    path("diem-cau/nang-luc/", views.capacity, name="capacity"),
    path("diem-cau/<slug:slug>/", views.detail, name="detail"),
]
