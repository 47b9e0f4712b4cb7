"""Vertical type area: where the columns of a page stand, measured on the page lying on its left.

A page with vertical lines is laid out with lines from left to right on the page turned by a quarter
and stood up when it is finished. It promises the type area of that lying page: a measure of a whole
number of characters (downwards on the finished page) and a whole number of lines beside each other.
Units: mm. Source: CLREQ 2.4, Dimensions of the type area; vertical books bind at the right.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.typography.pagesize import PageSize
from publisher.typography.typearea import TypeArea, TypeDesign, type_area


def lying(page: PageSize, design: TypeDesign) -> tuple[PageSize, TypeArea]:
    """A page on its left side, and its type area.

    `inner` and `outer` of the area are the margins before and behind the lines, which are the head
    and the foot of the finished page; `top` and `bottom` those at its binding and at its fore edge.
    """
    turned = replace(design, width=design.height, height=design.width)
    turned = replace(turned, inner=design.top, top=design.inner)
    size = PageSize(page.height, page.width, page.name)
    return size, type_area(size, turned)
