"""Forms of 收文: what comes in, and where it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongshu.core.orgs.models import Organisation
from gongshu.reading.limits import MOST_BYTES

MEGABYTES = MOST_BYTES // 1024 // 1024
KINDS = ".txt,.html,.htm,.docx,.pdf"


class ReceiveForm(forms.Form):
    """A file or pasted words; one of the two."""

    upload = forms.FileField(
        label="文件",
        required=False,
        help_text=f"文本、网页、.docx 或有文字层的 .pdf，不超过 {MEGABYTES} MB",
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    words = forms.CharField(
        label="或者粘贴文字",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "把通知、报道、讲话或要点的全文粘贴到这里"}),
    )

    def clean_upload(self) -> UploadedFile[Any] | None:
        """Refuse an empty or too large file before it is read."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload is not None and (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"文件超过 {MEGABYTES} MB，请拆分或只上传正文")
        return upload

    def clean(self) -> dict[str, Any]:
        """Check that there is exactly one of the two."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        has_words = bool(cleaned.get("words", "").strip())
        if cleaned.get("upload") and has_words:
            self.add_error("words", "文件和文字请分两次收")
        elif not cleaned.get("upload") and not has_words:
            self.add_error("upload", "请选择文件，或者粘贴文字")
        return cleaned


class ConfirmForm(forms.Form):
    """Whose meeting it was, and which version of the draft was looked at."""

    organisation = forms.ChoiceField(label="这是哪一级工会的会议", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    join = forms.BooleanField(label="是同一次会议，并入已有的会议记录", required=False)
    until = forms.DateField(
        label="任务从今天起实施，到哪一天为止",
        required=False,
        help_text="会议那一年已经过完。现在还要部署的，填写结束日期；只作历史资料存档的，请留空",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, choices: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ChoiceField(
            label="这是哪一级工会的会议",
            choices=[(str(org.pk), org.name) for org in choices],
            widget=forms.RadioSelect,
        )
        self.organisations = {str(org.pk): org for org in choices}

    def chosen(self) -> Organisation:
        """Return the organisation chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class DropForm(forms.Form):
    """Why a document is taken off the desk."""

    reason = forms.CharField(label="撤下的理由", max_length=200, help_text="如：重复、不属本级办理。留痕可查，可以恢复")
