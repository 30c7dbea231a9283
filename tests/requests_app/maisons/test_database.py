"""What the lowest migration gives to every room."""

import pytest
from django.db import connection


@pytest.mark.django_db
class TestDatabase:
    @pytest.mark.parametrize(
        ("sql", "expected"),
        [
            ("SELECT f_unaccent('Écully, œuvre')", "Ecully, oeuvre"),
            ("SELECT to_tsvector('fr_gru', 'Métropole')::text", "'metropol':1"),
            ("SELECT to_tsvector('fr_gru', 'impayés') @@ to_tsquery('fr_gru', 'impaye')", True),
            ("SELECT similarity('benali', 'benaly') > 0.4", True),
        ],
    )
    def test_compares_french_words(self, sql, expected):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.fetchone() == (expected,)
