"""Uploads, probing, transcoding, thumbnails and access to the bytes."""
