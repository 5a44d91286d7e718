"""Addresses as they are compared."""

from __future__ import annotations

import pytest

from app.text.addresses import page_of


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
