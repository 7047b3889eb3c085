from django.urls import URLPattern, path

from tiepdan.receptions.views import invitations, invited, receiver

_BOARD = "buoi-tiep/<slug:code>/giay-moi/"
_ONE = f"{_BOARD}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_BOARD, invitations.board, name="invitations"),
    path(f"{_BOARD}xem-truoc/", invitations.preview, name="invitations_preview"),
    path(f"{_BOARD}gui/", invitations.send_all, name="invitations_send"),
    path(f"{_BOARD}cap-so/", invitations.issue, name="invitations_issue"),
    path(f"{_BOARD}bang.xlsx", invitations.sheet, name="invitations_sheet"),
    path(_ONE, receiver.detail, name="invitation"),
    path(f"{_ONE}gui/", receiver.send, name="invitation_send"),
    path(f"{_ONE}gui-lai/", receiver.resend, name="invitation_resend"),
    path(f"{_ONE}cach-gui/", receiver.set_way, name="invitation_way"),
    path(f"{_ONE}giao-tay/", receiver.hand_over, name="invitation_hand_over"),
    path(f"{_ONE}truc/", receiver.axis, name="invitation_axis"),
    path(f"{_ONE}bien-ban-giao/", receiver.handover_record, name="invitation_record"),
    path(f"{_ONE}goi/", receiver.call, name="invitation_call"),
    path(f"{_ONE}cho-ngoi/", receiver.take_seats, name="invitation_seats"),
    path("giay-moi/", invited.index, name="invited"),
    path("giay-moi/<int:pk>/", invited.detail, name="invited_one"),
    path("giay-moi/<int:pk>/xac-nhan/", invited.coming, name="invited_coming"),
    path("giay-moi/<int:pk>/khong-du/", invited.not_coming, name="invited_not_coming"),
    path("giay-moi/<int:pk>/tep/<int:file>/", invited.file, name="invited_file"),
]
