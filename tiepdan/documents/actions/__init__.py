"""Every write of the room of documents."""

from __future__ import annotations

from tiepdan.documents.actions.batches import cancel_batch, draft_set, run_batch
from tiepdan.documents.actions.drafting import builtin, draft, drop
from tiepdan.documents.actions.edited import upload_edited
from tiepdan.documents.actions.issuing import assign_number, issue
from tiepdan.documents.actions.letterheads import change_letterhead
from tiepdan.documents.actions.pdf import make_pdf, request_pdf
from tiepdan.documents.actions.signed import upload_signed
from tiepdan.documents.actions.templates import accept_template, try_template, try_upload, withdraw_template

__all__ = [
    "accept_template",
    "assign_number",
    "builtin",
    "cancel_batch",
    "change_letterhead",
    "draft",
    "draft_set",
    "drop",
    "issue",
    "make_pdf",
    "request_pdf",
    "run_batch",
    "try_template",
    "try_upload",
    "upload_edited",
    "upload_signed",
    "withdraw_template",
]
