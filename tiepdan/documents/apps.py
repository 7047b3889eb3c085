from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tiepdan.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels
        from tiepdan.documents import actions, checks, events
        from tiepdan.documents.actions.batches import LEASE
        from tiepdan.documents.models import Batch, Document
        from tiepdan.kernel import due

        assert checks  # registers itself
        labels.register(events.LABELS)
        due.register(Document, actions.make_pdf, timedelta(minutes=2), is_slow=True)
        due.register(Batch, actions.run_batch, LEASE, is_slow=True)
        menu.add_admin_page(
            "Mẫu văn bản",
            "/quan-tri/mau-van-ban/",
            "Mẫu Word của cơ quan, đầu trang văn bản, sổ số.",
            {Role.ADMIN},
            order=40,
        )
