"""What a Word file from outside may not bring along: macros, links, embedded programs, tricks of its zip."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import urlsplit

from lxml import etree

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LARGEST_INSIDE = 60 * 1024 * 1024  # bytes, all parts unpacked
MOST_PARTS = 2000
HARMLESS = {"http", "https", "mailto", "tel"}  # of a hyperlink, which waits for a hand
# Fields that fetch something when the file is opened or printed.
_FETCHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|RD|DATABASE|MACROBUTTON)\b")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def problems_of(file: bytes) -> list[str]:
    """Sentences, one for each thing that speaks against taking the file; empty when it may be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            return _inside(parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ["Tệp không phải là Word (.docx). Hãy mở bằng Word rồi lưu lại với kiểu «Word Document (.docx)»."]


def _inside(parts: zipfile.ZipFile) -> list[str]:
    infos = parts.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_INSIDE:
        return ["Nội dung bên trong tệp quá lớn. Hãy bỏ bớt hình ảnh rồi lưu lại."]
    names = {info.filename for info in infos}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return ["Tệp không phải là Word (.docx). Hãy mở bằng Word rồi lưu lại với kiểu «Word Document (.docx)»."]
    xml = {name: parts.read(name) for name in names if name.endswith((".xml", ".rels"))}
    for name, text in sorted(xml.items()):
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or _strange(text):
            return [f"Phần «{name}» của tệp có khai báo không an toàn. Hãy mở bằng Word rồi lưu lại."]
    found: list[str] = []
    types = xml["[Content_Types].xml"]
    if any("vbaproject" in name.lower() or "vbadata" in name.lower() for name in names) or b"macroEnabled" in types:
        found.append("Tệp có chứa macro. Hãy lưu lại với kiểu «Word Document (.docx)», không có macro.")
    elif MAIN_TYPE.encode() not in types:
        found.append("Tệp không phải là văn bản Word thường. Hãy lưu lại với kiểu «Word Document (.docx)».")
    if any(name.startswith(("word/embeddings/", "word/activeX/", "word/controls/")) for name in names):
        found.append("Tệp có nhúng tệp hoặc chương trình khác (OLE, ActiveX). Hãy bỏ đối tượng nhúng rồi lưu lại.")
    for name, text in sorted(xml.items()):
        found += _links(name, text) if name.endswith(".rels") else _fields(text)
    return list(dict.fromkeys(found))


def _strange(text: bytes) -> bool:
    """XML that is not UTF-8 could hide a declaration from the look above."""
    if text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in text[:64]:
        return True
    declared = re.match(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([^"']+)""", text[:200])
    return bool(declared and declared.group(1).upper() not in (b"UTF-8", b"US-ASCII"))


def _links(name: str, text: bytes) -> list[str]:
    try:
        tree = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError:
        return [f"Phần «{name}» của tệp bị hỏng. Hãy mở bằng Word rồi lưu lại."]
    found = []
    for relation in tree:
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        target = str(relation.get("Target", ""))
        if kind == "aFChunk":
            found.append("Tệp có chèn tài liệu khác vào bên trong (altChunk). Hãy dán nội dung trực tiếp rồi lưu lại.")
        if str(relation.get("TargetMode", "")).lower() != "external":
            continue
        if kind == "hyperlink" and (urlsplit(target).scheme.lower() in HARMLESS or target.startswith("#")):
            continue
        if kind == "attachedTemplate":
            found.append(
                f"Tệp gắn với mẫu nằm ngoài ({_short(target)}). Trong Word, vào Developer → Document Template, bỏ mẫu "
                "gắn kèm rồi lưu lại."
            )
        else:
            found.append(
                f"Tệp có liên kết lấy nội dung từ ngoài ({kind}: {_short(target)}). Hãy bỏ liên kết rồi lưu lại."
            )
    return found


def _fields(text: bytes) -> list[str]:
    if b"instrText" not in text and b"w:instr" not in text and b":instr=" not in text:
        return []
    try:
        tree = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError:
        return ["Tệp bị hỏng. Hãy mở bằng Word rồi lưu lại."]
    codes = "".join(str(node.text or "") for node in tree.iter(f"{_WORD}instrText"))
    codes += " ".join(str(node.get(f"{_WORD}instr", "")) for node in tree.iter(f"{_WORD}fldSimple"))
    match = _FETCHING.search(codes.upper())
    if match:
        return [f"Tệp có trường {match.group(1)} lấy nội dung từ ngoài. Hãy bỏ trường này rồi lưu lại."]
    return []


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _short(target: str) -> str:
    return target if len(target) <= 80 else f"{target[:77]}…"
