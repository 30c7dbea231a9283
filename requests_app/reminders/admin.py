from django.contrib import admin

from requests_app.reminders.models import ReminderRule


@admin.register(ReminderRule)
class ReminderRuleAdmin(admin.ModelAdmin):
    """When people are reminded; a change applies to appointments given or moved from then on."""

    list_display = ("type", "days_before", "notice_days", "is_active")
    list_filter = ("type", "is_active")
    ordering = ("type", "-days_before")

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Refuse: a rule is retired, never deleted, since what it planned must stay explained."""
        return False
