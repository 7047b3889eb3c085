"""Forms of receptions, by page."""

from tiepdan.receptions.forms.door import PointSignInForm

__all__ = ["PointSignInForm"]
