"""PyPI's cryptography judges an ML-DSA hierarchy: a folder with leaf, sub and root as .pem, ca.csr and leaf.key."""

import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

folder = Path(sys.argv[1])
leaf, sub, root = (
    x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()) for name in ("leaf", "sub", "root")
)
for subject, issuer in ((leaf, sub), (sub, root), (root, root)):
    subject.verify_directly_issued_by(issuer)
csr = x509.load_pem_x509_csr((folder / "ca.csr").read_bytes())
assert csr.is_signature_valid
assert csr.public_key() == sub.public_key()
key = load_pem_private_key((folder / "leaf.key").read_bytes(), None)
leaf.public_key().verify(key.sign(b"who holds the key"), b"who holds the key")
for certificate in (leaf, sub, root):
    print(certificate.signature_algorithm_oid.dotted_string, type(certificate.public_key()).__name__)
