"""Digital signatures in a PDF: whether each holds, who made it, and whether the chain ends at a root of ours.

Nothing is asked of the network: no revocation lists are fetched. pyHanko takes a second to import, so it is imported
only when a signed file comes in.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)
ENDINGS = (".pem", ".crt", ".cer", ".der")


class NotValid(Exception):
    """The text is the Vietnamese reason: «…» in «Chữ ký số không hợp lệ: …»."""


@dataclass(frozen=True)
class Found:
    """A signature that holds."""

    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    is_trusted: bool


def check(signed: bytes, made: bytes, at: datetime) -> list[Found]:
    """The signatures of a file that must be our exact PDF with signatures added to its end.

    Raises:
        NotValid: no signature, another paper, changed after signing, certificate expired or (when this installation
            has trust roots) of an unknown issuer.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    for name in ("pyhanko", "pyhanko_certvalidator"):  # they log names of signers; what matters is raised or returned
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if not signed.startswith(made):
        raise NotValid("Bản ký khác bản đã tạo: tệp không bắt đầu bằng đúng nội dung PDF của văn bản này")
    try:
        reader = PdfFileReader(io.BytesIO(signed), strict=False)
        signatures = list(reader.embedded_regular_signatures)
    except Exception as problem:  # whatever the library meets inside a damaged file
        raise NotValid("không đọc được cấu trúc tệp PDF") from problem
    if not signatures:
        raise NotValid("tệp chưa có chữ ký số nào")
    roots = trust_roots()
    try:
        found = [_one(signature, roots, at) for signature in signatures]
        _whole(signatures[-1])
    except NotValid:
        raise
    except Exception as problem:  # the same of a damaged signature
        raise NotValid("không kiểm tra được chữ ký trong tệp") from problem
    return found


def trust_roots() -> list[Any]:
    """Certificates of the folder TIEPDAN_TRUST_ROOTS (PEM or DER); empty when the office has named none."""
    from asn1crypto import pem, x509

    if not settings.TRUST_ROOTS:
        return []
    roots = []
    for path in sorted(Path(settings.TRUST_ROOTS).iterdir()):
        if path.suffix.lower() in ENDINGS:
            data = path.read_bytes()
            try:
                parts = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
                roots += [x509.Certificate.load(der) for der in parts]
            except ValueError:
                log.error("trust root %s cannot be read", path.name)
    return roots


def _one(signature: Any, roots: Sequence[Any], at: datetime) -> Found:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    status = validate_pdf_signature(
        signature, context, context, key_usage_settings=KeyUsageConstraints(key_usage=set())
    )
    if not (status.intact and status.valid):
        raise NotValid("nội dung đã bị thay đổi sau khi ký")
    if not status.docmdp_ok:
        raise NotValid("văn bản có nội dung thêm vào sau khi ký mà chữ ký không cho phép")
    certificate = status.signing_cert
    signer = _name(certificate.subject)
    stamp = status.timestamp_validity
    signed_at: datetime | None
    if stamp is not None and stamp.intact and stamp.valid:
        signed_at = stamp.timestamp
        _in_force(certificate, signer, signed_at, None)
    else:
        signed_at = status.signer_reported_dt
        _in_force(certificate, signer, signed_at, at)
    if roots and not status.trusted:
        raise NotValid(f"chứng thư của {signer} không do tổ chức chứng thực được tin cậy cấp")
    return Found(
        signer, _name(certificate.issuer), f"{certificate.serial_number:x}", signed_at, bool(roots and status.trusted)
    )


def _in_force(certificate: Any, signer: str, signed_at: datetime | None, at: datetime | None) -> None:
    """On the day of signing; without a timestamp of a third party also today, as the day is only the signer's word."""
    validity = certificate["tbs_certificate"]["validity"]
    first, last = validity["not_before"].native, validity["not_after"].native
    for moment in (signed_at, at):
        if moment is not None and moment > last:
            raise NotValid(f"chứng thư của {signer} hết hạn ngày {last:%d/%m/%Y}")
        if moment is not None and moment < first:
            raise NotValid(f"chứng thư của {signer} chưa có hiệu lực, bắt đầu ngày {first:%d/%m/%Y}")


def _whole(last: Any) -> None:
    """Whatever stands after the last signature is signed by nobody."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if last.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        raise NotValid("chữ ký không bao trùm toàn bộ tệp")


def _name(name: Any) -> str:
    facts = name.native
    common = facts.get("common_name") or facts.get("organization_name") or name.human_friendly
    return str(common[0] if isinstance(common, list) else common)
