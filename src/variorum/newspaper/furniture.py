"""What is on a page and is not the story, different at every fetch.

All of it comes from one random generator seeded by (seed, outlet, path, number of the fetch of this
path), so that a run can be repeated to the byte whatever order many fetchers work in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ADS: dict[str, tuple[str, ...]] = {
    "en": (
        "Fallow & Daughters: conservatories that pay for themselves",
        "Why thousands of over-50s in Alderhaven are switching to Brightwater Energy",
        "Two nights in the Lowmark hills from 89 a head, breakfast included",
        "Hearing aids so small your dog will not notice: free trial",
        "Sell your car in eleven minutes with Wheelbarrow",
    ),
    "fr": (
        "Fenêtres Grandval : la pose offerte jusqu'à dimanche",
        "Votre mutuelle vous coûte trop cher ? Comparez en deux minutes",
        "Croisière sur la Lisse, trois jours tout compris",
    ),
    "es": (
        "Colchones Duermevela: el segundo, a mitad de precio",
        "Aprende inglés en noventa días con Palabra Viva",
        "Seguros Atalaya: su coche protegido desde hoy",
    ),
}
TEASERS: dict[str, tuple[str, ...]] = {
    "en": (
        "The nine cafés that still bake their own bread",
        "Quiz: how well do you know the harbour bridges?",
        "In pictures: first frost on the Lowmark hills",
        "My mother, the lighthouse keeper",
        "How to keep a fig tree alive north of the river",
        "Season preview: can Haven Rovers stay up?",
        "The crossword that took forty years to solve",
        "Six walks for a wet Sunday",
        "Ask the vet: my cat has begun to bark",
        "Recipe: potato bread with caraway",
    ),
    "fr": (
        "Les huit marchés à ne pas manquer ce printemps",
        "Portrait : la dernière luthière de la rue des Saules",
        "Notre jeu : connaissez-vous les ponts de Vaurelle ?",
        "Recette : la tourte aux poireaux de ma grand-mère",
        "Randonnée : la boucle des trois étangs",
        "Le feuilleton des abeilles de la mairie",
    ),
    "es": (
        "Siete patios que abren sus puertas esta primavera",
        "La panadera que escribe versos en las bolsas",
        "Ruta a pie por los molinos del río Alba",
        "Pasatiempo: ¿conoce usted las plazas de Almenza?",
        "Receta: garbanzos con espinacas, sin prisas",
        "El reloj que atrasa desde 1911",
    ),
}
PROMOS: dict[str, tuple[str, ...]] = {
    "en": (
        "Get the morning's news in your inbox. It is free and it takes a minute.",
        "Enjoying this story? Sign up for our evening newsletter.",
        "Download our app for alerts that matter.",
    ),
    "fr": (
        "Recevez chaque matin l'essentiel de l'actualité.",
        "Abonnez-vous à notre lettre du soir, c'est gratuit.",
    ),
    "es": (
        "Reciba cada mañana lo esencial en su correo.",
        "Apúntese a nuestro boletín de la tarde, es gratis.",
    ),
}
_CLASS = re.compile(r'class="([^"]*)"')
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?: [a-z:-]+=\"[^\"<>]*\"){2,})>")
_ATTRIBUTE = re.compile(r' [a-z:-]+="[^"<>]*"')


@dataclass(frozen=True, slots=True)
class Teaser:
    title: str
    href: str


class Furniture:
    """The furniture of one answer. Every call draws anew; the order of calls is the page's."""

    def __init__(self, seed: str, language: str, now: datetime, stories: Sequence[Teaser]) -> None:
        self.random = random.Random(seed)
        self.now = now
        self._language = language
        self._stories = stories

    def teasers(self, count: int) -> list[Teaser]:
        """Links to other stories and to evergreen pieces, mixed and in another order each time."""
        pool = [Teaser(t, f"/features/{i}") for i, t in enumerate(TEASERS[self._language])]
        pool += self._stories
        return self.random.sample(pool, min(count, len(pool)))

    def stories(self, count: int) -> list[Teaser]:
        """Links to other stories only, in another order each time."""
        return self.random.sample(list(self._stories), min(count, len(self._stories)))

    def teaser(self) -> Teaser:
        return self.teasers(1)[0]

    def ad(self) -> str:
        return self.random.choice(ADS[self._language])

    def promo(self) -> str:
        return self.random.choice(PROMOS[self._language])

    def count(self, low: int = 3, high: int = 4800) -> int:
        """A share or comment count, or how many people are reading."""
        return self.random.randint(low, high)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def token(self, length: int = 6) -> str:
        return "".join(
            self.random.choice("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(length)
        )

    def clock(self) -> str:
        """The time of day, to the second."""
        shift = timedelta(seconds=self.random.randint(0, 59))
        return (self.now + shift).strftime("%H:%M:%S")

    def weather(self) -> str:
        return f"{self.random.randint(2, 19)}°C"

    def places(self, slots: int, count: int) -> set[int]:
        """Where in a body of ``slots`` blocks something is put between (after block n)."""
        return set(self.random.sample(range(slots), min(count, slots)))

    def shuffle(self, html: str, whole: bool) -> str:
        """Class names that change at every fetch; with ``whole`` the order of attributes too."""
        tail = self.token(5)

        def renamed(found: re.Match[str]) -> str:
            names = found[1].split()
            if whole:
                return f'class="{" ".join(self.token(7) for _ in names)}"'
            return f'class="{" ".join(f"{name}_{tail}" for name in names)}"'

        html = _CLASS.sub(renamed, html)
        return _TAG.sub(self._reordered, html) if whole else html

    def _reordered(self, found: re.Match[str]) -> str:
        attributes = _ATTRIBUTE.findall(found[2])
        self.random.shuffle(attributes)
        return f"<{found[1]}{''.join(attributes)}>"
