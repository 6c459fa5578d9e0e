"""The orchestra: drums, bass, chords, melody, voice and effects, synthesised with numpy."""
