"""The hall server: intake, progress, staff calls and the staff page."""
