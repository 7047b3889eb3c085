"""«make setup»: everything the checkout needs, built inside the checkout.

This file must be readable by an old Python, because its first duty is to say that Python is too old.
"""

import os
import sys

WANTED = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def find_newer():
    # type: () -> str | None
    """A Python that is new enough and can make virtual environments, under one of its usual names."""
    import shutil
    import subprocess

    for name in NEWER:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def complain():
    # type: () -> str | None
    """What is wrong with this Python, and the command that puts it right."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < WANTED:
        return (
            "Cần Python 3.11 trở lên, máy này có Python " + found + ".\n"
            "  Debian/Ubuntu: sudo apt install python3.11 python3.11-venv\n"
            "  Nơi khác: cài Python từ https://www.python.org rồi chạy lại lệnh này."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return (
            "Python " + found + " trên máy này thiếu phần tạo môi trường ảo (venv).\n"
            "  Debian/Ubuntu: sudo apt install python3-venv\n"
            "  rồi chạy lại lệnh này."
        )
    return None


def main():
    # type: () -> int
    trouble = complain()
    if trouble is None:
        from scripts.build import build

        return build(sys.argv[1:])
    newer = find_newer()
    if newer is None:
        sys.stderr.write(trouble + "\n")
        return 2
    os.execv(newer, [newer, "-m", "scripts.setup", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
