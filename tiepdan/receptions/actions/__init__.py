"""Every write of receptions, by use-case. What other rooms call is named here."""

from tiepdan.receptions.actions.credentials import (
    find_credential,
    issue_credential,
    letter_with_password,
    revoke_credential,
    sign_in_point,
    use_credential,
    wrong_sentence,
)
from tiepdan.receptions.actions.milestones import meet

__all__ = [
    "find_credential",
    "issue_credential",
    "letter_with_password",
    "meet",
    "revoke_credential",
    "sign_in_point",
    "use_credential",
    "wrong_sentence",
]
