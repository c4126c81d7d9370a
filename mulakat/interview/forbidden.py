"""What an interviewer must not say, as patterns over lower-case sentences of both languages.

This is the interviewer's side: what a candidate may mention (`mulakat.text`) is another matter than
what may be asked of one. Does not: decide anything; `guard` does.
"""

from __future__ import annotations

import re

from mulakat.messages import Language

Patterns = dict[Language, re.Pattern[str]]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


# ---------------------------------------------------------------- questions about private life

PRIVATE: Patterns = {
    "en": _any(
        r"\bhow old (?:are|were) you\b|\byour (?:age|date of birth|birthday|year of birth)\b",
        r"\bwere you born\b",
        r"\b(?:what|which) year did you (?:finish|leave|graduate)\b",
        r"\b(?:close to|until|before) (?:your )?retire",
        r"\b(?:do|are) you plan(?:ning)? (?:to retire|your retirement)\b|\bthink\w* of retiring\b",
        r"\bare you (?:\w+ )?(?:married|single|divorced|widowed|engaged(?! in| with)|pregnant|a "
        r"(?:mo|fa)ther)\b",
        r"\bmarital\b|\bmaiden name\b|\bchild ?care\b|\b(?:life|things|situation) at home\b",
        r"\bhome life\b",
        r"\b(?:do|did|will) you (?:\w+ )?(?:have|want|plan|expect) (?:\w+ ){0,3}(?:children|kids|"
        r"bab(?:y|ies)|family)\b",
        r"\b(?:have|having) (?:children|kids|a baby)\b",
        r"\b(?:start|raise|raising|starting) a family\b",
        r"\byour (?:husband|wife|spouse|kids?|children|family|(?:boy|girl)friend|mother|father|"
        r"parents|fianc\w+)\b",
        r"\ba (?:boy|girl)friend\b|\byou live (?:with|alone)\b|\b(?:does|is|has) your partner\b",
        r"\blook\w* after your\b",
        r"\bwhere (?:are|were|do) (?:you|your \w+) (?:\w+ )?(?:come )?from\b|\boriginally from\b",
        r"\bnative (?:lang|tongue|speak)",
        r"\byour (?:nationality|citizenship|passport|accent|ethnicity|race|roots|hometown|home "
        r"country|skin)\b",
        r"\bmother tongue\b|\b(?:your )?first language\b|\bwork permit\b|\bneed a visa\b",
        r"\bcountry (?:of birth|were|of origin)",
        r"\bwhich country (?:are|were|do) you\b",
        r"\byour (?:religion|faith|church|mosque|god|beliefs)\b|\bgo to (?:church|mosque)\b",
        r"\b(?:do|will) you (?:pray|fast|believe in god|smoke|drink)\b|\breligious\b",
        r"\bholidays do you (?:celebrate|keep|observe)\b",
        r"\b(?:celebrate|observe) (?:christmas|ramadan|easter)\b|\b(?:headscarf|hijab)\b",
        r"\bfast(?:ing)? during\b",
        r"\byour (?:health|disabilit\w+|illness\w*|weight|height|body|medical \w+|mental \w+|"
        r"pregnancy)\b",
        r"\b(?:do you have|have you had) (?:\w+ )?(?:health|medical|disabilit\w+|illness\w*|allerg\w+)\b",
        r"\bare you (?:healthy|disabled|on medication|in therapy)\b",
        r"\byou take (?:\w+ )?medication\b",
        r"\b(?:been|are you|were you) (?:\w+ ){0,2}(?:ill|sick)\b",
        r"\b(?:many|your) sick (?:days|leave)\b|\bhow tall\b|\bmuch (?:do|did) you weigh\b",
        r"\b(?:member of|belong to|join(?:ed)?|in) (?:a|the|any) (?:\w+ )?union\b|\byou vote\b",
        r"\bvoted? for\b",
        r"\byour (?:politics|party|vote)\b",
        r"\bpolitical (?:views?|opinions?|part\w+|beliefs?|leanings?)\b|\bwhich party\b",
        r"\byour (?:sexual\w*|gender|pronouns|orientation|love life)\b|\bmilitary service\b",
        r"\bserved? in the (?:army|military)\b",
        r"\b(?:been|were you) (?:\w+ )?(?:arrested|convicted|in prison)\b|\bcriminal record\b",
        r"\bown (?:a|your) (?:house|home|flat)\b",
    ),
    "tr": _any(
        r"\bkaç yaşında|\byaşınız|\bdoğum (?:tarih|yıl|gün|yer)(?:in|ın|ün|un)iz|\bdoğum tarih",
        r"\bdoğdunuz\b|\bkaç doğumlu",
        r"\bemekliliğiniz|\bemekli ol(?:acak|may|mak)|\bmedeni h[aâ]l",
        r"\b(?:evli|nişanlı|bek[aâ]r|dul|hamile|gebe) m[ıiuü]",
        r"\b(?:eşiniz|kocanız|karınız|sevgiliniz|nişanlınız|kayınvalideniz)",
        r"\b(?:kız|erkek) arkadaşınız|\bboşan(?:dınız|mış mı)",
        r"\bçocu(?:ğunuz|klarınız)|\bçocuk (?:düşün|yap|iste|sahibi|planl)",
        r"\bbebek (?:bekl|düşün|planl|iste)|\bhamile|\bevlen",
        r"\b(?:aileniz|anneniz|babanız|kardeşiniz|akrabanız)|\bkızlık soyad",
        r"\bkiminle (?:yaşıyor|oturuyor)|\bev hayatınız",
        r"\bnereli(?:siniz|sin)?\b|\baslen\b|\bmemleketiniz|\buyru(?:k|ğ)|\bvatandaşlığınız",
        r"\bana ?diliniz|\betnik\b",
        r"\bhangi ülke(?:den geli|de doğ|nin vatandaş)|\bkökeniniz|\baksanınız|\bşiveniz",
        r"\b(?:oturma|çalışma) izniniz|\bırkınız",
        r"\bdininiz|\binançlı\b|\binancınız|\bmezhe[bp]|\bnamaz|\boru[çc](?:\b|u|t)|\bramazanda\b",
        r"\bcuma namaz|\bibadet|\bdindar",
        r"\bbaşörtü|\b(?:alevi|sünni|müslüman|hristiyan|yahudi|ateist) m[ıiuü]|\bhangi bayram",
        r"\bsağlık (?:sorununuz|durumunuz|probleminiz)|\bsağlığınız|\bhastalığınız",
        r"\brahatsızlığınız|\bengel(?:iniz\b|li mi)",
        r"\bilaç kullan(?:ıyor mu|dınız)|\brapor (?:aldınız|kullandınız)",
        r"\bameliyat (?:oldunuz|geçirdiniz)|\bsigara\b|\balkol\b",
        r"\bboyunuz|\bkilonuz|\bkaç kilosunuz|\bpsikolojiniz",
        r"\btedavi (?:gördünüz|görüyor mu|oldunuz)|\bsendika(?:ya|lı| üye)",
        r"\bhangi parti|\boy ver|\bsiyasi (?:görüş|parti|düşünce)|\bcinsel|\bcinsiyetiniz",
        r"\basker(?:lik|liğ)|\btecil",
        r"\bsabıka|\b(?:hapis|tutuklan|hüküm giy)|\b(?:hangi takımı tut|tuttuğunuz takım)",
        r"\beviniz kira|\bmaddi durumunuz",
    ),
}

# ---------------------------------------------------------------- speaking in the candidate's place

_PAST = (
    "was|were|had(?! better)|did(?! not)|built|led|made|wrote|ran|took|gave|taught|sold|bought|won|kept|"
    r"met|drove|chose|began|set up|grew|used|\w+[^e]ed"
)
_OURS = (
    "noted|asked|wanted|needed|missed|mentioned|followed|planned to ask|prepared|"
    "reached (?:the|my) (?:last|end|final)"
)
_VERBS_TR = (
    "yap|kur|yaz|çöz|başar|çalış|geliştir|hazırla|tasarla|yönet|üstlen|tamamla|düşür|artır|azalt|kullan|"
    "anlat|topla|düzelt|uygula|planla|bitir|sun|sat|yarat|oluştur|taşı|kodla|ölç|denetle|eğit|görüş|git|gönder|"
    "karşıla|kazan|sağla|değiştir|iyileştir|incele|araştır|öğret|dene|devral|ekle|temizle|karar ver|"
    "ikna et|test et|takip et|organize et|koordine et|analiz et"
)

CANDIDATE: Patterns = {
    "en": _any(
        r"^(?:candidate|interviewer|user|assistant|answer)\s*:",
        r"\b(?:my|our|mine|ours)\b"
        r"(?! (?:parts?|questions?|prepared|attention|notes|next|last|first|side)\b)",
        r"\b(?:i|we)(?:'ve|'d| have| had| also| then| personally| once| finally)* "
        rf"(?!{_OURS})(?:{_PAST})\b",
        r"\b(?:i|we) have been\b|\bas an? [^,]{3,40}, (?:i|we)\b",
        r"\b(?:i|we) (?:work|used to work|manage|lead) (?:at|in|as|for|a)\b",
    ),
    "tr": _any(
        r"^(?:aday|görüşmeci|mülakatçı|kullanıcı)\s*:",
        rf"\b(?:{_VERBS_TR})[dt][ıiuü][mk]\b",
        r"\b(?:ekib|takım|şirket|departman|patron|bölüm)[iıuü]m(?:[iıuü]z)?(?!\w*n[ıiuü]z)",
        r"\b(?:proje|müşteri|yönetici|öğrenci|hasta|görev|"
        r"meslektaş)(?:l[ae]r[iı])?m(?:[iıuü]z)?(?:[eiaıdl]\w*)?\b",
    ),
}

# ---------------------------------------------------------------- speaking of its instructions

LEAK: Patterns = {
    "en": _any(
        r"\b(?:my|these|the above|your system|system) (?:\w+ )?(?:instructions?|prompts?|"
        r"directives?|programming|guidelines)\b",
        r"\binstructions? (?:say|says|tell|tells|are|were|require|i)\b",
        r"\bi (?:was|am|have been|'m) (?:\w+ )?(?:told|instructed|programmed|trained|designed|"
        r"configured|given|not allowed|supposed) ?(?:to|as|by|this|the)?\b",
        r"\b(?:i am|i'm|as|being) (?:\w+ )?(?:an?|the|your) (?:\w+ )?(?:ai|bot|chatbot|robot|"
        r"program|assistant|language model|machine)\b",
        r"\bsystem prompt\b|\bdirective\b|\backnowledge?ments?\b|\bthen say\b|\babout:|\bask:",
        r"\brules i (?:was|am|have)\b|\bprompt says\b",
    ),
    "tr": _any(
        r"\btalimat(?:ım|larım|lar[ıi]m)|\b(?:bana|bize) (?:verilen|söylenen)",
        r"\b(?:sorma|söyleme)m (?:söylendi|isten|gerekiyor)",
        r"\bsistem (?:istem|talimat|mesaj)|\bistemim|\bkomut(?:um|larım)",
        r"\b(?:program|ayar|eğit)lan(?:dım|mışım|ıyorum)",
        r"\b(?:bir |ben )(?:\w+ )?(?:yapay zek[aâ]|dil modeli|sohbet botu|bot|robot|asistan|"
        r"program)(?:y[ıi]m|sıyım|siyim|uyum|um|ım)\b",
        r"\b(?:dil modeli|yapay zek[aâ]|asistan|bot) olarak\b|\babout:|\bask:|\bthen say\b",
        r"\bistem şöyle\b",
    ),
}
MARKS = re.compile(r"[\[\]{}<>|#*_\\]|```|:\s*$")

# ---------------------------------------------------------------- giving the answer away

GIVEAWAY: Patterns = {
    "en": _any(
        r"\b(?:the|a) (?:right|correct|best|ideal|good|model|strong|expected) (?:answer|response|"
        r"approach|reply|solution) (?:is|would|here|should|could)\b",
        r"\bthe answer (?:is|would be|here)\b|\bhere is (?:a|the|one) (?:hint|answer)\b",
        r"\byou (?:should|could|might|must|need to|ought to|can) (?:\w+ )?(?:say|mention|answer|"
        r"name|point out|talk about)\b",
        r"\bi (?:would|'d|was) (?:expect\w*|hop\w+|look\w*)\b.{0,20}\b(?:you to|for|to hear)\b",
        r"\bfor example, you (?:could|should)\b",
    ),
    "tr": _any(
        r"\b(?:doğru|iyi|ideal|beklenen) (?:bir )?(?:cevap|yanıt|yaklaşım|çözüm)\b(?! yok| olabilir)",
        r"\b(?:cevap|yanıt|çözüm)[ıi]? (?:şu|şöyle)\b|\b\w+m[ae]l[ıi]s[ıi]n[ıi]z\b",
        r"\b(?:ipucu|kopya) ver",
        r"\b(?:söz ed|bahsed|diy|söyley|değin|an)[ae]?bilirsiniz\b",
        r"\b(?:bekler|umar|isterdim ki)(?:dim|dım)\b",
    ),
}
"""Of statements only: a question may well ask for the best approach."""

# ---------------------------------------------------------------- praise and blame

_LOUD = (
    "great|excellent|amazing|impressive|fantastic|wonderful|brilliant|perfect|outstanding|awesome|"
    "terrible|awful"
)

VERDICT_SAID: Patterns = {
    "en": _any(
        rf"\b(?:{_LOUD}|disappoint\w*|well done|well said|congratulations|bravo|good job|nice work|"
        r"\d+ ?/ ?10|full marks)\b",
        r"\b(?:good|strong|weak|poor|bad|nice|wrong|correct) (?:answer|point|response|reply)\b",
        r"\bnot good enough\b",
        r"\b(?:that|this|it|your (?:answer|reply|response|point))(?:'s| is| was| sounds?)(?: "
        r"\w+){0,2}? (?:right(?! to)|wrong|correct|incorrect|good(?! to| deal)|bad|weak|strong|poor|nice|"
        r"better|worse)\b",
        r"\byou (?:did|are doing|have done|answered|handled|explained)\b.{0,20}\b(?:well|badly|"
        r"right|wrong|nicely)\b",
        r"\byou(?:'re| are) (?:hired|rejected|in\b|not suitable)",
    ),
    "tr": _any(
        r"\b(?:harika|mükemmel|muhteşem|şahane|inanılmaz|kusursuz|aferin|bravo|berbat|rezalet|"
        r"tebrik|tam puan)\w*",
        r"\b(?:cevap|cevab\w*|yanıt\w*|bu|söyledikleriniz|anlattıklarınız)(?: \w+){0,3}? (?:doğru|"
        r"yanlış\w*|hatalı\w*|kötü\w*|zayıf\w*|yetersiz\w*|yeterli değil\w*|çok iyi|çok güzel|"
        r"başarılı\w*)\b(?! yok)",
        r"\b(?:zayıf|kötü|iyi|güzel|güçlü|yanlış|doğru) (?:bir )?(?:cevap|yanıt)\b(?! yok| olabilir)",
        r"\b\d+ ?/ ?10",
        r"\b(?:çok )?iyi gidiyorsunuz|\bişe alındınız|\bgüzel iş\b|\biyi iş çıkar",
        r"\bhayal kırıklığı",
    ),
}
VERDICT_ASKED: Patterns = {
    "en": _any(
        rf"\b(?:{_LOUD}|weak|poor|wrong|correct) (?:answer|work|job|point|response)\b|\bwell done\b",
        rf"^(?:{_LOUD})\b|\b\d+ ?/ ?10|\bfull marks\b",
    ),
    "tr": _any(
        r"\b(?:harika|mükemmel|muhteşem|şahane|berbat) (?:bir )?(?:cevap|yanıt|iş)\b|\btebrik",
        r"\baferin|\bbravo\b",
        r"^(?:harika|mükemmel|muhteşem|şahane)\b|\b\d+ ?/ ?10|\btam puan",
    ),
}


# ---------------------------------------------------------------- words no noun follows

NOT_BEFORE_A_NOUN: dict[Language, re.Pattern[str] | None] = {
    "en": _any(
        r"us|you|i|we|me|he|she|they|them|him|there|here|please|let",
        r"will|would|can|could|should|shall|may|might|must|do|does|did|not|cannot|n't",
        r"go|come|stay|like to|want to|going to|able to|need to|try to|how|why|very|too|already",
    ),
    # In Turkish a model of this size only chooses among wordings, and larger ones do not do this.
    "tr": None,
}

APPOSED: dict[Language, re.Pattern[str] | None] = {
    # "You gave a figure, 40 %." stands; "So let us go on, 40 %." calls the figure by its name.
    "en": _any(
        r"figures?|numbers?|measures?|names?|words?|tools?|projects?|examples?|points?|details?|shares?",
        r"steps?|subjects?|topics?|parts?|things?|systems?|teams?|places?|ideas?|phrases?|terms?|cases?",
        r"results?|tasks?|roles?|products?|changes?|goals?|amounts?|times?|periods?",
    ),
    "tr": None,
}
"""Nouns that a name or figure may be set behind, after a comma, at the end of a sentence."""

DETERMINED: dict[Language, re.Pattern[str] | None] = {
    "en": _any(r"an?|the|this|that|these|those|my|your|our|his|her|its|their|some|every|each|no"),
    "tr": None,
}
"""Words a noun phrase has one of, at most: "the a call centre" has two."""

# ---------------------------------------------------------------- greetings and goodbyes

GREETING: Patterns = {
    "en": _any(
        r"^(?:hello|hi|welcome|good (?:morning|afternoon|evening))\b",
        r"\b(?:hello|hi) and welcome\b|\b(?:good|nice|glad|pleased) to meet you\b",
        r"\b(?:thank you|thanks) for (?:joining|coming|being here|having)\b",
        r"\b(?:thank you|thanks) for (?:making|taking|finding) the time\b",
    ),
    "tr": _any(
        r"^(?:merhaba|selam|hoş ?geldiniz|iyi günler|günaydın)\b|\bhoş ?geldiniz\b",
        r"\btanıştığımıza memnun|\b(?:geldiğiniz|zaman ayırdığınız|vakit ayırdığınız) için teşekkür",
    ),
}
"""What is said when an interview begins, or, of the thanks, when it ends."""

GOODBYE: Patterns = {
    "en": _any(
        r"\bend of (?:my|our|the) (?:questions|interview|talk|conversation)\b",
        r"\blast of my (?:prepared )?questions\b|\btime is (?:nearly|almost) up\b",
        r"\bbrings us to the end\b|\bgoodbye\b|\bthat was the whole interview\b",
    ),
    "tr": _any(
        r"\b(?:sorularımın|mülakatın|görüşmemizin|görüşmenin) sonuna\b|\bsona yaklaştık\b",
        r"\bsüremiz dol|\bsorular(?:ım)? bu kadar|\bhoşça ?kal|\b(?:görüşmemiz|mülakatımız) bu kadar",
    ),
}
"""What is said when an interview ends."""
