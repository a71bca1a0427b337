//! A life of an authority through the AWS SDK for Rust, judged by webpki. The one argument is the file of the leaf's
//! CSR; AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say the rest. Prints one JSON
//! document.

mod json;
mod judge;
mod life;
mod refusal;

use std::{env, error::Error, fs};

use aws_sdk_acmpca::Client;
use aws_sdk_acmpca::config::{Credentials, Region};

fn main() -> Result<(), Box<dyn Error>> {
    let csr = fs::read_to_string(env::args().nth(1).ok_or("expected the file of a CSR")?)?;
    let pca = Client::from_conf(
        aws_sdk_acmpca::Config::builder()
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .region(Region::new(env::var("AWS_REGION")?))
            .endpoint_url(env::var("AWS_ENDPOINT_URL")?)
            .credentials_provider(Credentials::new(
                env::var("AWS_ACCESS_KEY_ID")?,
                env::var("AWS_SECRET_ACCESS_KEY")?,
                None,
                None,
                "environment",
            ))
            .build(),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("{}", runtime.block_on(life::live(&pca, &csr))?.write());
    Ok(())
}
