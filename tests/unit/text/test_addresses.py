"""Addresses as they are compared."""

from __future__ import annotations

import pytest

from app.text.addresses import page_of, whole_address


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.globe.example/ferry/", "globe.example/ferry"),
        ("http://globe.example:80/ferry?utm_source=x&fbclid=y#comments", "globe.example/ferry"),
        ("https://globe.example/ferry?id=3&ref=home", "globe.example/ferry?id=3"),
        ("https://globe.example/?p=12", "globe.example?p=12"),
        ("https://globe.example/#/ferry", "globe.example#/ferry"),
        ("https://globe.example/", ""),
        ("https://globe.example", ""),
        ("", ""),
        ("http://[broken", "http://[broken"),
    ],
)
def test_an_address_is_that_of_its_page(address, page):
    assert page_of(address) == page


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        (" https://x.org/a b?ü=1\u00a0\n", "https://x.org/a%20b?ü=1"),
        ("https://x.org/a\u00a0b c", "https://x.org/a%C2%A0b%20c"),
        ("https://x.org/a\r\nb", "https://x.org/ab"),
        ("The Daily,  page 3", "The Daily, page 3"),
        ("", ""),
    ],
)
def test_a_space_in_an_address_is_part_of_it(address, whole):
    assert whole_address(address) == whole
