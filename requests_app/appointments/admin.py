from django.contrib import admin

from requests_app.appointments.models import AppointmentType


@admin.register(AppointmentType)
class AppointmentTypeAdmin(admin.ModelAdmin):
    """What agents may offer; one that is no longer proposed is kept for the appointments it named."""

    list_display = ("label", "public_label", "minutes", "is_active")
    ordering = ("label",)

    def get_readonly_fields(self, request: object, obj: object = None) -> tuple[str, ...]:
        """Rules and imports name a sort by its code: chosen once."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
