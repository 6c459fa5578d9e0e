"""ffmpeg as a sandboxed child: files in, files out, no Django."""
