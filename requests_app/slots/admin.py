from django.contrib import admin

from requests_app.appointments.models import Interpreter
from requests_app.slots.models import InterpreterTime


class InterpreterTimeInline(admin.TabularInline):
    model = InterpreterTime
    extra = 1
    fields = (
        *("starts_on", "starts_at", "ends_on", "ends_at", "rrule"),
        *("valid_from", "valid_until", "is_away"),
    )


@admin.register(Interpreter)
class InterpreterAdmin(admin.ModelAdmin):
    """Who interprets, which languages, where and when; a retired one stays for their appointments."""

    list_display = ("name", "languages", "is_active")
    ordering = ("name",)
    filter_horizontal = ("maisons",)
    inlines = (InterpreterTimeInline,)

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
