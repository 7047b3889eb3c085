from django.urls import path

from tiepdan.invitations.views import board, invited, receiver

app_name = "invitations"

_BOARD = "buoi-tiep/<slug:code>/giay-moi/"
_ONE = f"{_BOARD}<int:pk>/"
_INVITED = "giay-moi/<int:pk>/"

urlpatterns = [
    path(_BOARD, board.board, name="board"),
    path(f"{_BOARD}xem-truoc/", board.preview, name="preview"),
    path(f"{_BOARD}gui/", board.send_all, name="send_all"),
    path(f"{_BOARD}cap-so/", board.issue, name="issue"),
    path(f"{_BOARD}bang.xlsx", board.sheet, name="sheet"),
    path(_ONE, receiver.detail, name="receiver"),
    path(f"{_ONE}gui/", receiver.send, name="send"),
    path(f"{_ONE}gui-lai/", receiver.resend, name="resend"),
    path(f"{_ONE}cach-gui/", receiver.set_way, name="way"),
    path(f"{_ONE}giao-tay/", receiver.hand_over, name="hand_over"),
    path(f"{_ONE}truc/", receiver.axis, name="axis"),
    path(f"{_ONE}bien-ban-giao/", receiver.handover_record, name="record"),
    path(f"{_ONE}goi/", receiver.call, name="call"),
    path(f"{_ONE}cho-ngoi/", receiver.take_seats, name="seats"),
    path("giay-moi/", invited.index, name="invited"),
    path(_INVITED, invited.detail, name="invited_one"),
    path(f"{_INVITED}xac-nhan/", invited.coming, name="coming"),
    path(f"{_INVITED}khong-du/", invited.not_coming, name="not_coming"),
    path(f"{_INVITED}tep/<int:file>/", invited.file, name="file"),
]
