from django.contrib import admin

from requests_app.appointments.models import AppointmentType


@admin.register(AppointmentType)
class AppointmentTypeAdmin(admin.ModelAdmin):
    """What agents may offer; a retired type stays for the appointments that have it."""

    list_display = ("label", "public_label", "minutes", "booked_by", "for_whom", "is_active")
    ordering = ("label",)

    def get_readonly_fields(self, request: object, obj: object = None) -> tuple[str, ...]:
        """Make the code read-only once chosen: rules and imports refer to it."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
