"""Whether the web process is alive: anybody may ask."""

from tests.access.letters import Table, who

TABLE = Table("")
TABLE.get("healthz", who("o", "o"))
