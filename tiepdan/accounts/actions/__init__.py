"""Every write of this app, by use: the door, agencies, people and their posts, delegations, hidden rows."""

from tiepdan.accounts.actions.door import ADDRESS_FAILURES, address_key, sign_in, signed_out, staff_key

__all__ = ["ADDRESS_FAILURES", "address_key", "sign_in", "signed_out", "staff_key"]
