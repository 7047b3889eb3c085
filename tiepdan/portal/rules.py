"""What somebody types to look a case up, and how often. Pure: no Django, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from hmac import compare_digest
from ipaddress import ip_address, ip_network

from tiepdan.cases.rules.identity import DIGITS

TRIES = 5  # for one code from one address
# Behind one address of a telephone company there are hundreds of people: one who mistypes must not shut out the others.
# Against somebody who tries many codes fifty are few.
TRIES_OF_ADDRESS = 50
# Against many machines that guess the four digits of one code: 40 of 10 000 in an hour.
TRIES_OF_CODE = 20
LOCK = timedelta(minutes=30)
LONGEST_CODE = 16

NOT_FOUND = "Không tìm thấy. Kiểm tra mã trên giấy biên nhận."
NO_CODE = "Chưa nhập mã tra cứu."
BAD_CODE = "Mã tra cứu chỉ có chữ không dấu và chữ số, ví dụ KM4T-9XQR. Nếu hiện chữ có dấu, hãy tắt bộ gõ tiếng Việt."
NO_DIGITS = "Chưa nhập 4 chữ số cuối."
BAD_DIGITS = "Nhập đúng 4 chữ số cuối của giấy tờ tùy thân, không nhập cả số."

_APART = re.compile(r"[\s.\-–—_]+")


def neighbourhood(address: str) -> str:
    """The address; of IPv6 the first half, of which one household or machine has all the rest."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found) >> 64 << 64, 64)))


def typed_code(raw: str) -> str:
    """As it is printed, «KM4T-9XQR», whatever the case, spaces and dashes that were typed."""
    letters = _APART.sub("", raw).upper()
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else raw.strip().upper()


def code_problem(raw: str) -> str:
    letters = _APART.sub("", raw)
    if not letters:
        return NO_CODE
    return "" if letters.isascii() and letters.isalnum() and len(letters) <= LONGEST_CODE else BAD_CODE


def typed_digits(raw: str) -> str:
    return _APART.sub("", raw)


def digits_problem(raw: str) -> str:
    digits = typed_digits(raw)
    if not digits:
        return NO_DIGITS
    return "" if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else BAD_DIGITS


def opens(digits: str, keys: Iterable[str]) -> bool:
    """Whether the digits are those of one of the people; all are compared, also when the first fits."""
    return any([compare_digest(digits, key) for key in keys if key])
