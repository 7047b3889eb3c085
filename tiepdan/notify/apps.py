from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tiepdan.notify"
    verbose_name = "Gửi và nhận"

    def ready(self) -> None:
        from tiepdan.accounts import menu, news, tasks
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels, words
        from tiepdan.kernel import due
        from tiepdan.notify import sending
        from tiepdan.notify.events import EVENTS
        from tiepdan.notify.models import Delivery
        from tiepdan.notify.news import EVENTS as NEWS
        from tiepdan.notify.news import for_senders
        from tiepdan.notify.rules import CHANNEL_LABELS
        from tiepdan.notify.tasks import find

        labels.register(EVENTS)
        words.register("channel", words.listed(CHANNEL_LABELS))
        due.register(Delivery, sending.work, lease=sending.LEASE, is_slow=True)
        menu.add_item("Hộp gửi", "/hop-gui/", {Role.CLERK}, order=25)
        tasks.add_tasks(find)
        news.add(NEWS, for_senders)
