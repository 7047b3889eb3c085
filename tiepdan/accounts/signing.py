"""«Duyệt trên hệ thống»: who has a second factor confirms a decision with the six digits that the app shows now.

A view that decides takes a `SigningForm` beside its own form, shows it with `accounts/signing.html`, and does the act
through it:

    signing = SigningForm(request.POST, person=person)
    try:
        signing.act(lambda how: actions.decide(…, proved_by=how), at=now)
    except Refused as problem:
        …  # signing.errors says that it was the code: its sentence stands at its own box

`how` goes into the log («mật khẩu», «mật khẩu và mã xác thực») and from there onto «Phiếu xử lý».
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms

from tiepdan.accounts.actions.factor import CodeRefused, with_code
from tiepdan.accounts.forms.factor import code_field
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules_factor import CODE_FIELD

Done = TypeVar("Done")


class SigningForm(forms.Form):
    """Empty for somebody without a second factor."""

    factor_code = code_field("Mã xác thực 6 số", "Duyệt trên hệ thống: nhập mã ứng dụng đang hiện.", digits=True)

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person
        if person.factor_at is None:
            del self.fields[CODE_FIELD]

    def act(self, do: Callable[[str], Done], *, at: datetime) -> Done:
        """`do(how)` once the code is right; what the act itself refuses is raised as it is.

        Raises:
            CodeRefused: no code, a wrong one, or too many of them; the box says it too.
        """
        if not self.is_valid():
            raise CodeRefused(str(self.errors[CODE_FIELD][0]), code="missing")
        try:
            return with_code(self.person, self.cleaned_data.get(CODE_FIELD, ""), do, at=at)
        except CodeRefused as problem:
            self.add_error(CODE_FIELD, problem.sentence)
            raise
