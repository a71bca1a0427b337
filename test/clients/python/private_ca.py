"""Every operation, waiter and paginator of Private CA through boto3, each answer compared with botocore's model.

The only setting is AWS_SHARED_CREDENTIALS_FILE. Prints one JSON document.
"""
import json
import sys
import time
import uuid

import boto3
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from response_shapes import ResponseShapes

QUICK = {"Delay": 1, "MaxAttempts": 60}
TEMPLATE = "arn:aws:acm-pca:::template/%s/V1"
ALL_ACTIONS = ["IssueCertificate", "GetCertificate", "ListPermissions"]

shapes = ResponseShapes()
pca = shapes.listen(boto3.client("acm-pca"))
account = boto3.client("sts").get_caller_identity()["Account"]
waiters = {}
result = {"refused": {}, "pages": {}}


def wait(name, **asked):
    """Waits, and remembers whether the waiter ever had to ask twice."""
    operation = pca.get_waiter(name).config.operation
    before = shapes.seen.get(operation, 0)
    pca.get_waiter(name).wait(WaiterConfig=QUICK, **asked)
    waiters.setdefault(name, []).append(shapes.seen[operation] - before)


def refused(name, call, **asked):
    try:
        call(**asked)
        result["refused"][name] = None
    except ClientError as error:
        result["refused"][name] = [type(error).__name__, error.response["Error"]["Message"]]


def make_csr(name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def create(kind, name, **more):
    arn = pca.create_certificate_authority(
        CertificateAuthorityType=kind,
        CertificateAuthorityConfiguration={
            "KeyAlgorithm": "EC_prime256v1",
            "SigningAlgorithm": "SHA256WITHECDSA",
            "Subject": {"Country": "CH", "Organization": "boto3", "CommonName": name},
        },
        **more,
    )["CertificateAuthorityArn"]
    wait("certificate_authority_csr_created", CertificateAuthorityArn=arn)
    return arn


def issue(authority, csr, template, days):
    arn = pca.issue_certificate(
        CertificateAuthorityArn=authority,
        Csr=csr,
        SigningAlgorithm="SHA256WITHECDSA",
        TemplateArn=TEMPLATE % template,
        Validity={"Type": "DAYS", "Value": days},
        IdempotencyToken=str(uuid.uuid4()),
    )["CertificateArn"]
    asked = {"CertificateAuthorityArn": authority, "CertificateArn": arn}
    wait("certificate_issued", **asked)
    return pca.get_certificate(**asked)


def install(arn, issuer, template, days):
    csr = pca.get_certificate_authority_csr(CertificateAuthorityArn=arn)["Csr"].encode()
    made = issue(issuer, csr, template, days)
    chain = made.get("CertificateChain")
    more = {} if chain is None else {"CertificateChain": chain.encode()}
    pca.import_certificate_authority_certificate(
        CertificateAuthorityArn=arn, Certificate=made["Certificate"].encode(), **more
    )
    own = pca.get_certificate_authority_certificate(CertificateAuthorityArn=arn)
    assert own["Certificate"].strip() == made["Certificate"].strip()
    assert own.get("CertificateChain", "").strip() == (chain or "").strip()


def describe(arn):
    return pca.describe_certificate_authority(CertificateAuthorityArn=arn)["CertificateAuthority"]


def pages(name, key, size, **asked):
    found = pca.get_paginator(name).paginate(PaginationConfig={"PageSize": size}, **asked)
    result["pages"][name] = [len(page[key]) for page in found]


def authorities():
    root = create("ROOT", "Root", Tags=[{"Key": "stage", "Value": "test"}, {"Key": "empty", "Value": ""}])
    result["pending"] = describe(root)["Status"]
    refused("certificateOfPending", pca.get_certificate_authority_certificate, CertificateAuthorityArn=root)
    install(root, root, "RootCACertificate", 3650)
    below = create("SUBORDINATE", "Below", UsageMode="SHORT_LIVED_CERTIFICATE")
    install(below, root, "SubordinateCACertificate_PathLen0", 365)
    create("SUBORDINATE", "Never installed", KeyStorageSecurityStandard="FIPS_140_2_LEVEL_3_OR_HIGHER")
    pages("list_certificate_authorities", "CertificateAuthorities", 2)
    pca.list_certificate_authorities(ResourceOwner="OTHER_ACCOUNTS")
    return root, below


def tags(root):
    wanted = [{"Key": "k%02d" % i, "Value": "v"} for i in range(5)]
    pca.tag_certificate_authority(CertificateAuthorityArn=root, Tags=wanted)
    pca.untag_certificate_authority(CertificateAuthorityArn=root, Tags=[{"Key": "empty"}, {"Key": "k00", "Value": "v"}])
    pages("list_tags", "Tags", 2, CertificateAuthorityArn=root)


def permissions(root):
    wanted = {"CertificateAuthorityArn": root, "Principal": "acm.amazonaws.com"}
    pca.create_permission(Actions=ALL_ACTIONS, SourceAccount=account, **wanted)
    refused("permissionAgain", pca.create_permission, Actions=ALL_ACTIONS, **wanted)
    pages("list_permissions", "Permissions", 1, CertificateAuthorityArn=root)
    pca.delete_permission(SourceAccount=account, **wanted)
    result["permissionsLeft"] = pca.list_permissions(CertificateAuthorityArn=root)["Permissions"]


def policies(root):
    refused("noPolicy", pca.get_policy, ResourceArn=root)
    other = {"AWS": "000000000001" if account != "000000000001" else "000000000002"}
    read = ["DescribeCertificateAuthority", "GetCertificate", "GetCertificateAuthorityCertificate", "ListPermissions", "ListTags"]
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "1",
                "Effect": "Allow",
                "Principal": other,
                "Action": ["acm-pca:%s" % name for name in read],
                "Resource": root,
            },
            {
                "Sid": "2",
                "Effect": "Allow",
                "Principal": other,
                "Action": ["acm-pca:IssueCertificate"],
                "Resource": root,
                "Condition": {"StringEquals": {"acm-pca:TemplateArn": TEMPLATE % "EndEntityCertificate"}},
            },
        ],
    }
    pca.put_policy(ResourceArn=root, Policy=json.dumps(policy))
    result["samePolicy"] = json.loads(pca.get_policy(ResourceArn=root)["Policy"]) == policy
    refused("badPolicy", pca.put_policy, ResourceArn=root, Policy="{}")
    pca.delete_policy(ResourceArn=root)
    refused("policyGone", pca.get_policy, ResourceArn=root)


def revocations(root):
    leaf = x509.load_pem_x509_certificate(issue(root, make_csr("leaf.boto3.test"), "EndEntityCertificate", 30)["Certificate"].encode())
    wanted = {"CertificateAuthorityArn": root, "CertificateSerial": "%x" % leaf.serial_number}
    pca.revoke_certificate(RevocationReason="SUPERSEDED", **wanted)
    refused("revokeAgain", pca.revoke_certificate, RevocationReason="SUPERSEDED", **wanted)


def report(authority, form):
    wanted = {"CertificateAuthorityArn": authority, "S3BucketName": "audit-reports-of-boto3"}
    made = pca.create_certificate_authority_audit_report(AuditReportResponseFormat=form, **wanted)
    asked = {"CertificateAuthorityArn": authority, "AuditReportId": made["AuditReportId"]}
    wait("audit_report_created", **asked)
    described = pca.describe_certificate_authority_audit_report(**asked)
    assert described["S3Key"] == made["S3Key"], described
    result.setdefault("reports", []).append([made["S3Key"], described["AuditReportStatus"]])
    if form == "CSV":
        refused("reportAgain", pca.create_certificate_authority_audit_report, AuditReportResponseFormat=form, **wanted)


def settings(root):
    revocation = {
        "CrlConfiguration": {"Enabled": False},
        "OcspConfiguration": {"Enabled": True, "OcspCustomCname": "ocsp.boto3.test"},
    }
    pca.update_certificate_authority(CertificateAuthorityArn=root, RevocationConfiguration=revocation, Status="DISABLED")
    described = describe(root)
    result["disabled"] = [described["Status"], described["RevocationConfiguration"]["OcspConfiguration"]["Enabled"]]
    refused(
        "issueDisabled",
        pca.issue_certificate,
        CertificateAuthorityArn=root,
        Csr=make_csr("late.boto3.test"),
        SigningAlgorithm="SHA256WITHECDSA",
        Validity={"Type": "DAYS", "Value": 1},
    )


def end(root):
    pca.delete_certificate_authority(CertificateAuthorityArn=root, PermanentDeletionTimeInDays=7)
    deleted = describe(root)
    result["deleted"] = [deleted["Status"], round((deleted["RestorableUntil"].timestamp() - time.time()) / 86400)]
    refused("deletedAgain", pca.delete_certificate_authority, CertificateAuthorityArn=root)
    pca.restore_certificate_authority(CertificateAuthorityArn=root)
    result["restored"] = describe(root)["Status"]


def main():
    root, below = authorities()
    tags(root)
    permissions(root)
    policies(root)
    revocations(root)
    report(root, "CSV")
    report(below, "JSON")
    settings(root)
    end(root)
    result["seen"] = shapes.seen
    result["unseen"] = sorted(set(pca.meta.service_model.operation_names) - set(shapes.seen))
    result["violations"] = shapes.violations
    result["waiters"] = waiters
    result["unwaited"] = sorted(set(pca.waiter_names) - set(waiters))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
