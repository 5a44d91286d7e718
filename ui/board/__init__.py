"""The board: passages gathered from many articles, and collections."""
