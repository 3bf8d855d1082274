"""Forms: one column, label above, errors beside the field and in a summary that links to it."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.utils.safestring import SafeString


def field(bound: BoundField, hint: str = "", wide: bool = False) -> dict[str, Any]:
    """Show a form's field with label, hint and errors; `hint` takes the place of the field's help text.

    必填 is said only where some other field need not be filled in.
    """
    kind = _kind(bound)
    hint = hint or str(bound.help_text)
    return {
        "bound": bound, "kind": kind, "hint": hint, "wide": wide, "control": _control(bound, kind, bool(hint)),
        "is_marked": bound.field.required and any(not one.required for one in bound.form.fields.values()),
    }  # fmt: skip


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput) else "plain"


def _control(bound: BoundField, kind: str, has_hint: bool) -> SafeString:
    """Render the widget; it names its hint and its error for those who do not see them beside it."""
    attrs: dict[str, Any] = {"class": "" if kind in ("group", "check") else "control"}
    told = [f"{bound.auto_id}-hint"] * has_hint + [f"{bound.auto_id}-error"] * bool(bound.errors)
    if told:
        attrs["aria-describedby"] = " ".join(told)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs={**bound.field.widget.attrs, **attrs})


def fields(form: BaseForm) -> dict[str, Any]:
    """Show a form's summary of errors and all its fields, inside a form element of the page's own."""
    return {"form": form}


def errors(form: BaseForm) -> dict[str, Any]:
    """Summarise a form's errors, each linking to its field."""
    broken = [bound for bound in form if bound.errors]
    return {"form": form, "broken": broken, "general": form.non_field_errors()}


def form(
    form: BaseForm, submit: str = "保存", action: str = "", cancel: str = "", autosave: str = ""
) -> dict[str, Any]:
    """Show a whole form with its buttons; `autosave` is the address that keeps a draft of it."""
    return {"form": form, "submit": submit, "action": action, "cancel": cancel, "autosave": autosave}
