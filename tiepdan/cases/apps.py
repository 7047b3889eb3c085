from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tiepdan.cases"
    verbose_name = "Vụ việc"

    def ready(self) -> None:
        from tiepdan.cases import registration, registration_decisions

        registration.register()
        registration_decisions.register()
