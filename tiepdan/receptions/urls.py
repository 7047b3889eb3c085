from django.urls import path

from tiepdan.receptions.urls_agenda import urlpatterns as agenda
from tiepdan.receptions.urls_prints import urlpatterns as prints
from tiepdan.receptions.urls_publication import urlpatterns as publication
from tiepdan.receptions.views import credentials, dates, decisions, door, index, matters, of_case, places, plan
from tiepdan.receptions.wishes.urls import urlpatterns as wishes

app_name = "receptions"

PLAN = "buoi-tiep/<slug:code>/"
HALL = f"{PLAN}diem-cau/<int:hall>/"
MATTER = f"{PLAN}vu-viec/<int:matter>/"

urlpatterns = [
    path("dang-nhap/diem-cau/", door.point_sign_in, name="point_sign_in"),
    path("dang-xuat/diem-cau/", door.point_sign_out, name="point_sign_out"),
    path("buoi-tiep/", index.index, name="index"),
    path("buoi-tiep/moi/", plan.create, name="create"),
    path("buoi-tiep/moi/moc/", dates.dates, name="dates"),
    path("buoi-tiep/lich/<slug:month>.ics", index.month_file, name="month_file"),
    path("vu-viec/<slug:code>/buoi-tiep/", of_case.of_case, name="of_case"),
    path(PLAN, plan.detail, name="detail"),
    path(f"{PLAN}sua/", plan.change, name="change"),
    path(f"{PLAN}trinh-duyet/", decisions.decide, {"step": "submit"}, name="submit"),
    path(f"{PLAN}rut-lai/", decisions.decide, {"step": "withdraw"}, name="withdraw"),
    path(f"{PLAN}duyet/", decisions.decide, {"step": "approve"}, name="approve"),
    path(f"{PLAN}tra-lai/", decisions.decide, {"step": "return"}, name="send_back"),
    path(f"{PLAN}phieu-xu-ly/<int:pk>/", decisions.sheet, name="decision_sheet"),
    path(f"{PLAN}ve-du-thao/", decisions.decide, {"step": "revise"}, name="revise"),
    path(f"{PLAN}xac-nhan/", decisions.decide, {"step": "confirm"}, name="confirm"),
    path(f"{PLAN}bo-xac-nhan/", decisions.decide, {"step": "doubt"}, name="doubt"),
    path(f"{PLAN}moc/<slug:milestone>/", decisions.meet, name="meet"),
    path(f"{PLAN}moc/<slug:milestone>/minh-chung/", decisions.proof, name="proof"),
    path(f"{PLAN}canh-bao/", decisions.waive, name="waive"),
    path(f"{PLAN}vu-viec/", matters.matters, name="matters"),
    path(f"{PLAN}vu-viec/them/", matters.add, name="matter_add"),
    path(f"{MATTER}sua/", matters.change, name="matter_change"),
    path(f"{MATTER}bo/", matters.remove, name="matter_remove"),
    path(f"{MATTER}diem-cau/", matters.choose, name="matter_choose"),
    path(f"{MATTER}len/", matters.move, {"way": "len"}, name="matter_up"),
    path(f"{MATTER}xuong/", matters.move, {"way": "xuong"}, name="matter_down"),
    path(f"{PLAN}diem-cau/", places.halls, name="halls"),
    path(f"{PLAN}diem-cau/them/", places.add_hall, name="hall_add"),
    path(f"{PLAN}diem-cau/bang/", places.matrix, name="matrix"),
    path(f"{HALL}sua/", places.change_hall, name="hall_change"),
    path(f"{HALL}trung-tam/", places.central, name="hall_central"),
    path(f"{HALL}bo/", places.remove_hall, name="hall_remove"),
    path(f"{HALL}sao-thanh-phan/", places.copy_seats, name="seats_copy"),
    path(f"{HALL}thanh-phan/them/", places.add_seat, name="seat_add"),
    path(f"{HALL}cap-tai-khoan/", credentials.issue, name="issue"),
    path(f"{HALL}giay-moi-mat-khau/", credentials.letter, name="letter_with_password"),
    path(f"{HALL}thu-hoi/", credentials.revoke, name="revoke"),
    path(f"{PLAN}thanh-phan/<int:seat>/", places.change_seat, name="seat_change"),
    path(f"{PLAN}thanh-phan/<int:seat>/bo/", places.remove_seat, name="seat_remove"),
    path(f"{PLAN}tai-khoan/", credentials.accounts, name="accounts"),
    *agenda,
    *publication,
    *prints,
    *wishes,
]
