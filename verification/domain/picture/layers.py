"""Which layer each node stands in: the desk in 0, everything beyond what relies on it, all ends farthest."""

from collections.abc import Mapping, Sequence

Step = tuple[str, str]
"""(lower, upper)."""


def layers(desk: str, above: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], frozenset[Step]]:
    """The layer of every node reached from `desk`, and the steps that lead back and close a circle."""
    settled, back = _walk(desk, above)
    depth = dict.fromkeys(settled, 0)
    for lower in reversed(settled):
        for upper in above.get(lower, ()):
            if (lower, upper) not in back:
                depth[upper] = max(depth[upper], depth[lower] + 1)
    farthest = max(depth.values())
    for key in settled:
        if not above.get(key) and key != desk:
            depth[key] = farthest
    return depth, frozenset(back)


def _walk(desk: str, above: Mapping[str, Sequence[str]]) -> tuple[list[str], set[Step]]:
    """Depth first and without recursion (a chain may be long): nodes in the order they were left, steps back."""
    left: list[str] = []
    back: set[Step] = set()
    on_the_way = {desk}
    seen = {desk}
    stack = [(desk, iter(above.get(desk, ())))]
    while stack:
        lower, uppers = stack[-1]
        for upper in uppers:
            if upper in on_the_way:
                back.add((lower, upper))
            elif upper not in seen:
                seen.add(upper)
                on_the_way.add(upper)
                stack.append((upper, iter(above.get(upper, ()))))
                break
        else:
            stack.pop()
            on_the_way.discard(lower)
            left.append(lower)
    return left, back
