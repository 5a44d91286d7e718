"""Everything Commonplace can do, without a screen."""
