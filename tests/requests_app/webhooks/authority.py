"""A certificate authority of the tests, and the certificates it gives."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def alternative(name):
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


class Authority:
    """`authority.context("recepteur.exemple.fr")` is what a server needs to be called by that name."""

    def __init__(self, folder):
        self.folder, self.key, self.name = folder, ec.generate_private_key(ec.SECP256R1()), named("Tests")
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        builder = self._builder(named("Tests"), self.key, starts=-DAY, ends=DAY)
        self.own = builder.add_extension(constraints, critical=True).sign(self.key, hashes.SHA256())
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.own.public_bytes(Encoding.PEM))

    def context(self, *names, starts=-DAY, ends=DAY, common_name="x"):
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(named(common_name), key, starts=starts, ends=ends)
        if names:
            alternatives = x509.SubjectAlternativeName([alternative(each) for each in names])
            builder = builder.add_extension(alternatives, critical=False)
        file = self.folder / "server.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        signed = builder.sign(self.key, hashes.SHA256())
        file.write_bytes(private + signed.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _builder(self, subject, key, *, starts, ends):
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return builder.not_valid_before(now + starts).not_valid_after(now + ends)
