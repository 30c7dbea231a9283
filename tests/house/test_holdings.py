"""Every table is declared: its rows go with a ticket or a person, or somebody said why they stay (P03)."""

import pytest
from django.apps import apps
from django.db import models

from requests_app.lib.holdings import EXEMPT, HOLDINGS
from requests_app.privacy.collecting import file_fields

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def test_P03_every_model_says_how_it_goes():
    assert set(HOLDINGS) | set(EXEMPT) == set(MODELS)
    assert not set(HOLDINGS) & set(EXEMPT)


def test_P03_what_stays_says_why():
    assert all(each.why.endswith(".") and len(each.why) > 12 for each in EXEMPT.values())


def test_P03_no_file_is_in_a_table_that_stays():
    with_files = {label for label, model in MODELS.items() if list(file_fields(model))}
    assert with_files
    assert with_files <= set(HOLDINGS)


@pytest.mark.parametrize("label", sorted(HOLDINGS))
def test_P03_every_key_that_may_not_be_empty_leads_to_what_goes_with_it(label):
    """Whatever names a row that goes goes too, or lets go of it: else the purge fails at its commit."""
    for relation in MODELS[label]._meta.related_objects:
        field, other = relation.field, relation.related_model._meta.label
        assert field.null or other in HOLDINGS, (other, field.name)
        if not field.null:
            leads, named = dict(HOLDINGS[other].points_to), HOLDINGS[label].named_by
            assert leads.get(field.name) == label or (other, field.name) in named, (other, field.name)


def test_a_holding_names_fields_that_exist():
    for holding in HOLDINGS.values():
        for field, model in holding.points_to:
            found = MODELS[holding.model]._meta.get_field(field)
            assert isinstance(found, models.ForeignKey | models.OneToOneField)
            assert found.related_model is MODELS[model]
        for model, field in holding.named_by:
            assert MODELS[model]._meta.get_field(field).related_model is MODELS[holding.model]
