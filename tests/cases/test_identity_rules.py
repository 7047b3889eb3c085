"""Identity papers, proofs of standing, masks: Điều 12 and Điều 13 NĐ 154/2026 as tables."""

from __future__ import annotations

import pytest

from tiepdan.cases.rules import Paper, Standing
from tiepdan.cases.rules.identity import (
    LOOKUP_LETTERS,
    NO_PAPER,
    NO_PROXY,
    masked_address,
    masked_number,
    masked_phone,
    names_in,
    new_lookup_code,
    paper_problems,
    standing_problems,
    tidy_number,
)
from tiepdan.cases.rules.screening import Facts, alike, reasons


@pytest.mark.parametrize(
    ("paper", "number", "reason", "field"),
    [
        (Paper.CITIZEN_ID, "036085001234", "", None),
        (Paper.CITIZEN_ID, "03608500123", "", "paper_number"),
        (Paper.CITIZEN_ID, "0360850012345", "", "paper_number"),
        (Paper.CITIZEN_ID, "B12345678", "", "paper_number"),
        (Paper.CERTIFICATE, "036085001234", "", None),
        (Paper.CERTIFICATE, "123", "", "paper_number"),
        (Paper.PERSONAL_NUMBER, "036085001234", "", None),
        (Paper.PERSONAL_NUMBER, "", "", "paper_number"),
        (Paper.PASSPORT, "B1234567", "", None),
        (Paper.PASSPORT, "C12345678", "", None),
        (Paper.PASSPORT, "C123456", "", "paper_number"),
        (Paper.PASSPORT, "036085001234", "", "paper_number"),
        (Paper.LATER, "", "Để quên ở nhà", None),
        (Paper.LATER, "", "   ", "paper_missing_reason"),
    ],
)
def test_the_number_of_an_identity_paper(paper: str, number: str, reason: str, field: str | None) -> None:
    assert list(paper_problems(paper, number, reason)) == ([field] if field else [])


def test_without_a_number_the_sentence_says_what_to_do() -> None:
    assert paper_problems(Paper.CITIZEN_ID, "", "") == {"paper_number": NO_PAPER}
    assert "Bổ sung sau" in NO_PAPER and "Điều 12 NĐ 154/2026" in NO_PAPER


@pytest.mark.parametrize(
    ("standing", "proof", "card", "wrong"),
    [
        (Standing.SELF, "", "", []),
        (Standing.HEAD, "", "", []),  # khoản 1 Điều 13: the head shows only what Điều 12 asks
        (Standing.PROXY, "", "", ["proof"]),
        (Standing.PROXY, "Giấy ủy quyền công chứng số 12/2026", "", []),
        (Standing.REPRESENTATIVE, "", "", ["proof"]),
        (Standing.LAWYER, "", "1234/LS", ["proof"]),
        (Standing.LAWYER, "Giấy yêu cầu giúp đỡ ngày 01/12/2026", "", ["card"]),
        (Standing.LAWYER, "Giấy yêu cầu giúp đỡ ngày 01/12/2026", "1234/LS", []),
        (Standing.LEGAL_AID, "", "", ["proof", "card"]),
        (Standing.LEGAL_AID, "Quyết định phân công số 5", "77/TGV", []),
    ],
)
def test_who_speaks_for_another_shows_their_standing(standing: str, proof: str, card: str, wrong: list[str]) -> None:
    assert list(standing_problems(standing, proof, card)) == wrong


def test_a_proxy_reads_the_sentence_of_the_law() -> None:
    assert standing_problems(Standing.PROXY, "", "")["proof"] == NO_PROXY


@pytest.mark.parametrize(
    ("number", "shown"),
    [("036085001234", "0360••••1234"), ("B1234567", "B1••••67"), ("123", "1••••3"), ("12", "••••"), ("", "")],
)
def test_numbers_are_masked(number: str, shown: str) -> None:
    assert masked_number(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Thôn 3, xã Thanh Lộc, tỉnh Minh Châu", "•••, xã Thanh Lộc, tỉnh Minh Châu"), ("Số 5 phố Huế", "•••"), ("", "")],
)
def test_of_an_address_the_house_is_hidden(text: str, shown: str) -> None:
    assert masked_address(text) == shown


def test_of_a_phone_three_digits_are_left() -> None:
    assert [masked_phone(one) for one in ("0912 345 678", "115", "")] == ["•••• 678", "••••", ""]


def test_numbers_are_kept_without_the_marks_of_typing() -> None:
    assert tidy_number(" 036 085.001-234 ") == "036085001234" and tidy_number("c1234567") == "C1234567"


def test_a_look_up_code_has_no_look_alikes() -> None:
    codes = {new_lookup_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(one) == 9 and set(one) <= {*LOOKUP_LETTERS, "-"} for one in codes)
    assert not set("0O1IL2Z5S8B") & set(LOOKUP_LETTERS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khieu nai cua ong nguyen van that ve dat", True),
        ("khieu nai (nguyen van that)", True),
        ("khieu nai ve dat cua ho gia dinh", False),
        ("so 036085001234", True),
        ("so 036 085 001 234", True),
        ("quyet dinh so 15/qd-ubnd", False),
        ("nguyen van thatt", False),
    ],
)
def test_a_summary_names_nobody(text: str, found: bool) -> None:
    assert names_in(text, ["nguyen van that"], ["036085001234"]) is found


def test_the_order_of_candidates_is_told_in_words() -> None:
    facts = Facts(
        people_count=12,
        since_year=2023,
        agencies_count=4,
        is_remote=True,
        is_policy=False,
        is_frail=False,
        wishes_online=False,
        receptions_before=0,
    )
    assert reasons(facts, 2026) == ["đông người (12)", "kéo dài 3 năm", "4 cơ quan", "vùng xa"]
    plain = Facts(4, 2025, 1, False, False, False, False, 0)
    assert reasons(plain, 2026) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("khieu nai ve boi thuong khi thu hoi dat", "khieu nai boi thuong thu hoi dat", True),
        ("khieu nai ve boi thuong", "to cao can bo xa nhan tien", False),
        ("", "khieu nai", False),
    ],
)
def test_what_counts_as_the_same_matter(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
