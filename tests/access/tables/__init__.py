"""One table for each room: who may, address by address."""

from __future__ import annotations

from tests.access.letters import Row
from tests.access.tables import (
    accounts,
    cases,
    documents,
    invitations,
    kernel,
    live,
    notify,
    points,
    policy,
    portal,
    readiness,
    receptions,
    recordings,
    sheets,
)

ROOMS = (
    kernel,
    accounts,
    policy,
    sheets,
    notify,
    documents,
    cases,
    points,
    receptions,
    invitations,
    readiness,
    recordings,
    live,
    portal,
)
ROWS: list[Row] = [row for room in ROOMS for row in room.TABLE.rows]
