"""All reads of the index. What a viewer may not watch is found by nobody's question; cards ask once more who it is."""

from revue.search.queries.people import people
from revue.search.queries.sounds import sounds
from revue.search.queries.suggest import suggest
from revue.search.queries.tags import tags
from revue.search.queries.videos import caption_spans, videos

__all__ = ["caption_spans", "people", "sounds", "suggest", "tags", "videos"]
