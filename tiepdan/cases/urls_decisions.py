"""Addresses of grounds, decisions, refusals and handings; urls.py includes them."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiepdan.cases.views import decision, grounds, handing, refusal, violation

urlpatterns: list[URLPattern] = [
    path("vu-viec/don-da-chuyen/", handing.transfers, name="transfers"),
    path("vu-viec/<slug:code>/can-cu/", grounds.grounds, name="grounds"),
    path("vu-viec/<slug:code>/rut-trinh/", decision.withdraw, name="withdraw"),
    path("vu-viec/<slug:code>/quyet-dinh/", decision.decision, name="decision"),
    path("vu-viec/<slug:code>/phieu-xu-ly/<int:pk>/", decision.sheet, name="decision_sheet"),
    path("vu-viec/<slug:code>/tu-choi/", refusal.choose, name="refuse"),
    path("vu-viec/<slug:code>/tu-choi/<int:pk>/", refusal.refusal, name="refusal"),
    path("vu-viec/<slug:code>/tu-choi/<int:pk>/quyet-dinh/", refusal.decide, name="refusal_decision"),
    path("vu-viec/<slug:code>/tu-choi/<int:pk>/bien-ban/", violation.violation, name="violation"),
    path("vu-viec/<slug:code>/phan-loai/", handing.classify, name="classify"),
    path("vu-viec/<slug:code>/huong-dan/", handing.guide, name="guide"),
    path("vu-viec/<slug:code>/chuyen-don/", handing.transfer, name="transfer"),
    path("vu-viec/<slug:code>/chuyen-don/<int:pk>/", handing.transfer_result, name="transfer_result"),
    path("vu-viec/<slug:code>/tra-loi/", handing.answer, name="answer"),
    path("vu-viec/<slug:code>/ket-thuc/", handing.close, name="close"),
]
