from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "tiepdan.policy"
    verbose_name = "Quy tắc của cơ quan"

    def ready(self) -> None:
        from tiepdan.accounts import menu, tasks
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels
        from tiepdan.policy import events, words
        from tiepdan.policy.tasks import find

        labels.register(events.LABELS)
        words.register()
        tasks.add_tasks(find)
        readers = (Role.ADMIN, Role.INSPECTOR)
        menu.add_admin_page(
            "Bộ quy tắc",
            "/quan-tri/quy-tac/",
            "Mốc thời hạn, căn cứ, từ chối; giá trị chặt hơn của cơ quan.",
            readers,
            order=30,
        )
        menu.add_admin_page(
            "Ngày nghỉ",
            "/quan-tri/ngay-nghi/",
            "Ngày nghỉ, ngày làm bù từng năm và việc xác nhận.",
            readers,
            order=50,
        )
