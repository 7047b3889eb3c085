"""Điều 20 NĐ 154/2026 and Điều 4 QĐ 764 (pilot), row by row: which case may be put forward, and what is said if not."""

from __future__ import annotations

import pytest

from tiepdan.law.grounds import (
    CONSENT_MISSING,
    NO_DENUNCIATION,
    NONE_CHOSEN,
    PROTECTED,
    SECURITY_MISSING,
    WHO_MISSING,
    WISH_MISSING,
    CaseFacts,
    barred,
    letter,
    problems,
)
from tiepdan.law.profiles import profile

LAW, PILOT = "nd154-2026", "qd764-2025"
KINDS = ("complaint", "denunciation", "recommendation", "feedback")
OPINIONS = ("complaint", "recommendation", "feedback")
WHY = "Đã qua hai cấp giải quyết, liên quan bốn cơ quan."
LONG = "Nhiều hộ dân ở đảo chưa có tàu khách, chỉ vào được đất liền một lần mỗi tháng."


def sentences(rules: str, chosen: dict[str, str], **facts: object) -> list[str]:
    return [problem.sentence for problem in problems(profile(rules), CaseFacts(**facts), chosen)]  # type: ignore[arg-type]


# (citation, ground, kinds of petition for which the article opens it)
OPEN = [
    ("khoản 1 Điều 20 NĐ 154/2026", LAW, "nd154.a", OPINIONS),
    ("khoản 2 Điều 20 NĐ 154/2026", LAW, "nd154.b", OPINIONS),
    ("khoản 3 Điều 20 NĐ 154/2026", LAW, "nd154.c", OPINIONS),
    ("khoản 4 Điều 20 NĐ 154/2026", LAW, "nd154.d", ("denunciation",)),
    ("khoản 5 Điều 20 NĐ 154/2026", LAW, "nd154.e", OPINIONS),
    ("điểm a khoản 1 Điều 4", PILOT, "qd764.a", OPINIONS),
    ("điểm b khoản 1 Điều 4", PILOT, "qd764.b", OPINIONS),
    ("điểm c khoản 1 Điều 4", PILOT, "qd764.c", OPINIONS),
    ("điểm d khoản 1 Điều 4", PILOT, "qd764.d", OPINIONS),
    ("điểm đ khoản 1 Điều 4", PILOT, "qd764.dd", OPINIONS),
    ("điểm e khoản 1 Điều 4", PILOT, "qd764.e", OPINIONS),
]


@pytest.mark.parametrize(("citation", "rules", "code", "kinds"), OPEN, ids=[row[2] for row in OPEN])
def test_a_ground_is_open_for_the_petitions_its_article_names(
    citation: str, rules: str, code: str, kinds: tuple[str, ...]
) -> None:
    ground = profile(rules).ground(code)
    assert ground is not None and ground.article.startswith(citation)
    for kind in KINDS:
        found = sentences(
            rules,
            {code: LONG},
            kind=kind,
            wishes_online=True,
            has_circumstance=True,
            security="Phòng riêng.",
            consent="Có",
        )
        if kind in kinds:
            assert found == []
        elif rules == PILOT:
            assert found == [NO_DENUNCIATION]
        else:
            assert found == [f"Căn cứ {letter(code)} không áp dụng cho loại vụ việc này ({ground.article})."]


def test_every_ground_of_both_lists_is_in_the_table() -> None:
    assert {(row[1], row[2]) for row in OPEN} == {
        (rules, ground.code) for rules in (LAW, PILOT) for ground in profile(rules).grounds
    }


# (citation, rules, ticked with reasons, facts, what is said; none: the case may be put forward)
ROWS: list[tuple[str, str, dict[str, str], dict[str, object], list[str]]] = [
    ("Điều 20: some ground is needed", LAW, {}, {"kind": "complaint"}, [NONE_CHOSEN]),
    ("khoản 1: with a reason of this case", LAW, {"nd154.a": WHY}, {"kind": "complaint"}, []),
    ("khoản 1: without", LAW, {"nd154.a": " "}, {"kind": "complaint"}, ["Căn cứ a: chưa nêu lý do cụ thể."]),
    (
        "khoản 2: wish and circumstance",
        LAW,
        {"nd154.b": WHY},
        {"kind": "complaint", "has_circumstance": True, "wishes_online": True},
        [],
    ),
    (
        "khoản 2: the citizen's wish is not recorded",
        LAW,
        {"nd154.b": WHY},
        {"kind": "complaint", "has_circumstance": True},
        [WISH_MISSING],
    ),
    (
        "khoản 2: neither remote, nor policy, nor frail",
        LAW,
        {"nd154.b": WHY},
        {"kind": "complaint", "wishes_online": True},
        [WHO_MISSING],
    ),
    ("khoản 3", LAW, {"nd154.c": "Bão số 7 cắt đường."}, {"kind": "feedback"}, []),
    (
        "khoản 4: open denouncer, secrecy stated",
        LAW,
        {"nd154.d": WHY},
        {"kind": "denunciation", "security": "Đường truyền riêng, phòng kín."},
        [],
    ),
    ("khoản 4: secrecy not stated", LAW, {"nd154.d": WHY}, {"kind": "denunciation"}, [SECURITY_MISSING]),
    (
        "khoản 4: the denouncer asks for protection",
        LAW,
        {"nd154.d": WHY},
        {"kind": "denunciation", "is_protected": True, "security": "Phòng kín."},
        [PROTECTED],
    ),
    (
        "khoản 4: protection closes every other way too",
        LAW,
        {"nd154.e": LONG},
        {"kind": "denunciation", "is_protected": True},
        [PROTECTED],
    ),
    (
        "khoản 4: protection closes the pilot too, NĐ 154 stays in force",
        PILOT,
        {"qd764.c": WHY},
        {"kind": "complaint", "is_protected": True},
        [PROTECTED],
    ),
    ("khoản 5: 50 letters", LAW, {"nd154.e": "x" * 50}, {"kind": "recommendation"}, []),
    (
        "khoản 5: 49 letters",
        LAW,
        {"nd154.e": "x" * 49},
        {"kind": "recommendation"},
        ["Căn cứ «khác» phải ghi rõ lý do. Cần ít nhất 50 ký tự, đang có 49."],
    ),
    (
        "khoản 5: blanks do not count",
        LAW,
        {"nd154.e": " " * 60},
        {"kind": "recommendation"},
        ["Căn cứ «khác» phải ghi rõ lý do. Cần ít nhất 50 ký tự, đang có 0."],
    ),
    (
        "several grounds: each is asked",
        LAW,
        {"nd154.a": "", "nd154.b": WHY},
        {"kind": "complaint", "has_circumstance": True},
        ["Căn cứ a: chưa nêu lý do cụ thể.", WISH_MISSING],
    ),
    ("an unknown ground is none", LAW, {"qd764.a": WHY}, {"kind": "complaint"}, [NONE_CHOSEN]),
    (
        "QĐ 764 Điều 4: no ground for denunciations",
        PILOT,
        {"qd764.a": WHY},
        {"kind": "denunciation"},
        [NO_DENUNCIATION],
    ),
    ("QĐ 764 điểm c khoản 1 Điều 4", PILOT, {"qd764.c": WHY}, {"kind": "complaint"}, []),
    (
        "QĐ 764 điểm e khoản 1 Điều 4",
        PILOT,
        {"qd764.e": "Khác."},
        {"kind": "complaint"},
        ["Căn cứ «khác» phải ghi rõ lý do. Cần ít nhất 50 ký tự, đang có 5."],
    ),
    (
        "QĐ 764 khoản 2 Điều 4: the province agrees in writing when another head decides",
        PILOT,
        {"qd764.c": WHY},
        {"kind": "complaint", "decided_by_province": False},
        [CONSENT_MISSING],
    ),
    (
        "QĐ 764 khoản 2 Điều 4: with its paper",
        PILOT,
        {"qd764.c": WHY},
        {"kind": "complaint", "decided_by_province": False, "consent": "Văn bản số 12/UBND-TD ngày 01/12/2026"},
        [],
    ),
    ("NĐ 154 asks no such consent", LAW, {"nd154.a": WHY}, {"kind": "complaint", "decided_by_province": False}, []),
]


@pytest.mark.parametrize(("rule", "rules", "chosen", "facts", "said"), ROWS, ids=[row[0] for row in ROWS])
def test_what_stands_in_the_way(
    rule: str, rules: str, chosen: dict[str, str], facts: dict[str, object], said: list[str]
) -> None:
    assert sentences(rules, chosen, **facts) == said


@pytest.mark.parametrize(
    ("rules", "facts", "said"),
    [
        (LAW, CaseFacts("complaint"), ""),
        (LAW, CaseFacts("denunciation"), ""),
        (LAW, CaseFacts("denunciation", is_protected=True), PROTECTED),
        (PILOT, CaseFacts("denunciation"), NO_DENUNCIATION),
    ],
)
def test_when_the_whole_list_is_closed(rules: str, facts: CaseFacts, said: str) -> None:
    assert barred(profile(rules), facts) == said
