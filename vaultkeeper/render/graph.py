"""A graph as SVG: who knows whom. The layout is computed here, from the ties alone: the same ties, the same
picture."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from math import cos, hypot, pi, sin, sqrt

from vaultkeeper.domain.tie import Tie
from vaultkeeper.render.chart import shorten

WIDTH = 900
_MARGIN_X, _MARGIN_Y = 70, 34
_ROUNDS = 220
_GOLDEN = pi * (3 - sqrt(5))
_LABEL = 24  # the height that a node and its name take

Point = tuple[float, float]


def graph_svg(ties: Sequence[Tie], names: Mapping[str, str], kinds: Mapping[str, str], label: str) -> str:
    """A circle a contact, of the class `kinds` gives their path; a line a tie, of the class of its `how`."""
    degrees = Counter(path for tie in ties for path in (tie.one, tie.other))
    height = min(240 + 11 * len(degrees), 640)
    places = lay_out([(tie.one, tie.other) for tie in ties], names, height)
    drawn = []
    for tie in ties:
        (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
        line = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        said = f"{names[tie.one]} and {names[tie.other]}"
        drawn.append(f'<line class="tie {tie.how}" {line}><title>{escape(said)}</title></line>')
    for path, (x, y) in places.items():
        radius = 5 + min(sqrt(degrees[path]) * 1.6, 7)
        name = escape(names[path])
        drawn.append(
            f'<circle class="{escape(kinds[path])}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
            f"<title>{name}</title></circle>"
            f'<text class="mid" x="{x:.1f}" y="{y + radius + 13:.1f}">{escape(shorten(names[path]))}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{escape(label)}">\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def lay_out(pairs: Sequence[tuple[str, str]], names: Mapping[str, str], height: int) -> dict[str, Point]:
    """Path → its place in a picture of WIDTH and `height`.

    Fruchterman and Reingold (1991): ties pull, and all push each other. Then names are moved off each other.
    """
    degrees = Counter(path for pair in pairs for path in pair)
    paths = sorted(degrees, key=lambda path: (-degrees[path], path))
    at = {path: number for number, path in enumerate(paths)}
    spots = [_spiral(number, len(paths)) for number in range(len(paths))]
    links = [(at[one], at[other]) for one, other in pairs]
    ideal = 1 / sqrt(len(paths) or 1)
    for turn in range(_ROUNDS):
        reach = 0.12 * (1 - turn / _ROUNDS) + 0.002
        spots = _pulled(spots, links, ideal, reach)
    labels = [names[path] for path in paths]
    return dict(zip(paths, _spread(_fitted(spots, height), labels, height), strict=True))


def _spiral(number: int, count: int) -> Point:
    radius = 0.5 * sqrt((number + 0.5) / count)
    return 0.5 + radius * cos(number * _GOLDEN), 0.5 + radius * sin(number * _GOLDEN)


def _pulled(
    spots: Sequence[Point], links: Sequence[tuple[int, int]], ideal: float, reach: float
) -> list[Point]:
    """One round: each moves along the sum of its forces, by `reach` at most."""
    force_x, force_y = [0.0] * len(spots), [0.0] * len(spots)
    push = ideal * ideal
    for one, (x, y) in enumerate(spots):
        here_x = here_y = 0.0
        for other in range(one):
            dx, dy = x - spots[other][0], y - spots[other][1]
            strength = push / (dx * dx + dy * dy + 1e-6)
            here_x += dx * strength
            here_y += dy * strength
            force_x[other] -= dx * strength
            force_y[other] -= dy * strength
        force_x[one] += here_x
        force_y[one] += here_y
    for one, other in links:
        dx, dy = spots[one][0] - spots[other][0], spots[one][1] - spots[other][1]
        pull = hypot(dx, dy) / ideal
        force_x[one] -= dx * pull
        force_y[one] -= dy * pull
        force_x[other] += dx * pull
        force_y[other] += dy * pull
    moved = []
    for (x, y), fx, fy in zip(spots, force_x, force_y, strict=True):
        fx, fy = fx + (0.5 - x) * 0.9, fy + (0.5 - y) * 0.9  # towards the middle, or parts would fly off
        scale = min(reach / max(hypot(fx, fy), 1e-9), 1.0)
        moved.append((x + fx * scale, y + fy * scale))
    return moved


def _fitted(spots: Sequence[Point], height: int) -> list[Point]:
    """Into the picture, filling it."""
    if not spots:
        return []
    low_x, low_y = min(x for x, _ in spots), min(y for _, y in spots)
    wide = max(max(x for x, _ in spots) - low_x, 1e-9)
    tall = max(max(y for _, y in spots) - low_y, 1e-9)
    return [
        (
            _MARGIN_X + (x - low_x) / wide * (WIDTH - 2 * _MARGIN_X),
            _MARGIN_Y + (y - low_y) / tall * (height - 2 * _MARGIN_Y),
        )
        for x, y in spots
    ]


def _spread(spots: Sequence[Point], names: Sequence[str], height: int) -> list[Point]:
    """Moves apart those whose circle and name would overlap."""
    halves = [max(len(shorten(name)) * 3.1, 12) + 3 for name in names]
    placed = [list(spot) for spot in spots]
    for _ in range(120):
        moved = False
        for one, (a, half) in enumerate(zip(placed, halves, strict=True)):
            for other in range(one):
                b = placed[other]
                over_x = half + halves[other] - abs(a[0] - b[0])
                over_y = 1.5 * _LABEL - abs(a[1] - b[1])
                if over_x > 0 and over_y > 0:
                    moved = True
                    axis, over = (1, over_y) if over_y <= over_x else (0, over_x)
                    way = 1 if a[axis] >= b[axis] else -1
                    a[axis] += way * (over / 2 + 0.5)
                    b[axis] -= way * (over / 2 + 0.5)
        for spot, half in zip(placed, halves, strict=True):
            spot[0] = min(max(spot[0], half), WIDTH - half)
            spot[1] = min(max(spot[1], 16), height - _LABEL - 6)
        if not moved:
            break
    return [(x, y) for x, y in placed]
