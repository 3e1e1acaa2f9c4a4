"""Checks that an answer is, or contains, XML or HTML.

XML is parsed by expat; a document type is refused, as it could define entities that
expand without end. HTML has no syntax errors, so it is checked for what a person
would call broken: tags that are not HTML's, left open, or closed without being open.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers import expat

from promptgate.documents import describe
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.scorers.interface import Scorer

_START = re.compile(r"<(?=[^\W\d])")
_PATH = re.compile(r"[^\W\d][\w.:-]*(?:/[^\W\d][\w.:-]*)*\Z")

_VOID_TAGS = "area base br col embed hr img input link meta source track wbr"
_END_OPTIONAL_TAGS = """body caption colgroup dd dt head html li optgroup option p rb rp rt rtc
    tbody td tfoot th thead tr"""
_OTHER_TAGS = """a abbr address article aside audio b bdi bdo blockquote button canvas cite code
    data datalist del details dfn dialog div dl em fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup i iframe ins kbd label legend main map mark math menu meter nav noscript
    object ol output picture pre progress q ruby s samp script search section select slot small span
    strong style sub summary sup svg table template textarea time title u ul var video"""
_VOID = frozenset(_VOID_TAGS.split())
_END_OPTIONAL = frozenset(_END_OPTIONAL_TAGS.split())
_TAGS = _VOID | _END_OPTIONAL | frozenset(_OTHER_TAGS.split())
_FOREIGN = frozenset({"svg", "math"})


class _Ended(Exception):
    """The root element is closed: what follows is prose."""


@scorer("is-xml")
def is_xml(elements: list[str] | None = None) -> Scorer:
    """The answer as a whole is well-formed XML, with these elements if any are named.

    Example:
        {is-xml: [order/item, order/total]}

    Args:
        elements: Paths of element names from the root, joined by '/'.
    """
    wanted = _paths(elements)

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        try:
            found, _ = _parse_xml(response.text.strip(), prefix=False)
        except expat.ExpatError as error:
            return Score(0.0, f"the answer is not XML: {error}")
        absent = [path for path in wanted if path not in found]
        if absent:
            return Score(0.0, f"the answer's XML has no element {absent[0]!r}")
        return Score(1.0, "the answer is XML")

    return check


@scorer("contains-xml")
def contains_xml(elements: list[str] | None = None) -> Scorer:
    """The answer has a well-formed XML element in it, with these elements if any are named.

    Example:
        {contains-xml: [answer]}

    Args:
        elements: Paths of element names from the element found, joined by '/'.
    """
    wanted = _paths(elements)

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        reason = "the answer contains no XML element"
        for found, span in _xml_in(response.text):
            absent = [path for path in wanted if path not in found]
            if not absent:
                return Score(1.0, "the answer contains XML", None, span)
            reason = f"the XML in the answer has no element {absent[0]!r}"
        return Score(0.0, reason)

    return check


@scorer("is-html")
def is_html() -> Scorer:
    """The answer as a whole is HTML: it starts and ends with a tag, and no tag is broken.

    Example:
        is-html
    """

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        text = response.text.strip()
        if not (text.startswith("<") and text.endswith(">")):
            return Score(0.0, "the answer is not HTML: there is text outside its tags")
        fault, tags = _read_html(text)
        if fault is None and not tags:
            fault = "it has no element"
        if fault is not None:
            return Score(0.0, f"the answer is not HTML: {fault}")
        return Score(1.0, "the answer is HTML")

    return check


@scorer("contains-html")
def contains_html() -> Scorer:
    """The answer has an HTML element in it: an opened and closed one, or one like `<br>`.

    Example:
        {not: contains-html}
    """

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        _, tags = _read_html(response.text)
        if tags:
            return Score(1.0, f"the answer contains the HTML element <{tags[0]}>")
        return Score(0.0, "the answer contains no HTML element")

    return check


def _paths(elements: list[str] | None) -> list[str]:
    for path in elements or ():
        if not _PATH.match(path):
            raise ScorerError(
                f"{describe(path)} is no path of element names; write one like 'order/item'."
            )
    return list(elements or ())


def _parse_xml(text: str, *, prefix: bool) -> tuple[set[str], int]:
    """Return the paths of all elements and where the root element ends.

    Args:
        text: Starts with the document.
        prefix: Whether something other than XML may follow the root element.

    Raises:
        ExpatError: It is not well-formed, or has a document type.
    """
    parser = expat.ParserCreate("utf-8")
    stack: list[str] = []
    found: set[str] = set()

    def start(name: str, _attributes: dict[str, str]) -> None:
        stack.append(f"{stack[-1]}/{name}" if stack else name)
        found.add(stack[-1])

    def end(name: str) -> None:
        stack.pop()
        if prefix and not stack:
            raise _Ended(name, parser.CurrentByteIndex)

    def doctype(*_: object) -> None:
        raise expat.ExpatError("a document type is not accepted")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    data = text.encode("utf-8", "replace")
    try:
        parser.Parse(data, True)
    except _Ended as ended:
        name, close = ended.args  # at the end tag, or behind the tag of an element without content
        if data.startswith(f"</{name}".encode(), close):
            close = data.index(b">", close) + 1
        return found, len(data[:close].decode("utf-8"))
    return found, len(text)


def _xml_in(text: str) -> Iterator[tuple[set[str], tuple[int, int]]]:
    """Yield the well-formed elements of a text that are in no other, with their paths."""
    at = 0
    while opening := _START.search(text, at):
        begin = opening.start()
        try:
            found, length = _parse_xml(text[begin:], prefix=True)
        except expat.ExpatError:
            at = begin + 1
            continue
        at = begin + length
        yield found, (begin, at)


class _HtmlReader(HTMLParser):
    """Follows which elements are open; notes the first fault and the whole elements."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.whole: list[str] = []
        self.fault: str | None = None

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002  # the parser's signature
    ) -> None:
        if tag in _VOID:
            self.whole.append(tag)
        elif tag in _TAGS or "-" in tag or self._foreign():
            self.open.append(tag)
        else:
            self._note(f"<{tag}> is not an element of HTML")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._foreign():
            return
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in self.open:
            self._note(f"</{tag}> closes what is not open")
            return
        while (last := self.open.pop()) != tag:
            if last not in _END_OPTIONAL:
                self._note(f"<{last}> is not closed before </{tag}>")
        if tag in _TAGS or "-" in tag:
            self.whole.append(tag)

    def finish(self) -> None:
        self.close()
        for tag in self.open:
            if tag not in _END_OPTIONAL:
                self._note(f"<{tag}> is never closed")

    def _foreign(self) -> bool:
        return any(tag in _FOREIGN for tag in self.open)

    def _note(self, fault: str) -> None:
        self.fault = self.fault or fault


def _read_html(text: str) -> tuple[str | None, list[str]]:
    """Return the first fault and the names of the whole elements, in the order they end."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.finish()
    return reader.fault, reader.whole
