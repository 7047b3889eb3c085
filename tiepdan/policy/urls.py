from django.urls import path

from tiepdan.policy.views import holidays, profiles, values

app_name = "policy"

urlpatterns = [
    path("quan-tri/quy-tac/", profiles.index, name="rules"),
    path("quan-tri/quy-tac/so-sanh/", profiles.compare, name="compare"),
    path("quan-tri/quy-tac/gia-tri/", values.index, name="values"),
    path("quan-tri/quy-tac/gia-tri/<int:pk>/bo/", values.remove, name="value_remove"),
    path("quan-tri/ngay-nghi/", holidays.index, name="holidays"),
    path("quan-tri/ngay-nghi/them/", holidays.add, name="day_add"),
    path("quan-tri/ngay-nghi/nhap/", holidays.paste, name="day_import"),
    path("quan-tri/ngay-nghi/<int:pk>/", holidays.edit, name="day"),
    path("quan-tri/ngay-nghi/<int:pk>/bo/", holidays.remove, name="day_remove"),
    path("quan-tri/ngay-nghi/nam/<int:number>/xac-nhan/", holidays.confirm, name="year_confirm"),
    path("quan-tri/ngay-nghi/nam/<int:number>/bo-xac-nhan/", holidays.unconfirm, name="year_unconfirm"),
    path("quan-tri/ngay-nghi/nam/<int:number>/goi-y/", holidays.suggest, name="year_suggest"),
]
