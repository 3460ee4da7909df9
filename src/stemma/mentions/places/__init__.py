"""Places that one report names, with coordinates, and the places of a story."""

from stemma.mentions.places.resolution import PooledPlace, find_places, pool_places, senses_beside

__all__ = ["PooledPlace", "find_places", "pool_places", "senses_beside"]
