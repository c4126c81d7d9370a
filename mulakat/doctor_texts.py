"""What the doctor says, in both languages: for each finding the sentence and, where there is one, the cure.

Does not: examine anything. A key without a cure maps to an empty second string.
"""

from __future__ import annotations

from mulakat.messages import Language

Text = tuple[str, str]

_EN: dict[str, Text] = {
    "python": ("Python {version} runs the program.", ""),
    "python_old": (
        "Python {version} is too old; 3.11 or newer is needed.",
        "Install Python 3.11 or newer.",
    ),
    "extras": ("Optional parts installed: {there}.", ""),
    "extras_none": ("No optional part is installed; none is needed.", ""),
    "extras_absent": (
        "Optional parts not installed: {absent}.",
        "Only if you want one: `pip install 'mulakat[NAME]'`.",
    ),
    "model": ("The model {name} is here and verified ({size}).", ""),
    "model_unverified": (
        "The model {name} is here but has not been verified.",
        "Run `mulakat models verify {name}`.",
    ),
    "model_damaged": ("The model {name} is damaged: {note}.", "Run `mulakat models fetch {name} --force`."),
    "model_absent": ("The model {name} is missing ({size}).", "Run `mulakat models fetch {name}`."),
    "chosen": ("Interviews are worded by {name}.", ""),
    "chosen_bad": (
        "The chosen model {name} is missing or damaged.",
        "Run `mulakat models fetch {name}`, or set MULAKAT_MODEL to a name of `mulakat models list`.",
    ),
    "chosen_none": ("No model is used; the question packs word the interview.", ""),
    "adapter": ("The interviewer is {name}.", ""),
    "adapter_bad": (
        "The chosen interviewer {name} is missing or damaged.",
        "Put its file into {folder}, or set MULAKAT_INTERVIEWER=none.",
    ),
    "voice": ("The built-in voice (espeak-ng) is installed.", ""),
    "voice_absent": (
        "The built-in voice is missing; the interviewer would stay silent.",
        "Run `pip install espeakng-loader`.",
    ),
    "voices": ("Further voices here: {names}.", ""),
    "voices_none": (
        "No further voice is fetched; the built-in one speaks.",
        "For a more natural one: `pip install 'mulakat[piper]'` and `mulakat models fetch {example}`.",
    ),
    "disk": ("{free} are free for interviews and models in {folder}.", ""),
    "disk_low": (
        "Only {free} are free in {folder}.",
        "Free some space, or set MULAKAT_DATA to a folder on a larger disk.",
    ),
    "writable": ("Interviews can be written to {folder}.", ""),
    "unwritable": (
        "Nothing can be written to {folder}: {what}.",
        "Give yourself the right to write there, or set MULAKAT_DATA to another folder.",
    ),
    "memory": ("This machine has {total} of memory; the largest model it could run is {name}.", "{cure}"),
    "memory_fetch": (
        "",
        "To have it: `mulakat models fetch {name}`, then set MULAKAT_MODEL={name} and "
        "MULAKAT_INTERVIEWER=none (the interviewer that ships fits the embedded model only).",
    ),
    "not_promised": (
        "",
        "Its publisher does not name English; try it first with `mulakat demo --language en`.",
    ),
    "memory_small": (
        "This machine has {total} of memory, less than the embedded model wants ({wants}).",
        "Close other programs, or set MULAKAT_ENGINE=none: the question packs then word the interview.",
    ),
    "licence": ("", "Its licence has to be accepted first: {page}"),
    "port": ("Port {port} on {host} is free.", ""),
    "port_taken": (
        "Port {port} on {host} cannot be used: {what}.",
        "Stop the program that holds it, or set MULAKAT_PORT to another number.",
    ),
    "database_new": ("The database will be made at the first start: {url}.", ""),
    "database": ("The database answers: {url}, schema {schema}.", ""),
    "database_bad": (
        "The database cannot be used: {url}: {what}.",
        "Correct MULAKAT_DATABASE, start its server, or unset it to use a file.",
    ),
    "database_driver": (
        "The database {url} needs the package {what}, which is not installed.",
        "For PostgreSQL run `pip install 'mulakat[postgres]'`.",
    ),
    "page": ("The page is built.", ""),
    "page_absent": ("The page is not built; Node {node}.", "Run `make setup`, which builds it."),
    "node_here": ("is installed", ""),
    "node_absent": ("is not installed (`make setup` brings it)", ""),
    "gpu": ("A graphics card was seen: {name}.", "It is of use to a model server: set MULAKAT_REMOTE_URL."),
    "gpu_none": ("No NVIDIA graphics card was seen; none is needed.", ""),
    "failed": ("{topic} could not be examined: {what}.", ""),
}

_TR: dict[str, Text] = {
    "python": ("Programı Python {version} çalıştırıyor.", ""),
    "python_old": ("Python {version} çok eski; 3.11 veya daha yenisi gerekiyor.", "Python 3.11 kurun."),
    "extras": ("Kurulu isteğe bağlı parçalar: {there}.", ""),
    "extras_none": ("İsteğe bağlı hiçbir parça kurulu değil; hiçbiri zorunlu değildir.", ""),
    "extras_absent": (
        "Kurulu olmayan isteğe bağlı parçalar: {absent}.",
        "Yalnızca isterseniz: `pip install 'mulakat[AD]'`.",
    ),
    "model": ("{name} modeli burada ve doğrulanmış ({size}).", ""),
    "model_unverified": (
        "{name} modeli burada ama doğrulanmamış.",
        "`mulakat models verify {name}` komutunu çalıştırın.",
    ),
    "model_damaged": (
        "{name} modeli bozuk: {note}.",
        "`mulakat models fetch {name} --force` komutunu çalıştırın.",
    ),
    "model_absent": ("{name} modeli eksik ({size}).", "`mulakat models fetch {name}` komutunu çalıştırın."),
    "chosen": ("Görüşmelerin sözlerini {name} kuruyor.", ""),
    "chosen_bad": (
        "Seçilen {name} modeli eksik ya da bozuk.",
        "`mulakat models fetch {name}` komutunu çalıştırın ya da MULAKAT_MODEL değişkenine "
        "`mulakat models list` çıktısındaki bir adı yazın.",
    ),
    "chosen_none": ("Model kullanılmıyor; görüşmenin sözleri soru paketlerinden geliyor.", ""),
    "adapter": ("Görüşmeci: {name}.", ""),
    "adapter_bad": (
        "Seçilen {name} görüşmecisi eksik ya da bozuk.",
        "Dosyasını {folder} klasörüne koyun ya da MULAKAT_INTERVIEWER=none olarak ayarlayın.",
    ),
    "voice": ("Yerleşik ses (espeak-ng) kurulu.", ""),
    "voice_absent": (
        "Yerleşik ses eksik; görüşmeci sessiz kalır.",
        "`pip install espeakng-loader` komutunu çalıştırın.",
    ),
    "voices": ("Buradaki diğer sesler: {names}.", ""),
    "voices_none": (
        "Başka ses indirilmemiş; yerleşik ses konuşuyor.",
        "Daha doğal bir ses için: `pip install 'mulakat[piper]'` ve `mulakat models fetch {example}`.",
    ),
    "disk": ("Görüşmeler ve modeller için {folder} klasöründe {free} boş yer var.", ""),
    "disk_low": (
        "{folder} klasöründe yalnızca {free} boş yer var.",
        "Yer açın ya da MULAKAT_DATA değişkenine daha büyük bir diskteki bir klasörü yazın.",
    ),
    "writable": ("Görüşmeler {folder} klasörüne yazılabiliyor.", ""),
    "unwritable": (
        "{folder} klasörüne yazılamıyor: {what}.",
        "Kendinize yazma izni verin ya da MULAKAT_DATA değişkenine başka bir klasör yazın.",
    ),
    "memory": ("Bu makinede {total} bellek var; çalıştırabileceği en büyük model: {name}.", "{cure}"),
    "memory_fetch": (
        "",
        "Edinmek için: `mulakat models fetch {name}`; ardından MULAKAT_MODEL={name} ve "
        "MULAKAT_INTERVIEWER=none olarak ayarlayın (hazır görüşmeci yalnızca yerleşik modele uyar).",
    ),
    "not_promised": (
        "",
        "Yayımcısı Türkçeyi adıyla anmıyor; önce `mulakat demo --language tr` ile deneyin.",
    ),
    "memory_small": (
        "Bu makinede {total} bellek var; yerleşik modelin istediğinden ({wants}) az.",
        "Diğer programları kapatın ya da MULAKAT_ENGINE=none olarak ayarlayın: sözler paketlerden gelir.",
    ),
    "licence": ("", "Önce lisansını kabul etmeniz gerekir: {page}"),
    "port": ("{host} üzerinde {port} numaralı bağlantı noktası boş.", ""),
    "port_taken": (
        "{host} üzerinde {port} numaralı bağlantı noktası kullanılamıyor: {what}.",
        "Onu kullanan programı kapatın ya da MULAKAT_PORT değişkenine başka bir sayı yazın.",
    ),
    "database_new": ("Veritabanı ilk açılışta oluşturulacak: {url}.", ""),
    "database": ("Veritabanı yanıt veriyor: {url}, şema {schema}.", ""),
    "database_bad": (
        "Veritabanı kullanılamıyor: {url}: {what}.",
        "MULAKAT_DATABASE değişkenini düzeltin, sunucuyu başlatın ya da dosya için değişkeni kaldırın.",
    ),
    "database_driver": (
        "{url} veritabanı için {what} paketi gerekiyor; kurulu değil.",
        "PostgreSQL için `pip install 'mulakat[postgres]'` komutunu çalıştırın.",
    ),
    "page": ("Sayfa hazır.", ""),
    "page_absent": ("Sayfa hazırlanmamış; Node {node}.", "Hazırlamak için `make setup` çalıştırın."),
    "node_here": ("kurulu", ""),
    "node_absent": ("kurulu değil (`make setup` getirir)", ""),
    "gpu": (
        "Bir ekran kartı görüldü: {name}.",
        "Bir model sunucusunda işe yarar: MULAKAT_REMOTE_URL değişkenini ayarlayın.",
    ),
    "gpu_none": ("NVIDIA ekran kartı görülmedi; gerekli de değildir.", ""),
    "failed": ("{topic} incelenemedi: {what}.", ""),
}

TEXTS: dict[Language, dict[str, Text]] = {"en": _EN, "tr": _TR}


def say(language: Language, key: str, **values: object) -> Text:
    """The finding and its cure in a language; raises KeyError for an unknown key or a value not given."""
    what, cure = TEXTS[language][key]
    return what.format(**values), cure.format(**values)
