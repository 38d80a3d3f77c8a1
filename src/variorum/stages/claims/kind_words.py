"""Words beside or in a capitalised name that tell whether it is a person's, a firm's or a place's."""

from __future__ import annotations

from variorum.stages.claims.lexicon import words

PLACE_PREPS = frozenset(["in", "on", "at", "near", "outside", "across", "around", "into"])
PARTS_OF_THE_WORLD = words(
    "new northern southern eastern western north south east west great united central"
)
REGIONS = words(
    "york jersey hampshire mexico orleans delhi carolina dakota virginia yorkshire coast side bank "
    "wales brunswick guinea caledonia territory territories cape end"
)
# Words of organisations that are surnames too, after a first name.
SEVERAL_AS_ONE = words(
    "owners makers operators developers builders organisers organizers publishers promoters agents landlords "
    "brokers brewers contractors producers auctioneers solicitors lawyers auditors accountants architects"
)
SURNAMES = words(
    "church house mills stock steel post parish press temple day mail bank banks hall park field fields "
    "marsh forest lodge cross bridge court chambers page star union mission guild lane england"
)
SAID = frozenset(["said", "says", "added", "told", "wrote"])
SETTLEMENTS = words("town city village port suburb hamlet province district region island capital")
POSTED = words("post posts posted video message statement page account thread livestream")
HOUSES = frozenset((no, house) for no in ("no", "number") for house in ("10", "11"))
SEATED = words(
    "mayor governor king queen president premier bishop archbishop duke duchess earl countess prince "
    "princess ambassador sheriff mp mep dean provost patriarch emir sultan people residents minister chancellor"
)
OF_A_SIDE = words(
    "manager captain skipper striker coach goalkeeper defender midfielder winger forward fans supporters"
)
ALIASED = frozenset(["known", "named", "identified", "nicknamed"])
OF_PLACES = words(
    "st ste saint san santa são port lake mount fort cape upper lower little nether isle loch river "
    "puerto monte ciudad el los las"
)
JOINTS = ("-on-", "-upon-", "-le-", "-under-", "-in-", "-by-", "-super-", "-sur-", "-next-")
OF_FIRMS = frozenset(
    ["owner", "landlord", "sponsor", "parent", "rival", "successor", "maker", "label", "miner"]
)
OF_A_FIRM = frozenset(["of", "at", "for", "from", "with"])
HOLDINGS = frozenset(["shares", "stock", "stake", "shareholders", "investors"])
NAMELIKE = ("mc", "mac", "o'", "de", "la", "le", "du", "van", "fitz", "al-", "el-", "d'")
PLURAL_VERBS = frozenset(["have", "are", "were", "haven't", "aren't", "weren't"])
LONGEST_APPOSITION = 6  # tokens
THEN_HE = 30  # tokens after a name in which a pronoun takes it up
# Things that say something, beside those of which statements are read.
THINGS = words(
    "studies tests scans x-rays brochure menu guidebook guidelines rules accounts treaty constitution "
    "guidance policy agreement"
)
# What speaks for those who run it, and is seldom meant by a name: "the town hall", "the care home".
RUN_BY_SOMEBODY = words("television city county estate tank home command hall platform parish")
# … and before a noun nobody's name: "British intelligence".
NATIONALITIES = words(
    "british english scottish welsh irish french dutch german spanish danish swedish polish turkish"
)

# Endings of nouns for no one person: "the legislation", "the leadership"
ABSTRACT = (
    "tion", "sion", "ment", "ity", "ship", "hood", "ness", "ance", "ence", "cy", "ism", "age", "ure",
    "work", "ing", "ry", "ium", "us", "ics", "um", "ain", "eme", "ole", "ine",
)  # fmt: skip

EXPERIMENTS = frozenset(
    ["trial", "trials", "test", "tests", "experiment", "assessment", "examination", "meta-analysis"]
)


# One of two that were named together; offices.
ONE_OF_TWO = words(
    "sister brother friend colleague co-author co-founder co-defendant co-accused companion team-mate "
    "teammate"
)
OFFICES = words(
    "official officer spokesman spokeswoman coach manager boss executive chief head "
    "headteacher director mp lawyer solicitor attorney accused suspect leader"
)

# Letters behind a name, halves of names, titles before a first name, words of offices.
LETTERS_AFTER = words("kc qc sc mp msp ms td mep cbe obe mbe jp phd md frs jr sr esq")
HALVES = words("liberal social christian north south new saudi sri costa puerto northern")
FIRST_NAME_TITLES = words("sir dame lady lord sister brother father prince princess king queen")
OFFICE_WORDS = words(
    "general secretary minister president director officer executive commissioner attorney"
)
