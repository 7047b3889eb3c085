"""A certificate authority of the tests, and signing with what it gave out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.documents.stage import NOW

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def authority(name: str = "Cơ quan chứng thực thử nghiệm") -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    return Holder(key, _certificate(name, key, name, key, NOW - YEAR, NOW + 9 * YEAR, is_authority=True))


def holder(
    root: Holder, name: str = "Trần Văn Bình", *, first: datetime = NOW - YEAR, last: datetime = NOW + YEAR
) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = root.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    made = _certificate(name, key, str(issuer), root.key, first, last, is_authority=False)
    return Holder(key, made, (root.certificate,))


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    first: datetime,
    last: datetime,
    *,
    is_authority: bool,
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name(
            [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, text)]
        )

    usage = {name: False for name in ("key_encipherment", "data_encipherment", "key_agreement")}
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def trust(root: Holder, folder: Path) -> Path:
    """A folder of trust roots that holds this authority."""
    folder.mkdir(exist_ok=True)
    (folder / "goc.pem").write_bytes(root.certificate.public_bytes(serialization.Encoding.PEM))
    return folder


def sign(pdf: bytes, who: Holder, at: datetime = NOW, field: str = "ChuKy1", **meta: Any) -> bytes:
    """The PDF with a signature added to its end. The moment that the signer names is `at`."""
    import time_machine
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def plain(certificate: x509.Certificate) -> asn1.Certificate:
        return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

    store = SimpleCertificateStore()
    store.register_multiple([plain(one) for one in who.chain])
    der = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=plain(who.certificate), signing_key=keys.PrivateKeyInfo.load(der), cert_registry=store
    )
    out = io.BytesIO()
    with time_machine.travel(at.astimezone(UTC), tick=False):
        sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False),
            PdfSignatureMetadata(field_name=field, **meta),
            signer,
            output=out,
        )
    return out.getvalue()


def blank_pdf(words: str = "mot van ban") -> bytes:
    """A small PDF of our own, for machines without LibreOffice."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=f"BT ({words}) Tj ET".encode())
    box = generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 595, 842)])
    writer.insert_page(PageObject(contents=writer.add_object(stream), media_box=box))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
