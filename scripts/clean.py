"""«make clean»: remove what set-up made. The database and the recordings in var/ stay."""

from __future__ import annotations

import shutil

from scripts.paths import BUILD, ROOM, ROOT, VENV

MADE = (
    VENV,
    BUILD,
    ROOM / "node_modules",
    ROOT / "tiepdan" / "static" / "room",
    ROOT / "tiepdan" / "static" / "vendor",
)


def main() -> None:
    for path in MADE:
        if path.exists():
            shutil.rmtree(path)
            print(f"Đã xoá {path.relative_to(ROOT)}/")
    print("Giữ nguyên var/ (cơ sở dữ liệu, bản ghi).")


if __name__ == "__main__":
    main()
