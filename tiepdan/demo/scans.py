"""A one-page PDF that stands for a scanned paper; the demo needs a file where the law asks for a signed one."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tiepdan.kernel.text import fold


def scan(title: str) -> SimpleUploadedFile:
    """The fonts that every reader has know no Vietnamese letters, so the words stand without accents."""
    words = f"{fold(title)} (ban mo phong)".encode("ascii", "ignore").replace(b"(", b"\\(").replace(b")", b"\\)")
    drawn = b"BT /F1 14 Tf 72 770 Td (" + words + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    text, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(text))
    text += b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)
    return SimpleUploadedFile(f"{fold(title).replace(' ', '-')}.pdf", text, "application/pdf")
