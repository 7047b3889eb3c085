from django.urls import URLPattern, path

from tiepdan.receptions.views import agenda

_PLAN = "buoi-tiep/<slug:code>/kich-ban/"

urlpatterns: list[URLPattern] = [
    path(_PLAN, agenda.agenda, name="agenda"),
    path(f"{_PLAN}bat-dau/", agenda.start, name="agenda_start"),
    path(f"{_PLAN}them/", agenda.add, name="agenda_add"),
    path(f"{_PLAN}luu-mau/", agenda.save_template, name="agenda_save_template"),
    path(f"{_PLAN}mau/<int:template>/xoa/", agenda.delete_template, name="agenda_delete_template"),
    path(f"{_PLAN}thu-tu/", agenda.order, name="agenda_order"),
    path(f"{_PLAN}nguoi-chu-tri/", agenda.chair, name="agenda_chair"),
    path(f"{_PLAN}phieu-loi-dan/", agenda.slips, name="agenda_slips"),
    path(f"{_PLAN}<int:item>/", agenda.edit, name="agenda_item"),
    path(f"{_PLAN}<int:item>/chen-nghi/", agenda.add_break, name="agenda_break"),
    path(f"{_PLAN}<int:item>/xoa/", agenda.delete, name="agenda_delete"),
    path(f"{_PLAN}<int:item>/<slug:way>/", agenda.move, name="agenda_move"),
]
