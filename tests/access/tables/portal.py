"""The public pages: everybody reads them, and nobody is asked who they are (S36)."""

from tests.access.letters import Table, who

PUBLIC = who("o", "o")
NOT_PUBLISHED = who("n", "n")

TABLE = Table("portal", code="published")
for name in ("index", "rss", "calendar", "rules", "guide", "reception", "posting"):
    TABLE.get(name, PUBLIC)
TABLE.get("reception", NOT_PUBLISHED, code="draft")
TABLE.get("posting", NOT_PUBLISHED, code="draft")
