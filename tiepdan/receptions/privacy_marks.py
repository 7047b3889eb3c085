"""What tells who somebody is whoever it is: numbers of papers, telephones, plots, houses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tiepdan.receptions.privacy_text import WORD, Text

_BETWEEN = r"[ .\-/]{0,3}"
# A card's twelve digits begin with the province's number 001–096, so with a nought; money never does.
_CARD = re.compile(rf"(?<!\d)(?<!\d[.,])0(?:{_BETWEEN}\d){{11}}(?![ .\-]?\d)")
# In one piece any twelve or nine digits; nine also in threes, as the old card was written.
_LONG_NUMBER = re.compile(r"(?<![\d.])(?<!\d[ \-])(?:\d{12}|\d{9}|\d{3}([ .\-])\d{3}\1\d{3})(?![ .\-]?\d)")
_NAMED_PAPER = re.compile(
    r"\b(?:can cuoc(?: cong dan)?|cccd|so cc|cmnd|cmtnd|cmt|chung minh(?: thu| nhan dan)?(?: nhan dan)?|ho chieu"
    rf"|dinh danh(?: ca nhan)?|ma so thue)\W{{0,3}}(?:so\W{{0,3}})?[a-z]?\d(?:{_BETWEEN}\d){{6,}}"
)
_MOBILE = re.compile(r"(?<!\d)\(?(?:\(?(?:\+|00)?84\)?[ .\-]{0,2}|0)[35789](?:[ .\-/()]{0,2}\d){8}(?![ .\-]?\d)")
_MONEY = re.compile(r"^[1-9]\d{0,2}(?:([. ])\d{3})(?:\1\d{3})*$")
_CURRENCY = re.compile(r"^\s*(?:trieu |ty )?(?:dong|d|vnd)\b")
_MAIL = re.compile(r"[a-z0-9._+\-]+ ?@ ?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
_OFFICE_MAIL = ".gov.vn"
_NUMBERED = r"(?: so)? ?:? ?\d+(?:[/\-]\d+)*[a-z]?\b"
_PLOTS = (
    re.compile(rf"\bthua(?: dat)?{_NUMBERED}"),
    re.compile(rf"\bto (?:ban do|bd|bddc)(?: dia chinh)?{_NUMBERED}"),
    re.compile(rf"\bso to(?: ban do)?{_NUMBERED}"),
    re.compile(rf"\blo dat{_NUMBERED}"),
    re.compile(r"\bso (?:vao so|phat hanh)\b[^,;.]*"),
)
_SHEET = re.compile(r"\btờ(?: số)? ?:? ?\d+\b", re.I)  # with its marks only: «tổ 5» folds to the same
_SERIAL = re.compile(r"\b[A-ZĐ]{2} ?\d{6,8}\b")  # of a land use certificate
_HOUSE = re.compile(rf"\b(?:so nha|nha so|ngo|ngach|hem|kiet){_NUMBERED}")


def marks(text: Text) -> Iterator[str]:
    yield from _numbers(text)
    for pattern in _PLOTS:
        yield from text.all(pattern)
    yield from (match.group() for one in (_SHEET, _SERIAL) for match in one.finditer(text.clean))
    if not text.is_address:
        yield from text.all(_HOUSE)
    yield from (mail for mail in text.all(_MAIL) if not mail.casefold().endswith(_OFFICE_MAIL))
    yield from (word for word in WORD.findall(text.clean) if _is_disguised(word))


def _numbers(text: Text) -> Iterator[str]:
    for match in _LONG_NUMBER.finditer(text.plain):
        is_money = _MONEY.match(match.group()) and _CURRENCY.match(text.plain[match.end() :])
        if not is_money:
            yield match.group()
    for pattern in (_CARD, _NAMED_PAPER, _MOBILE):
        yield from text.all(pattern)


def _is_disguised(word: str) -> bool:
    """Letters of two alphabets in one word: «Mаi» with a Cyrillic а reads like a name and compares like none."""
    alphabets = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    return "LATIN" in alphabets and bool(alphabets & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
