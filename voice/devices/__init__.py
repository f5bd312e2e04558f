"""Microphones, loudspeakers and the headset; qt_audio.py alone knows Qt."""
