"""Addresses of papers, sets, templates and letterheads."""

from __future__ import annotations

from django.urls import path

from tiepdan.documents.views import papers, sets, steps, templates

app_name = "documents"
urlpatterns = [
    path("van-ban/<int:pk>/", papers.page, name="paper"),
    path("van-ban/<int:pk>/tep/<slug:which>/", papers.file, name="file"),
    path("van-ban/<int:pk>/pdf/", papers.pdf_state, name="pdf_state"),
    path("van-ban/<int:pk>/cap-so/", steps.number, name="number"),
    path("van-ban/<int:pk>/tao-pdf/", steps.ask_pdf, name="ask_pdf"),
    path("van-ban/<int:pk>/tai-ban-sua/", steps.edited, name="edited"),
    path("van-ban/<int:pk>/tai-ban-ky/", steps.signed, name="signed"),
    path("van-ban/<int:pk>/phat-hanh/", steps.issue, name="issue"),
    path("van-ban/<int:pk>/soan-lai/", steps.again, name="again"),
    path("van-ban/<int:pk>/bo/", steps.drop, name="drop"),
    path("van-ban/bo/<int:pk>/", sets.batch, name="batch"),
    path("van-ban/bo/<int:pk>/dung/", sets.cancel, name="cancel_batch"),
    path("van-ban/tat-ca/<str:about_kind>/<str:about_id>/", sets.everything, name="everything"),
    path("quan-tri/mau-van-ban/", templates.index, name="templates"),
    path("quan-tri/mau-van-ban/dau-trang/", templates.letterhead, name="letterhead"),
    path("quan-tri/mau-van-ban/<slug:kind>/", templates.kind_page, name="template"),
    path("quan-tri/mau-van-ban/<slug:kind>/tai/", templates.download_template, name="template_file"),
    path("quan-tri/mau-van-ban/<slug:kind>/thu/", templates.trial, name="template_trial"),
    path("quan-tri/mau-van-ban/<slug:kind>/mau-goc/", templates.back, name="template_back"),
]
