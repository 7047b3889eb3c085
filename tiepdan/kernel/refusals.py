"""A rule that says no raises `Refused` with the sentence that the person at the counter reads."""

from __future__ import annotations


class Refused(Exception):
    """The request is understood and not allowed now (HTTP 409)."""

    status = 409

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str]]:
        return (type(self), (self.sentence, self.code))


class Invalid(Refused):
    """The input cannot be used as it is (HTTP 422)."""

    status = 422


class Forbidden(Refused):
    """This person may see the thing but not do this with it (HTTP 403)."""

    status = 403
