from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from app.exporters._box import Box


@given(entries=st.lists(st.tuples(st.lists(st.binary(max_size=40), max_size=4), st.booleans()), max_size=5))
def test_what_is_handed_out_piece_by_piece_is_a_sound_archive(entries):
    box = Box()
    written = b""
    for number, (pieces, at_once) in enumerate(entries):
        if at_once:
            written += box.put(f"{number}.xml", b"".join(pieces), stored=bool(number % 2))
            continue
        with box.opened(f"{number}.xml") as file:
            for piece in pieces:
                file.write(piece)
    written += box.end()
    with zipfile.ZipFile(io.BytesIO(written)) as found:
        assert found.testzip() is None
        assert [found.read(f"{number}.xml") for number in range(len(entries))] == [b"".join(one[0]) for one in entries]
        # Sizes stand before the bytes, as readers want them that read from the front.
        assert all(not entry.flag_bits & 8 for entry in found.infolist())
