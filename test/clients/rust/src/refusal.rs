//! What was refused, as the SDK shows it: the variant of its error, and what it carries.

use aws_sdk_acmpca::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_acmpca::operation::RequestId;

use crate::json::Json;

/// How the call was refused, or null when it was not. The variant's name is the first word of its debug form.
pub fn refusal<T, E, R>(outcome: Result<T, SdkError<E, R>>) -> Json
where
    E: std::error::Error + ProvideErrorMetadata + RequestId + 'static,
{
    let Err(error) = outcome else { return Json::Null };
    let Some(refused) = error.as_service_error() else { return Json::text(error.to_string()) };
    let variant = format!("{refused:?}");
    Json::Map(vec![
        ("type", Json::text(variant.split(['(', ' ']).next().unwrap_or_default())),
        ("code", Json::text(refused.code().unwrap_or_default())),
        ("message", Json::text(refused.message().unwrap_or_default())),
        ("requestId", Json::text(refused.request_id().unwrap_or_default())),
    ])
}
