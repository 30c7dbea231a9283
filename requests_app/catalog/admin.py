"""What an administrator may change of a topic (its words, its promises), and where other bodies read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst

from requests_app.catalog.models import CompetentBody, Topic
from requests_app.catalog.regimes import PARTS, others_to_validate


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("label", "theme", "action", "delay_days", "retention_months", "sensitivity", "is_active")
    list_filter = ("theme", "action", "sensitivity", "is_active")
    search_fields = ("code", "label", "description")
    ordering = ("theme", "label")
    fields = (
        "code",
        "theme",
        "label",
        "description",
        "audience",
        "keywords",
        "mdm_matter",
        "action",
        "competent_body",
        "sensitivity",
        "delay_days",
        "regime",
        "retention_months",
        "archive_months",
        "to_validate",
        "source",
        "is_public",
        "is_active",
    )
    readonly_fields = ("code", "source", "mdm_matter", "action", "sensitivity", "regime")

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Label what is to be validated as its field is labelled, never by its column."""
        if db_field.name != "to_validate":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        names = [field for field in self.fields if field not in {"code", "to_validate", *PARTS}]
        labels = [
            (field.name, capfirst(str(field.verbose_name)))
            for field in Topic._meta.fields
            if field.name in names
        ]
        return forms.MultipleChoiceField(
            choices=labels,
            label=capfirst(str(db_field.verbose_name)),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def save_model(self, request: HttpRequest, obj: Topic, form: forms.Form, change: bool) -> None:
        """Save what is ticked; legal parts wait for their reviewer all the same (threats: A09)."""
        waiting = Topic.objects.get(pk=obj.pk).to_validate
        obj.to_validate = others_to_validate(obj.to_validate, waiting)
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: object) -> bool:
        """Refuse: topics come from the files of the territory."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Refuse: a topic is retired, never deleted, since tickets name it."""
        return False


@admin.register(CompetentBody)
class CompetentBodyAdmin(admin.ModelAdmin):
    """A body enters the list by itself when a first ticket goes to it; its address is set here."""

    list_display = ("name", "mail", "service_url")
    list_editable = ("mail", "service_url")
    search_fields = ("name", "mail")
    ordering = ("name",)

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Refuse: clearing its address is enough, since nobody writes to a body without one."""
        return False
