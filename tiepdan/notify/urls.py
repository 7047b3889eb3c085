from django.urls import path, re_path

from tiepdan.notify.views import message, outbox, receiver

app_name = "notify"

TOKEN = r"(?P<token>[A-Za-z0-9_-]{64})"

urlpatterns = [
    path("hop-gui/", outbox.outbox, name="outbox"),
    path("hop-gui/bang.xlsx", outbox.sheet, name="sheet"),
    path("hop-gui/gui/", outbox.release, name="release"),
    path("hop-gui/bo/", outbox.drop, name="drop"),
    path("hop-gui/<int:pk>/", message.detail, name="detail"),
    path("hop-gui/<int:pk>/dia-chi/", message.address, name="address"),
    path("hop-gui/<int:pk>/gui-lai/", message.retry, name="retry"),
    path("hop-gui/<int:pk>/da-den/", message.confirm, name="confirm"),
    path("hop-gui/<int:pk>/giao-tay/", message.hand_over, name="hand_over"),
    path("hop-gui/<int:pk>/truc/", message.axis, name="axis"),
    path("hop-gui/<int:pk>/tep/<int:file>/", message.file, name="file"),
    re_path(rf"^nhan/{TOKEN}/$", receiver.receive, name="receive"),
    re_path(rf"^nhan/{TOKEN}/xac-nhan/$", receiver.coming, name="coming"),
    re_path(rf"^nhan/{TOKEN}/khong-du/$", receiver.not_coming, name="not_coming"),
    re_path(rf"^nhan/{TOKEN}/tep/(?P<file>[0-9]{{1,18}})/$", receiver.file, name="receiver_file"),
]
