"""What receptions ask of this room, as `receptions.audience.Audience` names it."""

from tiepdan.invitations.actions.changes import tell
from tiepdan.invitations.actions.receivers import refresh as renew
from tiepdan.invitations.queries import affected, letters, notice_state, told

__all__ = ["affected", "letters", "notice_state", "renew", "tell", "told"]
