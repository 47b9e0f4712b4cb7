"""Tree: a document's markup as the tree that the engine lays out.

It promises the tree that the engine's own parser makes of well-formed markup, in a tenth of the
time: that parser mends pages of the web, and a layout's pages are XHTML for the EPUB's sake. It
refuses markup that is not well-formed.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

# What layouts write without declaring it, because the EPUB's documents do.
_OPS = '<html xmlns:epub="http://www.idpf.org/2007/ops" '
_DOCTYPE = "<!DOCTYPE html>"


def html_of(document: str, base_url: str, fetcher: Any, at: Place) -> Any:
    """The engine's document; `at` is where its words come from.

    Raises PublisherError for markup that is not well-formed.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    html = HTML(string="", base_url=base_url, url_fetcher=fetcher)
    html.wrapper_element = ElementWrapper.from_html_root(_root(document, at), content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


def _root(document: str, at: Place) -> ET.Element:
    markup = document.removeprefix(_DOCTYPE).replace("<html ", _OPS, 1)
    try:
        return ET.fromstring(markup)  # noqa: S314 (the project's own markup, no DTD)
    except ET.ParseError as error:
        raise PublisherError.of(
            say("the template does not make well-formed XHTML: {reason}", reason=error.msg),
            Remedy.DESIGNER,
            at,
            say("close every element, as in <br/>"),
        ) from None
