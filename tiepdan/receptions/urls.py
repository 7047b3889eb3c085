from django.urls import path

from tiepdan.receptions import views

app_name = "receptions"

urlpatterns = [
    path("dang-nhap/diem-cau/", views.point_sign_in, name="point_sign_in"),
    path("dang-xuat/diem-cau/", views.point_sign_out, name="point_sign_out"),
    path("buoi-tiep/", views.index, name="index"),
    path("buoi-tiep/<slug:code>/", views.detail, name="detail"),
    path("buoi-tiep/<slug:code>/diem-cau/<int:hall>/cap-tai-khoan/", views.issue, name="issue"),
    path("buoi-tiep/<slug:code>/diem-cau/<int:hall>/thu-hoi/", views.revoke, name="revoke"),
]
