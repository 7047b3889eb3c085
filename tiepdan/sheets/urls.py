from django.urls import path, re_path

from tiepdan.sheets import journal, views

app_name = "sheets"

urlpatterns = [
    path("nhap-bang/", views.kinds, name="kinds"),
    path("nhap-bang/<slug:code>/", views.upload, name="import"),
    path("nhap-bang/<slug:code>/mau/", views.template, name="template"),
    path("nhap-bang/<slug:code>/<int:pk>/", views.preview, name="preview"),
    path("nhap-bang/<slug:code>/<int:pk>/nhap/", views.confirm, name="confirm"),
    path("nhap-bang/<slug:code>/<int:pk>/bo/", views.drop, name="drop"),
    re_path(r"^quan-tri/danh-sach-quyen\.(?P<form>xlsx|csv)$", views.rights, name="rights"),
    re_path(r"^quan-tri/nhat-ky\.(?P<form>xlsx|csv)$", journal.journal, name="journal"),
]
