#!/usr/bin/env python
"""Command line of the server: `python manage.py help`."""

import os
import sys

from django.core.management import execute_from_command_line

from tiepdan.environment import BadSetting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadSetting as problem:
        sys.exit(str(problem))  # the sentence alone: the reader is not a programmer


if __name__ == "__main__":
    main()
