"""The laboratory: raw rows -> data -> preflight -> training -> curves -> an adapter that the room serves.

Stages hand over files, never objects; every run folder records its config, code revision, package versions,
seeds and hashes. What needs torch is imported only where it is used (`extras.need` names the extra).

Does not: hold interviews, import the server or the room, or fetch anything that its config does not name.
"""
