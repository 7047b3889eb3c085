"""Personal data in words that are about to become public. Pure: texts and facts in, offending words out.

Compared without accents and case, on whole words, so that «MAI VAN THINH» and «Thịnh Mai Văn» are found too.
What is found blocks the publication: the schedule names matters, not people (Điều 24 Luật Tiếp công dân; khoản 2
Điều 12 NĐ 154/2026 keeps name, address and identity secret).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiepdan.kernel.text import fold

_WORD = re.compile(r"\w+", re.UNICODE)
# Numbers of identity papers: 9 digits (old card) or 12, in one piece or in even groups.
_LONG_NUMBER = re.compile(
    r"(?<![\d.])(?:\d{12}|\d{9}|\d{3}([ .\-])\d{3}\1\d{3}(?:\1\d{3})?|\d{4}([ .\-])\d{4}\2\d{4})(?![ .\-]?\d)"
)
_MOBILE = re.compile(r"(?<!\d)(?:0|\+?84[ .\-]?)[35789](?:[ .\-]?\d){8}(?![ .\-]?\d)")
_MONEY = re.compile(r"^\d{1,3}(?:\.\d{3})+$")
_CURRENCY = re.compile(r"^\s*(?:đồng|đ|vnđ|vnd)\b", re.I)
_PLOTS = (
    re.compile(r"\b(?:thửa(?:\s+đất)?|tờ\s+bản\s+đồ)(?:\s+(?:số|so))?\s*(?::\s*)?\d+\w*", re.I),
    re.compile(r"\bsố\s+(?:vào\s+sổ|phát\s+hành)\b[^,;.]*", re.I),
    re.compile(r"\b[A-ZĐ]{2}[ ]?\d{6,8}\b"),  # serial of a land use certificate
)
# «ông Thịnh»: an address before a given name tells who it is; the given name alone does not («phường Hòa Bình»).
_BEFORE_A_NAME = frozenset({"ông", "bà", "anh", "chị", "cụ", "cô", "chú", "bác"})
_STREET = frozenset({"duong", "pho", "so"})
# Parts of an address from the commune upwards say where a matter is, not where somebody lives.
_WIDE = re.compile(
    r"^(?:xa|phuong|dac khu|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|p|x)\b|^(?:viet nam)$", re.IGNORECASE
)
SHORTEST_PHONE = 7  # digits


@dataclass(frozen=True)
class Human:
    """Somebody of a case, as far as the public must not read it."""

    full_name: str
    address: str = ""
    paper_number: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Text:
    """A public text. In an address «12 Trần Phú» is a street, whoever else is called so."""

    words: str
    is_address: bool = False


def found(texts: Iterable[Text], people: Iterable[Human]) -> list[str]:
    """Every piece of personal data in the texts, as it stands there; each once, the longest of overlapping ones."""
    people = list(people)
    pieces: list[str] = []
    for text in texts:
        clean = Text(unicodedata.normalize("NFC", text.words), text.is_address)
        for piece in (*_numbers(clean), *_plots(clean), *(p for one in people for p in _of(one, clean))):
            piece = " ".join(piece.split())
            if piece not in pieces:
                pieces.append(piece)
    return [piece for piece in pieces if not any(piece != other and piece in other for other in pieces)]


def _of(one: Human, text: Text) -> Iterator[str]:
    yield from _names(one.full_name, text)
    yield from _addresses(one.address, text)
    yield from _paper(one.paper_number, text)
    yield from _phone(one.phone, text)
    if one.email and one.email.casefold() in text.words.casefold():
        yield one.email


@dataclass(frozen=True)
class _Token:
    word: str  # as written
    plain: str  # folded
    start: int
    end: int


def _tokens(words: str) -> list[_Token]:
    return [_Token(m.group(), fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(words)]


def _names(full_name: str, text: Text) -> Iterator[str]:
    """The whole name in any order of its parts, and the given name after «ông», «bà» …"""
    parts = fold(full_name).split()
    if not parts:
        return
    tokens = _tokens(text.words)
    wanted = sorted(parts)
    size = len(parts)
    if size > 1:
        for at in range(len(tokens) - size + 1):
            window = tokens[at : at + size]
            if sorted(token.plain for token in window) == wanted and not _is_street(tokens, at, text):
                yield text.words[window[0].start : window[-1].end]
    calls = {(parts[-1],), tuple(parts[-2:]), (parts[0], parts[-1])}
    for at, token in enumerate(tokens[:-1]):
        if token.word.casefold() not in _BEFORE_A_NAME or not tokens[at + 1].word[0].isupper():
            continue
        for call in sorted(calls, key=len, reverse=True):
            window = tokens[at + 1 : at + 1 + len(call)]
            if tuple(one.plain for one in window) == call:
                yield text.words[token.start : window[-1].end]
                break


def _is_street(tokens: list[_Token], at: int, text: Text) -> bool:
    if not text.is_address or at == 0:
        return False
    before = tokens[at - 1].plain
    return before in _STREET or before[0].isdigit()


def _addresses(address: str, text: Text) -> Iterator[str]:
    """The house, hamlet or street of somebody; «xã Thanh Lộc» alone is no secret."""
    tokens = _tokens(text.words)
    plain = [token.plain for token in tokens]
    for part in re.split(r"[,;–\-]\s|,|;", address):
        wanted = fold(" ".join(_WORD.findall(part))).split()
        if len(wanted) < 2 or _WIDE.match(" ".join(wanted)):
            continue
        for at in range(len(plain) - len(wanted) + 1):
            if plain[at : at + len(wanted)] == wanted:
                yield text.words[tokens[at].start : tokens[at + len(wanted) - 1].end]


def _paper(number: str, text: Text) -> Iterator[str]:
    """The number of somebody's paper, however it is grouped."""
    wanted = re.sub(r"[\W_]", "", number).casefold()
    if len(wanted) < 6:
        return
    pattern = r"(?<!\w)" + r"[ .\-]*".join(re.escape(letter) for letter in wanted) + r"(?!\w)"
    yield from (match.group() for match in re.finditer(pattern, text.words, re.I))


def _phone(number: str, text: Text) -> Iterator[str]:
    digits = re.sub(r"\D", "", number)
    core = re.sub(r"^(?:84|0)", "", digits)
    if len(core) < SHORTEST_PHONE - 1:
        return
    pattern = r"(?<!\d)(?:\+?84|0)?[ .\-()]*" + r"[ .\-()]*".join(core) + r"(?!\d)"
    yield from (match.group().strip() for match in re.finditer(pattern, text.words))


def _numbers(text: Text) -> Iterator[str]:
    """Anything that could be an identity number or somebody's mobile telephone."""
    for match in _LONG_NUMBER.finditer(text.words):
        is_money = _MONEY.match(match.group()) and _CURRENCY.match(text.words[match.end() :])
        if not is_money:
            yield match.group()
    yield from (match.group() for match in _MOBILE.finditer(text.words))


def _plots(text: Text) -> Iterator[str]:
    for pattern in _PLOTS:
        yield from (match.group() for match in pattern.finditer(text.words))
