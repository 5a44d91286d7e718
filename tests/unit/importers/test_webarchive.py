"""Web archives of Safari: both forms of property lists, and what is none."""

from __future__ import annotations

import plistlib

import pytest

from app.errors import ImportFailed
from tests.unit.importers.boxes import drafts, is_the_wall, read, sample


def test_a_list_in_xml_is_read_too():
    data = plistlib.dumps(plistlib.loads(sample("wall.webarchive")), fmt=plistlib.FMT_XML)
    assert is_the_wall(drafts("wall.webarchive", data)[0])


@pytest.mark.parametrize(
    "value",
    [{}, [], {"WebMainResource": {}}, {"WebMainResource": {"WebResourceData": "text"}}, {"WebMainResource": [b"x"]}],
)
def test_a_list_without_a_page_says_so(value):
    with pytest.raises(ImportFailed):
        read("wall.webarchive", plistlib.dumps(value))


def test_entities_are_refused():
    head = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(ImportFailed):
        read("wall.webarchive", head + b"<plist><dict><key>WebMainResource</key><string>&b;</string></dict></plist>")


def test_strange_parts_are_passed_over():
    archive = plistlib.loads(sample("wall.webarchive"))
    archive["WebSubresources"] = [7, {"WebResourceURL": 3}, {"WebResourceData": b"x"}, *archive["WebSubresources"]]
    assert is_the_wall(drafts("wall.webarchive", plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))[0])
