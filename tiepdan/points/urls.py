from django.urls import path

from tiepdan.points.views import card, desk, register

app_name = "points"
# The first words are taken: `rules.TAKEN_NAMES`.
urlpatterns = [
    path("diem-cau/", register.index, name="index"),
    path("diem-cau/tai-ve/", register.download, name="export"),
    path("diem-cau/nang-luc/", register.capacity, name="capacity"),
    path("diem-cau/them/", desk.add, name="add"),
    path("diem-cau/<slug:slug>/", card.detail, name="detail"),
    path("diem-cau/<slug:slug>/sua/", desk.change, name="change"),
    path("diem-cau/<slug:slug>/kiem-tra/", desk.check, name="check"),
    path("diem-cau/<slug:slug>/phieu-kiem-tra/", card.sheet, name="sheet"),
    path("diem-cau/<slug:slug>/the/", card.sign, name="sign"),
    path("diem-cau/<slug:slug>/anh/<int:check>/", card.photo, name="photo"),
    path("diem-cau/<slug:slug>/ngung/", desk.retire, name="retire"),
    path("diem-cau/<slug:slug>/dung-lai/", desk.take_back, name="take_back"),
    path("diem-cau/<slug:slug>/chuyen/", desk.hand_over, name="hand_over"),
    path("diem-cau/<slug:slug>/bo-chuyen/", desk.withdraw, name="withdraw"),
]
