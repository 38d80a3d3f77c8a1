"""Who speaks, by construction: each rule with what it is for and with what looks like it and is not."""

# ruff: noqa: E501 - cases are one line each

from __future__ import annotations

import pytest

from variorum.model import Claim, Document, Speaker
from variorum.stages.claims import find_claims


def claims(text: str, language: str = "en") -> list[Claim]:
    return find_claims(Document.from_text(text, language=language))


def speaker_of(text: str, words: str, language: str = "en") -> Speaker:
    found = [c for c in claims(text, language) if words in text[slice(*c.content)]]
    assert found, f"no claim says {words!r}"
    return found[-1].speaker


def contents(text: str, language: str = "en") -> list[str]:
    return [
        " … ".join(text[a:b] for a, b in c.content_spans)
        for c in claims(text, language)
        if c.cue or c.source
    ]


NAMED = [
    ("Cabinet member for culture Joan Whitlock said it was over.", "it was over", "Joan Whitlock"),
    ("Portfolio holder for housing Dan Reeve said it was over.", "it was over", "Dan Reeve"),
    ("The local MP, Hugh Adeyemi, said it was over.", "it was over", "Hugh Adeyemi"),
    ("The Norwegian Ingrid Dahl said it was over.", "it was over", "Ingrid Dahl"),
    ("Analyst Rob Steel of Pell Hunt said it was over.", "it was over", "Rob Steel"),
    ("Analyst Rob Steel was wary. Mr Steel said it was over.", "it was over", "Rob Steel"),
    ("The operator, Isle Link, said it was over.", "it was over", "Isle Link"),
    ("Last night the minister, Paul Grey, said it was over.", "it was over", "Paul Grey"),
    ("It was over, neighbour Joan Pye, 70, said.", "It was over", "Joan Pye"),
    ("The plan, said the minister, Paul Grey, was over.", "was over", "Paul Grey"),
    ("Because, says Prof Liz Hart of Barton, there is no test.", "there is no test", "Liz Hart"),
    ("As Ann Holt put it: “It is over.”", "It is over", "Ann Holt"),
    ("Ann Holt was elected. Writing in the Lantern, she said it was over.", "it was over", "Ann Holt"),
    ("In a video posted on his website Karel Novak said it was over.", "it was over", "Karel Novak"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), NAMED)
def test_a_name_beside_its_office_in_any_order_is_who_speaks(
    text: str, words: str, name: str
) -> None:
    assert speaker_of(text, words).name == name


TAKEN_UP = [
    ("The judge, Mr Justice Pell, sat down. The judge said it was over.", "Pell"),
    ("The mayor of Orlec, Paul Renard, was booed. The mayor later said it was over.", "Paul Renard"),
    ("Kettle & Ash, the brewer behind Old Sorrel, is to close. The brewer said it was over.", "Kettle & Ash"),
    ("The Northern Echo reported it. The newspaper said it was over.", "Northern Echo"),
    ("Dr Ann Imai spoke. “We saw it,” Dr Imai said. The biologist said it was over.", "Ann Imai"),
    ("“I felt it,” Hughes said.\n\nThe Wales captain, who has 80 caps, said it was over.", "Hughes"),
    ("Mr Haas, who fled, denied it. Speaking from exile, the former president said it was over.", "Haas"),
    ("Coach Marta Fini, whose side are third, came out. The German, whose side won, said it was over.", "Marta Fini"),
    ("Two men, Ian Shaw and Paul Croft, were found. Mr Shaw said they were cold. His friend said it was over.", "Paul Croft"),
    ("Gwilym Price, 66, was at home. The 66-year-old says it was over.", "Gwilym Price"),
    ("Officers stopped a driver. He said it was over.", "driver"),
    ("As she left court, she said it was over. Anna Berg had been cleared.", "Anna Berg"),
    ("Hall Bank sued Marsh Group. It said it was over.", "Hall Bank"),
    ("Lena Lindgren ruled out dropping her. Tess Arden, she said, was over.", "Lena Lindgren"),
    ("Dr Sue Penn defended the head. Mrs Verity knew it was over, she said.", "Sue Penn"),
    ("Cecil Orme spoke. He was born in Rochdale, the son of a driver. He said it was over.", "Cecil Orme"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), TAKEN_UP)
def test_a_description_or_pronoun_is_taken_back_to_whom_it_means(text: str, name: str) -> None:
    assert speaker_of(text, "over").name == name


OTHERS = [
    # "The cyclist, a woman": brings somebody in; "the usher" is no councillor; a witness is not who asks.
    ("Sgt Pam Orme said the driver fled. The cyclist, a 30-year-old woman, said it was over.", "Pam Orme"),
    ("President Lena Moro spoke. Viktor Haas fled. The former president said it was over.", "Lena Moro"),
    ("The 11-page paper was seen by the Clarion. The 11-page paper said it was over.", "Clarion"),
    ("In a post on Threadline, the Conservative said it was over.", "Threadline"),
    ("On Twitter, the union said it was over.", "Twitter"),
    ("Viktor Haas fled. The European Union met. His party said it was over.", "European Union"),
    ("CARVER, Minn. — It rained. He said it was over.", "Minn."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), OTHERS)
def test_what_looks_like_a_name_for_the_speaker_is_another(text: str, name: str) -> None:
    assert speaker_of(text, "over").name != name


KINDS = [
    ("organisation", "The Vatican|The US|The town hall|The care home|The senate|The Daily Star|Friends of the Sea|Brightline plc"),
    ("group", "Hauliers|Ornithologists|Rebel MPs|Supermarkets|Muslims|A group of residents|A team of scientists"),
    ("artefact", "The ruling|CCTV|Studies|Scans|The autopsy|Her memoir|The guidelines"),
    ("anonymous", "Someone|One Tory MP|A senior Labour figure|An eyewitness|A GRAN"),
    ("person", "The king|The ombudsman|The eyewitness"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "who"), [(k, who) for k, several in KINDS for who in several.split("|")]
)
def test_a_description_has_the_kind_of_what_it_names(kind: str, who: str) -> None:
    assert speaker_of(f"It rained on Monday.\n\n{who} said it was over.", "over").kind == kind


FOREIGN_KINDS = [
    ("fr", "a affirmé que c’était fini", "organisation", "Le théâtre|Le diocèse|La défense"),
    ("fr", "a affirmé que c’était fini", "group", "Plusieurs témoins|Certains|D’autres"),
    ("fr", "a affirmé que c’était fini", "person", "Le juge|La victime|Le prévenu"),
    ("fr", "a affirmé que c’était fini", "artefact", "Des documents|Une note interne"),
    ("de", "sagte, das sei vorbei", "organisation", "Das Landratsamt|Die Nato|Die Umweltorganisation"),
    ("de", "sagte, das sei vorbei", "group", "Die Anwohner|Experten|Mehrere Zeugen|Die Angehörigen"),
    ("de", "sagte, das sei vorbei", "person", "Der Verdächtige|Die Angeklagte|Der Ermittler"),
    ("es", "aseguró que era el final", "group", "Varios testigos|Algunos|Otros"),
    ("es", "aseguró que era el final", "anonymous", "Un policía"),
    ("es", "aseguró que era el final", "organisation", "La policía|El obispado"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "kind", "who"),
    [
        (code, said, k, who)
        for code, said, k, several in FOREIGN_KINDS
        for who in several.split("|")
    ],
)
def test_the_same_in_other_languages(language: str, said: str, kind: str, who: str) -> None:
    rain = {"fr": "Il pleuvait sur la ville.", "de": "Es regnete in der Stadt.", "es": "Llovía."}
    text = f"{rain[language]}\n\n{who} {said}."
    assert kind in {c.speaker.kind for c in claims(text, language)}


STATEMENTS = [
    ("en", "Ann Holt says that, in the end, it was over.", ["in the end, it was over"]),
    ("en", "Ann Holt denies that, and says it was over.", ["it was over"]),
    ("en", "Ann Holt warned the plan was over.", ["the plan was over"]),
    ("en", "Ann Holt warned ministers that it was over.", ["it was over"]),
    ("en", "According to Ann Holt the plan was over.", ["the plan was over"]),
    ("en", "Ann Holt, who led the firm, said the closure proved her right.", ["the closure proved her right"]),
    ("en", "The plan was mad, said the man convicted of arson.", ["The plan was mad"]),
    ("en", "The mayor told us there would be an answer, though he declined to say what kind.",
     ["there would be an answer", "what kind"]),
    ("en", "It was claimed last night that it was over.", ["it was over"]),
    ("en", "It is not known how fast it was.", []),
    ("en", "The man who found it said it was over.", ["it was over"]),
    ("en", "The agency that runs the station said it was over.", ["it was over"]),
    ("en", "The club say it was over.", ["it was over"]),
    ("en", "The insurance company claim was rejected.", []),
    ("fr", "Le maire a laissé entendre que c’était fini.", ["c’était fini"]),
    ("fr", "Le préfet a de son côté indiqué que c’était fini.", ["c’était fini"]),
    ("fr", "Le club a démenti tout contact, alors que le journal La Vigie affirmait lundi que c’était fait.",
     ["tout contact", "c’était fait"]),
    ("de", "Der Minister geht davon aus, dass es vorbei ist.", ["es vorbei ist"]),
    ("de", "Es geht um Geld, das fehlt.", []),
    ("de", "Der Minister hat die Vorwürfe zurückgewiesen.", ["die Vorwürfe"]),
    ("de", "Den Anwohnern riet sie, die Fenster zu schließen.", ["die Fenster zu schließen"]),
    ("es", "El alcalde dejó claro que era el final.", ["era el final"]),
    ("es", "La empresa dio a los trabajadores un mes.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), STATEMENTS)
def test_what_is_said_by_construction(language: str, text: str, said: list[str]) -> None:
    assert contents(text, language) == said


def test_an_epithet_in_german_is_not_who_has_another_age() -> None:
    text = (
        "Der 53-jährige Ralf Tiedemann schwieg. Der Statiker, Professor Walter Kolb, kam auch. "
        "Die Pläne seien gut gewesen, sagte der 71-Jährige, man habe sie aber geändert."
    )
    [claim] = [c for c in claims(text, "de") if c.cue]
    assert claim.speaker.name == "Walter Kolb"
    assert len(claim.content_spans) == 2


def test_a_text_may_end_with_its_tag() -> None:
    assert speaker_of("“It was me.” Ann Holt said", "It was me").name == "Ann Holt"


ONCE_MORE = [
    # "the 38-year-old, whose…" takes up; somebody without a name does not become the one before
    ("Dr Hanne Vik agrees. The 38-year-old, whose father was a guide, said it was over.", "it was over", "Hanne Vik"),
    # who backs the general in a relative clause is not the general
    ("Raul Ochoa, a general, lost. The retired general, who is backed by President Hector Ibarra, said it was over.", "it was over", "Raul Ochoa"),
    ("Cabinet member for housing Dan Reeve said it was over.", "it was over", "Dan Reeve"),
    # an honour besides a trade
    ("“A rule,” said the sprinter Jodie Marr. The Olympic champion said it was over.", "it was over", "Jodie Marr"),
    # clergy and peers by their titles
    ("Piotr Zielinski, 38, saw it. The father of two said it was over.", "it was over", "Piotr Zielinski"),
    ("The Rev Simon Hale sat down. The vicar said it was over.", "it was over", "Simon Hale"),
    ("Lord Hallam sat down. The peer said it was over.", "it was over", "Hallam"),
    # a demonym of two words is no firm
    ("The lawyer, Noah Fried, was cross. “It is over,” said the New Yorker.", "It is over", "Noah Fried"),
    # kin that are named as they speak next, with the surname of whose kin they are
    ("Callum Birtwell died in March. His mother said it was over. “I rang,” Janine Birtwell said.", "it was over", "Janine Birtwell"),
    # a school is no person
    ("Rosedene Primary opened. The school said it was over.", "it was over", "Rosedene Primary"),
    # figures of an account are no firm
    ("Chipmaker Solvane cut its forecast. Revenue will fall, the company said.", "Revenue will fall", "Solvane"),
    # where somebody stands does not speak
    ("Our reporter Gemma Ruddock is on the seafront at Penmarrow:\n“The roof has gone. People are running.”", "The roof", "Gemma Ruddock"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), ONCE_MORE)
def test_whom_a_description_takes_up_once_more(text: str, words: str, name: str) -> None:
    assert speaker_of(text, words).name == name


NOT_ONCE_MORE = [
    ("Ann Holt, 38, saw it. The father of two said it was over.", "it was over", "Ann Holt"),
    ("Callum Birtwell died in March. His mother said it was over. “I rang,” Janine Pell said.", "it was over", "Janine Pell"),
    ("Dan Reeve dressed as a mayor. The mayor said it was over.", "it was over", "Dan Reeve"),
    ("Hugh Pell sat down. The peer said it was over. Lord Hallam had left.", "it was over", "Hugh Pell"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), NOT_ONCE_MORE)
def test_whom_a_description_does_not_take_up(text: str, words: str, name: str) -> None:
    assert speaker_of(text, words).name != name


def test_a_parent_of_several_claims_and_three_claims_do_not() -> None:
    text = "Shelley Prowse is cross. The mother of three claims that it is over."
    assert speaker_of(text, "it is over").name == "Shelley Prowse"
    assert speaker_of("He heard of three claims that it was over.", "it was over").name is None


def test_one_teenager_says_a_quotation_in_the_present() -> None:
    assert contents("“It likes long words,” says one 15-year-old.") == ["“It likes long words,”"]
