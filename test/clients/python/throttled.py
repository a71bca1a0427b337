"""Asks a limited server more than it allows, once without and once with boto3's own retries."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def client(attempts):
    return boto3.client("acm-pca", config=Config(retries={"mode": "standard", "total_max_attempts": attempts}))


def outcome(pca):
    try:
        pca.list_permissions(
            CertificateAuthorityArn="arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/11111111-2222-4333-8444-555555555555"
        )
    except ClientError as refused:
        return refused.response["Error"]["Code"], refused.response["Error"]["Message"]
    return None


impatient = client(1)
first = [outcome(impatient) for _ in range(40)]
retries = []
patient = client(8)
patient.meta.events.register("needs-retry.acm-pca.ListPermissions", lambda attempts, **_: retries.append(attempts))
then = [outcome(patient) for _ in range(8)]
print(json.dumps({"first": first, "then": then, "attempts": len(retries)}))
