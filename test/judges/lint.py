"""pkilint's RFC 5280 linter over every PEM file of a folder. Prints a JSON list of [file, severity, code]."""
import json
import pathlib
import sys

from pkilint import loader
from pkilint.pkix import certificate, extension, name
from pkilint.validation import ValidationFindingSeverity

validator = certificate.create_pkix_certificate_validator_container(
    certificate.create_decoding_validators(name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS),
    [
        certificate.create_issuer_validator_container([]),
        certificate.create_validity_validator_container(),
        certificate.create_subject_validator_container([]),
        certificate.create_extensions_validator_container([]),
        certificate.create_spki_validator_container([]),
    ],
)
found = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pem")):
    document = loader.RFC5280CertificateDocumentLoader().load_pem_document(path.read_text(), path.name)
    for result in validator.validate(document.root):
        for description in result.finding_descriptions:
            if description.finding.severity < ValidationFindingSeverity.INFO:
                found.append([path.stem, description.finding.severity.name, description.finding.code])
json.dump(found, sys.stdout)
