"""The alternative names of each PEM certificate of the arguments as cryptography reads them, as JSON."""
import json
import sys

from cryptography import x509


def shown(name):
    if isinstance(name, x509.OtherName):
        return ["other", name.type_id.dotted_string, name.value.hex()]
    if isinstance(name, x509.DirectoryName):
        return ["directory", name.value.rfc4514_string()]
    if isinstance(name, x509.RegisteredID):
        return ["registered", name.value.dotted_string]
    return [type(name).__name__, str(name.value)]


found = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        certificate = x509.load_pem_x509_certificate(file.read())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    found.append([names.critical, [shown(name) for name in names.value]])
json.dump(found, sys.stdout)
