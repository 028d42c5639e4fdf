"""Changes with the same result, put together: a box holds several values of each fact, freely combined."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from wegweiser.engine.regions import Region

__all__ = ["Box", "boxes_of"]

Box = dict[str, tuple[Region, ...]]
"""For each fact its regions; every choice of one region a fact is a change with the same result."""

_Result = TypeVar("_Result", bound=Hashable)


def boxes_of(
    changes: Mapping[frozenset[Region], _Result], regions: Mapping[str, list[Region]]
) -> list[tuple[Box, _Result]]:
    """Changes as few boxes, in the order of the regions."""
    place = {region: number for number, region in enumerate(one for each in regions.values() for one in each)}
    groups: dict[tuple[tuple[str, ...], _Result], list[Box]] = {}
    for change in sorted(changes, key=lambda one: sorted(place[region] for region in one)):
        by_name = {region.fact: (region,) for region in change}
        facts = tuple(name for name in regions if name in by_name)
        groups.setdefault((facts, changes[change]), []).append({name: by_name[name] for name in facts})
    return [(box, result) for (facts, result), boxes in groups.items() for box in _merged(boxes, facts)]


def _merged(boxes: list[Box], facts: Iterable[str]) -> list[Box]:
    for name in facts:
        boxes = list(_joined(boxes, name))
    return boxes


def _joined(boxes: list[Box], name: str) -> Iterator[Box]:
    """Boxes that differ in one fact only, as one."""
    alike: dict[tuple[tuple[str, tuple[Region, ...]], ...], list[Box]] = {}
    for box in boxes:
        rest = tuple((other, regions) for other, regions in box.items() if other != name)
        alike.setdefault(rest, []).append(box)
    for same in alike.values():
        yield {**same[0], name: tuple(region for box in same for region in box[name])}
