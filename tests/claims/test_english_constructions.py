"""Constructions of English news, a class each, with what looks like them and says nothing.

Each class was found by writing many short texts before the rules were looked at; the texts here have
other words.
"""

# ruff: noqa: E501  (sentences are easier to read in one line)

from __future__ import annotations

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims


def claims(text: str) -> list[Claim]:
    return find_claims(Document.from_text(text))


def found(text: str) -> list[tuple[str, str | None]]:
    """What is said in a text, each with its speaker's name."""
    return [
        (" … ".join(text[slice(*span)] for span in c.content_spans), c.speaker.name)
        for c in claims(text)
    ]


SAYS = [
    # a noun is what somebody says
    ("The pilots' complaint is that the runway is too short.", "the runway is too short", "pilots'"),
    ("The view of the surveyor was that the wall would stand.", "the wall would stand", "surveyor"),
    ("The prosecution case is that Tarn set the fire.", "Tarn set the fire", "prosecution"),
    ("The message from the bank was plain: savings are safe.", "savings are safe", "bank"),
    ("Doctors' advice is to drink more water.", "to drink more water", "Doctors'"),
    ("Ann Orne heads the trust. Her argument is that owls need barns.", "owls need barns", "Ann Orne"),
    # phrases that say whose words a clause is
    ("The road is, in the words of its builder, “a ribbon of jam”.", "The road is … “a ribbon of jam”", "its builder"),
    ("In the opinion of the auditor, the books were cooked.", "the books were cooked", "auditor"),
    ("Paul Orne was, by his own account, a poor sailor.", "Paul Orne was … a poor sailor", "Paul Orne"),
    ("As far as the guild is concerned, the matter is settled.", "the matter is settled", "guild"),
    ("As per the coastguard, the boat sank at dawn.", "the boat sank at dawn", "coastguard"),
    ("The mill, per its owner, will close.", "The mill … will close", "its owner"),
    # what legend has
    ("Rumour has it that the band will part.", "the band will part", None),
    ("Local legend has it the well is bottomless.", "the well is bottomless", None),
    # a relative clause of the subject
    ("The man who detectives say forged the will has gone abroad.", "forged the will", "detectives"),
    ("A fund that trustees claim was emptied overnight is under review.", "was emptied overnight", "trustees"),
    ("They dug up what they believe is a Viking oar.", "is a Viking oar", "they"),
    ("The bypass (which the county says will cost £9m) is late.", "will cost £9m", "county"),
    # a claim as the subject of the sentence
    ("A report that the mine had flooded caused panic.", "the mine had flooded", None),
    ("The allegation that he had paid the clerk was dismissed by the court.", "The allegation that he had paid the clerk", "court"),
    ("An assurance from the airline that bags were safe proved false.", "bags were safe", "airline"),
    ("Despite promises from the owner that the pool would open, it stayed shut.", "the pool would open", "owner"),
    ("Fears are growing that the dyke will not hold.", "the dyke will not hold", None),
    ("Concerns have been raised by nurses that wards are cold.", "wards are cold", "nurses"),
    ("Paul Orne is of the view that the tax is a mistake.", "the tax is a mistake", "Paul Orne"),
    # hearsay that somebody is named for, or set beside the clause
    ("It was claimed by the defence that she had slept through it.", "she had slept through it", "defence"),
    ("It has been alleged, by a former cook, that pies were reheated.", "pies were reheated", "former cook"),
    ("It was pointed out by Ann Orne that the gate was locked.", "the gate was locked", "Ann Orne"),
    ("The bridge will close for a month, it was announced last night.", "The bridge will close for a month", None),
    ("The gates, it is understood, were left open.", "The gates … were left open", None),
    ("The barge, said to weigh 90 tonnes, blocked the lock.", "The barge … to weigh 90 tonnes", None),
    ("A coat thought to be hers was found by the weir.", "A coat … to be hers", None),
    # what is called something
    ("Dubbed “the Duke of Dock Street” by the Courier, he sold fish.", "“the Duke of Dock Street”", "Courier"),
    ("The plan was hailed by traders as a lifeline.", "The plan … as a lifeline", "traders"),
    ("Described by a rival as “a bore”, Orne lost.", "as “a bore”", "rival"),
    # quotations that the rest of the sentence says whose they are
    ("“Sit tight” was the advice of one guard.", "“Sit tight”", "one guard"),
    ("Ann Orne left early. “I am done” was all she would say.", "“I am done”", "Ann Orne"),
    ("It was, Ann Orne said, “a shambles”.", "It was … “a shambles”", "Ann Orne"),
    # exclamations and phrases before an inverted verb
    ("Not a chance, replied the keeper.", "Not a chance", "keeper"),
    ("Rubbish, snorts the baker, who was there.", "Rubbish", "baker"),
    ("Without the dog, said the shepherd, they would have frozen.", "Without the dog … they would have frozen", "shepherd"),
    ("Every tent leaks, points out Ann Orne of the scouts.", "Every tent leaks", "Ann Orne"),
    ("Unless it rains, the board warned, taps will run dry.", "Unless it rains … taps will run dry", "board"),
    # another speaks behind a semicolon
    ("Nine men drowned, villagers said; the navy put the toll at four.", "Nine men drowned", "villagers"),
    ("The navy gave the toll as four.", "the toll as four", "navy"),
    ("They still meet, Ann Orne says; she brings the cake.", "They still meet … she brings the cake", "Ann Orne"),
    # a clause before the main one ends at its comma
    ("While the line says it is safe, passengers are walking.", "it is safe", "line"),
    ("Weeks after Ann Orne said she would stay, she left.", "she would stay", "Ann Orne"),
    ("As Paul Orne tells it, the tree was already down.", "the tree was already down", "Paul Orne"),
    # words like verbs at the head of what is said
    ("The union, which has 90 members, says pay is too low.", "pay is too low", "union"),
    ("Figures released by the port on Friday show that trade fell.", "trade fell", "Figures released by the port on Friday"),
    ("The site is worth £3m, four people told the Ledger.", "The site is worth £3m", "four people"),
    ("The guide told police two men had run off.", "two men had run off", "guide"),
    ("The court heard evidence from a diver, Ann Orne, who said the rope was old.", "the rope was old", "Ann Orne"),
    ("He posted a video in which his wife said the shop was sold.", "the shop was sold", "his wife"),
    ("The inspector criticised the line, whose owner, Paul Orne, called it “safe”.", "it “safe”", "Paul Orne"),
    # speakers
    ("The mayor has admitted the fair was a flop. Joyce Tarn told the Ledger that nobody came.", "the fair was a flop", "Joyce Tarn"),
    ("A Dover man has told how he beat off a gull. Ned Tarn, 61, said it was after his chips.", "how he beat off a gull", "Ned Tarn"),
    ("A baker who saved a swan says it bit him. Joe Tarn, from Hull, swam out at dawn.", "it bit him", "Joe Tarn"),
    ("The ferryman wept as he told the inquest how the rope had snapped.", "how the rope had snapped", "ferryman"),
    ("When the clerk, Mrs Orne, asked the plumber who had sent him, he said nobody had.", "nobody had", "plumber"),
    ("Prof Tarn and Dr Orne share a lab. The latter said it was damp. The former said it was not.", "it was damp", "Orne"),
    ("Prof Tarn and Dr Orne share a lab. The latter said it was damp. The former said it was not.", "it was not", "Tarn"),
    ("Kenji Mori is 80. His daughter, Aiko, says he sings. “Only at night,” says her father.", "“Only at night,”", "Kenji Mori"),
    ("The mayor of Lyme, Ted Orne, and the mayor of Bude, Ann Tarn, signed it. The mayor of Lyme said it was late.", "it was late", "Ted Orne"),
    ("Its jockey, an Irishman, said it had been easy.", "it had been easy", "Its jockey"),
    ("“Nuts,” said the general.", "“Nuts,”", "general"),
    ("Writing on X, the singer said she was done.", "she was done", "singer"),
    ("Layla al-Hadid opened the clinic. Hadid said it was full.", "it was full", "Layla al-Hadid"),
    ("Wanjiru wa Thiongo said it had rained.", "it had rained", "Wanjiru wa Thiongo"),
    ("“A fine day”, the Eastern Morning Herald called it.", "“A fine day”", "Eastern Morning Herald"),
    # more verbs
    ("The skipper radioed that the engine was dead.", "the engine was dead", "skipper"),
    ("Counsel for the bank submitted that the loan was void.", "the loan was void", "Counsel for the bank"),
    ("“It is gone,” sobbed Ann Orne.", "“It is gone,”", "Ann Orne"),
    ("Paul Orne credits his recovery to a nurse.", "his recovery to a nurse", "Paul Orne"),
    ("The board is confident that trade will pick up.", "trade will pick up", "board"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "speaker"), SAYS)
def test_who_says_what_in_such_a_construction(text: str, said: str, speaker: str | None) -> None:
    assert (said, speaker) in found(text)


TURNED_DOWN = [
    ("The abbot would not name the buyer.", "the buyer"),
    ("Ann Orne would not give her age.", "age"),
    ("Police gave no motive.", "motive"),
    ("The ministry provided no further details.", "details"),
    ("The mill did not respond to written questions about the smoke.", "the smoke"),
    ("Its agent did not return messages seeking comment on the sale.", "the sale"),
    ("The consulate has not answered an email asking whether he had sailed.", "whether he had sailed"),
    ("The duke neither admitted nor denied that he had bid.", "he had bid"),
    ("Reports that the barge had sunk were denied by the port.", "Reports that the barge had sunk"),
    ("Ministers challenged claims that the fund was empty.", "claims that the fund was empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), TURNED_DOWN)
def test_what_is_not_told_or_turned_down_is_marked(text: str, said: str) -> None:
    assert said in [text[slice(*c.content)] for c in claims(text) if c.negated]


SAYS_NOTHING = [
    # nouns and phrases like those above
    "The problem is that of the lane.",
    "In other words the shop shut.",
    "He told it in his own words.",
    "It costs £3 per head.",
    "As per usual, he left.",
    "The story was long.",
    "Comments made that day were cut.",
    # have, give, name, answer, return
    "He has it in the shed.",
    "She gave him a lift home.",
    "They gave no quarter.",
    "Police did not name the firm's owner.",
    "He did not return the ball.",
    "She did not answer the phone.",
    "He answered three emails about the boat.",
    # called, said to, known
    "He has been called to the bar.",
    "The doctor said to wait.",
    "The song is called “Home”.",
    "Hamlet will be played by a plumber.",
    # no words of theirs
    "He said goodbye at the gate.",
    "She says her prayers at nine.",
    "He told a lie.",
    "Guests beg to differ.",
    "The landslide claimed four lives.",
    "The skater claimed a third medal.",
    "She repeated the dive.",
    "The keeper denied him twice.",
    "He was reported to the warden.",
    "The roofer quoted £900 for the job.",
    "He credited £40 to the wrong account.",
    "Two suggested walks start here.",
    # quotations that are titles
    "“Emma” is the story of a matchmaker.",
    "“Blue Moon” was a hit.",
    # relative clauses in which nobody says a clause
    "The promise that he made was kept.",
    "The report that the old clerk wrote was lost.",
    "What he said was untrue.",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_only_looks_like_it_says_nothing(text: str) -> None:
    assert found(text) == []


NOT_WHOM = [
    ("The minister said no tax would rise. Jo Tarn, a butcher, said it would.", "no tax would rise", "Jo Tarn"),
    ("A pensioner has been robbed. Judge Ann Orne said it was wicked.", "it was wicked", "pensioner"),
    ("A man says the lake is haunted. Ned Tarn said it was only a heron.", "the lake is haunted", "Ned Tarn"),
    ("A warden says the swan was kicked. Ned Tarn, 40, was held.", "the swan was kicked", "Ned Tarn"),
    ("Staff were warned by email that the mill would shut.", "the mill would shut", "email"),
    ("She remembers him as a fierce teacher. He once told her that she sang flat.", "she sang flat", "fierce teacher"),
    ("The plan, he added, was his own.", "The plan … was his own", "plan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "other"), NOT_WHOM)
def test_the_name_or_noun_beside_it_does_not_say_it(text: str, said: str, other: str) -> None:
    assert said in [words for words, _ in found(text)]
    assert (said, other) not in found(text)


def test_no_at_the_end_of_a_sentence_is_no_number() -> None:
    said = found("The council said no. Ann Orne said it was a pity.")
    assert ("it was a pity", "Ann Orne") in said
    assert ("no", "council") in said
    assert not found("He lives at no. 7.")
