from django.urls import path

from tiepdan.accounts.views import administration, agencies, delegations, door, home, journal, password, people

app_name = "accounts"

urlpatterns = [
    path("", door.home, name="home"),
    path("dang-nhap/", door.sign_in, name="sign_in"),
    path("dang-xuat/", door.sign_out, name="sign_out"),
    path("doi-mat-khau/", password.own_password, name="own_password"),
    path("viec-cua-toi/", home.today, name="home_page"),
    path("viec-cua-toi/danh-sach/", home.lists, name="home_lists"),
    path("viec-cua-toi/nhac-lai/", home.snooze, name="snooze"),
    path("viec-cua-toi/hien-lai/", home.wake, name="wake"),
    path("phe-duyet/", home.decisions, name="decisions"),
    path("uy-quyen/", delegations.index, name="delegations"),
    path("uy-quyen/<int:pk>/thu-hoi/", delegations.withdraw, name="delegation_withdraw"),
    path("quan-tri/", administration.index, name="administration"),
    path("quan-tri/co-quan/", agencies.index, name="agencies"),
    path("quan-tri/co-quan/them/", agencies.add, name="agency_add"),
    path("quan-tri/co-quan/<int:pk>/", agencies.detail, name="agency"),
    path("quan-tri/co-quan/<int:pk>/sua/", agencies.edit, name="agency_edit"),
    path("quan-tri/co-quan/<int:pk>/doi-ten/", agencies.rename, name="agency_rename"),
    path("quan-tri/co-quan/<int:pk>/het-hieu-luc/", agencies.end, name="agency_end"),
    path("quan-tri/co-quan/<int:pk>/sap-nhap/", agencies.merge, name="agency_merge"),
    path("quan-tri/co-quan/<int:pk>/xoa/", agencies.delete, name="agency_delete"),
    path("quan-tri/nguoi-dung/", people.index, name="people"),
    path("quan-tri/nguoi-dung/them/", people.add, name="person_add"),
    path("quan-tri/nguoi-dung/ra-soat/", people.review, name="people_review"),
    path("quan-tri/nguoi-dung/<int:pk>/", people.detail, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/sua/", people.edit, name="person_edit"),
    path("quan-tri/nguoi-dung/<int:pk>/vai-tro/them/", people.add_post, name="post_add"),
    path("quan-tri/nguoi-dung/<int:pk>/vai-tro/<int:post>/ket-thuc/", people.end_post, name="post_end"),
    path("quan-tri/nguoi-dung/<int:pk>/khoa/", people.lock, name="person_lock"),
    path("quan-tri/nguoi-dung/<int:pk>/mo-khoa/", people.unlock, name="person_unlock"),
    path("quan-tri/nguoi-dung/<int:pk>/cap-lai-mat-khau/", people.reset_password, name="person_reset"),
    path("quan-tri/nhat-ky/", journal.journal, name="journal"),
    path("quan-tri/nhat-ky/kiem-tra/", journal.verify_chains, name="journal_verify"),
]
