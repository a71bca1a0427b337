"""Huawei's SDKs for Python against a running server: CCM (PCA), SCM and IAM. Prints one JSON document.

Region and endpoint come from HUAWEICLOUD_SDK_REGIONS_FILE alone; the key is given as arguments of the environment.
"""
import json
import os
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from huaweicloudsdkccm.v1 import (
    CcmClient,
    CreateCertificateAuthorityRequest,
    CreateCertificateAuthorityRequestBody,
    CreateCertificateByCsrRequest,
    CreateCertificateByCsrRequestBody,
    CreateCertificateRequest,
    CreateCertificateRequestBody,
    DeleteCertificateAuthorityRequest,
    DeleteCertificateRequest,
    DisableCertificateAuthorityRequest,
    DistinguishedName,
    ExportCertificateAuthorityCertificateRequest,
    ExportCertificateAuthorityCsrRequest,
    ExportCertificateRequest,
    ExportCertificateRequestBody,
    CertDistinguishedName,
    IssueCertificateAuthorityCertificateRequest,
    IssueCertificateAuthorityCertificateRequestBody,
    ListCertificateAuthorityRequest,
    ListCertificateRequest,
    RestoreCertificateAuthorityRequest,
    ShowCertificateAuthorityRequest,
    ShowCertificateRequest,
    SubjectAlternativeName,
    Validity,
)
from huaweicloudsdkccm.v1.region.ccm_region import CcmRegion
from huaweicloudsdkcore.auth.credentials import GlobalCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkcore.region.provider import RegionProviderChain
from huaweicloudsdkiam.v3 import IamClient, KeystoneListAuthDomainsRequest, KeystoneListProjectsRequest
from huaweicloudsdkscm.v3 import (
    DeleteCertificateRequest as DeleteScmRequest,
    ExportCertificateRequest as ExportScmRequest,
    ImportCertificateRequest,
    ImportCertificateRequestBody,
    ListCertificatesRequest,
    ScmClient,
    ShowCertificateRequest as ShowScmRequest,
)
from huaweicloudsdkscm.v3.region.scm_region import ScmRegion

AK, SK, REGION = (os.environ[name] for name in ("TEST_AK", "TEST_SK", "TEST_REGION"))
SERVERS = ("APACHE", "NGINX", "IIS", "TOMCAT", "OTHER")


def credentials(endpoint, secret=SK):
    return GlobalCredentials(AK, secret).with_iam_endpoint(endpoint)


def error_of(call):
    try:
        call()
    except ClientRequestException as error:
        return {
            "status": error.status_code,
            "code": error.error_code,
            "message": error.error_msg,
            "requestId": error.request_id,
        }
    return None


def make_csr(name):
    key = rsa.generate_private_key(65537, 2048)
    csr = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return csr.public_bytes(serialization.Encoding.PEM).decode(), pem.decode()


def authority_body(kind, name, **more):
    return CreateCertificateAuthorityRequestBody(
        type=kind,
        distinguished_name=DistinguishedName(
            common_name=name,
            country="CN",
            state="Sichuan",
            locality="Chengdu",
            organization="Test",
            organizational_unit="SDK",
        ),
        key_algorithm="EC256",
        **more,
    )


def pca(client):
    root = client.create_certificate_authority(
        CreateCertificateAuthorityRequest(
            body=authority_body("ROOT", "SDK Root", signature_algorithm="SHA256", validity=Validity(type="YEAR", value=10))
        )
    ).ca_id
    sub = client.create_certificate_authority(
        CreateCertificateAuthorityRequest(body=authority_body("SUBORDINATE", "SDK Sub"))
    ).ca_id
    pending = client.show_certificate_authority(ShowCertificateAuthorityRequest(ca_id=sub)).status
    sub_csr = client.export_certificate_authority_csr(ExportCertificateAuthorityCsrRequest(ca_id=sub)).csr
    client.issue_certificate_authority_certificate(
        IssueCertificateAuthorityCertificateRequest(
            ca_id=sub,
            body=IssueCertificateAuthorityCertificateRequestBody(
                issuer_id=root, signature_algorithm="SHA256", validity=Validity(type="YEAR", value=5), path_length=0
            ),
        )
    )
    shown = client.show_certificate_authority(ShowCertificateAuthorityRequest(ca_id=sub))
    listed = client.list_certificate_authority(ListCertificateAuthorityRequest(limit=10, offset=0))
    exported = client.export_certificate_authority_certificate(
        ExportCertificateAuthorityCertificateRequest(ca_id=sub)
    )
    made = client.create_certificate(
        CreateCertificateRequest(
            body=CreateCertificateRequestBody(
                issuer_id=sub,
                key_algorithm="RSA2048",
                signature_algorithm="SHA256",
                distinguished_name=CertDistinguishedName(common_name="sdk.test"),
                validity=Validity(type="MONTH", value=3),
                subject_alternative_names=[SubjectAlternativeName(type="DNS", value="sdk.test")],
            )
        )
    ).certificate_id
    csr, _ = make_csr("csr.test")
    by_csr = client.create_certificate_by_csr(
        CreateCertificateByCsrRequest(
            body=CreateCertificateByCsrRequestBody(issuer_id=sub, csr=csr, validity=Validity(type="MONTH", value=1))
        )
    ).certificate_id

    def export(certificate, kind, compressed, password=None):
        body = ExportCertificateRequestBody(is_compressed=compressed, type=kind, password=password)
        return client.export_certificate(ExportCertificateRequest(certificate_id=certificate, body=body))

    zips = {kind: export(made, kind, "true", "Sdk-Password.1").raw_content.hex() for kind in SERVERS}
    document = export(made, "NGINX", "false")
    without_key = export(by_csr, "NGINX", "false")
    certificates = client.list_certificate(ListCertificateRequest(limit=10, offset=0))
    one = client.show_certificate(ShowCertificateRequest(certificate_id=made))
    absent = "00000000-0000-0000-0000-000000000000"
    errors = {
        "absent": error_of(lambda: client.show_certificate_authority(ShowCertificateAuthorityRequest(ca_id=absent))),
        "deleteActive": error_of(
            lambda: client.delete_certificate_authority(DeleteCertificateAuthorityRequest(ca_id=sub, pending_days="7"))
        ),
        "badType": error_of(
            lambda: client.create_certificate_authority(
                CreateCertificateAuthorityRequest(body=authority_body("OTHER", "x"))
            )
        ),
    }
    client.delete_certificate(DeleteCertificateRequest(certificate_id=by_csr))
    left = client.list_certificate(ListCertificateRequest(limit=10, offset=0)).total
    client.disable_certificate_authority(DisableCertificateAuthorityRequest(ca_id=sub))
    errors["pendingDays"] = error_of(
        lambda: client.delete_certificate_authority(DeleteCertificateAuthorityRequest(ca_id=sub, pending_days="6"))
    )
    client.delete_certificate_authority(DeleteCertificateAuthorityRequest(ca_id=sub, pending_days="7"))
    deleted = client.show_certificate_authority(ShowCertificateAuthorityRequest(ca_id=sub)).status
    client.restore_certificate_authority(RestoreCertificateAuthorityRequest(ca_id=sub))
    restored = client.show_certificate_authority(ShowCertificateAuthorityRequest(ca_id=sub)).status
    return {
        "pending": pending,
        "csr": sub_csr,
        "status": shown.status,
        "issuer": shown.issuer_id == root,
        "authorities": listed.total,
        "certificate": exported.certificate,
        "chain": exported.certificate_chain,
        "zips": zips,
        "json": {"certificate": document.certificate, "chain": document.certificate_chain, "key": document.private_key},
        "withoutKey": without_key.private_key,
        "certificates": certificates.total,
        "name": one.distinguished_name.common_name,
        "left": left,
        "afterDelete": deleted,
        "afterRestore": restored,
        "errors": errors,
    }


def scm(client, certificate, chain, key):
    imported = client.import_certificate(
        ImportCertificateRequest(
            body=ImportCertificateRequestBody(
                name="sdk-import", certificate=certificate, certificate_chain=chain, private_key=key
            )
        )
    ).certificate_id
    listed = client.list_certificates(ListCertificatesRequest(limit=10, offset=0))
    shown = client.show_certificate(ShowScmRequest(certificate_id=imported))
    exported = client.export_certificate(ExportScmRequest(certificate_id=imported))
    client.delete_certificate(DeleteScmRequest(certificate_id=imported))
    return {
        "id": imported,
        "listed": listed.total_count,
        "name": shown.name,
        "status": shown.status,
        "certificate": exported.certificate,
        "key": exported.private_key,
        "entire": exported.entire_certificate,
        "absent": error_of(lambda: client.show_certificate(ShowScmRequest(certificate_id=imported))),
    }


def main():
    region = CcmRegion.value_of(REGION)
    endpoint = RegionProviderChain.get_default_region_provider_chain("IAM").get_region(REGION).endpoints[0]
    ccm = CcmClient.new_builder().with_credentials(credentials(endpoint)).with_region(region).build()
    scm_client = (
        ScmClient.new_builder().with_credentials(credentials(endpoint)).with_region(ScmRegion.value_of(REGION)).build()
    )
    iam = IamClient.new_builder().with_credentials(credentials(endpoint)).with_endpoint(endpoint).build()
    domains = iam.keystone_list_auth_domains(KeystoneListAuthDomainsRequest()).domains
    projects = iam.keystone_list_projects(KeystoneListProjectsRequest()).projects
    wrong = GlobalCredentials(AK, "wrong", domains[0].id)
    refused = CcmClient.new_builder().with_credentials(wrong).with_region(region).build()
    result = {
        "endpoint": region.endpoints[0],
        "domains": [domain.id for domain in domains],
        "projects": [[project.name, project.id] for project in projects],
        "wrongSecret": error_of(lambda: refused.list_certificate_authority(ListCertificateAuthorityRequest())),
        "pca": pca(ccm),
    }
    exported = result["pca"]["json"]
    result["scm"] = scm(scm_client, exported["certificate"], exported["chain"], exported["key"])
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
