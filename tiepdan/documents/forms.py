"""Forms of the papers and of their templates."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from tiepdan.documents.models import Letterhead

_CONTROL = {"class": "form-control"}


class NumberForm(forms.Form):
    dated = forms.DateField(
        label="Ngày văn bản",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={**_CONTROL, "type": "date"}, format="%Y-%m-%d"),
        help_text="Để trống: ngày hôm nay.",
        error_messages={"invalid": "Ngày chưa đúng. Nhập dạng ngày/tháng/năm, ví dụ 07/12/2026."},
    )

    taken = forms.IntegerField(
        label="Số đã lấy ở sổ văn thư",
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.NumberInput(attrs=_CONTROL),
        help_text="Để trống: hệ thống cấp số tiếp theo.",
        error_messages={
            "invalid": "Chỉ nhập phần số, ví dụ 57 của 57/TB-UBND.",
            "min_value": "Số văn bản bắt đầu từ 01 (Điều 15 NĐ 30/2020).",
            "max_value": "Số này quá lớn. Hãy kiểm tra lại ở sổ văn thư.",
        },
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp",
        widget=forms.ClearableFileInput(attrs=_CONTROL),
        error_messages={
            "required": "Chưa chọn tệp.",
            "empty": "Tệp rỗng, không có nội dung. Hãy chọn lại tệp.",
            "missing": "Chưa chọn tệp.",
            "invalid": "Chưa chọn tệp.",
        },
    )


class TemplateForm(UploadForm):
    note = forms.CharField(
        label="Đã sửa gì",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_CONTROL),
        error_messages={"max_length": "Ghi chú dài quá 300 ký tự."},
    )


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Letterhead
        fields = (
            "above",
            "name",
            "place",
            "suffix",
            "unit",
            "authority",
            "title",
            "signer",
            "receivers",
            "one_book",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "above": forms.TextInput(attrs=_CONTROL),
            "name": forms.Textarea(attrs={**_CONTROL, "rows": 2}),
            "place": forms.TextInput(attrs=_CONTROL),
            "suffix": forms.TextInput(attrs=_CONTROL),
            "unit": forms.TextInput(attrs=_CONTROL),
            "authority": forms.Textarea(attrs={**_CONTROL, "rows": 2}),
            "title": forms.TextInput(attrs=_CONTROL),
            "signer": forms.TextInput(attrs=_CONTROL),
            "receivers": forms.Textarea(attrs={**_CONTROL, "rows": 5}),
            "one_book": forms.CheckboxInput(attrs={"class": "form-check-input"}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "above": "Dòng trên, bên trái đầu trang. UBND các cấp để trống.",
            "name": "Xuống dòng ở chỗ muốn ngắt, ví dụ «Ủy ban nhân dân» rồi «tỉnh Minh Châu».",
            "place": "Ví dụ «Minh Châu» trong «Minh Châu, ngày 07 tháng 12 năm 2026».",
            "suffix": "Phần sau của ký hiệu, ví dụ «UBND» trong 05/GM-UBND.",
            "unit": "Chữ viết tắt đơn vị soạn thảo, ví dụ «TCD» trong «Lưu: VT, TCD.»",
            "authority": "Ví dụ «TM. ỦY BAN NHÂN DÂN»; ký thay thì thêm dòng «KT. CHỦ TỊCH».",
            "title": "Ví dụ «CHỦ TỊCH».",
            "signer": "Họ và tên, không ghi học hàm, học vị.",
            "receivers": "Mỗi dòng một nơi. «Như trên» và dòng «Lưu» được thêm tự động.",
            "one_book": "Bỏ chọn: mỗi loại văn bản một sổ số riêng.",
        }
        error_messages: ClassVar[dict[str, Any]] = {
            name: {"max_length": "Nội dung dài quá %(limit_value)d ký tự."}
            for name in ("above", "name", "place", "suffix", "unit", "authority", "title", "signer")
        }
