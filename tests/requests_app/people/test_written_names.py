"""Which part of a written name is given, which is the family's."""

import pytest

from requests_app.people.written_names import split_name


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Kacimi, Nour", "Nour", "Kacimi"),
        ("KACIMI, Nour", "Nour", "Kacimi"),
        ("kacimi,nour", "nour", "kacimi"),
        ("Ben Ali, Samira", "Samira", "Ben Ali"),
        ("de La Tour d'Auvergne, Jean-Marie", "Jean-Marie", "de La Tour d'Auvergne"),
        ("Kacimi, Nour (DGA Solidarités)", "Nour", "Kacimi"),
        ("KACIMI, Nour, Dr", "Nour", "Kacimi"),
        ("Roux, Mme", "", "Roux"),
        ("Petit, Dr. Marie", "Marie", "Petit"),
        ("Samira Benali", "Samira", "Benali"),
        ("BENALI Samira", "Samira", "Benali"),
        ("Marie Petit, avocate", "Marie", "Petit"),
        ("Nguyễn, Thị Hương", "Thị Hương", "Nguyễn"),
        ("Mme Roux", "", "Roux"),
        ("M. Paul Girard", "Paul", "Girard"),
        ("Pierre Maison", "Pierre", "Maison"),
        ("T. Vogel", "T.", "Vogel"),
        ("J.-P. Ndiaye", "J.-P.", "Ndiaye"),
        ("VOGEL T.", "T.", "Vogel"),
        ("Ines B.", "Ines", "B."),
        ("Amina", "", "Amina"),
        ("El Amrani Fatima", "Fatima", "El Amrani"),
        ("Fatima El Amrani", "Fatima", "El Amrani"),
        ("de la Cruz María", "María", "de la Cruz"),
        ("Van den Berg Jan", "Jan", "Van den Berg"),
        ("Ben Ali Samira", "Samira", "Ben Ali"),
        ("Le Gall", "", "Le Gall"),
        ("El Hadj Diop", "El Hadj", "Diop"),
        ("Ben Stiller", "Ben", "Stiller"),
        ("M. et Mme Durand", "", "Durand"),
        ("famille Traoré", "", "Traoré"),
        ("KONE awa", "Awa", "Kone"),
        ("", "", ""),
        ("Dupont, SARL", "", "Dupont, SARL"),
        ("SCI Les Lilas, Lyon", "", "SCI Les Lilas, Lyon"),
        ("Mairie de Vénissieux", "", "Mairie de Vénissieux"),
        ("Service social, Hôpital Édouard-Herriot", "", "Service social, Hôpital Édouard-Herriot"),
        ("Collège Gabriel-Rosset", "", "Collège Gabriel-Rosset"),
    ],
)
def test_a_written_name_is_read_as_it_is_meant(written, given, family):
    assert split_name(written) == (given, family)
