"""Compares every answer, byte for byte as it came, with botocore's own model of the operation."""
import base64
import binascii
import json
import re

# What a front may answer although no operation declares it (AWS's common errors).
COMMON_ERRORS = {
    "AccessDeniedException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationException",
}
# The model calls every member of an answer optional; the real service always sends these.
ALWAYS = {
    "CertificateAuthority": {
        "Arn",
        "OwnerAccount",
        "CreatedAt",
        "LastStateChangeAt",
        "Type",
        "Status",
        "CertificateAuthorityConfiguration",
        "RevocationConfiguration",
        "KeyStorageSecurityStandard",
        "UsageMode",
    },
    "CreateCertificateAuthorityResponse": {"CertificateAuthorityArn"},
    "CreateCertificateAuthorityAuditReportResponse": {"AuditReportId", "S3Key"},
    "DescribeCertificateAuthorityResponse": {"CertificateAuthority"},
    "DescribeCertificateAuthorityAuditReportResponse": {"AuditReportStatus", "S3BucketName", "S3Key", "CreatedAt"},
    "GetCertificateResponse": {"Certificate"},
    "GetCertificateAuthorityCertificateResponse": {"Certificate"},
    "GetCertificateAuthorityCsrResponse": {"Csr"},
    "GetPolicyResponse": {"Policy"},
    "IssueCertificateResponse": {"CertificateArn"},
    "ListCertificateAuthoritiesResponse": {"CertificateAuthorities"},
    "ListPermissionsResponse": {"Permissions"},
    "ListTagsResponse": {"Tags"},
    "Permission": {"CertificateAuthorityArn", "CreatedAt", "Principal", "SourceAccount", "Actions"},
    "Tag": {"Key"},
}


class ResponseShapes:
    """Listens to a client. `seen` counts answers by operation; `violations` has a sentence for each departure."""

    def __init__(self):
        self.seen = {}
        self.violations = []

    def listen(self, client):
        client.meta.events.register("after-call.*", self._after_call)
        return client

    def _after_call(self, http_response, model, **_):
        name = model.name
        self.seen[name] = self.seen.get(name, 0) + 1
        self._headers(name, http_response)
        body = http_response.content
        if http_response.status_code >= 300:
            self._error(name, model, http_response.status_code, json.loads(body))
        elif model.output_shape is None:
            if body not in (b"", b"{}"):
                self._complain(name, "expected no output, found %r" % body)
        else:
            self._structure(name, model.output_shape, json.loads(body))

    def _headers(self, name, response):
        if response.headers.get("Content-Type", "application/x-amz-json-1.1") != "application/x-amz-json-1.1":
            self._complain(name, "Content-Type is %s" % response.headers["Content-Type"])
        if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", response.headers.get("x-amzn-RequestId", "")):
            self._complain(name, "x-amzn-RequestId is no UUID")

    def _error(self, name, model, status, body):
        code = str(body.get("__type", "")).split("#")[-1]
        declared = {shape.name: shape for shape in model.error_shapes}
        if code not in declared and code not in COMMON_ERRORS:
            self._complain(name, "%s is not declared" % code)
        if not isinstance(body.get("message", body.get("Message")), str):
            self._complain(name, "%s has no message" % code)
        if status != 400 and status < 500:
            self._complain(name, "%s has status %d" % (code, status))
        if code in declared:
            members = {key: value for key, value in body.items() if key not in ("__type", "message", "Message")}
            self._structure("%s %s" % (name, code), declared[code], members)

    def _structure(self, path, shape, value):
        if not isinstance(value, dict):
            return self._wrong(path, shape, value)
        wanted = set(shape.required_members) | ALWAYS.get(shape.name, set())
        for member in sorted(wanted - set(value)):
            if not path.endswith("Exception"):
                self._complain(path, "%s is missing" % member)
        for member, inner in value.items():
            if member not in shape.members:
                self._complain(path, "%s is no member of %s" % (member, shape.name))
            else:
                self._value("%s.%s" % (path, member), shape.members[member], inner)

    def _value(self, path, shape, value):
        if value is None:
            self._complain(path, "null where the member is to be left out")
        elif shape.type_name == "structure":
            self._structure(path, shape, value)
        elif shape.type_name == "list":
            if not isinstance(value, list):
                return self._wrong(path, shape, value)
            for index, inner in enumerate(value):
                self._value("%s[%d]" % (path, index), shape.member, inner)
        else:
            self._scalar(path, shape, value)

    def _scalar(self, path, shape, value):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        right = {
            "string": lambda: isinstance(value, str),
            "blob": lambda: isinstance(value, str) and is_base64(value),
            "boolean": lambda: isinstance(value, bool),
            "integer": lambda: number and isinstance(value, int),
            "long": lambda: number and isinstance(value, int),
            "timestamp": lambda: number,
        }
        if not right[shape.type_name]():
            return self._wrong(path, shape, value)
        if shape.type_name == "string":
            self._text(path, shape, value)

    def _text(self, path, shape, value):
        limits = shape.metadata
        if shape.enum and value not in shape.enum:
            self._complain(path, "%r is none of %s" % (value, shape.enum))
        if not limits.get("min", 0) <= len(value) <= limits.get("max", len(value)):
            self._complain(path, "%d characters, expected %s to %s" % (len(value), limits.get("min"), limits.get("max")))
        pattern = limits.get("pattern")
        if pattern is not None and r"\p" not in pattern and re.search(pattern, value) is None:
            self._complain(path, "%r does not match %s" % (value, pattern))

    def _wrong(self, path, shape, value):
        self._complain(path, "expected a %s, found %r" % (shape.type_name, value))

    def _complain(self, path, sentence):
        self.violations.append("%s: %s" % (path, sentence))


def is_base64(text):
    try:
        base64.b64decode(text, validate=True)
        return True
    except binascii.Error:
        return False
