"""Pages of «Nhập từ Excel», and the list of rights."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import cast, factor_cast
from tests.sheets.books import book, upload
from tiepdan.accounts.models import Agency
from tiepdan.accounts.rules import Role
from tiepdan.sheets.models import Upload
from tiepdan.sheets.office import AGENCIES

pytestmark = pytest.mark.django_db
PAGE = "/nhap-bang/co-quan/"
HEADINGS = [column.heading for column in AGENCIES.columns]
RIGHT = ["loc-an", "Ủy ban nhân dân xã Lộc An", "UBND xã Lộc An", "UBND cấp xã", "minh-chau", "01/07/2025"]
WRONG = ["", *RIGHT[1:]]


def send(client: Client, *rows: list[Any], **more: Any) -> Any:
    facts = {"agency": cast.province().pk, "sheet": upload(book(HEADINGS, *rows)), **more}
    return client.post(PAGE, facts)


def test_only_those_with_the_role_come_in() -> None:
    assert Client().get(PAGE)["Location"] == f"/dang-nhap/?next={PAGE}"
    for name, person in cast.everybody().items():
        client = cast.browser(person)
        wanted = 200 if name == "quan-tri" else 404
        assert client.get(PAGE).status_code == wanted, name
        assert client.get(f"{PAGE}mau/").status_code == wanted, name
    assert cast.browser(cast.clerk()).get("/nhap-bang/khong-co/").status_code == 404


def test_the_template_has_the_headings_and_can_be_sent_back() -> None:
    client = cast.browser(cast.admin())
    answer = client.get(f"{PAGE}mau/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head = [cell.value for cell in next(sheet.iter_rows())]
    assert head[0] == "Mã *" and "Điện thoại" in head
    answer = client.post(PAGE, {"agency": cast.province().pk, "sheet": upload(answer.content)})
    assert answer.status_code == 302
    assert Upload.objects.get().problems == []


def test_upload_look_and_bring_in() -> None:
    client = cast.browser(cast.admin())
    answer = send(client, RIGHT)
    row = Upload.objects.get()
    assert answer["Location"] == f"{PAGE}{row.pk}/"
    text = client.get(answer["Location"]).content.decode()
    assert "1 dòng đúng" in text and "Nhập 1 dòng" in text and "UBND xã Lộc An" in text
    answer = client.post(f"{PAGE}{row.pk}/nhap/")
    assert answer["Location"] == "/quan-tri/co-quan/"
    assert Agency.objects.filter(code="loc-an").exists()
    assert "Đã nhập 1 dòng." in client.get(answer["Location"]).content.decode()
    assert "Đã nhập" in client.get(f"{PAGE}{row.pk}/").content.decode()


def test_wrong_rows_are_shown_and_the_choice_is_explicit() -> None:
    client = cast.browser(cast.admin())
    page = send(client, RIGHT, WRONG)["Location"]
    text = client.get(page).content.decode()
    assert "1 dòng sai" in text and "Mã: Chưa nhập mã." in text and "Nhập các dòng đúng" in text
    assert "loc-an" not in client.get(page, {"sai": "1"}).content.decode()
    refused = client.post(f"{page}nhap/")
    assert refused.status_code == 409 and "Còn 1 dòng sai nên chưa nhập dòng nào" in refused.content.decode()
    assert client.post(f"{page}nhap/", {"dung": "1"}).status_code == 302
    assert Agency.objects.filter(code="loc-an").exists()


def test_what_is_wrong_with_the_file_is_said_on_the_page() -> None:
    client = cast.browser(cast.admin())
    for file, words in [
        (upload(book(["Sai"], ["x"])), "Thiếu cột: «Mã»"),
        (upload(b"%PDF-1.7", "bang.pdf"), "Các loại được nhận: Excel"),
        ("", "Chưa chọn tệp Excel."),
    ]:
        answer = client.post(PAGE, {"agency": cast.province().pk, "sheet": file})
        assert answer.status_code == 422 and words in answer.content.decode()
    answer = send(client, RIGHT, agency=cast.elsewhere().pk)
    assert answer.status_code == 422 and not Upload.objects.exists()


def test_uploads_of_others_are_not_seen() -> None:
    page = send(cast.browser(cast.admin()), RIGHT)["Location"]
    stranger = cast.browser(cast.outsider(Role.ADMIN))
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}nhap/").status_code == stranger.post(f"{page}bo/").status_code == 404
    assert cast.browser(cast.admin()).post(f"{page}bo/")["Location"] == PAGE


def test_the_number_of_queries_does_not_grow_with_the_uploads(django_assert_max_num_queries: Any) -> None:
    client = cast.browser(cast.admin())
    for _ in range(12):
        send(client, RIGHT)
    with django_assert_max_num_queries(14):
        client.get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(f"{PAGE}{Upload.objects.latest('pk').pk}/")


def test_the_list_of_rights() -> None:
    cast.everybody()
    client = cast.browser(cast.admin())
    sheet = load_workbook(io.BytesIO(client.get("/quan-tri/danh-sach-quyen.xlsx").content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    chair = next(row for row in rows if row[1] == "chu-tri")
    assert chair[2:4] == ["UBND tỉnh Minh Châu", "Người chủ trì"] and chair[5].date() == date(2020, 1, 1)
    assert not any("Khác" in str(row[2]) for row in rows[1:])
    text = client.get("/quan-tri/danh-sach-quyen.csv").content.decode("utf-8-sig")
    assert text.startswith("Họ và tên,") and "chu-tri" in text
    assert cast.browser(cast.clerk()).get("/quan-tri/danh-sach-quyen.csv").status_code == 403


def test_the_list_of_rights_says_who_has_a_second_factor() -> None:
    cast.everybody()
    factor_cast.require(Role.TECHNICIAN)
    factor_cast.enrolled(cast.approver())
    sheet = cast.browser(cast.admin()).get("/quan-tri/danh-sach-quyen.xlsx")
    head, *rows = load_workbook(io.BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True)
    at = head.index("Xác thực hai lớp")
    told = {row[1]: row[at] for row in rows}
    names = [who.username for who in (cast.approver(), cast.technician(), cast.chair())]
    assert [told[name] for name in names] == ["Đã bật", "Bắt buộc, chưa bật", "Chưa bật"]
    text = cast.browser(cast.admin()).get("/quan-tri/danh-sach-quyen.csv").content.decode("utf-8-sig")
    assert "Bắt buộc, chưa bật" in text


def test_the_page_of_all_kinds() -> None:
    assert "Nhập danh sách người dùng" in cast.browser(cast.admin()).get("/nhap-bang/").content.decode()
    assert cast.browser(cast.inspector()).get("/nhap-bang/").status_code == 404
