from django.urls import path

from tiepdan.accounts.views import door, journal

app_name = "accounts"

urlpatterns = [
    path("", door.home, name="home"),
    path("dang-nhap/", door.sign_in, name="sign_in"),
    path("dang-xuat/", door.sign_out, name="sign_out"),
    path("quan-tri/nhat-ky/", journal.journal, name="journal"),
    path("quan-tri/nhat-ky/kiem-tra/", journal.verify_chains, name="journal_verify"),
]
