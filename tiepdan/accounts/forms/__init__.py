"""What people type, by page."""

from tiepdan.accounts.forms.door import SignInForm
from tiepdan.accounts.forms.journal import JournalForm

__all__ = ["JournalForm", "SignInForm"]
