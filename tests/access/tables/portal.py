"""The public pages: everybody reads them, and nobody is asked who they are (S36, S37)."""

from tests.access.letters import Table, who

PUBLIC = who("o", "o")
NOT_PUBLISHED = who("n", "n")
ASKED = who("i", "i")  # the code on a slip and four digits open a case, no account does

TABLE = Table("portal", code="published")
for name in ("index", "rss", "calendar", "rules", "guide", "reception", "posting"):
    TABLE.get(name, PUBLIC)
TABLE.both("lookup", PUBLIC, ASKED)
TABLE.both("registration", PUBLIC, ASKED)
TABLE.post("choose", ASKED)
TABLE.get("reception", NOT_PUBLISHED, code="draft")
TABLE.get("posting", NOT_PUBLISHED, code="draft")
TABLE.get("poster", NOT_PUBLISHED, code="draft", size="size")
