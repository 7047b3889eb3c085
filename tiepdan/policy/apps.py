from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "tiepdan.policy"
    verbose_name = "Quy tắc của cơ quan"
