"""What a Word file from outside may not bring along: macros, links, embedded programs, tricks of its zip."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import docx
from lxml import etree

from tiepdan.files.rules import ZIP_FAULTS

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LARGEST_INSIDE = 60 * 1024 * 1024  # bytes, all parts unpacked
MOST_PARTS = 2000
HARMLESS = {"http", "https", "mailto", "tel"}  # of a hyperlink, which waits for a hand
# Fields that fetch something when the file is opened or printed.
_FETCHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|RD|DATABASE|MACROBUTTON)\b")
_EMBEDDED = {"oleObject", "package", "control", "activeXControlBinary", "vbaProject"}
_NOT_WORD = "Tệp không phải là Word (.docx). Hãy mở bằng Word rồi lưu lại với kiểu «Word Document (.docx)»."
_LOCKED = (
    "Tệp có mật khẩu hoặc là Word đời cũ (.doc). Hãy mở bằng Word, bỏ mật khẩu rồi lưu lại với kiểu «Word Document "
    "(.docx)»."
)
_OBJECT = "Tệp có nhúng tệp hoặc chương trình khác (OLE, ActiveX). Hãy bỏ đối tượng nhúng rồi lưu lại."
_DAMAGED = "Tệp Word bị hỏng, không mở được. Hãy mở bằng Word, lưu lại rồi tải lên."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an encrypted .docx and an old .doc begin


def problems_of(file: bytes) -> list[str]:
    """Sentences, one for each thing that speaks against taking the file; empty when it may be opened."""
    if file.startswith(_OLE):
        return [_LOCKED]
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            found = _inside(parts)
    except ZIP_FAULTS:
        return [_NOT_WORD]
    return found or _unreadable(file)


def _unreadable(file: bytes) -> list[str]:
    try:
        docx.Document(io.BytesIO(file))
    except Exception:  # whatever the library meets inside a damaged file
        return [_DAMAGED]
    return []


def _inside(parts: zipfile.ZipFile) -> list[str]:
    infos = parts.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_INSIDE:
        return ["Nội dung bên trong tệp quá lớn. Hãy bỏ bớt hình ảnh rồi lưu lại."]
    names = {info.filename for info in infos}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return [_NOT_WORD]
    if len({name.lower() for name in names}) < len(infos):  # which of two is read depends on the program
        return [_DAMAGED]
    xml = {name: parts.read(name) for name in names if name.lower().endswith((".xml", ".rels"))}
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
        found.append(_OBJECT)
    try:
        trees = {name: etree.fromstring(text, _parser()) for name, text in sorted(xml.items())}
    except etree.XMLSyntaxError:
        return [_DAMAGED]
    if _hides_xml(trees["[Content_Types].xml"]):
        return [_DAMAGED]
    for name, tree in trees.items():
        found += _links(tree) if name.endswith(".rels") else _fields(tree)
    return list(dict.fromkeys(found))


def _hides_xml(types: Any) -> bool:
    """Whether a part is said to be XML whose name says otherwise, so that nothing here would have looked at it."""
    said = ((one.get("ContentType", ""), one.get("PartName") or f".{one.get('Extension', '')}") for one in types)
    return any(
        kind.lower().endswith(("+xml", "/xml")) and not name.lower().endswith((".xml", ".rels")) for kind, name in said
    )


def _strange(text: bytes) -> bool:
    """XML that is not UTF-8 could hide a declaration from the look above."""
    if text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in text[:64]:
        return True
    declared = re.match(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([^"']+)""", text[:200])
    return bool(declared and declared.group(1).upper() not in (b"UTF-8", b"US-ASCII"))


def _links(tree: Any) -> list[str]:
    found = []
    for relation in tree:
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        target = str(relation.get("Target", ""))
        if kind in _EMBEDDED:
            found.append(_OBJECT)
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


def _fields(tree: Any) -> list[str]:
    match = _FETCHING.search("".join(_codes(tree)).upper())
    if match:
        return [f"Tệp có trường {match.group(1)} lấy nội dung từ ngoài. Hãy bỏ trường này rồi lưu lại."]
    return []


def _codes(tree: Any) -> Iterator[str]:
    """The codes of all fields, in the order of the file, by their bare names: a strict file has other namespaces.

    Pieces of one code follow each other; between two fields there is a space, so that no name hides in another.
    """
    for node in tree.iter("{*}fldChar", "{*}fldSimple", "{*}instrText"):
        name = etree.QName(node).localname
        if name == "instrText":
            yield str(node.text or "")
        else:
            yield " " + "".join(str(value) for key, value in node.attrib.items() if key.endswith("}instr")) + " "


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _short(target: str) -> str:
    return target if len(target) <= 80 else f"{target[:77]}…"
