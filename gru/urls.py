"""One include per surface and per channel."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from gru.health import healthz
from gru.metrics.views import metrics
from requests_app.accounts.views import admin_sign_in
from requests_app.www.backoffice.home import home

admin.site.site_header = _("GRU – réglages")
admin.site.site_title = _("GRU")
admin.site.index_title = _("Ce qu’un administrateur règle")

handler400 = "requests_app.lib.error_pages.bad_request"
handler500 = "requests_app.lib.outages.error"
urlpatterns = [
    path("espace/", home, name="home"),
    path("healthz", healthz),
    path("metrics", metrics),
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
    path("rendez-vous/", include("channels_app.portal.appointment_urls")),
    path("api/v1/", include("requests_app.api.urls")),
    path("chat/", include("channels_app.chat.urls")),
    path("open311/v2/", include("requests_app.open311.urls")),
    path("conversations/", include("channels_app.chat.desk_urls")),
    path("entree/mail/", include("channels_app.mail.webhooks.urls")),
    path("entree/sms/", include("channels_app.sms.door.urls")),
    path("entree/partenaire/", include("channels_app.partner.publik.urls")),
    path("accueil/", include("channels_app.frontdesk.urls")),
    path("rappels-promis/", include("channels_app.phone.urls")),
    path("quarantaine/", include("channels_app.intake.urls")),
    path("", include("channels_app.portal.urls")),
    path("", include("requests_app.accounts.urls")),
    path("", include("requests_app.www.agenda.urls")),
    path("", include("requests_app.www.field.urls")),
    path("", include("requests_app.www.trials.urls")),
    path("", include("requests_app.www.archives.urls")),
    path("", include("requests_app.www.backoffice.urls")),
    path("", include("requests_app.www.dashboards.urls")),
    path("", include("requests_app.www.public.urls")),
    path("", include("requests_app.www.regimes.urls")),
]
