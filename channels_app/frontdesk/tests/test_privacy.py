import logging

from django.contrib.sessions.models import Session

NAME, PHONE = "Zébulon Quarante", "06 39 98 44 44"
CANARIES = ("Zébulon", "ulon", "Quarante", "639984444", "44 44")


class TestPersonalData:
    def test_P01_nothing_of_a_visitor_leaves_the_tables(self, save, client, caplog, monkeypatch):
        enqueued = []
        monkeypatch.setattr("celery.Celery.send_task", lambda *call, **more: enqueued.append((call, more)))
        with caplog.at_level(logging.DEBUG):
            answer = save(qui=NAME, personne="nouvelle", telephone=PHONE, mot=NAME)
            client.get("/accueil/")
            save(qui=NAME, personne="nouvelle", telephone=PHONE, status="closed")

        kept = [row.get_decoded() for row in Session.objects.all()]
        cookies = [cookie.OutputString() for cookie in client.cookies.values()]
        logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
        everything = repr((answer.url, enqueued, kept, cookies, logged))
        assert not [word for word in CANARIES if word in everything]

    def test_W11_the_browser_keeps_no_page(self, save, client):
        save(qui=NAME, personne="nouvelle")

        assert "no-store" in client.get("/accueil/").headers["Cache-Control"]
