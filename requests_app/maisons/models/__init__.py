from requests_app.maisons.models.commune import Commune, TownHall
from requests_app.maisons.models.maison import Maison
from requests_app.maisons.models.outline import Outline
from requests_app.maisons.models.spoken_place import SpokenPlace
from requests_app.maisons.models.version import TerritoryVersion

__all__ = ["Commune", "Maison", "Outline", "SpokenPlace", "TerritoryVersion", "TownHall"]
