"""Putting in an answer: digits, dates, pinyin, handwriting, dictation."""
