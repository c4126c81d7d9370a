"""One live interview: where all the rooms above meet."""

from mulakat.room.room import Room, Services

__all__ = ["Room", "Services"]
