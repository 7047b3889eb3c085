from django.urls import path

from tiepdan.readiness import views

app_name = "readiness"

urlpatterns = [
    path("diem-cau-toi/", views.prepare, name="prepare"),
    path("diem-cau-toi/ket-qua/", views.result, name="result"),
]
