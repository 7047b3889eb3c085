"""Reads behind grounds, decisions and refusals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.cases.models import Case, Item, Refusal, Screening, Submission
from tiepdan.cases.rules import CROWD, ITEM_LABELS, ItemKind, RefusalState
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Refused
from tiepdan.law.grounds import CaseFacts, Problem, barred, is_open, letter
from tiepdan.law.profiles import Profile, codes, profile, profile_on
from tiepdan.law.sections import Ground
from tiepdan.policy.queries import profile_for

# What a dossier put before the head should hold; missing papers are named, nothing is refused for them.
WANTED = (ItemKind.REPORT, ItemKind.DECISION, ItemKind.OPINION)
OPEN_REFUSALS = (RefusalState.DRAFT, RefusalState.SUBMITTED, RefusalState.RETURNED)


@dataclass(frozen=True)
class GroundRow:
    """One ground on the page: what it says, what it asks, what the clerk wrote."""

    code: str
    letter: str
    text: str
    article: str
    note: str
    is_open: bool
    is_chosen: bool
    reason: str
    least_reason: int
    papers: list[Paper]
    problems: list[str]


@dataclass(frozen=True)
class Paper:
    """A kind of paper that is expected, and the titles of those that lie in the dossier."""

    label: str
    titles: list[str]


@dataclass(frozen=True)
class Draft:
    """What the tab «Căn cứ tiếp trực tuyến» holds before it is submitted; `seen` tells two people's drafts apart."""

    profile: str
    chosen: dict[str, str] = field(default_factory=dict)  # code of the ticked ground → reason
    security: str = ""
    consent: str = ""
    note: str = ""
    seen: str = ""


def screening_of(case: Case) -> Screening | None:
    return Screening.objects.select_related("saved_by").filter(case=case).first()


def draft_of(case: Case, on: date) -> Draft:
    row = screening_of(case)
    chosen = {ground.code: ground.reason for ground in case.grounds.all()}
    if row is None:
        return Draft(profile=profile_on(on).code, chosen=chosen)
    return Draft(row.profile, chosen, row.security, row.consent, row.note, row.saved_at.isoformat())


def profiles_on(on: date) -> list[Profile]:
    """The lists of grounds that are in force on a day, the law first."""
    found = [profile(code) for code in codes()]
    found = [one for one in found if one.valid_from <= on and one.grounds]
    return sorted(found, key=lambda one: (one.code != profile_on(on).code, one.code))


def profile_of(case: Case, code: str, on: date) -> Profile:
    """The profile with the office's stricter values; an unknown or not yet valid code gives the law in force."""
    known = {one.code for one in profiles_on(on)}
    return profile_for(case.agency, code if code in known else profile_on(on).code, on)


def facts_of(case: Case, draft: Draft) -> CaseFacts:
    return CaseFacts(
        kind=case.kind,
        is_protected=case.is_protected,
        wishes_online=case.wishes_online,
        has_circumstance=case.is_remote or case.is_policy or case.is_frail,
        security=draft.security,
        consent=draft.consent,
        decided_by_province=case.agency.kind == AgencyKind.PROVINCE,
    )


def dossier(case: Case) -> dict[str, list[Item]]:
    """Papers of the dossier by kind."""
    found: dict[str, list[Item]] = {}
    for item in case.items.filter(removed_at__isnull=True):
        found.setdefault(item.kind, []).append(item)
    return found


def papers(kinds: Collection[str], held: dict[str, list[Item]]) -> list[Paper]:
    return [Paper(ITEM_LABELS.get(kind, kind), [item.title for item in held.get(kind, [])]) for kind in kinds]


def completeness(case: Case, held: dict[str, list[Item]]) -> list[Paper]:
    """«Báo cáo của cơ quan tham mưu», «Văn bản đã giải quyết», «Ý kiến cơ quan liên quan»; of a group its paper too."""
    kinds: list[str] = list(WANTED)
    if case.people_count >= CROWD:
        kinds.append(ItemKind.GROUP_PAPER)
    return papers(kinds, held)


def ground_rows(
    rules: Profile, facts: CaseFacts, draft: Draft, held: dict[str, list[Item]], problems: list[Problem]
) -> list[GroundRow]:
    closed = bool(barred(rules, facts))

    def row(ground: Ground) -> GroundRow:
        return GroundRow(
            code=ground.code,
            letter=letter(ground.code),
            text=ground.text,
            article=ground.article,
            note=ground.note,
            is_open=is_open(ground, facts.kind) and not closed,
            is_chosen=ground.code in draft.chosen,
            reason=draft.chosen.get(ground.code, ""),
            least_reason=ground.least_reason,
            papers=papers(ground.papers, held),
            problems=[problem.sentence for problem in problems if problem.where == ground.code],
        )

    return [row(ground) for ground in rules.grounds]


def waiting(case: Case) -> Submission | None:
    """The submission that nobody has decided yet."""
    rows = case.submissions.select_related("submitted_by", "document")
    return rows.filter(decision="").first()


def decisions_of(case: Case) -> list[Submission]:
    """The newest first."""
    return list(case.submissions.select_related("submitted_by", "decided_by", "on_behalf_of", "document"))


def open_refusal(case: Case) -> Refusal | None:
    return case.refusals.select_related("document").filter(state__in=OPEN_REFUSALS).first()


def faster(row: Submission | Refusal) -> Refused:
    """The sentence for whoever came second: who decided, and when."""
    row.refresh_from_db()
    who, at = row.decided_by, row.decided_at
    if who is None or at is None:
        return Refused("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới.", code="faster")
    return changed_by(who, clock_text(at))


def changed_by(who: Person, clock: str) -> Refused:
    return Refused(
        f"Nội dung này vừa được {who.full_name} thay đổi lúc {clock}. Hãy tải lại trang để xem bản mới.",
        code="faster",
    )
