"""Five stories of one invented paper that have nothing to do with one another, and its template."""

from __future__ import annotations

from collections.abc import Sequence

STORIES: dict[str, tuple[str, ...]] = {
    "Ferry crew walks out over night sailings": (
        "The crew of the ferry Corrin walked out on Monday, hours before the first night sailing to Sule.",
        "Captain Ada Merrow said that the ferry had sailed with nine hands where the rules ask for twelve.",
        "The harbour board called the walkout unlawful and said that night sailings to Sule would go on.",
        "Passengers slept in the ferry hall at Corrin while the board and Merrow's union met until dawn.",
    ),
    "Court frees baker accused of arson": (
        "A court in Altmoor freed the baker Jonas Pell on Tuesday, two years after the fire in his mill.",
        "Judge Ruth Hagen found that the arson report had mistaken flour dust for petrol.",
        "Pell, who had lost his bakery, wept when the judge read that the mill caught fire by itself.",
        "The prosecutor of Altmoor has a month to appeal against the ruling of Judge Hagen.",
    ),
    "Vineyards flooded as the Lyne bursts its banks": (
        "The river Lyne burst its banks on Sunday and flooded forty vineyards below Castle Orrin.",
        "Growers in Orrin said that the vineyards had stood under water for three nights.",
        "Hydrologist Paul Essen had warned in spring that the banks of the Lyne would not hold.",
        "The growers want to know why the sluice at Orrin stayed shut when the river rose.",
    ),
    "Museum to return carved doors": (
        "The museum in Dorrat will return two carved doors to the temple from which they were taken.",
        "Curator Lena Voss said that the doors had been bought in 1911 from a soldier's widow.",
        "Priests of the temple asked the museum for the carved doors five times in thirty years.",
        "Voss will bring the doors home herself, the museum in Dorrat said.",
    ),
    "Teachers vote to strike before exams": (
        "Teachers in nine schools voted to strike on Friday, a week before the summer exams begin.",
        "The teachers say that their pay has not risen since the schools were merged in 2019.",
        "Education chief Milo Brandt said that the exams would be held with or without the teachers.",
        "Parents of pupils at the merged schools were told by Brandt to expect closed gates.",
    ),
}


def url(number: int) -> str:
    return f"https://echo.example/news/{number}"


def story_page(number: int, boxes: Sequence[str] = (), edit: tuple[str, str] = ("", "")) -> str:
    """Story ``number`` in the paper's template; the boxes stand after its second paragraph."""
    headline, paragraphs = list(STORIES.items())[number]
    told = [f'<p class="story-text">{p.replace(*edit) if edit[0] else p}</p>' for p in paragraphs]
    body = "".join([*told[:2], *boxes, *told[2:]])
    return (
        f"<html><head><title>{headline} - The Echo</title></head><body><main><article>"
        f'<h1>{headline}</h1><div class="story-body">{body}</div></article></main></body></html>'
    )
