from django.contrib import admin

from requests_app.appointments.models import AppointmentType


@admin.register(AppointmentType)
class AppointmentTypeAdmin(admin.ModelAdmin):
    """What agents may offer; one that is no longer proposed is kept for the appointments it named."""

    list_display = ("label", "public_label", "minutes", "is_active")
    ordering = ("label",)

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
