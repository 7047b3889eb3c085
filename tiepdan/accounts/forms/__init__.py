"""What people type, by page."""

from tiepdan.accounts.forms.door import JournalForm, SignInForm

__all__ = ["JournalForm", "SignInForm"]
