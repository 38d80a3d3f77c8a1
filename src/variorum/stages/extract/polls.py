"""What the paper asks its readers to vote on: a question, its answers and the votes counted so far."""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from collections.abc import Sequence

from variorum.stages.extract.lists import last_link
from variorum.stages.extract.tree import Line
from variorum.text.caseless import Caseless

_NAME = (
    r"(?:(?:quick |online |reader |readers['’] |today['’]s |our )?(?:poll|vote)|have your say|(?:leser|online)?-?umfrage|abstimmung|sondage|encuesta|sondaggio|enquete|enquête"
    r"|poll de opinião|peiling|stelling|omröstning|avstemning|afstemning|äänestys|ankieta|sonda|anketa|szavazás|sondaj|anket|опрос|голосование|опитування|голосування|анкета"
    r"|(?:読者)?アンケート|(?:読者)?投票|調査|(?:读者)?投票|调查|民調|民调|투표|설문(?:조사)?|استطلاع(?: (?:ال)?رأي)?|تصويت|نظرسنجی|סקר|ψηφοφορία|δημοσκόπηση|मतदान|โพล)"
)
_SURELY = Caseless(
    r"\W*(?:(?:quick |online |reader |readers['’] |today['’]s )?poll|have your say|umfrage|abstimmung|sondage|encuesta|sondaggio|enquete|poll de opinião|peiling|omröstning|アンケート|استطلاع)\W*"
)
# A question to the readers over their answers: then a bare count of votes is one of theirs.
_ASKS_READERS = Caseless(
    r"\W{0,3}(?:(?:have )?your (?:say|vote|view)|(?:quick |online |readers?['’]? |today['’]s )poll|(?:leser-?|online-?)(?:umfrage|abstimmung)|ihre meinung|votre avis|tu opinión|la tua opinione|a sua opinião)\s?[:：]\s?\S.{4,140}[?？]"
)
_POLL = Caseless(rf"\W*{_NAME}\W*")  # many of these words head a story's paragraph as well
_POLL_ASKS = Caseless(rf"\W{{0,3}}{_NAME}\s?[:：]\s?\S.{{4,140}}")
_N = r"\d(?:[\d.,  \u202f٬]{0,8}\d)?"
_UNITS = (
    r"(?:votes?|readers have voted|people have voted|stimmen|votes exprimés|voix|votants|votos|voti|stemmen|röster|stemmer|stemmar|ääntä|głos(?:y|ów)|hlas(?:y|ů|ov)|szavazat|voturi|glasova|oy"
    r"|голос(?:а|ов|и|ів)?|гласа|票|人が投票(?:しました|済み)?|人投票|名投票|표|명(?:이)? (?:참여|투표)|صوت(?:ا|ًا)?|أصوات|رأی|קולות|הצבעות|ψήφοι|वोट|คะแนน|suara)"
)
_TOTAL = (
    r"(?:(?:total(?: number of)?|all|number of) votes?|votes?(?: cast| so far| in total| total)?|(?:abgegebene |alle )?stimmen(?: gesamt| insgesamt)?|total des votes|nombre de (?:votes|votants)|(?:total de )?votos(?: totales)?|voti(?: totali)?"
    r"|(?:totaal )?(?:aantal )?stemmen|antal röster|antall stemmer|antal stemmer|liczba głosów|oddanych głosów|celkem hlasů|toplam oy|(?:всего )?(?:голосов|проголосовало)|проголосували|усього голосів|投票総数|総投票数|投票数|回答数|总票数|总投票数|投票人数|總票數|총 투표 ?(?:수)?|투표 ?수"
    r"|(?:عدد|إجمالي|مجموع) الأصوات|total suara)"
)
_SO_FAR = r"(?: so far| cast| in all| in total| total| bisher| abgegeben| insgesamt| jusqu['’]ici| au total| hasta ahora| en total| finora| in totale| até agora| no total| totaal)?"
_BUTTON = r"(?:(?:(?:cast your |add your )?vote|abstimmen|je vote|votez|voter|votar|vota|stem)(?: now| jetzt)?\W*)?"
_VOTED = rf"\W*(?:{_N} ?{_UNITS}{_SO_FAR}|{_TOTAL}\s?[:：]?\s?{_N}(?: ?{_UNITS})?)\W*{_BUTTON}"
_SHARE = r"\d{1,3}(?:[.,٫]\d{1,2})? ?[%٪％]"
_RESULT = rf"\W*(?:[^\d%]{{1,40}}\d{{1,3}}(?:[.,]\d{{1,2}})? ?%\W{{0,4}}){{2,6}}{_VOTED}"
_ANSWER = rf".{{0,40}}{_SHARE}\W{{1,3}}{_N} ?{_UNITS}\W*"
_COUNT_OF_VOTES = Caseless(f"{_VOTED}|{_RESULT}|{_ANSWER}")
_VOTES = Caseless(rf"{_VOTED}|{_ANSWER}|.{{0,40}}{_SHARE}\W*")
_ANSWERED = Caseless(rf"{_VOTED}|{_ANSWER}|.{{0,40}}(?:{_SHARE}|\W{_N} ?{_UNITS})\W*")
_ASKS = ("?", "？", "؟", "か。", "か")


def is_poll(lines: Sequence[Line]) -> bool:
    """Called so in its first line; or, with the votes counted, there or in its second or before its
    question; or a question with the votes on its answers counted, in lines of their own or all in one."""
    first, second = lines[:2]
    counted = [_counted(x) for x in lines[1:]]
    if _ASKS_READERS.fullmatch(first.text):
        return any(map(_ANSWERED.fullmatch, counted))
    if _SURELY.fullmatch(first.text):
        return True
    if _POLL.fullmatch(second.text):
        return any(map(_VOTES.fullmatch, counted[1:]))
    if _POLL.fullmatch(first.text) or _POLL_ASKS.fullmatch(first.text):
        return any(map(_VOTES.fullmatch, counted))
    if not first.text.endswith(_ASKS):
        return False
    return any(map(_COUNT_OF_VOTES.fullmatch, counted))


def _counted(line: Line) -> str:
    """A line without the link at its end: "547 readers have voted so far. Vote"."""
    said = last_link(line)
    return line.text if said == line.text else line.text.removesuffix(said)
