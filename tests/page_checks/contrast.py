"""The contrast of words with what lies behind them, as WCAG 2.2 defines it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from visits import Visit

Color = tuple[float, float, float]

TEXT_CONTRAST, LARGE_TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0, 3.0  # 1.4.3 and 1.4.11
_LARGE, _LARGE_AND_BOLD = 24, 18.66  # pixels

# Marks the first element of each look: the colors, the size and the weight of its words, and the
# backgrounds and opacities around them.  A sign alone is no word, neither here nor for axe.  The
# words of figures have a check of their own.
_MARK_LOOKS = """() => {
  const around = new Map([[null, {key: '', backgrounds: [], plain: true}]]);
  const surroundings = it => {
    if (!around.has(it)) {
      const outer = surroundings(it.parentElement);
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(it);
      const plain = outer.plain && backgroundImage === 'none' && opacity === '1';
      const layer = backgroundColor === 'rgba(0, 0, 0, 0)' ? [] : [backgroundColor];
      around.set(it, {
        key: layer.length || backgroundImage !== 'none' || opacity !== '1'
          ? [outer.key, backgroundColor, backgroundImage, opacity].join() : outer.key,
        backgrounds: [...layer, ...outer.backgrounds],
        plain,
      });
    }
    return around.get(it);
  };
  document.querySelectorAll('[data-look]').forEach(it => it.removeAttribute('data-look'));
  const looks = new Map();
  for (const it of document.body.querySelectorAll('*')) {
    const words = [...it.childNodes].some(
      node => node.nodeType === 3 && node.nodeValue.trim().length > 1);
    if (!(words || it.matches('input, textarea, select')) || it.closest('svg, script, style')) {
      continue;
    }
    if (!it.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const {color, fontSize, fontWeight} = getComputedStyle(it);
    const {key, backgrounds, plain} = surroundings(it);
    const look = [color, fontSize, fontWeight, key].join();
    if (looks.has(look)) continue;
    looks.set(look, {
      color, backgrounds, plain, size: parseFloat(fontSize), weight: Number(fontWeight),
      html: it.outerHTML.slice(0, 120),
    });
    it.dataset.look = looks.size;
  }
  return [...looks.values()];
}"""


def contrast(one: str, other: str) -> float:
    """Return the ratio of the luminances of two opaque colors."""
    return _ratio(_opaque(one), _opaque(other))


def mark_looks(visit: Visit) -> list[dict[str, Any]]:
    """Mark the first element of each look with `data-look`, and return what these look like."""
    looks: list[dict[str, Any]] = visit.page.evaluate(_MARK_LOOKS)
    return looks


def words_that_do_not_stand_out(visit: Visit) -> Iterator[str]:
    """Yield each look whose words have too little contrast.

    Images behind words, and what shines through, are left to axe.
    """
    looks = mark_looks(visit)
    assert looks, f"{visit}: no words show"
    for look in looks:
        if not look["plain"]:
            continue
        large = look["size"] >= (_LARGE_AND_BOLD if look["weight"] >= 700 else _LARGE)
        found = _ratio(*_seen(look["color"], look["backgrounds"]))
        if found < (LARGE_TEXT_CONTRAST if large else TEXT_CONTRAST):
            yield (
                f"contrast {found:.2f} of {look['color']} on {look['backgrounds']}: {look['html']}"
            )


def _seen(color: str, backgrounds: list[str]) -> tuple[Color, Color]:
    """Return the color of words and what is behind them, from layers, the innermost first."""
    behind: Color = (1, 1, 1)
    for layer in reversed(backgrounds):
        behind = _over(layer, behind)
    return _over(color, behind), behind


def _over(css: str, behind: Color) -> Color:
    *color, alpha = _read(css)
    red, green, blue = (
        alpha * own + (1 - alpha) * other for own, other in zip(color, behind, strict=True)
    )
    return red, green, blue


def _opaque(css: str) -> Color:
    red, green, blue, alpha = _read(css)
    assert alpha == 1, f"{css} is no opaque color"
    return red, green, blue


def _read(css: str) -> tuple[float, float, float, float]:
    """Read a computed color; its parts are from 0 to 1, opacity the last."""
    match = re.fullmatch(r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)", css)
    assert match, f"{css} is no color that the tests can read"
    red, green, blue = (int(part) / 255 for part in match.groups()[:3])
    return red, green, blue, float(match[4] or 1)


def _ratio(one: Color, other: Color) -> float:
    def luminance(color: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)
