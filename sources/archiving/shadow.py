"""Shadow trees put where they are shown, so that whoever reads the markup reads what a person saw.

A browser writes them into the markup as `<template shadowrootmode>` in the element they belong to; another template is
nothing to read. What that element holds besides is shown where the tree has a slot for it, and nowhere else.
"""

from lxml import etree


def flatten(root: etree._Element) -> None:
    """Inner trees before those around them, whose slots may be among what the inner ones are given to show."""
    for template in reversed([each for each in root.iter("template") if "shadowrootmode" in each.attrib]):
        host = template.getparent()
        if host is not None:
            _unfold(host, template)


def _unfold(host: etree._Element, template: etree._Element) -> None:
    loose, given = _light(host, template)
    for child in list(host):
        host.remove(child)
    host.text = template.text
    host.extend(list(template))
    if "-" in str(host.tag):
        host.tag = "div"  # parsers know no names that pages make up
    for slot in list(host.iter("slot")):
        name = slot.get("name") or ""
        shown, text = given.pop(name, []), "" if name else loose
        if shown or text.strip():
            for fallback in list(slot):
                slot.remove(fallback)
            slot.text = text
            slot.extend(shown)
            loose = loose if name else ""
        slot.tag = "span"


def _light(host: etree._Element, template: etree._Element) -> tuple[str, dict[str, list[etree._Element]]]:
    """What the host itself holds, by the names of slots: text is for the one without a name, in its order."""
    loose = host.text or ""
    given: dict[str, list[etree._Element]] = {}
    for child in host:
        name = child.get("slot") or ""
        if child is not template:
            given.setdefault(name, []).append(child)
        if (child is template or name) and child.tail:
            if unnamed := given.get(""):
                unnamed[-1].tail = (unnamed[-1].tail or "") + child.tail
            else:
                loose += child.tail
            child.tail = None
    return loose, given
