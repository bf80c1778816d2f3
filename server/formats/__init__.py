"""The world's formats to nouns and back."""
