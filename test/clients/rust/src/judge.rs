//! Lets webpki judge a certificate as a TLS peer would.

use std::error::Error;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring::ECDSA_P256_SHA256};

/// Fails when `leaf` does not lead to `root`, does not bear `name`, or may not serve TLS on both sides.
pub fn judge(leaf: &str, root: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let root = CertificateDer::from_pem_slice(root.as_bytes())?;
    let anchors = [anchor_from_trusted_cert(&root)?];
    let leaf = CertificateDer::from_pem_slice(leaf.as_bytes())?;
    let parsed = EndEntityCert::try_from(&leaf)?;
    for usage in [KeyUsage::server_auth(), KeyUsage::client_auth()] {
        parsed.verify_for_usage(&[ECDSA_P256_SHA256], &anchors, &[], UnixTime::now(), usage, None, None)?;
    }
    parsed.verify_is_valid_for_subject_name(&ServerName::try_from(name)?)?;
    Ok(())
}
