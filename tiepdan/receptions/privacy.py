"""Personal data in words that are about to become public. Pure: texts and facts in, offending words out.

Compared without accents and case, on whole words, so that «MAI VAN THINH» and «Thịnh Mai Văn» are found too.
What is found blocks the publication: the schedule names matters, not people (Điều 24 Luật Tiếp công dân; khoản 2
Điều 12 NĐ 154/2026 keeps name, address and identity secret).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiepdan.kernel.text import without_others
from tiepdan.receptions.privacy_marks import marks
from tiepdan.receptions.privacy_text import WORD, Text, Token, bare

__all__ = ["Human", "Text", "found"]

# «ông Thịnh»: an address before a given name tells who it is; the given name alone does not («phường Hòa Bình»).
_BEFORE_A_NAME = frozenset({"ông", "bà", "anh", "chị", "cụ", "cô", "chú", "bác"})
_STREET = frozenset({"duong", "pho", "so"})
# Parts of an address from the commune upwards say where a matter is, not where somebody lives.
_WIDE_WORDS = "xa|phuong|dac khu|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|p|x|h|q|t"
_WIDE = re.compile(rf"^(?:{_WIDE_WORDS})\b\.?|^viet nam$")
_BEFORE_A_WIDE_PART = re.compile(r" (?=(?:xa|phuong|dac khu|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp)\b)")
_LOCAL = "to dan pho|tdp|khu dan cu|khu pho|kp|thon|xom|ap|ban|buon|lang|to|doi"
_LOCAL_PART = re.compile(rf"\b(?:{_LOCAL})\b\.?(?: so)? ?(\w+(?: \w+)*)")
_SAME_UNIT = {
    **dict.fromkeys(("to dan pho", "tdp", "to"), "to dan pho|tdp|to"),
    **dict.fromkeys(("khu pho", "kp"), "khu pho|kp"),
}
# «số 7» is a house after a stop, «nhà», «tại»; «Quyết định số 7» is none.
_BARE_NUMBER = re.compile(r"so \d+$")
_AFTER_NO_NAME = r"(?:(?<=^)|(?<=[,;:.(] )|(?<=\bnha )|(?<=\btai )|(?<=\bo )|(?<=\bchi ))"
SHORTEST_PHONE = 7  # digits
_GAP = r"[ .\-/()]*"


@dataclass(frozen=True)
class Human:
    """Somebody of a case, as far as the public must not read it."""

    full_name: str
    address: str = ""
    paper_number: str = ""
    phone: str = ""
    email: str = ""


def found(texts: Iterable[Text], people: Iterable[Human]) -> list[str]:
    """Every piece of personal data in the texts, as it stands there; each once, the longest of overlapping ones."""
    people = list(people)
    pieces: list[str] = []
    for text in texts:
        for piece in (*marks(text), *(p for one in people for p in _of(one, text))):
            if piece not in pieces:
                pieces.append(piece)
    return [piece for piece in pieces if not any(piece != other and piece in other for other in pieces)]


def _of(one: Human, text: Text) -> Iterator[str]:
    yield from _names(one.full_name, text)
    yield from _addresses(one.address, text)
    yield from _paper(one.paper_number, text)
    yield from _phone(one.phone, text)
    if one.email:
        yield from text.all(r"(?<!\w)" + re.escape(bare(one.email)).replace("@", " ?@ ?") + r"(?!\w)")


# Names


def _names(full_name: str, text: Text) -> Iterator[str]:
    """The whole name in any order of its parts, written together or shortened, and «ông», «bà» with the given name."""
    parts = WORD.findall(bare(without_others(full_name)))
    if not parts:
        return
    yield from _in_any_order(parts, text)
    if len(parts) > 2:
        # «M.V. Thịnh»; of two parts «T. Phú» could be the province Phú …
        first = "".join(rf"(?:{part}[\W_]*|{part[0]}\.[\W_]*)" for part in parts[:-1])
        yield from text.all(rf"(?<![^\W_]){first}{parts[-1]}(?![^\W_])")
    yield from _addressed(parts, text)


def _in_any_order(parts: list[str], text: Text) -> Iterator[str]:
    tokens, size, wanted = text.tokens, len(parts), sorted(parts)
    for at in range(len(tokens) - size + 1) if size > 1 else ():
        window = tokens[at : at + size]
        if sorted(token.plain for token in window) == wanted and not _is_street(tokens, at, text):
            yield text.clean[window[0].start : window[-1].end]


def _addressed(parts: list[str], text: Text) -> Iterator[str]:
    calls = {(parts[-1],), tuple(parts[-2:]), (parts[0], parts[-1])}
    tokens = text.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.word.casefold() not in _BEFORE_A_NAME:
            continue
        for call in sorted(calls, key=len, reverse=True):
            window = tokens[at + 1 : at + 1 + len(call)]
            if tuple(one.plain for one in window) == call and _reads_as_a_name(window, text):
                yield text.clean[token.start : window[-1].end]
                break


def _reads_as_a_name(window: list[Token], text: Text) -> bool:
    """With a capital; without one only where the words end: «bà hòa giải» names nobody, «ông thịnh, xã …» does."""
    return window[0].word[0].isupper() or not text.clean[window[-1].end :].lstrip()[:1].isalnum()


def _is_street(tokens: list[Token], at: int, text: Text) -> bool:
    if not text.is_address or at == 0:
        return False
    before = tokens[at - 1].plain
    return before in _STREET or before[0].isdigit()


# Addresses


def _addresses(address: str, text: Text) -> Iterator[str]:
    """The house, hamlet or street of somebody, however it is cut; «xã Thanh Lộc» alone is no secret."""
    narrow, wide = _parts(address)
    for words, after in zip(narrow, [*narrow, ""][1:], strict=True):
        if text.is_address:
            # A hall may stand in the same hamlet and have the same number in another street; both together say who.
            if after:
                yield from text.all(_words([*words.split(), *after.split()]))
        elif " " in words:
            yield from text.all((_AFTER_NO_NAME if _BARE_NUMBER.match(words) else "") + _words(words.split()))
    for words in () if text.is_address else narrow:
        for local in _LOCAL_PART.finditer(words):
            yield from _local(local.group(), local.group(1), wide, text)


def _parts(address: str) -> tuple[list[str], set[str]]:
    """What says where somebody lives, and the names of commune and province."""
    cuts = [cut for part in re.split(r"[,;]|(?<=\s)-(?=\s)", bare(address)) for cut in _BEFORE_A_WIDE_PART.split(part)]
    parts = [" ".join(WORD.findall(cut)) for cut in cuts]
    wide = {_WIDE.sub("", words).strip() for words in parts if _WIDE.match(words)}
    return [words for words in parts if words and not _WIDE.match(words)], wide


def _local(whole: str, name: str, wide: set[str], text: Text) -> Iterator[str]:
    """A hamlet by number under its other names («TDP 3»), by name also without the word before it."""
    unit = re.match(_LOCAL, whole)
    assert unit is not None, whole
    alike = _SAME_UNIT.get(unit.group(), unit.group())
    number = re.match(r"0*(\d+)\b", name)
    if number:
        yield from text.all(rf"\b(?:{alike})\b\W*(?:so\W*)?0*{number.group(1)}(?!\w)")
        return
    words = name.split()
    yield from text.all(rf"\b(?:{alike})\W+{_words(words)}")
    if len(words) < 2 or name in wide:
        return
    for match in re.finditer(_words(words), text.plain):
        written = text.clean[match.start() : match.end()]
        before = text.plain[: match.start()].rstrip()
        if written[:1].isupper() and not re.search(rf"\b(?:{_WIDE_WORDS})\.?$", before):
            yield written


def _words(words: list[str]) -> str:
    """These words one after the other, whatever stands between them."""
    return r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)"


# Numbers


def _paper(number: str, text: Text) -> Iterator[str]:
    """The number of somebody's paper, however it is grouped, with letters O for noughts too."""
    wanted = re.sub(r"[\W_]", "", bare(number))
    if len(wanted) < 6:
        return
    letters = ("[0o]" if letter == "0" else re.escape(letter) for letter in wanted)
    yield from text.all(rf"(?<!\w){_GAP.join(letters)}(?!\w)")


def _phone(number: str, text: Text) -> Iterator[str]:
    digits = re.sub(r"\D", "", number)
    core = re.sub(r"^(?:0084|84|0)", "", digits)
    if len(core) < SHORTEST_PHONE - 1:
        return
    yield from text.all(rf"(?<!\d)\(?(?:\+?84|0084|0)?{_GAP}{_GAP.join(core)}(?!\d)")
