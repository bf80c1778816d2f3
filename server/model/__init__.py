"""The nouns as msgspec Structs, which are the bodies on the wire, and the rules that need nothing but the value."""
