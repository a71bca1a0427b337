//! One authority, from its creation to its deletion.

use std::error::Error;
use std::time::{Duration, SystemTime};

use aws_sdk_acmpca::Client;
use aws_sdk_acmpca::client::Waiters;
use aws_sdk_acmpca::error::SdkError;
use aws_sdk_acmpca::operation::delete_certificate_authority::DeleteCertificateAuthorityError;
use aws_sdk_acmpca::operation::issue_certificate::{IssueCertificateError, IssueCertificateOutput};
use aws_sdk_acmpca::operation::revoke_certificate::RevokeCertificateError;
use aws_sdk_acmpca::primitives::Blob;
use aws_sdk_acmpca::types::{
    Asn1Subject, CertificateAuthority, CertificateAuthorityConfiguration, CertificateAuthorityStatus,
    CertificateAuthorityType, KeyAlgorithm, RevocationReason, SigningAlgorithm, Tag, Validity, ValidityPeriodType,
};

use crate::json::Json;
use crate::judge::judge;
use crate::refusal::refusal;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PATIENCE: Duration = Duration::from_secs(60);

struct Issued {
    /// The last part of its ARN.
    serial: String,
    certificate: String,
    chain: String,
}

pub async fn live(pca: &Client, csr: &str) -> Outcome<Json> {
    let arn = pending(pca, "Smoke Root", "once").await?;
    let same = arn == pending(pca, "Smoke Root", "once").await?;
    pending(pca, "Smoke Other", "other").await?;
    let root = make_root(pca, &arn).await?;
    let active = describe(pca, &arn).await?;
    let leaf = issue(pca, &arn, csr, "EndEntityCertificate", 30).await?;
    judge(&leaf.certificate, &root.certificate, "leaf.smoke.test")?;
    let (pages, tag_pages, tags_left) = page(pca, &arn).await?;
    let mut errors = refuse(pca, &arn, &root, &leaf).await;
    let (deleted, days_left, restored) = end(pca, &arn, csr, &mut errors).await?;
    Ok(Json::Map(vec![
        ("sameToken", Json::Bool(same)),
        ("active", Json::text(status(&active))),
        ("root", Json::text(root.certificate)),
        ("leaf", Json::text(leaf.certificate)),
        ("chain", Json::text(leaf.chain)),
        ("verified", Json::texts(["chain", "extended key usage"])),
        ("pages", pages),
        ("tagPages", tag_pages),
        ("tagsLeft", tags_left),
        ("errors", Json::Map(errors)),
        ("deleted", Json::text(deleted)),
        ("daysLeft", Json::Number(days_left)),
        ("restored", Json::text(restored)),
    ]))
}

async fn pending(pca: &Client, name: &str, token: &str) -> Outcome<String> {
    let configuration = CertificateAuthorityConfiguration::builder()
        .key_algorithm(KeyAlgorithm::EcPrime256v1)
        .signing_algorithm(SigningAlgorithm::Sha256Withecdsa)
        .subject(Asn1Subject::builder().country("CH").common_name(name).build())
        .build()?;
    let created = pca
        .create_certificate_authority()
        .certificate_authority_type(CertificateAuthorityType::Root)
        .certificate_authority_configuration(configuration)
        .idempotency_token(token)
        .set_tags(Some(["a", "b", "c"].map(tag).into_iter().collect::<Result<_, _>>()?))
        .send()
        .await?;
    Ok(created.certificate_authority_arn.unwrap_or_default())
}

async fn make_root(pca: &Client, arn: &str) -> Outcome<Issued> {
    pca.wait_until_certificate_authority_csr_created().certificate_authority_arn(arn).wait(PATIENCE).await?;
    let csr = pca.get_certificate_authority_csr().certificate_authority_arn(arn).send().await?.csr.unwrap_or_default();
    let root = issue(pca, arn, &csr, "RootCACertificate", 3650).await?;
    pca.import_certificate_authority_certificate()
        .certificate_authority_arn(arn)
        .certificate(Blob::new(root.certificate.as_str()))
        .send()
        .await?;
    Ok(root)
}

async fn ask(
    pca: &Client,
    arn: &str,
    csr: &str,
    template: &str,
    days: i64,
) -> Result<IssueCertificateOutput, SdkError<IssueCertificateError>> {
    let validity = Validity::builder().r#type(ValidityPeriodType::Days).value(days).build().expect("both are set");
    pca.issue_certificate()
        .certificate_authority_arn(arn)
        .csr(Blob::new(csr))
        .signing_algorithm(SigningAlgorithm::Sha256Withecdsa)
        .template_arn(format!("arn:aws:acm-pca:::template/{template}/V1"))
        .validity(validity)
        .send()
        .await
}

async fn issue(pca: &Client, arn: &str, csr: &str, template: &str, days: i64) -> Outcome<Issued> {
    let certificate_arn = ask(pca, arn, csr, template, days).await?.certificate_arn.unwrap_or_default();
    let found = pca
        .wait_until_certificate_issued()
        .certificate_authority_arn(arn)
        .certificate_arn(&certificate_arn)
        .wait(PATIENCE)
        .await?
        .into_result()?;
    Ok(Issued {
        serial: certificate_arn.rsplit('/').next().unwrap_or_default().into(),
        certificate: found.certificate.unwrap_or_default(),
        chain: found.certificate_chain.unwrap_or_default(),
    })
}

async fn page(pca: &Client, arn: &str) -> Outcome<(Json, Json, Json)> {
    let mut pages = Vec::new();
    let mut authorities = pca.list_certificate_authorities().into_paginator().page_size(1).send();
    while let Some(page) = authorities.next().await {
        pages.push(Json::texts(page?.certificate_authorities().iter().filter_map(|one| one.arn())));
    }
    let mut tag_pages = Vec::new();
    let mut tags = pca.list_tags().certificate_authority_arn(arn).into_paginator().page_size(2).send();
    while let Some(page) = tags.next().await {
        tag_pages.push(keys(page?.tags()));
    }
    let gone = Tag::builder().key("b").build()?;
    pca.untag_certificate_authority().certificate_authority_arn(arn).tags(gone).send().await?;
    pca.tag_certificate_authority().certificate_authority_arn(arn).tags(tag("d")?).send().await?;
    let left = pca.list_tags().certificate_authority_arn(arn).send().await?;
    Ok((Json::List(pages), Json::List(tag_pages), keys(left.tags())))
}

async fn refuse(pca: &Client, arn: &str, root: &Issued, leaf: &Issued) -> Vec<(&'static str, Json)> {
    let own = arn.rsplit('/').next().unwrap_or_default();
    let absent = arn.replace(own, "00000000-0000-0000-0000-000000000000");
    vec![
        ("absent", refusal(pca.describe_certificate_authority().certificate_authority_arn(absent).send().await)),
        ("deleteActive", refusal(delete(pca, arn).await)),
        ("malformedCsr", refusal(ask(pca, arn, "no CSR", "EndEntityCertificate", 1).await)),
        ("revoke", refusal(revoke(pca, arn, &leaf.serial).await)),
        ("revokeAgain", refusal(revoke(pca, arn, &leaf.serial).await)),
        ("revokeRoot", refusal(revoke(pca, arn, &root.serial).await)),
    ]
}

async fn end(
    pca: &Client,
    arn: &str,
    csr: &str,
    errors: &mut Vec<(&'static str, Json)>,
) -> Outcome<(String, f64, String)> {
    let disabled = CertificateAuthorityStatus::Disabled;
    pca.update_certificate_authority().certificate_authority_arn(arn).status(disabled).send().await?;
    errors.push(("issueDisabled", refusal(ask(pca, arn, csr, "EndEntityCertificate", 1).await)));
    delete(pca, arn).await?;
    let deleted = describe(pca, arn).await?;
    let until = SystemTime::try_from(*deleted.restorable_until().ok_or("expected RestorableUntil")?)?;
    let days_left = until.duration_since(SystemTime::now())?.as_secs_f64() / 86_400.0;
    pca.restore_certificate_authority().certificate_authority_arn(arn).send().await?;
    let restored = describe(pca, arn).await?;
    delete(pca, arn).await?;
    Ok((status(&deleted), days_left, status(&restored)))
}

async fn describe(pca: &Client, arn: &str) -> Outcome<CertificateAuthority> {
    let described = pca.describe_certificate_authority().certificate_authority_arn(arn).send().await?;
    Ok(described.certificate_authority.ok_or("expected CertificateAuthority")?)
}

async fn delete(pca: &Client, arn: &str) -> Result<(), SdkError<DeleteCertificateAuthorityError>> {
    let wish = pca.delete_certificate_authority().certificate_authority_arn(arn).permanent_deletion_time_in_days(7);
    wish.send().await.map(drop)
}

async fn revoke(pca: &Client, arn: &str, serial: &str) -> Result<(), SdkError<RevokeCertificateError>> {
    let wish = pca.revoke_certificate().certificate_authority_arn(arn).certificate_serial(serial);
    wish.revocation_reason(RevocationReason::KeyCompromise).send().await.map(drop)
}

fn status(authority: &CertificateAuthority) -> String {
    authority.status().map(|status| status.as_str().to_owned()).unwrap_or_default()
}

fn tag(key: &str) -> Result<Tag, aws_sdk_acmpca::error::BuildError> {
    Tag::builder().key(key).value("v").build()
}

fn keys(tags: &[Tag]) -> Json {
    Json::texts(tags.iter().map(Tag::key))
}
