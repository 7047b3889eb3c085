from django.urls import path

from tiepdan.live import views

app_name = "live"

urlpatterns = [
    path("phong/<slug:code>/", views.room, name="room"),
    path("phong/<slug:code>/ve/", views.ticket, name="ticket"),
    path("phong/<slug:code>/trang-thai.json", views.state, name="state"),
    path("phong/<slug:code>/khai-mac/", views.open_view, name="open"),
    path("phong/<slug:code>/tam-dung/", views.suspend, name="suspend"),
    path("phong/<slug:code>/tiep-tuc/", views.resume, name="resume"),
    path("phong/<slug:code>/ket-thuc/", views.close, name="close"),
    path("phong/<slug:code>/cho-phat-bieu/", views.floor, name="floor"),
    path("phong/<slug:code>/thu-quyen/", views.withdraw, name="withdraw"),
    path("phong/<slug:code>/khoa-mic/", views.lock, name="lock"),
    path("phong/<slug:code>/moi-ra/", views.eject, name="eject"),
    path("phong/<slug:code>/cho-vao-lai/", views.readmit, name="readmit"),
    path("api/livekit/webhook", views.webhook, name="webhook"),
]
