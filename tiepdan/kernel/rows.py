"""`move` is the only code of the project that changes `.state` of a row."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from tiepdan.kernel.flow import Flow
from tiepdan.kernel.refusals import Refused

FASTER = "Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới."

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row]) -> Row | None:
    """The only row, or None. Unlike `first` it asks for no order, which takes Django longer for a wide joined row
    than everything else."""
    return next(iter(rows.order_by()[:1]), None)


def move(row: Model, flow: Flow, step: str, **fields: Any) -> None:
    """Take one step: UPDATE … WHERE state = the state that the caller saw.

    Of two people who press at the same time one wins and the other is told. The step is refused
    too when the table has no such step for the state.
    """
    old: str = getattr(row, "state")  # noqa: B009 – Model has no such attribute for the type checker
    new = flow.after(old, step)
    if new is None:
        raise Refused(f"Không làm được bước này khi đang ở trạng thái «{flow.label(old)}».", code="state")
    rows = type(row)._base_manager.using(row._state.db).filter(pk=row.pk, state=old)
    if not rows.update(state=new, **fields):
        raise Refused(FASTER, code="faster")
    setattr(row, "state", new)  # noqa: B010
    computed = [name for name, value in fields.items() if hasattr(value, "resolve_expression")]
    for name in fields.keys() - set(computed):
        setattr(row, name, fields[name])
    if computed:
        row.refresh_from_db(fields=computed)
