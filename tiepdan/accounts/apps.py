from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tiepdan.accounts"
    label = "accounts"
    verbose_name = "Cơ quan và người dùng"

    def ready(self) -> None:
        from tiepdan.accounts import events, journal, menu, news, reminders, tasks
        from tiepdan.accounts.actions.agencies import begin_name
        from tiepdan.accounts.models import AgencyName
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels
        from tiepdan.kernel import due

        labels.register(events.LABELS)
        due.register(AgencyName, begin_name)
        tasks.add_tasks(reminders.administration)
        news.add(news.OWN, news.own)
        news.add(journal.BROKEN, journal.of_broken)
        menu.add_item("Việc của tôi", "/viec-cua-toi/", order=0)
        menu.add_item("Chờ phê duyệt", "/phe-duyet/", {Role.APPROVER, Role.CHAIR}, order=10, is_lent=True)
        menu.add_item("Nhật ký", "/quan-tri/nhat-ky/", {Role.INSPECTOR}, order=90)
        menu.add_admin_page(
            "Cơ quan",
            "/quan-tri/co-quan/",
            "Cây cơ quan theo thời gian: thêm, đổi tên, sáp nhập, hết hiệu lực.",
            order=10,
        )
        menu.add_admin_page(
            "Người dùng",
            "/quan-tri/nguoi-dung/",
            "Ai có vai trò gì, ở đâu, từ ngày nào; mật khẩu, khóa, rà soát.",
            order=20,
        )
        menu.add_admin_page(
            "Xác thực hai lớp",
            "/quan-tri/xac-thuc-hai-lop/",
            "Vai trò nào phải nhập thêm mã khi đăng nhập, từ ngày nào.",
            order=25,
        )
        menu.add_admin_page("Nhật ký", "/quan-tri/nhat-ky/", "Ai đã làm gì, khi nào; kiểm tra chuỗi.", order=90)
