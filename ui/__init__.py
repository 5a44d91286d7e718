"""The screen: wishes go down, values come up. Only here is Qt."""
