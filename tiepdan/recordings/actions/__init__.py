"""Every write of recordings."""

from tiepdan.recordings.actions.beat import beat
from tiepdan.recordings.actions.jobs import end_recording, mark, register_recorder, request_recording, watch

__all__ = ["beat", "end_recording", "mark", "register_recorder", "request_recording", "watch"]
