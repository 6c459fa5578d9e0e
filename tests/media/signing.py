"""A camera of our own that signs what it films: a root, a certificate below it, and Content Credentials."""

import datetime
import io
import json
import pathlib

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CAMERA = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
ISSUER = "Test Camera"
_DAY = datetime.timedelta(days=1)


class Camera:
    """Signs files; `root` is the certificate to trust, in PEM."""

    def __init__(self) -> None:
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _certificate("root", root_key, root_key, is_root=True)
        self.root = root.public_bytes(serialization.Encoding.PEM)
        own = _certificate("camera", key, root_key, is_root=False)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain = own.public_bytes(serialization.Encoding.PEM) + self.root
        self._info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=chain, private_key=secret, ta_url=None)

    def sign(self, path: pathlib.Path, *, kind: str = "video/mp4", source: str = CAMERA, remote: str = "") -> None:
        """Put credentials into a file that say where its pictures came from; `remote`: only their address instead."""
        action = {"action": "c2pa.created", "digitalSourceType": source}
        manifest = {
            "claim_generator_info": [{"name": "test", "version": "1"}],
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
        }
        builder, out = c2pa.Builder(json.dumps(manifest)), io.BytesIO()
        if remote:
            builder.set_remote_url(remote)
            builder.set_no_embed()
        builder.sign(c2pa.Signer.from_info(self._info), kind, io.BytesIO(path.read_bytes()), out)
        path.write_bytes(out.getvalue())


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, *, is_root: bool
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    use = {"key_cert_sign": is_root, "crl_sign": is_root, "digital_signature": True}
    others = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only")
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + 9 * _DAY)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(x509.KeyUsage(**use, **dict.fromkeys((*others, "decipher_only"), False)), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not is_root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=True)
    return made.sign(signer, hashes.SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ISSUER),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
