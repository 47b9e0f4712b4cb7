"""Records for catalogues and the trade: valid, complete, and silent where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from library import frozen
from lxml import etree

from publisher.editorial.assembly import read_collection
from publisher.ground.errors import Remedy
from publisher.library.dublincore import dublin_core
from publisher.library.edition import Edition, named
from publisher.library.holding import held_at
from publisher.library.identity import edition_in
from publisher.library.mods import mods
from publisher.library.onix import onix
from publisher.model.collection import Collection

ISBN = "978-7-5063-0000-1"
MODS = "{http://www.loc.gov/mods/v3}"
ONIX = "{http://ns.editeur.org/onix/3.0/reference}"
# What the schema of MODS 3.8 lets stand in each element that we write, and with which attributes.
_PERSON = ({"namePart", "role"}, {"type"})
_IN_MODS = {
    "mods": (
        {"titleInfo", "name", "typeOfResource", "originInfo", "language", "physicalDescription",
         "abstract", "relatedItem", "identifier", "accessCondition"},
        {"version"},
    ),
    "titleInfo": ({"title", "subTitle"}, set()),
    "name": _PERSON,
    "role": ({"roleTerm"}, set()),
    "originInfo": ({"place", "publisher", "dateIssued", "edition", "issuance"}, set()),
    "place": ({"placeTerm"}, set()),
    "language": ({"languageTerm"}, set()),
    "physicalDescription": ({"internetMediaType", "digitalOrigin"}, set()),
    "relatedItem": ({"titleInfo", "name"}, {"type"}),
    "roleTerm": (set(), {"type", "authority"}),
    "placeTerm": (set(), {"type"}),
    "languageTerm": (set(), {"type", "authority"}),
    "dateIssued": (set(), {"encoding", "keyDate"}),
    "identifier": (set(), {"type"}),
    "accessCondition": (set(), {"type"}),
}  # fmt: skip
# Of the schema of XML's own attributes (W3C), the one that MODS speaks of.
_XML_LANG = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/></xs:schema>"""
_DUBLIN_CORE = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
    "format", "identifier", "source", "language", "relation", "coverage", "rights",
}  # fmt: skip
HEAD = frozen.HEAD.replace("[imprint]", '[imprint]\nplace = "桥头镇"')
FULL = (HEAD + frozen.OUTPUTS).replace(
    "version =", f'subtitle = "半石"\nidentifier = "{ISBN}"\nversion ='
)


def collection(folder: Path, declaration: str) -> Collection:
    return read_collection(frozen.collection(folder, {"collection.toml": declaration})).collection


def edition(of: Collection) -> Edition:
    """An edition of a collection with the files and essays of the one in the store."""
    known = edition_in(held_at(frozen.edition()))
    return replace(named(of), works=known.works, essays=known.essays)


@pytest.fixture
def full(tmp_path: Path) -> Collection:
    return collection(tmp_path, FULL)


def texts(root: etree._Element, path: str) -> list[str]:
    return [it.text or "" for it in root.iterfind(path)]


def test_mods_names_the_book_its_people_and_every_essay(full: Collection) -> None:
    root = etree.fromstring(mods(edition(full), full))
    assert texts(root, f"{MODS}titleInfo/*") == ["钟楼集", "半石"]
    assert texts(root, f"{MODS}name/{MODS}namePart") == ["王小明", "邬鹤年", "滕水根"]
    assert texts(root, f"{MODS}name/{MODS}role/*") == ["edt", "aut", "aut"]
    assert texts(root, f"{MODS}originInfo//*")[1:] == [
        "桥头镇",
        "半石桥印社",
        "2020-06-01",
        "1.0",
        "monographic",
    ]
    assert texts(root, f"{MODS}relatedItem/{MODS}titleInfo/*") == ["钟楼", "雪夜"]
    assert texts(root, f"{MODS}identifier[@type='isbn']") == [ISBN.replace("-", "")]


def test_mods_holds_nothing_that_its_schema_does_not(full: Collection) -> None:
    for element in etree.fromstring(mods(edition(full), full)).iter():
        name = etree.QName(element).localname
        children, attributes = _IN_MODS.get(name, (set(), set()))
        assert {etree.QName(it).localname for it in element} <= children, name
        assert set(element.attrib) <= attributes, name
        assert len(element) or (element.text or "").strip(), name


class _Beside(etree.Resolver):
    """What a schema takes from elsewhere, of that which lies beside it."""

    def resolve(self, url: str, _identity: str, context: object) -> object:
        if url.endswith("/xml.xsd"):
            return self.resolve_string(_XML_LANG, context)
        return self.resolve_filename(
            str(_schemas("eulxml", "schema_data") / Path(url).name), context
        )


def test_mods_is_valid_by_the_schema_of_the_library_of_congress(full: Collection) -> None:
    """That of MODS 3.4: later ones only add to it, of which the record takes two words."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    file = _schemas("eulxml", "schema_data") / "mods-3-4.xsd"
    schema = etree.XMLSchema(etree.parse(file, parser))
    record = mods(edition(full), full).replace(b'version="3.8"', b'version="3.4"')
    assert schema.validate(etree.fromstring(record.replace(b"rfc5646", b"rfc4646")))
    wrong = record.replace(b"rfc5646", b"rfc4646").replace(b"<titleInfo>", b"<titleInfo x='y'>")
    assert not schema.validate(etree.fromstring(wrong))


def test_what_a_collection_does_not_say_is_in_no_record(tmp_path: Path) -> None:
    bare = collection(
        tmp_path,
        HEAD.replace('description = "一座钟楼。"\n', "").replace('rights = "CC BY 4.0"\n', "")
        + frozen.OUTPUTS,
    )
    root = etree.fromstring(mods(edition(bare), bare))
    names = {etree.QName(it).localname for it in root.iter()}
    assert not names & {"subTitle", "abstract", "accessCondition"}
    assert len(texts(root, f"{MODS}identifier")) == 1


def _schemas(package: str, *way: str) -> Path:
    """A folder of official schemas in a package that is not loaded for them."""
    spec = find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent.joinpath(*way)


def onix_schema() -> etree.XMLSchema:
    folder = _schemas("onixcheck", "schema", "xsd3.0")
    return etree.XMLSchema(etree.parse(folder / "ONIX_BookProduct_3.0_reference.xsd"))


def test_onix_is_valid_by_the_schema_of_editeur(full: Collection) -> None:
    schema = onix_schema()
    printed = [replace(it, format="print") for it in edition(full).works]
    for date, works in (("2020-06-01", edition(full).works), ("2020", tuple(printed))):
        root = etree.fromstring(onix(replace(edition(full), date=date, works=works), full))
        assert schema.validate(root), schema.error_log
    broken = etree.fromstring(onix(edition(full), full).replace(b">03<", b">99<"))
    assert not schema.validate(broken)


def test_onix_tells_the_printed_book_from_files(full: Collection) -> None:
    made = edition(full)
    root = etree.fromstring(onix(made, full))
    assert texts(root, f".//{ONIX}ProductForm") == ["ED"]
    assert texts(root, f".//{ONIX}ProductFormDetail") == ["E107", "E101"]
    assert texts(root, f".//{ONIX}ScriptCode") == ["Hans", "Hant"]
    assert texts(root, f".//{ONIX}IDValue") == [ISBN.replace("-", "")]
    printed = replace(made, works=(replace(made.works[0], format="cover"), *made.works[1:]))
    root = etree.fromstring(onix(printed, full))
    assert texts(root, f".//{ONIX}ProductForm") == ["BC"]
    assert texts(root, f".//{ONIX}ScriptCode") == ["Hans"]


def test_dublin_core_has_the_fifteen_elements_and_plain_words_alone(full: Collection) -> None:
    root = etree.fromstring(dublin_core(edition(full), full))
    assert {etree.QName(it).localname for it in root} <= _DUBLIN_CORE
    assert all(not it.attrib and not len(it) and it.text for it in root)
    assert texts(root, "{*}creator") == ["王小明"]
    alone = replace(full, about=replace(full.about, editors=()))
    root = etree.fromstring(dublin_core(edition(alone), alone))
    assert texts(root, "{*}creator") == ["邬鹤年", "滕水根"]
    assert texts(root, "{*}contributor") == []


def test_an_edition_without_isbn_has_no_message_for_the_trade() -> None:
    metadata = frozen.edition() / "data" / "metadata"
    assert sorted(it.name for it in metadata.iterdir()) == ["dublin-core.xml", "mods.xml"]


def test_a_mistyped_isbn_is_told_before_anything_is_made(tmp_path: Path) -> None:
    wrong = FULL.replace(ISBN, "978-7-5063-0000-5")
    run = frozen.freeze(frozen.collection(tmp_path / "book", {"collection.toml": wrong}))
    assert run.returncode == Remedy.EDITOR.value
    assert "is not an ISBN: it would end with 1" in run.stderr
    assert "identifier" in run.stderr
    assert "setting" not in run.stderr
