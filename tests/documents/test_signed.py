"""Signed PDFs that come back: our exact bytes, a signature that holds, a signer who is named."""

from __future__ import annotations

import contextlib
import io
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests import cast
from tests.documents import authority
from tests.documents.authority import YEAR, Holder, blank_pdf, holder, sign
from tests.documents.stage import NOW, paper
from tiepdan.audit.models import Entry
from tiepdan.documents import actions, signatures
from tiepdan.documents.models import Document, Signature
from tiepdan.documents.views.papers import other_signer
from tiepdan.files import store
from tiepdan.files.actions import keep
from tiepdan.files.rules import PDF
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def root() -> Holder:
    return authority.authority()


@pytest.fixture
def trusted(root: Holder, settings: Any, tmp_path: Path) -> Holder:
    settings.TRUST_ROOTS = authority.trust(root, tmp_path / "goc")
    return root


@pytest.fixture
def numbered() -> Document:
    """A numbered paper with its PDF (any PDF will do: only its bytes count), to be signed by the approver."""
    cast.approver()
    found = paper()
    actions.assign_number(found, by=cast.clerk(), at=NOW)
    stored = keep(blank_pdf(), agency=found.agency, by=None, at=NOW, name="a.pdf", accepted=(PDF,))
    Document.objects.filter(pk=found.pk).update(pdf=stored, due_at=None)
    found.refresh_from_db()
    return found


def made(document: Document) -> bytes:
    assert document.pdf is not None
    return store.read(document.pdf)


def upload(document: Document, file: bytes) -> list[Signature]:
    return actions.upload_signed(document, file, by=cast.clerk(), at=LATER, name="ky.pdf")


def refused(document: Document, file: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        upload(document, file)
    document.refresh_from_db()
    assert (document.signed, Signature.objects.count()) == (None, 0)
    sentence = caught.value.sentence
    assert sentence.startswith("Chữ ký số không hợp lệ: ") and sentence.endswith(". Bản tải lên chưa được nhận.")
    return sentence


def test_a_good_signature_of_a_trusted_issuer(numbered: Document, trusted: Holder) -> None:
    signer = holder(trusted)
    [row] = upload(numbered, sign(made(numbered), signer))
    assert (row.signer, row.issuer, row.is_trusted) == ("Trần Văn Bình", "Cơ quan chứng thực thử nghiệm", True)
    assert (row.signed_at, row.checked_at) == (NOW, LATER)
    assert row.serial == f"{signer.certificate.serial_number:x}"
    numbered.refresh_from_db()
    assert numbered.signed is not None and store.read(numbered.signed).startswith(made(numbered))
    facts = Entry.objects.get(event="document.signed").facts
    assert facts == {"signers": ["Trần Văn Bình"], "trusted": True, "sha256": numbered.signed.sha256}


def test_the_head_and_the_office_both_sign(numbered: Document, trusted: Holder) -> None:
    """NĐ 30/2020 Điều 5: the person's signature and the agency's."""
    once = sign(made(numbered), holder(trusted))
    twice = sign(once, holder(trusted, "UBND tỉnh Minh Châu"), field="ChuKy2")
    assert [row.signer for row in upload(numbered, twice)] == ["Trần Văn Bình", "UBND tỉnh Minh Châu"]


def test_without_trust_roots_the_signer_is_shown_and_the_chain_left_open(numbered: Document, root: Holder) -> None:
    [row] = upload(numbered, sign(made(numbered), holder(root)))
    assert (row.signer, row.is_trusted) == ("Trần Văn Bình", False)


def test_an_unknown_issuer_is_refused_where_roots_are_named(numbered: Document, trusted: Holder) -> None:
    stranger = authority.authority("Ai đó tự lập")
    assert "không do tổ chức chứng thực được tin cậy cấp" in refused(numbered, sign(made(numbered), holder(stranger)))


def test_a_changed_byte_is_noticed(numbered: Document, trusted: Holder) -> None:
    file = bytearray(sign(made(numbered), holder(trusted)))
    place = file.rindex(b"/ChuKy1") if b"/ChuKy1" in file else file.rindex(b"ChuKy1")
    file[place + 3] ^= 1
    assert "thay đổi sau khi ký" in refused(numbered, bytes(file))


def test_a_damaged_signed_file_is_refused_whatever_byte_is_wrong(root: Holder) -> None:
    """Behind our own bytes: tables, packed streams, the signature. Its padding may hold anything."""
    ours = blank_pdf()
    whole = sign(ours, holder(root))
    for seed in range(60):
        chance, file = random.Random(seed), bytearray(whole)
        for _ in range(3):
            place = chance.randrange(len(ours), len(file) - 2)
            file[place : place + chance.randrange(3)] = chance.randbytes(2)
        with contextlib.suppress(signatures.NotValid):
            assert [one.signer for one in signatures.check(bytes(file), ours, LATER)] == ["Trần Văn Bình"]


def test_another_paper_of_the_same_signer_is_refused(numbered: Document, trusted: Holder) -> None:
    other = sign(blank_pdf("mot van ban khac"), holder(trusted))
    assert "Bản ký khác bản đã tạo" in refused(numbered, other)


def test_our_own_pdf_unsigned_is_refused(numbered: Document) -> None:
    assert "chưa có chữ ký số nào" in refused(numbered, made(numbered))


def test_something_added_after_the_signature_is_refused(numbered: Document, trusted: Holder) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sign(made(numbered), holder(trusted))))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    sentence = refused(numbered, out.getvalue())
    assert "sau khi ký" in sentence or "không bao trùm toàn bộ tệp" in sentence


def test_words_hung_behind_the_signed_file_are_refused(numbered: Document, trusted: Holder) -> None:
    refused(numbered, sign(made(numbered), holder(trusted)) + b"\n% them vao sau\n")


@pytest.mark.parametrize("has_roots", [True, False])
def test_an_expired_certificate_is_refused(
    numbered: Document, root: Holder, has_roots: bool, settings: Any, tmp_path: Path
) -> None:
    settings.TRUST_ROOTS = authority.trust(root, tmp_path / "goc") if has_roots else None
    old = holder(root, first=NOW - 2 * YEAR, last=NOW - timedelta(days=1))
    assert "hết hạn ngày 06/12/2026" in refused(numbered, sign(made(numbered), old))


def test_a_moment_set_back_does_not_help_an_expired_certificate(numbered: Document, root: Holder) -> None:
    """Without a timestamp of a third party the moment is only the signer's word."""
    old = holder(root, first=NOW - 2 * YEAR, last=NOW - timedelta(days=1))
    assert "hết hạn" in refused(numbered, sign(made(numbered), old, at=NOW - timedelta(days=9)))


def test_a_certificate_of_tomorrow_is_refused(numbered: Document, root: Holder) -> None:
    early = holder(root, first=NOW + timedelta(days=1))
    assert "chưa có hiệu lực" in refused(numbered, sign(made(numbered), early))


def test_what_is_no_pdf_is_refused(numbered: Document) -> None:
    refused(numbered, made(numbered)[:-200] + b"rac")
    with pytest.raises(Invalid):
        upload(numbered, b"")


def test_only_a_numbered_paper_with_a_pdf_is_signed() -> None:
    found = paper()
    with pytest.raises(Refused, match="chưa cấp số"):
        upload(found, blank_pdf())
    actions.assign_number(found, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="chưa có PDF"):
        upload(found, blank_pdf())


def test_another_name_on_the_certificate_is_pointed_out(numbered: Document, root: Holder) -> None:
    [row] = upload(numbered, sign(made(numbered), holder(root, "Người Khác")))
    assert other_signer(numbered, [row.signer])
    assert not other_signer(numbered, ["TRẦN VĂN BÌNH"])
