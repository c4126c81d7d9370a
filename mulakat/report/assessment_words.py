"""The labels of a report, in Turkish and English.

Does not: word what an assessment found (`assessment.words`), or format dates (`dates`).
"""

from __future__ import annotations

from dataclasses import dataclass

from mulakat.messages import Language


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label of one language. Keys of `kinds` are those of `Evidence`, of `parts` those of STAR.

    `versions` names the keys of `Assessment.versions`, `readers` what its key "reader" may hold. In
    `score`, `line` and `lines` stand slots.
    """

    kicker: str
    statement: str
    summary: str
    profile: str
    profile_note: str
    competency: str
    no_score: str
    score: str
    answers: str
    questions: str
    good: str
    missing: str
    outline: str
    outline_bare: str
    rests_on: str
    rests_also: str
    parts_label: str
    source: str
    line: str
    lines: str
    own_words: str
    exercises: str
    practise_on: str
    attempts: str
    transcript: str
    reproduce: str
    reproduce_lead: str
    judge: str
    judge_unparsable: str
    judge_failed: str
    kinds: dict[str, str]
    parts: dict[str, str]
    versions: dict[str, str]
    readers: dict[str, str]
    times: str
    share_readme: str


LABELS: dict[Language, Labels] = {
    "en": Labels(
        kicker="Interview report",
        statement=(
            "This report is for practice. It says how answers came across on one day, not what somebody "
            "is worth; whether somebody fits a job is for people to decide."
        ),
        summary="In five sentences",
        profile="Competency profile",
        profile_note=(
            "The star is a score from 1 to 5; the bar behind it is where eight in ten answers like these "
            "would lie. Where there was too little to go on, there is no number."
        ),
        competency="Competency",
        no_score="no number",
        score="{value} ({low} to {high})",
        answers="Questions",
        questions="Question by question",
        good="What was good",
        missing="What was missing",
        outline="A better outline, from your own facts",
        outline_bare="An outline to fill with facts of your own",
        rests_on="The score rests on",
        rests_also="The score also rests on",
        parts_label="Parts of a story",
        source="Asked from",
        line="{name}, page {page}, line {line}",
        lines="{name}, page {page}, lines {line}–{last}",
        own_words="your own correction",
        exercises="Three exercises for next time",
        practise_on="On question {number}",
        attempts="Text that was meant for the assessment",
        transcript="Transcript",
        reproduce="How to make this report again",
        reproduce_lead=(
            "The same answers get the same scores every time: no language model and no chance has a part "
            "in them. With these versions, anybody who has the transcript can check it."
        ),
        judge="A second opinion by {model}, which agreed with people in a test (weighted kappa {kappa})",
        judge_unparsable="Its verdict could not be read, so it is left out.",
        judge_failed="It gave no verdict.",
        kinds={
            "figure": "a figure",
            "own_part": "own part",
            "result": "an outcome",
            "reason": "a reason",
            "situation": "the situation",
            "task": "the task",
            "named": "called by name",
            "concrete": "a concrete sentence",
        },
        parts={
            "situation": "Situation",
            "task": "Task",
            "action": "Action",
            "result": "Result",
        },
        versions={
            "rubric_sha256": "Rubric (SHA-256)",
            "head_data_sha256": "Data of the sentence model (SHA-256)",
            "head": "Sentence model made by",
            "reader": "Sentences read by",
        },
        readers={
            "Head": "letters, words and measured features",
            "EmbeddedHead": "letters, words, measured features and an embedding model",
        },
        times="Times are minutes and seconds since the interview began, pauses left out.",
        share_readme=(
            "This folder holds the report of an interview rehearsal that was held with Mülakat on the "
            "candidate's own machine.\n\n"
            "  {pdf}\n      the report, to read\n"
            "  {json}\n      the same, with the whole transcript, for programs\n\n"
            "There is no sound recording in it.\n\n"
            "{statement}\n\n"
            "The scores are measured from the words of the answers alone. Every claim in the report names "
            "the candidate's own words and the time at which they were said. The last page of the PDF "
            "tells how to make the report again.\n"
        ),
    ),
    "tr": Labels(
        kicker="Mülakat raporu",
        statement=(
            "Bu rapor prova içindir. Yanıtların bir günde nasıl göründüğünü anlatır, bir insanın değerini "
            "değil; birinin bir işe uygun olup olmadığına insanlar karar verir."
        ),
        summary="Beş cümleyle",
        profile="Yetkinlik profili",
        profile_note=(
            "Yıldız 1 ile 5 arasında bir puandır; arkasındaki çubuk, bunlara benzer on yanıttan sekizinin "
            "bulunacağı aralıktır. Dayanak çok az olduğunda puan verilmez."
        ),
        competency="Yetkinlik",
        no_score="puan yok",
        score="{value} ({low} – {high})",
        answers="Sorular",
        questions="Soru soru",
        good="İyi olanlar",
        missing="Eksik kalanlar",
        outline="Kendi anlattıklarınızdan daha iyi bir yanıt taslağı",
        outline_bare="Kendi anlatacaklarınızla dolduracağınız bir taslak",
        rests_on="Puanın dayandığı sözler",
        rests_also="Puanın dayandığı öteki sözler",
        parts_label="Anlatının bölümleri",
        source="Sorunun kaynağı",
        line="{name}, {page}. sayfa, {line}. satır",
        lines="{name}, {page}. sayfa, {line}–{last}. satır",
        own_words="kendi düzeltmeniz",
        exercises="Bir dahaki sefere üç alıştırma",
        practise_on="{number}. soru üzerinde",
        attempts="Değerlendirmeye seslenen metin",
        transcript="Mülakat metni",
        reproduce="Bu rapor nasıl yeniden üretilir",
        reproduce_lead=(
            "Aynı yanıtlar her seferinde aynı puanı alır: puanlarda ne bir dil modelinin ne de "
            "rastlantının payı vardır. Mülakat metni elinde olan herkes, bu sürümlerle raporu "
            "denetleyebilir."
        ),
        judge="{model} adlı modelin ikinci görüşü (insanlarla uyumu sınandı: ağırlıklı kappa {kappa})",
        judge_unparsable="Verdiği hüküm okunamadığı için dışarıda bırakıldı.",
        judge_failed="Bir hüküm vermedi.",
        kinds={
            "figure": "bir rakam",
            "own_part": "kendi payı",
            "result": "bir sonuç",
            "reason": "bir neden",
            "situation": "durum",
            "task": "görev",
            "named": "adıyla anılan",
            "concrete": "somut bir cümle",
        },
        parts={
            "situation": "Durum",
            "task": "Görev",
            "action": "Eylem",
            "result": "Sonuç",
        },
        versions={
            "rubric_sha256": "Değerlendirme ölçütleri (SHA-256)",
            "head_data_sha256": "Cümle modelinin verisi (SHA-256)",
            "head": "Cümle modelini üreten",
            "reader": "Cümlelerin okunduğu",
        },
        readers={
            "Head": "harfler, kelimeler ve ölçülen özellikler",
            "EmbeddedHead": "harfler, kelimeler, ölçülen özellikler ve bir gömme modeli",
        },
        times="Süreler, aralar sayılmadan, mülakatın başından beri geçen dakika ve saniyedir.",
        share_readme=(
            "Bu klasörde, adayın kendi bilgisayarında Mülakat ile yaptığı bir mülakat provasının raporu "
            "bulunur.\n\n"
            "  {pdf}\n      rapor, okumak için\n"
            "  {json}\n      aynısı, mülakat metninin tamamıyla, programlar için\n\n"
            "İçinde ses kaydı yoktur.\n\n"
            "{statement}\n\n"
            "Puanlar yalnızca yanıtlardaki sözlerden ölçülür. Rapordaki her saptama, adayın kendi "
            "sözlerini ve bu sözlerin söylendiği zamanı gösterir. PDF'nin son sayfası, raporun nasıl "
            "yeniden üretileceğini anlatır.\n"
        ),
    ),
}
