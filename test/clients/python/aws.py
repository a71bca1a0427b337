"""boto3 against a running server: every key algorithm, waiters, paginators, errors. Prints one JSON document.

The only setting is AWS_SHARED_CREDENTIALS_FILE: key, region and endpoint come from that file.
"""
import json
import sys
import time

import boto3
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ALGORITHMS = {
    "RSA_2048": "SHA256WITHRSA",
    "RSA_3072": "SHA384WITHRSA",
    "RSA_4096": "SHA512WITHRSA",
    "EC_prime256v1": "SHA256WITHECDSA",
    "EC_secp384r1": "SHA384WITHECDSA",
    "EC_secp521r1": "SHA512WITHECDSA",
}
TEMPLATE = "arn:aws:acm-pca:::template/%s/V1"
QUICK = {"Delay": 1, "MaxAttempts": 30}

pca = boto3.client("acm-pca")
acm = boto3.client("acm")
sts = boto3.client("sts")


def make_csr(name):
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    csr = builder.sign(key, hashes.SHA256())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return csr.public_bytes(serialization.Encoding.PEM), pem


def create(kind, algorithm, name, **more):
    answer = pca.create_certificate_authority(
        CertificateAuthorityType=kind,
        CertificateAuthorityConfiguration={
            "KeyAlgorithm": algorithm,
            "SigningAlgorithm": ALGORITHMS[algorithm],
            "Subject": {"Country": "CH", "Organization": "boto3", "CommonName": name},
        },
        **more,
    )
    arn = answer["CertificateAuthorityArn"]
    pca.get_waiter("certificate_authority_csr_created").wait(CertificateAuthorityArn=arn, WaiterConfig=QUICK)
    return arn


def issue(authority, csr, algorithm, template, days, **more):
    answer = pca.issue_certificate(
        CertificateAuthorityArn=authority,
        Csr=csr,
        SigningAlgorithm=ALGORITHMS[algorithm],
        TemplateArn=TEMPLATE % template,
        Validity={"Type": "DAYS", "Value": days},
        **more,
    )
    arn = answer["CertificateArn"]
    pca.get_waiter("certificate_issued").wait(
        CertificateAuthorityArn=authority, CertificateArn=arn, WaiterConfig=QUICK
    )
    return arn, pca.get_certificate(CertificateAuthorityArn=authority, CertificateArn=arn)


def active_root(algorithm):
    arn = create("ROOT", algorithm, "boto3 %s" % algorithm)
    csr = pca.get_certificate_authority_csr(CertificateAuthorityArn=arn)["Csr"].encode()
    _, root = issue(arn, csr, algorithm, "RootCACertificate", 3650)
    pca.import_certificate_authority_certificate(
        CertificateAuthorityArn=arn, Certificate=root["Certificate"].encode()
    )
    return arn, root["Certificate"]


def error_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return {
            "class": type(error).__name__,
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "requestId": error.response["ResponseMetadata"].get("RequestId"),
        }
    return None


def destroy_as_terraform(authority, certificate):
    """The call that Terraform's AWS provider makes to destroy an aws_acmpca_certificate; the serial number is Go's %x."""
    serial = "%x" % x509.load_pem_x509_certificate(certificate.encode()).serial_number
    return error_of(
        pca.revoke_certificate,
        CertificateAuthorityArn=authority,
        CertificateSerial=serial,
        RevocationReason="UNSPECIFIED",
    )


def private_ca():
    roots = []
    for algorithm in ALGORITHMS:
        arn, root = active_root(algorithm)
        csr, _ = make_csr("%s.boto3.test" % algorithm.lower().replace("_", "-"))
        leaf_arn, leaf = issue(arn, csr, algorithm, "EndEntityCertificate", 30)
        described = pca.describe_certificate_authority(CertificateAuthorityArn=arn)["CertificateAuthority"]
        roots.append(
            {
                "algorithm": algorithm,
                "arn": arn,
                "root": root,
                "leafArn": leaf_arn,
                "leaf": leaf["Certificate"],
                "chain": leaf["CertificateChain"],
                "status": described["Status"],
                "type": described["Type"],
                "configuration": described["CertificateAuthorityConfiguration"],
                "createdAgo": time.time() - described["CreatedAt"].timestamp(),
            }
        )
    pages = list(
        pca.get_paginator("list_certificate_authorities").paginate(PaginationConfig={"PageSize": 4})
    )
    first = roots[0]["arn"]
    tags = [{"Key": "k%02d" % i, "Value": "v"} for i in range(12)]
    pca.tag_certificate_authority(CertificateAuthorityArn=first, Tags=tags)
    tag_pages = list(pca.get_paginator("list_tags").paginate(CertificateAuthorityArn=first, PaginationConfig={"PageSize": 5}))
    same = [create("ROOT", "EC_prime256v1", "token", IdempotencyToken="once") for _ in range(2)]
    destroyed = {
        name: destroy_as_terraform(roots[3]["arn"], roots[3][name]) for name in ("leaf", "root")
    }
    destroyed["leafAgain"] = destroy_as_terraform(roots[3]["arn"], roots[3]["leaf"])
    destroyed["leafStays"] = (
        pca.get_certificate(CertificateAuthorityArn=roots[3]["arn"], CertificateArn=roots[3]["leafArn"])["Certificate"]
        == roots[3]["leaf"]
    )
    pca.update_certificate_authority(CertificateAuthorityArn=first, Status="DISABLED")
    csr, _ = make_csr("late.boto3.test")
    while_disabled = error_of(
        pca.issue_certificate,
        CertificateAuthorityArn=first,
        Csr=csr,
        SigningAlgorithm="SHA256WITHRSA",
        Validity={"Type": "DAYS", "Value": 1},
    )
    pca.delete_certificate_authority(CertificateAuthorityArn=first, PermanentDeletionTimeInDays=7)
    deleted = pca.describe_certificate_authority(CertificateAuthorityArn=first)["CertificateAuthority"]
    pca.restore_certificate_authority(CertificateAuthorityArn=first)
    restored = pca.describe_certificate_authority(CertificateAuthorityArn=first)["CertificateAuthority"]
    return {
        "roots": roots,
        "pages": [[ca["Arn"] for ca in page["CertificateAuthorities"]] for page in pages],
        "tagPages": [[tag["Key"] for tag in page["Tags"]] for page in tag_pages],
        "sameToken": same,
        "destroyed": destroyed,
        "afterDelete": deleted["Status"],
        "restorableUntil": deleted["RestorableUntil"].timestamp() - time.time(),
        "afterRestore": restored["Status"],
        "errors": {
            "whileDisabled": while_disabled,
            "absent": error_of(
                pca.describe_certificate_authority, CertificateAuthorityArn=first[:-36] + "0" * 8 + "-0000-0000-0000-" + "0" * 12
            ),
            "malformedCsr": error_of(
                pca.issue_certificate,
                CertificateAuthorityArn=roots[3]["arn"],
                Csr=b"no csr",
                SigningAlgorithm="SHA256WITHECDSA",
                Validity={"Type": "DAYS", "Value": 1},
            ),
            "tooLong": error_of(
                pca.create_certificate_authority,
                CertificateAuthorityType="ROOT",
                IdempotencyToken="x" * 37,
                CertificateAuthorityConfiguration={
                    "KeyAlgorithm": "RSA_1024",
                    "SigningAlgorithm": "SHA256WITHRSA",
                    "Subject": {"CommonName": "x"},
                },
            ),
            "wrongSecret": error_of(
                boto3.client("acm-pca", aws_access_key_id=pca._request_signer._credentials.access_key, aws_secret_access_key="wrong").list_certificate_authorities
            ),
            "unknownKey": error_of(
                boto3.client("acm-pca", aws_access_key_id="AKIAUNKNOWNUNKNOWN00", aws_secret_access_key="wrong").list_certificate_authorities
            ),
        },
    }


def manager(authority, root):
    arns = [
        acm.request_certificate(
            DomainName="n%d.boto3.test" % i, CertificateAuthorityArn=authority, KeyAlgorithm="EC_prime256v1"
        )["CertificateArn"]
        for i in range(5)
    ]
    # The waiter certificate_validated wants DomainValidationOptions, which private certificates do not have.
    while any(acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "PENDING_VALIDATION" for arn in arns):
        time.sleep(0.1)
    described = acm.describe_certificate(CertificateArn=arns[0])["Certificate"]
    exported = acm.export_certificate(CertificateArn=arns[0], Passphrase=b"a passphrase")
    key = serialization.load_pem_private_key(exported["PrivateKey"].encode(), b"a passphrase")
    leaf = x509.load_pem_x509_certificate(exported["Certificate"].encode())
    csr, private = make_csr("imported.boto3.test")
    _, mine = issue(authority, csr, "EC_prime256v1", "EndEntityCertificate", 30)
    imported = acm.import_certificate(
        Certificate=mine["Certificate"].encode(),
        PrivateKey=private,
        CertificateChain=mine["CertificateChain"].encode(),
        Tags=[{"Key": "team", "Value": "infra"}],
    )["CertificateArn"]
    again = acm.import_certificate(
        CertificateArn=imported,
        Certificate=mine["Certificate"].encode(),
        PrivateKey=private,
        CertificateChain=mine["CertificateChain"].encode(),
    )["CertificateArn"]
    pages = list(acm.get_paginator("list_certificates").paginate(Includes={"keyTypes": ["EC_prime256v1"]}, PaginationConfig={"PageSize": 4}))
    result = {
        "status": described["Status"],
        "type": described["Type"],
        "names": described["SubjectAlternativeNames"],
        "keyFits": key.public_key() == leaf.public_key(),
        "exported": exported["Certificate"],
        "chain": exported["CertificateChain"],
        "imported": imported,
        "importedAgain": again,
        "importedTags": acm.list_tags_for_certificate(CertificateArn=imported)["Tags"],
        "importedBody": acm.get_certificate(CertificateArn=imported)["Certificate"].strip() == mine["Certificate"].strip(),
        "pages": [[one["CertificateArn"] for one in page["CertificateSummaryList"]] for page in pages],
        "errors": {
            "shortPassphrase": error_of(acm.export_certificate, CertificateArn=arns[0], Passphrase=b"abc"),
            "exportImported": error_of(acm.export_certificate, CertificateArn=imported, Passphrase=b"abcd"),
            "absent": error_of(acm.describe_certificate, CertificateArn=arns[0][:-36] + "0" * 8 + "-0000-0000-0000-" + "0" * 12),
            "otherKey": error_of(
                acm.import_certificate, Certificate=mine["Certificate"].encode(), PrivateKey=make_csr("x.test")[1]
            ),
        },
    }
    for arn in arns:
        acm.delete_certificate(CertificateArn=arn)
    acm.delete_certificate(CertificateArn=imported)
    result["left"] = len(acm.list_certificates(Includes={"keyTypes": ["EC_prime256v1"]})["CertificateSummaryList"])
    return result


def main():
    result = {"identity": {k: v for k, v in sts.get_caller_identity().items() if k != "ResponseMetadata"}}
    result["pca"] = private_ca()
    issuer = next(one for one in result["pca"]["roots"] if one["algorithm"] == "EC_prime256v1")
    result["acm"] = manager(issuer["arn"], issuer["root"])
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
