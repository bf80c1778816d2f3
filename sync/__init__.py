"""The protocol between phones and server; knows nothing of places, nor of HTTP."""
