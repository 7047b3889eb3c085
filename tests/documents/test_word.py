"""Templates that come with tiepdan, and filling them."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.shared import Mm

from tests.documents import stage
from tiepdan.documents import layout
from tiepdan.documents.actions.drafting import subject_of
from tiepdan.documents.kinds import KINDS, kind_of
from tiepdan.documents.word.render import Broken, FactsEnvironment, clean, render
from tiepdan.documents.word.stamp import restamp
from tiepdan.documents.word.stops import drop_doubled
from tiepdan.documents.word.template_checks import check
from tiepdan.documents.word.text import paragraphs


def filled(kind: str, **facts: object) -> list[str]:
    one = kind_of(kind)
    whole = one.sample() | {"trich_yeu": subject_of(one, one.sample())} | facts
    return paragraphs(render(layout.place(kind).read_bytes(), whole))


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_committed_templates_are_those_of_the_script(kind: str) -> None:
    """`manage.py build_templates` after a change of documents/layout."""

    def parts(file: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(file)) as whole:
            return {name: whole.read(name) for name in whole.namelist()}

    assert parts(layout.build(kind)) == parts(layout.place(kind).read_bytes())


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_built_in_template_passes_its_own_check(kind: str) -> None:
    assert check(kind_of(kind), layout.place(kind).read_bytes()) == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_empty_line_is_as_high_as_it_was_meant(kind: str) -> None:
    """Its mark has a size of its own, else it is a line of 14 points, and the signature slips to the next page."""
    paper = docx.Document(str(layout.place(kind)))
    empty = [one for one in paper.paragraphs if not one.runs and not one._p.xpath("./w:pPr/w:pBdr")]
    assert empty and all(one._p.xpath("./w:pPr/w:rPr/w:sz/@w:val") for one in empty)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_paper_made_of_nothing_but_empty_facts_still_opens(kind: str) -> None:
    one = kind_of(kind)
    house = {field.name: field.empty for field in one.all_fields}
    docx.Document(io.BytesIO(render(layout.place(kind).read_bytes(), one.complete({}) | house)))


@pytest.mark.parametrize(
    "kind", ["leaders_report", "plan", "invitation", "citizen_notice", "posting", "point_guide", "handover"]
)
def test_what_an_office_may_leave_empty_leaves_no_gap_in_a_sentence(kind: str) -> None:
    """A telephone, an operator, an address, a post."""
    one = kind_of(kind)
    empty: dict[str, object] = {name: "" for name in ("dien_thoai", "dia_chi", "chuc_vu_ben_giao")}
    if one.field("diem_cau"):
        empty["diem_cau"] = [row | {"nguoi_van_hanh": "", "dien_thoai": ""} for row in one.sample()["diem_cau"]]
    text = filled(kind, **{name: value for name, value in empty.items() if one.field(name)})
    gaps = re.compile(r", ?[.,;]|: ?[.,;]|(thoại|chỉ|tâm): *$|(số|thoại):? ?\./\.")
    assert [line for line in text if gaps.search(line)] == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_page_is_that_of_the_decree(kind: str) -> None:
    """Mục I Phần I Phụ lục I NĐ 30/2020."""
    section = docx.Document(str(layout.place(kind))).sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    width, height, top, bottom = (round((size or 0) / Mm(1)) for size in sizes)
    left, right = (round((size or 0) / Mm(1)) for size in (section.left_margin, section.right_margin))
    assert {width, height} == {210, 297}
    assert 20 <= top <= 25 and 20 <= bottom <= 25 and 30 <= left <= 35 and 15 <= right <= 20
    assert section.different_first_page_header_footer


def test_the_facts_stand_in_the_paper() -> None:
    text = "\n".join(filled("invitation"))
    assert "Số: 05/GM-UBND" in text and "Minh Châu, ngày 07 tháng 12 năm 2026" in text
    assert "Ủy ban nhân dân tỉnh Minh Châu trân trọng kính mời: Ông Bùi Xuân Hưởng" in text
    assert "- Điểm cầu phường Hòa Bình: Phòng họp số 2, UBND phường Hòa Bình." in text
    assert "xa-thanh-loc" in text and "{" not in text


def test_the_forms_of_the_decree_carry_their_words() -> None:
    """Phụ lục NĐ 154/2026."""
    refusal = "\n".join(filled("refusal"))
    assert "Mẫu số 01/TCD" in refusal and "Về việc từ chối tiếp công dân" in refusal
    assert "Số căn cước/giấy chứng nhận căn cước/số định danh cá nhân/số hộ chiếu" in refusal
    assert "Căn cứ khoản 3 Điều 9 Luật Tiếp công dân" in refusal and "(Ký, ghi rõ họ tên, đóng dấu)" in refusal
    receipt = "\n".join(filled("receipt"))
    assert "Mẫu số 02/TCD" in receipt and "giao cho người cung cấp thông tin, tài liệu 01 bản" in receipt
    assert "Số:" not in receipt and "NGƯỜI CUNG CẤP THÔNG TIN, TÀI LIỆU" in receipt


def test_signs_of_xml_and_emoji_in_a_name_stay_what_they_are() -> None:
    name = "Công ty A & B <Hòa Bình> \"x\" 'y' 🙂 {{ 7*7 }}"
    assert any(name in text for text in filled("citizen_notice", cong_dan=name))


def test_control_signs_and_loose_forms_are_cleaned() -> None:
    assert clean({"a": "x\x07\x0by\r\nz\ue001", "b": None, "c": [1, True]}) == {"a": "xy\nz", "b": "", "c": [1, True]}
    assert clean("Thu\u0323y\u0309") == "Thụỷ"


def test_a_line_break_in_a_fact_becomes_one_in_the_paper() -> None:
    assert any("Ủy ban nhân dân tỉnh Minh Châu" in text for text in filled("plan")[:3])


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ noi_nhan.append('x') }}",
    "{{ noi_nhan.__len__ }}",
    "{{ 'a' * 999999999 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ range(10) }}",
    "{{ so_ky_hieu.upper() }}",
    "{{ so_ky_hieu.format }}",
    "{{ cycler }}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{{ so_ky_hieu|attr('upper') }}",
    "{{ so_ky_hieu|center(99) }}",
    "{{ 9 ** 999999 }}",
]


@pytest.mark.parametrize("words", ESCAPES)
def test_nothing_gets_out_of_the_sandbox(words: str) -> None:
    """Checked at upload; should one come past, filling it is refused too."""
    with pytest.raises(Exception, match=r".") as caught:
        FactsEnvironment().from_string(words).render(kind_of("plan").sample())
    assert type(caught.value).__module__.startswith("jinja2") or isinstance(caught.value, TypeError)


def test_a_broken_template_is_named_as_such() -> None:
    with pytest.raises(Broken):
        render(b"no zip", {})


def test_number_and_date_are_put_into_an_edited_file() -> None:
    blank = "\u00a0" * 6
    old = render(
        layout.place("invitation").read_bytes(), kind_of("invitation").sample() | {"so_ky_hieu": f"{blank}/GM-UBND"}
    )
    edited = stage.rewritten(old, ("trân trọng kính mời", "trân trọng và tha thiết kính mời"))
    made, lost = restamp(edited, {f"{blank}/GM-UBND": "07/GM-UBND", "không có ở đâu": "x"})
    text = "\n".join(paragraphs(made))
    assert "Số: 07/GM-UBND" in text and "tha thiết kính mời" in text and lost == ["không có ở đâu"]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Về đất đai..", "Về đất đai."),
        ("Về đất đai../.", "Về đất đai./."),
        ("Về đất đai.;", "Về đất đai;"),
        ("Đất, nhà v.v.;", "Đất, nhà v.v.;"),
        ("Đất, nhà v.v..", "Đất, nhà v.v."),
        ("Còn nữa...", "Còn nữa..."),
        ("Tại ………….", "Tại …………."),
        ("a.. b..", "a. b."),
    ],
)
def test_two_full_stops_become_one_also_across_runs(text: str, drawn: str) -> None:
    for cut in range(len(text)):
        made = docx.Document()
        paragraph = made.add_paragraph(text[:cut])
        paragraph.add_run(text[cut:]).bold = True
        drop_doubled(made.element.body)
        assert paragraph.text == drawn, cut
