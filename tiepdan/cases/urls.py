from django.urls import path

from tiepdan.cases.urls_decisions import urlpatterns as decisions
from tiepdan.cases.views import dossier, intake, journal, listing, people, presence, sharing, summary

app_name = "cases"

CASE = "vu-viec/<slug:code>"

urlpatterns = [
    path("vu-viec/", listing.index, name="index"),
    path("vu-viec/xuat/", listing.download, name="export"),
    path("vu-viec/moi/", intake.create, name="intake"),
    path("vu-viec/moi/trung/", intake.duplicates, name="duplicates"),
    path("ho-so-duoc-chia-se/", sharing.shared, name="shared"),
    path("ho-so-duoc-chia-se/<int:pk>/", sharing.shared_one, name="shared_one"),
    path("ho-so-duoc-chia-se/<int:pk>/tai-lieu/<int:item>/", sharing.shared_paper, name="shared_paper"),
    path("ho-so-duoc-chia-se/<int:pk>/gui/", sharing.supply, name="supply"),
    *decisions,  # one of them stands beside the codes
    path(f"{CASE}/", summary.detail, name="detail"),
    path(f"{CASE}/phieu/", intake.slip, name="slip"),
    path(f"{CASE}/sua/", summary.edit, name="edit"),
    path(f"{CASE}/tach/", summary.split, name="split"),
    path(f"{CASE}/giao/", summary.assign, name="assign"),
    path(f"{CASE}/sang-loc/", summary.screen, name="screen"),
    path(f"{CASE}/cho-bo-sung/", summary.ask, name="ask"),
    path(f"{CASE}/da-bo-sung/", summary.complete, name="complete"),
    path(f"{CASE}/qua-trinh/", summary.add_history, name="add_history"),
    path(f"{CASE}/qua-trinh/<int:pk>/bo/", summary.remove_history, name="remove_history"),
    path(f"{CASE}/nguoi-dai-dien/", people.index, name="people"),
    path(f"{CASE}/nguoi-dai-dien/them/", people.add, name="add_people"),
    path(f"{CASE}/nguoi/<int:pk>/", people.one, name="person"),
    path(f"{CASE}/nguoi/<int:pk>/sua/", people.edit, name="edit_person"),
    path(f"{CASE}/nguoi/<int:pk>/bo/", people.remove, name="remove_person"),
    path(f"{CASE}/ho-so/", dossier.index, name="dossier"),
    path(f"{CASE}/ho-so/ghi-nhan/", dossier.record, name="record"),
    path(f"{CASE}/ho-so/van-ban/", dossier.add, name="add_papers"),
    path(f"{CASE}/ho-so/bien-nhan/<int:pk>/thay-the/", dossier.replace, name="replace_receipt"),
    path(f"{CASE}/ho-so/tai-lieu/<int:pk>/", dossier.paper, name="paper"),
    path(f"{CASE}/ho-so/tai-lieu/<int:pk>/bo/", dossier.remove, name="remove_item"),
    path(f"{CASE}/ho-so/muc-luc/", dossier.contents, name="contents"),
    path(f"{CASE}/ho-so/tai-ve/", dossier.carry_away, name="carry_away"),
    path(f"{CASE}/ho-so/chia-se/", sharing.share, name="share"),
    path(f"{CASE}/ho-so/chia-se/<int:pk>/thoi/", sharing.withdraw, name="withdraw_share"),
    path(f"{CASE}/dang-sua/<slug:part>/", presence.editing, name="editing"),
    path(f"{CASE}/nhat-ky/", journal.index, name="journal"),
]
