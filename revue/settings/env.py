"""The typed settings of one Revue instance, read from `REVUE_…` environment variables.

Each field has a default that works, a type that is checked at start, and a line in
`docs/operate/settings.md` (a test compares the two).
"""

import functools
import pathlib
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One instance's settings; the environment variable is `REVUE_` + the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="REVUE_", extra="ignore", frozen=True)

    # Where the database, the media, the logs and the secret key live. One folder is one instance.
    data_dir: pathlib.Path = pathlib.Path("revue-data")
    # The address the one server listens on; 0.0.0.0 is every address of this machine.
    host: str = "127.0.0.1"
    # The port it listens on.
    port: int = Field(default=8000, ge=1, le=65535)
    # The address people type, when it differs from host and port (behind a proxy or with a name).
    public_url: str = ""
    # Signs sessions, cursors and links. Empty: made at first start and kept in the data folder.
    secret_key: str = ""
    # A PostgreSQL to use instead of the embedded one, as postgresql://user:password@host:port/name.
    database_url: str = ""
    # More log and pages that show errors. Never on a public instance.
    debug: bool = False
    # Log lines for people (console) or for machines (json).
    log_format: Literal["console", "json"] = "console"
    # The quietest lines that are written.
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    # Processes of the web server. One is right up to about four cores.
    web_processes: int = Field(default=1, ge=1, le=64)
    # Threads of Django in each of them; 4 to 8 is right.
    web_threads: int = Field(default=6, ge=2, le=64)
    # Transcodes at once in one worker. One ffmpeg already uses two threads.
    media_concurrency: int = Field(default=1, ge=1, le=64)
    # Uploads whose first version is made while they arrive, at once in one worker. 0 makes everything afterwards.
    early_concurrency: int = Field(default=1, ge=0, le=64)
    # `revue up` runs the trainer of the sequence model. Empty: wherever the extra `train` (JAX, optax) is installed.
    trainer: bool | None = None
    # Who hands media bytes over: our front, an nginx before us (X-Accel-Redirect), or Python itself.
    media_sender: Literal["front", "nginx", "python"] = "front"
    # Addresses of proxies before us, with commas between; only they are believed about X-Forwarded-… headers.
    trusted_proxies: str = ""

    # The name shown in the word-mark's place and in page titles.
    instance_name: str = "Revue"
    # The region every new account belongs to.
    home_region: str = "local"
    # The youngest age that may sign up, by birth date. 0 switches the question off.
    minimum_age: int = Field(default=13, ge=0, le=21)
    # Only people with an invitation code may sign up.
    invite_only: bool = False
    # `revue up` makes the library of sounds that anybody may use; about a minute of spare time, once.
    sound_library: bool = True
    # The sender's address of mail.
    mail_from: str = "revue@localhost"
    # The server that takes mail, as smtp://, smtp+starttls:// or smtps://user:password@host:port.
    # Empty: mail is written into the data folder.
    smtp_url: str = ""

    # People may have their browsers told by push: the one thing for which this server asks strangers, the push services
    # of the browsers' makers. What it hands over only the browser can read.
    web_push: bool = False
    # Push services in networks of our own that are asked as well, as origins (https://push.example) with commas
    # between. Public ones need no mention.
    web_push_services: str = ""

    # The largest file a person may upload.
    max_upload_bytes: int = Field(default=1_000_000_000, ge=1)
    # All files of one person together, as they were sent; 0 is no limit.
    max_person_bytes: int = Field(default=20_000_000_000, ge=0)
    # Drafts that are kept for each person, until they post or delete them. Their files count as all their files do.
    max_drafts: int = Field(default=50, ge=1)
    # The longest video, in seconds.
    max_video_seconds: int = Field(default=600, ge=1)
    # Videos of this many seconds or more are offered as HLS too, cut from the same files; 0: none.
    hls_after_seconds: int = Field(default=180, ge=0)
    # Videos that were played so often get a rendition of 1080 pixels, if their file has as many; 0: none does.
    full_hd_after_views: int = Field(default=100, ge=0, validation_alias="REVUE_1080_AFTER_VIEWS")
    # Videos that were played so often get renditions in AV1, kept where they are much smaller; 0: none does.
    av1_after_views: int = Field(default=500, ge=0)
    # Longer videos, in seconds, get neither, however often they are played.
    enrich_max_seconds: int = Field(default=180, ge=1)
    # The most pixels that one picture of a video may have; the default takes 4K.
    max_video_pixels: int = Field(default=16_777_216, ge=10_000, le=100_000_000)
    # The most pictures a second that a video may have; the default takes slow motion of phones.
    max_video_fps: int = Field(default=240, ge=1, le=960)
    # The most pixels of one photo; the default takes what phones make.
    max_photo_pixels: int = Field(default=64_000_000, ge=10_000, le=200_000_000)
    # A file of certificates (PEM) of those whose signatures under Content Credentials are trusted. Empty: nobody's.
    c2pa_trust_file: str = ""
    # How content vectors are made, as the dotted name of a class in an installed package. See docs/develop/content.md.
    content_model: str = "revue.recommender.engine.content.model.Descriptors"
    # The ffmpeg that makes videos, as a path. Empty: the one of the package imageio-ffmpeg, else the one on PATH.
    ffmpeg: str = ""
    # Unfinished uploads are removed after this many hours without a byte.
    upload_expires_hours: int = Field(default=24, ge=1)
    # How many days a deleted video can be taken back out of its author's bin. 0: it is erased at once.
    bin_days: int = Field(default=30, ge=0, le=365)

    # Where new media are kept: in the data folder, or in the bucket. Old ones are found in both; `revue media move`.
    media_store: Literal["folder", "s3"] = "folder"
    # The bucket. Empty: there is none.
    s3_bucket: str = ""
    # The address of the service that speaks S3, as http(s)://host. Empty: Amazon's.
    s3_endpoint: str = ""
    # The same as browsers reach it, where that differs.
    s3_public_endpoint: str = ""
    # The bucket's region.
    s3_region: str = "us-east-1"
    # Who we are there; this and the secret empty: as the machine's own credentials say.
    s3_access_key: str = ""
    # The secret that goes with the access key.
    s3_secret_key: str = ""
    # Before every key, where the bucket is shared.
    s3_prefix: str = ""
    # Browsers fetch media from the bucket, and send uploads to it, by signed addresses. Off: all passes through us.
    s3_direct: bool = True
    # How much of the bucket a worker keeps on its own disk.
    s3_cache_bytes: int = Field(default=5_000_000_000, ge=0)

    # Days for which watch events are kept; counts of videos stay.
    events_keep_days: int = Field(default=400, ge=10, le=3650)

    @property
    def base_url(self) -> str:
        """The address people type, without a slash at the end."""
        shown = "localhost" if self.host in ("0.0.0.0", "::", "127.0.0.1") else self.host  # noqa: S104
        return (self.public_url or f"http://{shown}:{self.port}").rstrip("/")

    @property
    def s3_origin(self) -> str:
        """Scheme and host of the bucket's signed addresses; empty where browsers see none."""
        if not self.s3_bucket or not self.s3_direct:
            return ""
        endpoint = self.s3_public_endpoint or self.s3_endpoint
        if endpoint:
            scheme, _, rest = endpoint.partition("://")
            return f"{scheme}://{rest.partition('/')[0]}"
        return f"https://{self.s3_bucket}.s3.{self.s3_region}.amazonaws.com"

    @model_validator(mode="after")
    def _names_a_bucket(self) -> "Settings":
        if self.media_store == "s3" and not self.s3_bucket:
            raise ValueError("REVUE_MEDIA_STORE=s3 needs REVUE_S3_BUCKET.")
        return self

    @property
    def root(self) -> pathlib.Path:
        """The data folder as an absolute path."""
        return self.data_dir.expanduser().resolve()


@functools.cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
