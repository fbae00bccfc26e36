"""Slide decks as text: their slides, what they say of themselves, and the nicknames of papers."""
