from django.urls import path

from tiepdan.recordings import views

app_name = "recordings"

urlpatterns = [
    path("api/recorder/beat", views.beat, name="beat"),
    path("ban-ghi/tap/<str:take_id>/<path:name>", views.file, name="file"),
    path("ban-ghi/<slug:code>/", views.player, name="player"),
    path("ban-ghi/<slug:code>/muc-luc.json", views.catalogue, name="catalogue"),
]
