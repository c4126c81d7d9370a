"""Sentences with sound and timeline for the lip-sync lab: web/public/lab/*.wav and samples.json.

    python -m tools.lipsync_samples [OUT]

Spoken by the embedded voice (espeak-ng, in its own process), so the sound is the program's own output and
free of any recording. Does not: fetch anything. The same sentences give the same files.
"""

from __future__ import annotations

import asyncio
import json
import sys
import wave
from pathlib import Path
from typing import Any

from mulakat.messages import Language, Speech
from mulakat.speech.espeak import EspeakSynthesizer
from mulakat.speech.visemes import viseme_track

OUT = Path(__file__).parents[1] / "web" / "public" / "lab"

SENTENCES: tuple[tuple[str, Language, str, str], ...] = (
    ("en-problem", "en", "espeak:en-us+f3", "Before we move on, tell me about a problem you solved."),
    ("en-five", "en", "espeak:en-us+m3", "How did five of you manage to finish everything in February?"),
    ("tr-karar", "tr", "espeak:tr+f2", "Verdiğiniz en önemli kararı ve bunun sonucunu anlatır mısınız?"),
    ("tr-proje", "tr", "espeak:tr+m3", "Bu projede müşteriyle aranızda bir fikir ayrılığı oldu mu?"),
)


def entry(name: str, language: Language, speech: Speech) -> dict[str, Any]:
    """The page's description of one sample."""
    return {
        "id": name,
        "text": speech.text,
        "language": language,
        "file": f"/lab/{name}.wav",
        "phonemes": [[p.start, p.end, p.symbol] for p in speech.phonemes],
        "visemes": [list(v) for v in viseme_track(speech.phonemes, language)],
    }


def write_wave(path: Path, speech: Speech) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(speech.rate)
        file.writeframes(speech.pcm)


async def make(out: Path) -> None:
    """Speaks the sentences into `out`, which exists."""
    voice = EspeakSynthesizer()
    entries = []
    try:
        for name, language, speaker, text in SENTENCES:
            speech = await voice.speak(text, speaker)
            write_wave(out / f"{name}.wav", speech)
            entries.append(entry(name, language, speech))
    finally:
        await voice.close()
    listed = json.dumps({"samples": entries}, ensure_ascii=False, indent=1)
    (out / "samples.json").write_text(listed + "\n", encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(folder))
