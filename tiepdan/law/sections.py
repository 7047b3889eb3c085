"""What a rule profile holds, section by section. Every value names its source: an article, or "practice"."""

from __future__ import annotations

from dataclasses import dataclass

WORKDAYS, DAYS, HOURS = "workdays", "days", "hours"
UNIT_WORDS = {
    WORKDAYS: "ngày làm việc",
    DAYS: "ngày",
    HOURS: "giờ",
    "months": "tháng",
    "years": "năm",
    "minutes": "phút",
    "seconds": "giây",
    "per_month": "ngày trong một tháng",
    "people": "người",
    "characters": "ký tự",
}


@dataclass(frozen=True)
class Limit:
    """A number of the profile, as tables show it and as an office may make it stricter."""

    path: str  # "milestones.notice"
    label: str
    value: float
    unit: str  # key of UNIT_WORDS, or empty for a plain number
    source: str
    stricter: str  # "more" or "less": the only direction in which an office may go; empty: not at all
    note: str = ""

    @property
    def text(self) -> str:
        """«05 ngày làm việc»"""
        return quantity(self.value, self.unit)

    def loosens(self, value: float) -> bool:
        return value < self.value if self.stricter == "more" else value > self.value


def quantity(value: float, unit: str) -> str:
    """«05 ngày làm việc», «2,5 giờ»: whole numbers below ten get the zero of official papers."""
    number = f"{value:g}".replace(".", ",") if value != int(value) else f"{int(value):02d}"
    return f"{number} {UNIT_WORDS[unit]}" if unit else number


@dataclass(frozen=True)
class Recording:
    article: str
    notice: str  # what the halls are told at the opening
    retention_article: str
    takes: int  # independent takes wanted for one reception
    takes_required: int  # without so many running takes the reception neither opens nor goes on
    gate_seconds: int  # sound and picture of the centre must have grown on disk this long before the opening
    disk_factor: float  # the disk must hold the planned duration this many times
    disk_hours_alarm: float
    pause_seconds: int  # countdown from the loss of the last take to the automatic pause
    segment_seconds: int


@dataclass(frozen=True)
class MilestoneRule:
    """Something that must be done a while before the reception begins."""

    code: str  # "notice"
    amount: int
    unit: str  # WORKDAYS, DAYS or HOURS
    asks: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Deadlines:
    """Terms that run from an act of the case; the day of the act itself is not counted."""

    refusal_workdays: int  # notice 01/TCD, from the day on which the grounds are complete
    answer_workdays: int  # answer to the citizen, from the day on which the content was taken
    feedback_workdays: int  # the agency that got the petition tells the sender, from the settlement
    result_workdays: int  # the reception committee tells the citizen, from that notice
    acceptance_workdays: int  # decision to accept a complaint
    dialogue_days: int  # notice of a dialogue, before it
    petition_days: int  # a petition left unprocessed so long is a breach
    petition_warn_days: int  # the desk warns from then on


@dataclass(frozen=True)
class Ground:
    """Why a case may be received online."""

    code: str  # "nd154.a"
    text: str
    article: str
    allows: tuple[str, ...]  # kinds of case: complaint, denunciation, recommendation, feedback
    # Facts that must stand in the case: wish (the citizen asked for it), circumstance (remote, policy or frail),
    # no_protection (the denouncer does not ask to stay secret), secrecy (the agency states that it can keep secrets).
    needs: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()  # kinds of dossier item that are expected: missing ones are named, not refused
    least_reason: int = 0  # characters of the reason (practice)
    note: str = ""


@dataclass(frozen=True)
class Approval:
    """Who must agree before a case is received online."""

    text: str
    article: str


@dataclass(frozen=True)
class RefusalGround:
    """A ground of the closed list on which a citizen may be refused."""

    code: str  # "L9.3", "N4.đ"
    text: str
    article: str
    is_written: bool  # notice 01/TCD by the head; otherwise explained on the spot
    days: int  # working days for the notice; 0 when it is explained on the spot
    how_article: str  # the article that says how
    proofs: tuple[str, ...] = ()  # kinds of dossier item that must be attached
    facts: tuple[str, ...] = ()  # received_before: the citizen was received and had it explained earlier
    kinds: tuple[str, ...] = ()  # kinds of case it applies to; empty: all
    note: str = ""


@dataclass(frozen=True)
class Refusing:
    """What holds for refusals as such."""

    least_reason: int  # characters of the fact that is named (practice)
    violations: tuple[str, ...]  # grounds that are breaches of the rules of the place
    violations_article: str  # where it says that a breach is put on record


@dataclass(frozen=True)
class Group:
    """How many may speak for a group."""

    article: str
    crowd_from: int  # «đoàn đông người»
    small_to: int  # crowd_from … small_to people
    small_most: int
    large_most: int
    least: int


@dataclass(frozen=True)
class Participants:
    """Who must and may sit where; seat roles of `receptions`."""

    central: tuple[str, ...]
    central_article: str
    component: tuple[str, ...]
    component_article: str
    choice_article: str  # the citizen registers for the central or a component hall
    group_article: str  # several people about one matter send representatives


@dataclass(frozen=True)
class Form:
    code: str  # "01/TCD"
    title: str
    article: str
    note: str = ""


@dataclass(frozen=True)
class Period:
    """A reporting period. Days are (month, day); a period may begin in December of the year before."""

    code: str
    label: str
    first: tuple[int, int]
    last: tuple[int, int]
    starts_year_before: bool
    source: str
    note: str = ""


@dataclass(frozen=True)
class Retention:
    code: str
    label: str
    years: int | None  # None: permanent, or until an archive decision
    article: str
    note: str = ""


@dataclass(frozen=True)
class HeadDays:
    """How often the head receives citizens in person."""

    level: str  # kind of agency: province, commune, department, unit
    days: int
    article: str


@dataclass(frozen=True)
class Handling:
    """What is done with a case of a kind, by whose competence it is."""

    code: str
    label: str
    text: str
    kinds: tuple[str, ...]
    competence: str  # own, other, below, settled
    article: str
