"""The labels of a transcript, in Turkish and English.

Does not: format dates (`dates`), or translate anything that was said.
"""

from __future__ import annotations

from dataclasses import dataclass

from mulakat.messages import Kind, Language, Level, Mode, Speaker


@dataclass(frozen=True, slots=True)
class Words:
    """Every label of one language. `versions` names the keys of `Transcript.versions`."""

    kicker: str
    begun: str
    ended: str
    unfinished: str
    duration: str
    field: str
    level: str
    kind: str
    mode: str
    language: str
    interviewer: str
    answers: str
    speakers: dict[Speaker, str]
    levels: dict[Level, str]
    kinds: dict[Kind, str]
    modes: dict[Mode, str]
    languages: dict[Language, str]
    stamps: str
    nothing_said: str
    empty: str
    made_with: str
    versions: dict[str, str]
    practice: str


WORDS: dict[Language, Words] = {
    "en": Words(
        kicker="Interview rehearsal",
        begun="Began",
        ended="Ended",
        unfinished="not finished",
        duration="Duration",
        field="Field",
        level="Level",
        kind="Questions",
        mode="Mode",
        language="Language",
        interviewer="Interviewer",
        answers="Answers",
        speakers={"interviewer": "Interviewer", "candidate": "Candidate"},
        levels={"junior": "Junior", "mid": "Mid-level", "senior": "Senior"},
        kinds={"behavioural": "Behavioural", "technical": "Technical", "mixed": "Mixed"},
        modes={"practice": "Practice", "exam": "Exam"},
        languages={"en": "English", "tr": "Turkish"},
        stamps="Times in the margin are minutes and seconds since the interview began, pauses left out.",
        nothing_said="(no words)",
        empty="No question was answered in this interview.",
        made_with="How this interview was made",
        versions={
            "program": "Mülakat",
            "model": "Language model",
            "adapter": "Interviewer's adapter",
            "engine": "Engine",
            "voice": "Voice",
            "packs": "Question packs",
            "seed": "Seed",
            "model_sha256": "Model (SHA-256)",
            "adapter_sha256": "Adapter (SHA-256)",
            "prompt_sha256": "Prompt (SHA-256)",
            "packs_sha256": "Packs (SHA-256)",
        },
        practice=(
            "This was practice, not a verdict on anybody. "
            "Whether somebody fits a job is for people to decide."
        ),
    ),
    "tr": Words(
        kicker="Mülakat provası",
        begun="Başlangıç",
        ended="Bitiş",
        unfinished="tamamlanmadı",
        duration="Süre",
        field="Alan",
        level="Düzey",
        kind="Soru türü",
        mode="Ortam",
        language="Dil",
        interviewer="Görüşmeci",
        answers="Yanıt sayısı",
        speakers={"interviewer": "Görüşmeci", "candidate": "Aday"},
        levels={"junior": "Yeni başlayan", "mid": "Orta", "senior": "Kıdemli"},
        kinds={"behavioural": "Davranışsal", "technical": "Teknik", "mixed": "Karma"},
        modes={"practice": "Alıştırma", "exam": "Sınav"},
        languages={"en": "İngilizce", "tr": "Türkçe"},
        stamps=(
            "Kenardaki süreler, aralar sayılmadan, mülakatın başından beri geçen "
            "dakika ve saniyeyi gösterir."
        ),
        nothing_said="(söz yok)",
        empty="Bu mülakatta hiçbir soru yanıtlanmadı.",
        made_with="Bu mülakat nasıl yapıldı",
        versions={
            "program": "Mülakat",
            "model": "Dil modeli",
            "adapter": "Görüşmeci uyarlaması",
            "engine": "Motor",
            "voice": "Ses",
            "packs": "Soru paketleri",
            "seed": "Rastgelelik tohumu",
            "model_sha256": "Model (SHA-256)",
            "adapter_sha256": "Uyarlama (SHA-256)",
            "prompt_sha256": "İstem (SHA-256)",
            "packs_sha256": "Paketler (SHA-256)",
        },
        practice=(
            "Bu bir provaydı; kimse hakkında bir hüküm değildir. "
            "Birinin bir işe uygun olup olmadığına insanlar karar verir."
        ),
    ),
}
