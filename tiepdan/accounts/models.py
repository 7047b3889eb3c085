"""Agencies (a tree with dates), people, and the posts that give people their roles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from tiepdan.accounts import models_factor  # noqa: F401 – Django looks for models here
from tiepdan.accounts.rules import KIND_CHOICES, ROLE_CHOICES, Kind, Role
from tiepdan.kernel.due import DueRow
from tiepdan.kernel.text import fold

code_rule = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Chỉ dùng chữ thường không dấu, số và dấu gạch nối.")
_in_order = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


def _with_search(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The folded column is written whenever the row is."""
    fields = kwargs.get("update_fields")
    return kwargs if fields is None else {**kwargs, "update_fields": {*fields, "search"}}


class Agency(models.Model):
    """An office of the state. When units are merged the old row ends and names its successor."""

    name = models.CharField("Tên cơ quan", max_length=200)
    short_name = models.CharField("Tên ngắn", max_length=80)
    code = models.CharField("Mã", max_length=40, unique=True, validators=[code_rule])
    kind = models.CharField("Loại", max_length=12, choices=KIND_CHOICES, default=Kind.OTHER.value)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    phone = models.CharField("Điện thoại", max_length=40, blank=True, default="")
    address = models.CharField("Địa chỉ", max_length=300, blank=True, default="")
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    search = models.CharField(max_length=500, default="", editable=False)  # folded names and code
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        verbose_name = "cơ quan"
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="agency_dates_in_order", condition=_in_order),
            models.CheckConstraint(name="agency_not_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))),
            models.CheckConstraint(
                name="agency_not_own_successor", condition=Q(successor__isnull=True) | ~Q(successor=F("id"))
            ),
            models.CheckConstraint(
                name="agency_successor_after_end",
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.name} {self.short_name} {self.code}")
        super().save(*args, **_with_search(kwargs))

    def name_on(self, day: date) -> str:
        """The name on a day; prefetch `names` for many agencies."""
        return next((row.name for row in self.names.all() if row.holds_on(day)), self.name)

    def short_name_on(self, day: date) -> str:
        return next((row.short_name for row in self.names.all() if row.holds_on(day)), self.short_name)

    @property
    def named_since(self) -> date:
        """The first day of the present name."""
        past = [row.valid_to for row in self.names.all() if row.valid_to is not None]
        return max(past) + timedelta(days=1) if past else self.valid_from

    def clean(self) -> None:
        """The tree has no ring; a table constraint can only see one row."""
        seen, above = {self.pk}, self.parent
        while above is not None and above.pk is not None:
            if above.pk in seen:
                raise ValidationError({"parent": "Cơ quan cấp trên không được nằm dưới chính cơ quan này."})
            seen.add(above.pk)
            above = above.parent


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """Only so that Django's own command works; rights come from posts alone."""
        return self.create_user(username, password, **fields)


class Person(AbstractBaseUser):
    username = models.CharField("Tên đăng nhập", max_length=60, unique=True, validators=[code_rule])
    full_name = models.CharField("Họ và tên", max_length=120)
    phone = models.CharField("Điện thoại", max_length=40, blank=True, default="")
    email = models.EmailField("Thư điện tử", blank=True, default="")
    is_active = models.BooleanField("Đang dùng", default=True)
    must_change_password = models.BooleanField(default=False)  # somebody else knows the present one
    factor_at = models.DateTimeField("Xác thực hai lớp từ", null=True, blank=True)  # the row of `Factor` is its key
    reviewed_on = models.DateField("Rà soát quyền", null=True, blank=True)
    search = models.CharField(max_length=400, default="", editable=False)  # folded name, sign-in name, contacts

    # Posts by day as this page has read them (`queries.remember`); None: each question reads them anew.
    standings: dict[date, Any] | None = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        ordering: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.full_name} {self.username} {self.email} {self.phone}")
        super().save(*args, **_with_search(kwargs))

    def get_session_auth_hash(self) -> str:
        """Open sessions end with the password, and when a second factor comes, changes or goes."""
        since = self.factor_at.timestamp() if self.factor_at else ""
        return salted_hmac("accounts.session", f"{self.password} {since}", algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]


class Post(models.Model):
    """One role of one person in one agency, for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("Vai trò", max_length=12, choices=ROLE_CHOICES)
    title = models.CharField("Chức vụ", max_length=120, blank=True, default="")
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "vị trí công tác"
        ordering: ClassVar[list[str]] = ["person", "agency", "role", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="post_dates_in_order", condition=_in_order),
            models.CheckConstraint(name="post_role_known", condition=Q(role__in=[role.value for role in Role])),
            models.UniqueConstraint(name="post_once", fields=["person", "agency", "role", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name} – {self.role_kind.label}, {self.agency.short_name}"

    @property
    def role_kind(self) -> Role:
        return Role(self.role)


class AgencyName(DueRow):
    """A name that an agency had until a day, which papers of that time keep; or, while it has no last day, the
    name that it will get: the worker puts it in place when its first day begins."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("Tên cơ quan", max_length=200)
    short_name = models.CharField("Tên ngắn", max_length=80)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "tên của cơ quan"
        ordering: ClassVar[list[str]] = ["agency", "-valid_from", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="agency_name_dates_in_order", condition=_in_order),
            models.UniqueConstraint(
                name="agency_name_planned_once", fields=["agency"], condition=Q(valid_to__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Delegation(models.Model):
    """Somebody who may approve lets a colleague do so from–to; every decision made so names both."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegated")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acts_for")
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày")
    reason = models.CharField("Lý do", max_length=300, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ủy quyền phê duyệt"
        ordering: ClassVar[list[str]] = ["-valid_from", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="delegation_dates_in_order", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="delegation_not_to_oneself", condition=~Q(giver=F("receiver"))),
        ]

    def __str__(self) -> str:
        return f"{self.giver.full_name} → {self.receiver.full_name}"


class Snooze(models.Model):
    """A row of «Việc của tôi» that a person hid until a moment; the deadline stays where it is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="snooze_once", fields=["person", "key"]),
        ]

    def __str__(self) -> str:
        return self.key


class NewsMark(models.Model):
    """Until when a person has seen what the bell tells."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.seen_at:%d/%m/%Y %H:%M}"


class Attempts(models.Model):
    """Failed sign-ins of one key: a name («staff:can-bo») or an address («from:10.0.0.7»)."""

    key = models.CharField(max_length=200, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lần nhập sai"

    def __str__(self) -> str:
        return f"{self.key}: {self.failures}"
