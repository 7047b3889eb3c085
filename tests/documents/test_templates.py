"""Templates that come back from Word: every fault is named before one is taken; versions; back to the built-in one."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.documents import stage
from tests.documents.stage import NOW, rewritten, with_parts
from tiepdan.audit.models import Entry
from tiepdan.documents import actions, layout
from tiepdan.documents.actions.templates import LARGEST, Unfit
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Template
from tiepdan.documents.queries import template_in_use
from tiepdan.documents.word.safety import problems_of
from tiepdan.documents.word.template_checks import check
from tiepdan.documents.word.text import paragraphs
from tiepdan.files.models import StoredFile
from tiepdan.kernel.refusals import Invalid, Refused

KIND = "invitation"


def original() -> bytes:
    return layout.place(KIND).read_bytes()


def faults(file: bytes) -> str:
    return " ".join(check(kind_of(KIND), file))


def saying(words: str) -> bytes:
    """The template with the login line replaced by other words."""
    return rewritten(original(), ("; mật khẩu {{ cach_nhan_mat_khau }}.", words))


def relation(kind: str, target: str, mode: str = "External") -> bytes:
    line = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    ).encode()
    return with_parts(original(), rels=lambda data: data.replace(b"</Relationships>", line))


def _encoded(name: str) -> bytes:
    """The text in another encoding, in which «<!DOCTYPE» cannot be read off its bytes."""

    def change(data: bytes) -> bytes:
        declared, mark, rest = data.decode().partition("?>")
        declared = declared.replace("UTF-8", name)
        if name == "utf-16":
            return f"{declared}{mark}{rest}".encode(name)
        return declared.encode() + mark.encode() + rest.encode(name)

    return with_parts(original(), document=change)


ENTITY = b'?><!DOCTYPE a [<!ENTITY b "c">]>'
UNSAFE = [
    (lambda: b"PK\x03\x04 khong phai zip", "Tệp không phải là Word (.docx)."),
    (lambda: _zip({"a.txt": b"x"}), "Tệp không phải là Word (.docx)."),
    (lambda: _zip({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "không phải là văn bản Word thường"),
    (lambda: with_parts(original(), {"word/vbaProject.bin": b"x"}), "Tệp có chứa macro."),
    (
        lambda: with_parts(
            original(),
            types=lambda data: data.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
        "Tệp có chứa macro.",
    ),
    (lambda: with_parts(original(), {"word/embeddings/oleObject1.bin": b"x"}), "nhúng tệp hoặc chương trình khác"),
    (lambda: with_parts(original(), {"word/activeX/activeX1.xml": b"<x/>"}), "nhúng tệp hoặc chương trình khác"),
    (lambda: relation("attachedTemplate", "file:///C:/mau.dotm"), "gắn với mẫu nằm ngoài (file:///C:/mau.dotm)"),
    (lambda: relation("image", "http://ngoai.example/a.png"), "liên kết lấy nội dung từ ngoài (image: http://ngoai"),
    (lambda: relation("oleObject", "http://ngoai.example/a"), "liên kết lấy nội dung từ ngoài"),
    (lambda: relation("hyperlink", "file://may-khac/chung/a.docx"), "liên kết lấy nội dung từ ngoài"),
    (lambda: relation("aFChunk", "http://ngoai.example/a.html"), "altChunk"),
    (lambda: _with_field("INCLUDEPICTURE http://ngoai.example/a.png"), "trường INCLUDEPICTURE"),
    (lambda: _with_field('DDEAUTO c:\\\\cmd.exe "/k calc"'), "trường DDEAUTO"),
    (
        lambda: with_parts(
            original(), document=lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
        ),
        "khai báo không an toàn",
    ),
    (lambda: with_parts(original(), {"word/media/to.bin": b"\0" * 61 * 1024 * 1024}), "quá lớn"),
    (lambda: with_parts(original(), {f"word/media/{n}.bin": b"" for n in range(2001)}), "bên trong tệp quá lớn"),
    (lambda: with_parts(original(), {"word/controls/control1.bin": b"x"}), "nhúng tệp hoặc chương trình khác (OLE"),
    (lambda: relation("hyperlink", "javascript:alert(1)"), "liên kết lấy nội dung từ ngoài (hyperlink: javascript"),
    (
        lambda: relation("image", "http://ngoai.example/b.png", "external"),
        "lấy nội dung từ ngoài (image: http://ngoai.ex",
    ),
    (lambda: _with_simple_field("INCLUDETEXT http://ngoai.example/a.docx"), "trường INCLUDETEXT"),
    (lambda: _encoded("utf-16"), "của tệp có khai báo không an toàn"),
    (lambda: _encoded("utf-7"), "«word/document.xml» của tệp có khai báo không an toàn"),
    (lambda: _with_field("PAGE", 'INCLUDETEXT "http://ngoai.example/a.docx"'), "trường INCLUDETEXT"),
    (
        lambda: _with_field("INCLUDETEXT x", space="http://purl.oclc.org/ooxml/wordprocessingml/main"),
        "trường INCLUDETEXT",
    ),
    (lambda: relation("oleObject", "media/anh1.png", "Internal"), "nhúng tệp hoặc chương trình khác (OLE"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Tệp có mật khẩu hoặc là Word đời cũ (.doc)."),
    (lambda: with_parts(original(), {"Word/Document.xml": b"<x/>"}), "Tệp Word bị hỏng"),
    (lambda: with_parts(original(), {"word/them.XML": b"<!DOCTYPE a><x/>"}), "khai báo không an toàn"),
    (lambda: with_parts(original(), {"word/them.xml": b"<x>"}), "Tệp Word bị hỏng"),
    (
        lambda: with_parts(
            original(),
            {"word/than.bin": b"<!DOCTYPE a><x/>"},
            types=lambda data: data.replace(
                b"</Types>", b'<Override PartName="/word/than.bin" ContentType="application/xml"/></Types>'
            ),
        ),
        "Tệp Word bị hỏng",
    ),
    (lambda: with_parts(original(), rels=lambda data: data.replace(b"styles.xml", b"khong-co.xml")), "bị hỏng"),
]


@pytest.mark.parametrize(("file", "words"), UNSAFE, ids=[words for _, words in UNSAFE])
def test_what_a_word_file_may_not_bring_along(file: Any, words: str) -> None:
    assert words in " ".join(problems_of(file()))
    assert words in faults(file())


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_named_as_such_whatever_byte_is_wrong(seed: int) -> None:
    chance, file = random.Random(seed), bytearray(original())
    for _ in range(4):
        place = chance.randrange(len(file) - 2)
        file[place : place + 2] = chance.randbytes(2)
    assert problems_of(bytes(file)) or check(kind_of(KIND), bytes(file)) == []


def test_a_plain_hyperlink_is_harmless() -> None:
    """It fetches nothing until somebody presses it."""
    for address in ("https://tiepcongdan.example/", "mailto:a@b.example", "tel:02993810155"):
        assert problems_of(relation("hyperlink", address)) == []


UNFIT = [
    ("{{ ten_dang_nhp }}", "Mẫu có trường lạ: «ten_dang_nhp». Có phải ý là «ten_dang_nhap»?"),
    ("{{ khong_ai_biet_zz }}", "Mẫu có trường lạ: «khong_ai_biet_zz»."),
    ("{% for x in vu_viec %}{{ x.noidung }}{% endfor %}", "«x.noidung». Có phải ý là «noi_dung»?"),
    ("{% for x in vu_viec %}{{ x.noi_dung }}", "Mẫu sai cú pháp"),
    ("{{ x.y }}", "«x»"),
    ("{{ vu_viec.noi_dung }}", "«vu_viec.noi_dung»"),
    ("{% endif %}", "có «endif» mà không có «if»"),
    ("{{ ten dang nhap }}", "tên trường có dấu cách"),
    ("{{ so_ky_hieu.__class__ }}", "so_ky_hieu.__class__"),
    ("{{ ''.join(noi_nhan) }}", "gọi hàm"),
    ("{{ 'a' * 99999999 }}", "phép nhân"),
    ("{{ range(9) }}", "gọi hàm"),
    ("{% include 'x' %}", "include"),
    ("{% set x = 1 %}", "set"),
    ("{% macro x() %}{% endmacro %}", "macro"),
    ("{{ so_ky_hieu|pprint }}", "bộ lọc"),
    ("{{ self }}", "«self»"),
    ("{{ loop.index }}", "«loop»"),
    ("{% for a in vu_viec recursive %}{% endfor %}", "lồng quá sâu"),
    ("{% for a, b in vu_viec %}{% endfor %}", "nhiều biến"),
]


@pytest.mark.parametrize(("words", "fault"), UNFIT, ids=[words for words, _ in UNFIT])
def test_tags_that_cannot_be_filled_are_named(words: str, fault: str) -> None:
    assert fault in faults(saying(words))


@pytest.mark.parametrize(
    "words",
    [
        "{% if huong_dan %}x{% else %}y{% endif %}",
        "{% for x in diem_cau %}{{ loop.index }}{% for y in x.thanh_phan %}{{ y.vai_tro|upper }}{% endfor %}"
        "{% endfor %}",
        "{{ vu_viec[0].noi_dung }}{{ vu_viec|length }}",
        "{{ noi_nhan|join('; ') }}",
        "{{ co_quan ~ ' ' ~ dia_danh }}",
        "{{ 'a' if thu_ky == 'b' else 'c' }}",
    ],
)
def test_what_officials_need_is_allowed(words: str) -> None:
    assert faults(saying(words)) == ""


def test_missing_fields_are_named_all_at_once() -> None:
    bare = rewritten(original(), ("{{ ten_dang_nhap }}", "…"), ("Thời gian: {{ thoi_gian }}.", "Thời gian: …"))
    assert faults(bare) == "Mẫu thiếu trường bắt buộc: thoi_gian, ten_dang_nhap."


def test_a_tag_that_word_cut_into_pieces_is_read_as_one() -> None:
    found = docx.Document(io.BytesIO(original()))
    paragraph = found.add_paragraph()
    for piece in ("{{ ", "ten_", "dang_nhap", " }}"):
        paragraph.add_run(piece).bold = piece == "ten_"
    out = io.BytesIO()
    found.save(out)
    assert check(kind_of(KIND), out.getvalue()) == []


@pytest.mark.django_db
def test_an_accepted_template_is_used_from_then_on_and_is_in_the_log() -> None:
    before = stage.paper(part="p1")
    file = rewritten(original(), ("trân trọng kính mời", "kính mời"))
    row = actions.accept_template(
        cast.province(), KIND, SimpleUploadedFile("mau.docx", file), note="Bỏ chữ", by=cast.admin(), at=NOW
    )
    after = stage.paper(part="p2")
    assert (row.version, before.template, after.template) == (1, None, row)
    assert "Ủy ban nhân dân tỉnh Minh Châu kính mời" in "\n".join(paragraphs(stage.word(after)))
    entry = Entry.objects.get(event="template.accepted")
    assert entry.facts == {"name": "Giấy mời", "version": 1, "sha256": row.file.sha256}
    actions.withdraw_template(cast.province(), KIND, by=cast.admin(), at=NOW)
    assert template_in_use(cast.province(), KIND) is None
    assert "trân trọng kính mời" in "\n".join(paragraphs(stage.word(stage.paper(part="p3"))))
    assert (
        actions.accept_template(cast.province(), KIND, file, note="", by=cast.admin(), at=NOW, name="m.docx").version
        == 2
    )
    with pytest.raises(Refused, match="đang dùng mẫu gốc"):
        actions.withdraw_template(cast.province(), "plan", by=cast.admin(), at=NOW)


@pytest.mark.django_db
def test_another_office_keeps_its_own_template() -> None:
    actions.accept_template(cast.elsewhere(), KIND, original(), note="", by=cast.admin(), at=NOW, name="m.docx")
    assert stage.paper().template is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "words"),
    [
        (saying("{{ la }}"), "Mẫu có trường lạ"),
        (with_parts(original(), {"word/vbaProject.bin": b"x"}), "macro"),
        (b"", "rỗng"),
        (b"%PDF-1.7 x", "Tệp không phải là Word"),
    ],
)
def test_nothing_is_kept_of_a_template_that_was_refused(file: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        actions.accept_template(cast.province(), KIND, file, note="", by=cast.admin(), at=NOW, name="mau.docx")
    assert not Template.objects.exists() and not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_template_that_is_too_large_is_not_even_read() -> None:
    upload = SimpleUploadedFile("mau.docx", b"x")
    upload.size = LARGEST + 1
    with pytest.raises(Invalid, match="nặng 10 MB, lớn hơn mức cho phép 10 MB"):
        actions.accept_template(cast.province(), KIND, upload, note="", by=cast.admin(), at=NOW)


def test_every_fault_comes_with_the_refusal() -> None:
    with pytest.raises(Unfit) as caught:
        raise Unfit(["Một.", "Hai."])
    assert (caught.value.faults, caught.value.sentence, caught.value.status) == (["Một.", "Hai."], "Một. Hai.", 422)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def _with_simple_field(code: str) -> bytes:
    field = f'<w:p><w:fldSimple w:instr=" {code} "/></w:p>'.encode()
    return with_parts(original(), document=lambda data: data.replace(b"<w:sectPr", field + b"<w:sectPr", 1))


def _with_field(*codes: str, space: str = "") -> bytes:
    """Fields as Word writes them, one after the other; `space` is the namespace of a strict file."""
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    runs = "".join(f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{end}" for code in codes)
    paragraph = f"<w:p{f' xmlns:w={quoteattr(space)}' if space else ''}>{runs}</w:p>".encode()
    return with_parts(original(), document=lambda data: data.replace(b"<w:sectPr", paragraph + b"<w:sectPr", 1))
