"""Logging in and changing a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gongshu.core.people.models import Account


class LoginForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label="用户名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class PasswordForm(forms.Form):
    """The old password and the new one twice."""

    old = forms.CharField(label="现用密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = forms.CharField(
        label="新密码",
        help_text="至少八位，不能全是数字",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(label="再输一遍", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_old(self) -> str:
        """Check the old password."""
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise forms.ValidationError("现用密码不对")
        return old

    def clean_new(self) -> str:
        """Check the strength of the new one."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.account)
        return new

    def clean(self) -> dict[str, Any]:
        """Check that both new ones are the same, and another than the old one, which somebody else may have seen."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", "两次输入的新密码不一样")
        if cleaned.get("new") and cleaned["new"] == cleaned.get("old"):
            self.add_error("new", "新密码不能和现用密码一样")
        return cleaned
