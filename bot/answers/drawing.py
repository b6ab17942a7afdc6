"""Draws a chart as a picture. The drawing library is an extra, loaded at the first picture."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.answers.charts import Chart, Panel, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STYLES = (("o", "#0057b7"), ("s", "#b35900"), ("^", "#3a7d34"), ("D", "#7a3b8f"))
"""Sign and colour of each arm: told apart without colours, too."""
WIDTH, HEIGHT, DENSITY = 6.4, 4.4, 200
"""Inches, and dots in each: sharp on a phone."""
ASIDE = 0.07
"""How far the arms stand apart at one place: half of it, in years."""
MARGIN = 0.6
"""Room beside the first and the last place."""


def can_draw() -> bool:
    """Whether the extra is installed; nothing is loaded for it."""
    return find_spec("matplotlib") is not None


def picture(chart: Chart) -> bytes:
    """The chart as PNG. Takes a second the first time: not for the event loop's own thread."""
    # The pyplot interface would keep every picture, and is not for threads.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DENSITY, layout="constrained")
    FigureCanvasAgg(figure)
    widths = [panel.places[-1] - panel.places[0] + 2 * MARGIN for panel in chart.panels]
    axes = figure.subplots(1, len(chart.panels), sharey=True, squeeze=False, width_ratios=widths)[0]
    for panel, place in zip(chart.panels, axes, strict=True):
        _draw(panel, place, chart)
    axes[0].set_ylim(0, _top(chart))
    axes[0].set_ylabel("%", rotation=0, labelpad=10)
    figure.suptitle(chart.title, fontsize=12, fontweight="bold")
    handles = {
        label: sign for place in axes for sign, label in zip(*place.get_legend_handles_labels(), strict=True)
    }
    figure.legend(
        handles.values(), handles.keys(), loc="outside lower center", ncols=len(handles), frameon=False
    )
    held = io.BytesIO()
    figure.savefig(held, format="png")
    return held.getvalue()


def _top(chart: Chart) -> float:
    """The whole of a percentage, or room above what is small."""
    highest = max(float(point.high or point.value) for panel in chart.panels for point in panel.points)
    return 108 if highest > 50 else highest * 1.5


def _draw(panel: Panel, place: Axes, chart: Chart) -> None:
    middle = (len({point.arm for point in panel.points}) - 1) / 2
    for arm, name in enumerate(chart.arms):
        sign, colour = STYLES[arm % len(STYLES)]
        for point in [point for point in panel.points if point.arm == arm]:
            x = panel.places[point.tick] + (arm - middle) * 2 * ASIDE
            if point.low and point.high:
                place.vlines(x, float(point.low), float(point.high), color=colour, linewidth=1.5)
            place.plot([x], [float(point.value)], sign, color=colour, label=name, clip_on=False)
            _label(point, x, panel, place, colour)
    place.set_title(panel.title, fontsize=11)
    place.set_xticks(panel.places, [tick.replace(" ", "\n", 1) for tick in panel.ticks])
    place.set_xlim(panel.places[0] - MARGIN, panel.places[-1] + MARGIN)
    place.spines[["top", "right"]].set_visible(False)


def _label(point: Point, x: float, panel: Panel, place: Axes, colour: str) -> None:
    """The figure, above the highest point of its tick and below the others; beside an interval."""
    value = float(point.value)
    others = [float(other.value) for other in panel.points if other.tick == point.tick and other != point]
    text, offset, across, along = f"{point.value}%", (0, 7), "center", "bottom"
    if point.low and point.high:
        text, offset, across, along = f"{text}\n({point.low}-{point.high})", (9, 0), "left", "center"
    elif value and any(value < other for other in others):
        offset, along = (0, -8), "top"
    place.annotate(
        text, (x, value), offset, textcoords="offset points", color=colour, ha=across, va=along, fontsize=11
    )
