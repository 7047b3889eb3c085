"""Programs that set-up needs (the system's own where good enough, else out of a wheel); their environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts.paths import CACHE, RECORDER, VENV

OLDEST_NODE = 20


def version_of(*command: str | Path) -> tuple[int, ...]:
    """First number with dots that the command prints; () when it does not run."""
    try:
        answer = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, timeout=30, env=go_env()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", answer.stdout)
    if answer.returncode != 0 or found is None:
        return ()
    return tuple(int(part) for part in found.groups() if part is not None)


def in_venv(name: str) -> Path:
    return VENV / "bin" / name


def wanted_go() -> tuple[int, ...]:
    """The Go version that the module asks for."""
    found = re.search(r"^go (\d+)\.(\d+)(?:\.(\d+))?", (RECORDER / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        raise ValueError("recorder/go.mod names no Go version")
    return tuple(int(part) for part in found.groups() if part is not None)


def system_go() -> Path | None:
    path = shutil.which("go")
    return Path(path) if path and version_of(path, "version") >= wanted_go() else None


def system_node() -> Path | None:
    """Node on PATH, when npm stands beside it on PATH as well."""
    path = shutil.which("node")
    if not path or not shutil.which("npm") or version_of(path, "--version") < (OLDEST_NODE,):
        return None
    return Path(path)


def go() -> Path:
    return system_go() or in_venv("go")


def node() -> Path:
    return system_node() or in_venv("node")


def npm() -> Path:
    return Path(shutil.which("npm") or "npm") if system_node() else in_venv("npm")


def ffmpeg() -> Path | None:
    """ffmpeg on PATH, else the one that the wheel carries."""
    path = shutil.which("ffmpeg")
    if path:
        return Path(path)
    carried = sorted(VENV.glob("lib/python*/site-packages/imageio_ffmpeg/binaries/ffmpeg-*"))
    return next((item for item in carried if os.access(item, os.X_OK)), None)


def shared_caches() -> bool:
    """TIEPDAN_CACHES=user takes the caches of the person's home folder: handy with several checkouts."""
    return os.environ.get("TIEPDAN_CACHES") == "user"


def go_env() -> dict[str, str]:
    """Go without its habits outside the checkout: caches, telemetry, downloads of other toolchains."""
    env = dict(os.environ, CGO_ENABLED="0", GOTOOLCHAIN="local", GOWORK="off")
    # For every command alike: vet and test then find in the cache what the build has compiled.
    env["GOFLAGS"] = (env.get("GOFLAGS", "") + " -trimpath").strip()
    if shared_caches():
        return env
    env.setdefault("GOCACHE", str(CACHE / "go-build"))
    env.setdefault("GOMODCACHE", str(CACHE / "go-mod"))
    env.setdefault("GOENV", str(user_config() / "go" / "env"))
    env["GOFLAGS"] += " -modcacherw"
    env["XDG_CONFIG_HOME"] = str(CACHE / "config")
    return env


def user_config() -> Path:
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named) if named else Path.home() / ".config"


def npm_env() -> dict[str, str]:
    env = dict(os.environ)
    env["PATH"] = f"{node().parent}{os.pathsep}{env.get('PATH', '')}"
    env["npm_config_update_notifier"] = "false"
    env["npm_config_fund"] = "false"
    env["npm_config_audit"] = "false"
    if not shared_caches():
        env["npm_config_cache"] = str(CACHE / "npm")
    return env


def pip_env() -> dict[str, str]:
    env = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_ROOT_USER_ACTION="ignore")
    if not shared_caches():
        env["PIP_CACHE_DIR"] = str(CACHE / "pip")
    return env


def django_env() -> dict[str, str]:
    """The environment of manage.py and of everything that Django starts."""
    env = dict(os.environ, PYTHONUTF8="1")
    found = ffmpeg()
    if found:
        env.setdefault("TIEPDAN_FFMPEG", str(found))
    return env
