"""All nouns of one open library, made once and handed to the journeys."""

from __future__ import annotations

from app.library.arrivals import Arrivals
from app.library.articles import Articles
from app.library.attributes import Attributes
from app.library.bodies import Bodies
from app.library.codebooks import Codebooks
from app.library.collections import Collections
from app.library.frameworks import Frameworks
from app.library.furniture import Furniture
from app.library.gaps import Gaps
from app.library.highlights import Highlights
from app.library.layers import Layers
from app.library.library import Library
from app.library.marks import Marks
from app.library.notes import Notes
from app.library.positions import Positions
from app.library.rounds import Rounds
from app.library.themes import Themes
from app.library.versions import Versions


class Holdings:
    """What a library holds: articles, their texts, highlights, themes, notes, attributes, collections."""

    def __init__(self, library: Library) -> None:
        """Build the nouns on an open library."""
        self.library = library
        self.notes = Notes(library)
        self.bodies = Bodies(library)
        self.themes = Themes(library, self.notes)
        self.codebooks = Codebooks(self.themes, self.notes)
        self.attributes = Attributes(library)
        self.articles = Articles(library, self.bodies, self.attributes, self.themes, self.notes)
        self.arrivals = Arrivals(library)
        self.highlights = Highlights(library, self.bodies, self.themes, self.notes)
        self.rounds = Rounds(library)
        self.marks = Marks(self.bodies, self.highlights, self.themes, self.notes, self.rounds)
        self.layers = Layers(library, self.bodies, self.highlights, self.rounds)
        self.gaps = Gaps(library.database)
        self.furniture = Furniture(library, self.bodies)
        self.versions = Versions(library)
        self.collections = Collections(library, self.notes, self.themes, self.attributes)
        self.frameworks = Frameworks(self.attributes, self.collections, self.notes, self.furniture)
        self.positions = Positions(library)
