"""One form on one page: shown, filled in, refused or done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiepdan.kernel.refusals import Refused


@dataclass(frozen=True)
class FormPage:
    heading: str
    button: str
    back: str  # address of «Quay lại»
    lead: str = ""
    confirm: str = ""  # the question before an irreversible step
    is_danger: bool = False
    template: str = "accounts/form.html"


def form_page(
    request: HttpRequest,
    form: Form,
    page: FormPage,
    act: Callable[[dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """Shows the form; on POST does `act(cleaned)`. What was entered stays when it is wrong or refused."""
    if request.method != "POST":
        return show(request, form, page)
    if not form.is_valid():
        return show(request, form, page, status=422)
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        return show(request, form, page, refused.sentence, refused.status)


def show(request: HttpRequest, form: Form, page: FormPage, sentence: str = "", status: int = 200) -> HttpResponse:
    return render(request, page.template, {"form": form, "page": page, "sentence": sentence}, status=status)
