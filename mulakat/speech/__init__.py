"""Text to speech: sentences become sound with a timeline of words and mouth shapes.

`open_synthesizer` gives the one object that the rest of the program needs; `default_voice` names
the voice of a language. Does not: listen (speech-to-text has its own modules), or play sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mulakat.messages import Language
    from mulakat.settings import Settings
    from mulakat.speech.router import VoiceRouter

# Imports are inside the functions: the engines' own processes pass through this module as well,
# and should start in milliseconds.


def open_synthesizer(settings: Settings) -> VoiceRouter:
    """All voices that the settings allow, behind one `Synthesizer`. Starts no process yet."""
    from mulakat.speech.edge import EdgeSynthesizer
    from mulakat.speech.espeak import EspeakSynthesizer
    from mulakat.speech.kokoro import KokoroSynthesizer
    from mulakat.speech.piper import PiperSynthesizer
    from mulakat.speech.protocol import Synthesizer
    from mulakat.speech.router import VoiceRouter

    engines: dict[str, Synthesizer] = {
        "piper": PiperSynthesizer(settings.models_dir),
        "kokoro": KokoroSynthesizer(settings.models_dir),
    }
    withheld = {}
    if settings.cloud_voices:
        engines["edge"] = EdgeSynthesizer()
    else:
        withheld["edge"] = "Set MULAKAT_CLOUD_VOICES=1 if sentences may leave this machine."
    return VoiceRouter(EspeakSynthesizer(), engines, withheld=withheld)


def default_voice(language: Language) -> str:
    """The id of the embedded voice that speaks `language` when none was chosen."""
    from mulakat.speech.espeak import default_voice as embedded

    return embedded(language)
