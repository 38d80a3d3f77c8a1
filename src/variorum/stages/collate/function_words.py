"""Words that say little: where only they are shared between two edits, it is by chance."""

from __future__ import annotations

_LISTS = {
    "en": """a an the and or but nor so of to in on at by for from with as into onto over under
        than then that this these those there it its is are was were be been being has have
        had do does did will would can could may might must shall should not no he she they
        we you i his her their our your my him them us me who whom whose which what when
        where how why if because while after before about also more most some any all both
        such very just up out off down""",
    "fr": """le la les l un une des du de d et ou mais ni que qui quoi dont où à au aux en dans
        par pour sur sous avec sans ce cet cette ces son sa ses leur leurs il elle ils elles
        on nous vous je se s ne n pas plus est sont était a ont été y qu c j m t""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber dass daß in im
        an am auf aus bei mit nach von vom vor zu zum zur für über unter durch um als wie
        ist sind war waren hat haben hatte wird werden wurde nicht auch sich er sie es wir
        ihr ich sein seine""",
    "es": """el la los las lo un una unos unas y e o u pero que de del a al en por para con sin
        sobre su sus se es son era fue ha han no más como este esta estos estas ese esa él
        ella le les""",
    "it": """il lo la i gli le l un uno una e o ma che di del della dei delle da dal dalla in nel
        nella con per su sul sulla a al alla non si è sono era ha hanno come più questo
        questa suo sua""",
    "pt": """o a os as um uma uns umas e ou mas que de do da dos das em no na nos nas por pelo
        pela para com sem se é são era foi não mais como seu sua este esta ao à""",
    "ar": "في من إلى على عن أن إن التي الذي هذا هذه و أو لا ما مع كان كانت قد بعد قبل",
    "ja": "は が を に の で と も へ や か ら し た て い る な れ さ す だ ま",
}

FUNCTION_WORDS = frozenset(word for words in _LISTS.values() for word in words.split())
