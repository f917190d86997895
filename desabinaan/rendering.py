"""How Django's forms draw themselves: our field, our errors, tied together for screen readers."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict

from desabinaan import wording


class PortalBoundField(forms.BoundField):
    """A field that always has a label of its own, and says in our words what is wrong."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        wording.settle(field, str(self.label))

    @property
    def use_fieldset(self) -> bool:
        """Only groups of choices; a file input alone in a fieldset would have no name."""
        widget = self.field.widget
        return widget.use_fieldset and not isinstance(widget, forms.FileInput)

    @property
    def anchor(self) -> str:
        """The id that an error in the summary leads to: the input, or the first choice."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def standing(self) -> str:
        """What stands there now, where somebody saved while the person typed another thing."""
        return str(getattr(self.form, "overtaken", {}).get(self.name, ""))

    @property
    def is_renewed(self) -> bool:
        """Whether somebody changed it since the form was opened, and the form shows that."""
        return self.name in getattr(self.form, "renewed", ())

    @property
    def lost_file(self) -> str:
        """The names of files that came along and were not kept, since the form was not saved."""
        if not isinstance(self.field, forms.FileField) or not self.form.errors or self.errors:
            return ""
        files = self.form.files
        # Where nothing was uploaded there is a plain mapping; and forms of Python pass one.
        sent = files.getlist(self.html_name) if isinstance(files, MultiValueDict) else []
        uploads = sent or filter(None, [files.get(self.html_name)])
        return ", ".join(str(upload.name) for upload in uploads)

    @property
    def aria_describedby(self) -> str | None:
        """The hint and the errors, and what stands there now."""
        described: str | None = super().aria_describedby
        if self.standing or self.is_renewed:
            described = f"{described or ''} {self.auto_id}_standing".strip()
        if self.lost_file:
            described = f"{described or ''} {self.auto_id}_lost".strip()
        return described

    @property
    def is_checkbox(self) -> bool:
        """Whether the label belongs behind the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether to say that it may stay empty; a box that may stay unticked says so itself.

        A form's `depending` fields say nothing: whether they are needed, another answer decides.
        """
        silent = self.is_checkbox or self.name in getattr(self.form, "depending", ())
        return not (self.field.required or self.field.disabled or silent)


class FormRenderer(TemplatesSetting):
    """Draws every form of the portal with components/form.html and components/field.html."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
