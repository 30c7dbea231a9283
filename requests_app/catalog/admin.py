"""What an administrator may change of a topic (its words, its promises), and where other bodies read."""

from django.contrib import admin

from requests_app.catalog.models import CompetentBody, Topic


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
        "is_active",
    )
    readonly_fields = ("code", "source", "mdm_matter", "action", "sensitivity")

    def has_add_permission(self, request: object) -> bool:
        """Topics come from the files of the territory."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """A topic is put aside, never deleted: demands name it."""
        return False


@admin.register(CompetentBody)
class CompetentBodyAdmin(admin.ModelAdmin):
    """A body enters the list by itself when a first request goes to it; its address is set here."""

    list_display = ("name", "mail")
    list_editable = ("mail",)
    search_fields = ("name", "mail")
    ordering = ("name",)

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """A body without an address is written to by nobody: that is enough."""
        return False
