from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "tiepdan.invitations"
    verbose_name = "Giấy mời"

    def ready(self) -> None:
        from tiepdan.invitations import wiring

        wiring.register()
