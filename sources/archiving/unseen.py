"""Words that stand in the markup of a page and that nobody is shown: they are not its text.

A style sheet hides them, so the markup alone does not say which. The browser marks the elements (browser/marking.py),
and what they hold themselves is left out: another element in one may be shown.
"""

from lxml import etree

MARK = "data-isnad-unseen"


def leave_out(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        if MARK in element.attrib:
            element.text = None
            for child in element:
                child.tail = None
