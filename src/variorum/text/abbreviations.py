"""Words that end in a full stop without ending a sentence, and words that begin one.

Our own lists, by language (ISO 639-1). Case counts, since *Gen.* is a rank and *gen* may be any
word. Four kinds:

* **titles** stand before a name: what follows never begins a sentence;
* **numbered** words (*No.*, *art.*, months) do not end a sentence before a figure;
* **always** may stand anywhere, and only a word that is known to begin sentences ends them;
* **starters** are those: articles, pronouns, conjunctions, with a capital.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_TITLES = {
    "en": """Mr Mrs Ms Mx Messrs Dr Drs Prof Profs Gen Lt Col Maj Capt Cpt Cmdr Cdr Sgt Cpl Pvt
        Pte Adm Brig Gov Govs Sen Sens Rep Reps Rev Revd Fr Hon St Ste Mt Ft Det Insp Supt
        Pres Amb Atty Asst Assoc Dir Sec Treas Archbp Bp Msgr Mgr Sr Br Dep Cllr Const DCI
        DI Rt Messr""",
    "fr": "M MM Mme Mmes Mlle Mlles Me Mes Dr Pr Prof Mgr St Ste Gén Cdt Cap Col Lt Sgt",
    "de": """Hr Hrn Fr Frl Dr Dres Prof Profs Ing Mag Dipl St Hl Sr Jr Hptm Lt Oblt Gen Obstlt
        Kpt Pfr Rev Bgm Abg Min Präs RA Msgr""",
    "es": """Sr Sra Sres Sras Srta Dr Dra Dres Prof Profa Ing Lic Arq Gral Cnel Cap Tte Sgto
        Mons Fr Hno Hna Sto Sta Excmo Excma Ilmo Ilma D Dª Dña Pbro Rvdo""",
    "it": """Sig Sigg Sigra Dott Dottssa Prof Profssa Avv Ing Arch Geom Rag On Sen Gen Col Magg
        Cap Ten Serg Mons Don S St Card sig dott prof avv ing arch on sen gen col""",
    "pt": """Sr Sra Srs Sras Srta Dr Dra Drs Dras Prof Profa Eng Engª Arq Exmo Exma Ilmo Ilma
        Gen Cel Cap Ten Sgt Maj Pe Fr Frei D Dom Des Dep Sen Gov Min Pres Mons Rev""",
}
_NUMBERED = {
    "en": """No Nos no nos Fig Figs fig figs Art Arts art Sec Sect sec Ch ch Chap chap Vol vol
        vols Vols pp p Pt pt Ex ex Para para par Eq eq Ver ver Jan Feb Mar Apr Jun Jul Aug
        Sep Sept Oct Nov Dec Rte Rt Hwy Rm Apt Ste Bldg Tel tel Ext ext ca approx Op op Ed
        Is cl""",
    "fr": """No no Nos nos n art Art fig Fig p pp vol t chap ch al sect env av apr janv févr
        fév avr juil sept oct nov déc Tél tél""",
    "de": """Nr Nrn Art Abs Abb S s Bd Bde Kap Ziff Rn Rz Jan Feb Febr Mär Apr Jun Jul Aug Sep
        Sept Okt Nov Dez Tel Str ca Ca Hs Jh Jhs Jhd lit Fn""",
    "es": """n nº núm núms Núm No art arts Art pág págs p pp vol cap caps fig figs tel Tel Tfno
        tfno apdo párr inc ene feb mar abr may jun jul ago sept set oct nov dic km""",
    "it": """n nn N art artt Art pag pagg p pp vol cap capp fig figg tel Tel par co lett gen
        feb mar apr mag giu lug ago sett ott nov dic""",
    "pt": """n nº núm No art arts Art pág págs p pp vol cap caps fig figs tel Tel inc par al
        jan fev mar abr mai jun jul ago set out nov dez""",
}
_ALWAYS = {
    "en": """Inc Ltd Co Cos Corp Bros LLC Plc plc Jr Esq vs v cf viz al Ave Blvd Rd Dept Univ
        Assn Intl Int Govt Gvt Natl Mfg Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan
        Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo
        Messrs Est est incl misc Ph Bn bn mln m sq ft lb lbs oz hr hrs min mins Mon Tue Tues
        Wed Thu Thur Thurs Fri""",
    "fr": "etc cf env ex av apr St Ste Cie Sté bd boul resp vs hab éd",
    "de": """bzw ca etwa evtl ggf inkl exkl vgl sog geb gest verh Str Mio Mrd Tsd St Std Sek
        Min Chr usf Co Dr Ges Gde Hrsg hrsg Aufl Jg zzgl abzgl max min Mag dt engl franz
        ital span amerik russ ehem eig allg bes betr bspw einschl entspr gem ggü insb jew
        lfd mind möbl mtl näml od rd resp sen jun spez tel teilw tgl u urspr usw v verw vorm
        wg z zz zB dh""",
    "es": """etc Ud Uds Vd Vds EE UU FF CC AA SS MM RR Cía Hnos Avda Av Dpto Dto Gob izq dcha
        aprox máx mín ej pza Pza Pl C trad ed eds dir coord sr sra dr a d m""",
    "it": "ecc es cfr pag Cia Soc Srl Spa dir ed trad tel all v vs ca c a d C S V",
    "pt": "etc Av Cia Ltda Ltd aprox ex máx mín ed eds cf séc R Tv Pç Al Dr Dra a d C",
}
_ENDING = frozenset(["etc", "usw", "ecc", "al", "Jr", "Sr", "Esq", "usf", "plc", "LLC"])
_STARTERS = {
    "en": """The A An He She It They We You I This That These Those There Here But And Or So
        Yet In On At As If When While For From With By After Before However Meanwhile His
        Her Its Their Our My Your What Who Why How Where Not Now Then Some Many Most Both
        All Each Every Another Others Since Although Though Because Despite During Under
        Over Until Last Earlier Later Also Asked Police Officials Authorities According More
        One Two Three Once Instead Still Only Such Even Today Yesterday Tomorrow Nobody
        Everyone Anyone None""",
    "fr": """Le La Les L Un Une Des Il Elle Ils Elles On Nous Vous Je Ce Cet Cette Ces C Mais
        Et Ou En Dans Au Aux À A Pour Par Sur Avec Sans Après Avant Selon Son Sa Ses Leur
        Leurs Si Quand Lorsque Depuis Pendant Alors Ainsi Toutefois Cependant Pourtant
        Interrogé D Du De Plus Tout Tous""",
    "de": """Der Die Das Den Dem Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Im In Am
        An Auf Aus Bei Beim Mit Nach Vor Für Von Vom Zu Zum Zur Über Unter Durch Gegen Ohne
        Um Und Aber Doch Oder Denn Auch Wenn Weil Dass Als Ob Wie Was Wer Wo Warum Dies
        Diese Dieser Dieses Diesen Dabei Damit Danach Dann Da Dazu Daher Dort Hier Heute
        Gestern Jetzt Nun So Sein Seine Ihre Nur Noch Nicht Kein Keine Alle Viele Einige
        Mehr Zudem Außerdem Allerdings Laut Seit Bis""",
    "es": """El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Nosotros Usted Se Su Sus
        Este Esta Estos Estas Ese Esa Eso Esto En Y O Pero Sin Con Por Para De Del Al A
        Desde Hasta Según Tras Cuando Si Como Aunque Mientras Además También No Ya Así
        Entonces Después Antes Hay Es Fue Todo Todos Más Muy Qué Quién Ahora Hoy Ayer""",
    "it": """Il Lo La I Gli Le L Un Uno Una Lui Lei Loro Noi Voi Io Si Suo Sua Questo Questa
        Questi Queste Quello Quella In E O Ma Con Per Di Del Della Da Dal Dalla A Al Alla
        Nel Nella Su Sul Dopo Prima Secondo Quando Se Come Anche Mentre Non Già Così Poi È C
        Tutti Ora Oggi Ieri Che Chi""",
    "pt": """O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Nós Você Se Seu Sua Seus Suas Este
        Esta Esse Essa Isso Isto Em No Na Nos Nas E Ou Mas Com Sem Por Pelo Pela Para De Do
        Da Ao À Desde Até Segundo Após Quando Como Embora Enquanto Além Também Não Já Assim
        Então Depois Antes Há É Foi Todos Mais Muito Agora Hoje Ontem""",
}

#: Names that carry their own mark of exclamation or question.
BRANDS = frozenset(
    ["Yahoo", "Jeopardy", "Wham", "Oklahoma", "Airplane", "Panic", "Mia", "Hamilton"]
)
#: What may follow *a.m.* and *p.m.* with a capital inside the sentence.
_HOURS = """ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST AEST Eastern
    Central Pacific Mountain Greenwich London Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October
    November December Jan Feb Mar Apr Aug Sept Oct Nov Dec"""
AFTER_HOUR = frozenset(_HOURS.split())
#: Months a German ordinal (*3. Oktober*) may stand before, and what else it numbers.
_ORDINALS = """Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober
    November Dezember Jahrhundert Jahrhunderts Mal Platz Liga Weltkrieg Klasse Stock Runde
    Spieltag Auflage Geburtstag Etage Bundesliga"""
AFTER_ORDINAL = frozenset(_ORDINALS.split())


class Words(NamedTuple):
    """The lists of one language, or of all together."""

    titles: frozenset[str]
    numbered: frozenset[str]
    always: frozenset[str]
    starters: frozenset[str]
    known: frozenset[str]
    ending: frozenset[str]


@lru_cache(maxsize=16)
def words_of(language: str | None) -> Words:
    """The lists for an ISO 639-1 code; for any other, English and the titles of all."""
    code = language if language in _TITLES else "en"
    titles, numbered, always = _set(_TITLES[code]), _set(_NUMBERED[code]), _set(_ALWAYS[code])
    if language not in _TITLES:
        titles |= frozenset(
            w for words in _TITLES.values() for w in words.split() if w[0].isupper()
        )
        numbered = frozenset(w for words in _NUMBERED.values() for w in words.split())
    if code != "en":
        titles |= _set("Mr Mrs Ms Dr Prof St")
        always |= _set("Inc Ltd Co Corp Jr")
    ending = _ENDING - titles if code != "en" else _ENDING
    return Words(
        titles, numbered, always, _set(_STARTERS[code]), titles | numbered | always, ending
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
