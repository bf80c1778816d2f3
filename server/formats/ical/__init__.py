"""Calendars as others keep them (iCalendar, RFC 5545). The process `python -m server.formats.ical FILE TODAY` reads one."""
