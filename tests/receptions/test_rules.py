"""What a slip is worth, and which steps a reception may take. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tiepdan.receptions.access import problem_sentence
from tiepdan.receptions.rules import (
    FINISHED,
    PASSWORD_LETTERS,
    RECEPTION,
    RUNNING,
    CredentialFacts,
    Phase,
    credential_problem,
    new_password,
    typed_password,
)

FROM = datetime(2026, 12, 16, 1, 30, tzinfo=UTC)
TO = datetime(2026, 12, 17, 17, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
REVOKED = datetime(2026, 12, 17, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "revoked_at", "problem"),
    [
        (FROM - TICK, None, "not_yet"),
        (FROM, None, ""),
        (TO, None, ""),
        (TO + TICK, None, "expired"),
        (REVOKED - TICK, REVOKED, ""),
        (REVOKED, REVOKED, "revoked"),
        (REVOKED + TICK, REVOKED, "revoked"),
        # Withdrawn weighs more than any date: the sentence must not promise that the slip will work later.
        (FROM - TICK, FROM - 2 * TICK, "revoked"),
        (TO + TICK, REVOKED, "revoked"),
    ],
)
def test_a_slip_works_between_its_two_moments_and_not_after_it_was_withdrawn(
    now: datetime, revoked_at: datetime | None, problem: str
) -> None:
    assert credential_problem(CredentialFacts(FROM, TO, revoked_at), now) == problem


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ("revoked", "Tài khoản này đã được thu hồi lúc 09:05, 17/12/2026. Gọi điểm cầu trung tâm: 0299."),
        ("not_yet", "Tài khoản điểm cầu này có hiệu lực từ 08:30, 16/12/2026. Cần vào sớm hơn, gọi: 0299."),
        (
            "expired",
            "Tài khoản điểm cầu này hết hiệu lực từ 00:00, 18/12/2026. Gọi điểm cầu trung tâm để cấp lại: 0299.",
        ),
    ],
)
def test_the_hall_is_told_since_when_and_whom_to_call(problem: str, sentence: str) -> None:
    assert problem_sentence(problem, CredentialFacts(FROM, TO, REVOKED), "0299") == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "CDFG-HJKM-NPQR",
        "cdfg-hjkm-npqr",
        "cdfghjkmnpqr",
        "  CDFG HJKM NPQR\n",
        "cdfg – hjkm – npqr",
        "cd-fg hj.km/npqr",
    ],
)
def test_case_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert typed_password(typed) == "CDFG-HJKM-NPQR"


@pytest.mark.parametrize(("typed", "read"), [("", ""), ("---", ""), ("cdfgh", "CDFG-H"), ("cdf", "CDF")])
def test_a_password_of_another_length_stays_another_password(typed: str, read: str) -> None:
    assert typed_password(typed) == read


def test_a_new_password_can_be_read_out_on_the_telephone() -> None:
    seen = {new_password() for _ in range(200)}
    assert len(seen) == 200
    for password in seen:
        assert [len(group) for group in password.split("-")] == [4, 4, 4]
        assert set(password) <= {*PASSWORD_LETTERS, "-"}
        assert typed_password(password) == password
    assert not set("0O1IL5S2Z8BAEU") & set(PASSWORD_LETTERS)


STEPS = {
    (Phase.READY, "open"): Phase.OPEN,
    (Phase.OPEN, "suspend"): Phase.PAUSED,
    (Phase.OPEN, "close"): Phase.CLOSED,
    (Phase.PAUSED, "resume"): Phase.OPEN,
    (Phase.PAUSED, "close"): Phase.CLOSED,
    (Phase.CLOSED, "seal"): Phase.SEALED,
}


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("step", ["open", "suspend", "resume", "close", "seal"])
def test_a_reception_takes_only_the_steps_of_the_table(phase: Phase, step: str) -> None:
    assert RECEPTION.after(phase, step) == STEPS.get((phase, step))


def test_from_the_confirmed_preparation_on_a_phase_is_running_or_finished() -> None:
    before = {Phase.DRAFT, Phase.SUBMITTED, Phase.APPROVED, Phase.PUBLISHED, Phase.POSTPONED, Phase.CANCELLED}
    assert set(RUNNING) | set(FINISHED) == set(Phase) - before
    assert not set(RUNNING) & set(FINISHED)
