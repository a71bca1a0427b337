/**
 * Every resource and data source of Private CA in Terraform's AWS provider, and a certificate of ACM below it. The
 * variable `enabled` disables the subordinate authority, `team` changes a tag.
 */
export function terraformConfiguration(url: string, credentials: string): string {
  return [provider(url, credentials), authorities, certificates, sharing, reading].join('\n');
}

function provider(url: string, credentials: string): string {
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                   = "us-east-1"
  shared_credentials_files = ["${credentials}"]
  skip_metadata_api_check  = true
  skip_region_validation   = true
  endpoints {
    acm    = "${url}"
    acmpca = "${url}"
    sts    = "${url}"
  }
}

variable "enabled" {
  type    = bool
  default = true
}

variable "team" {
  type    = string
  default = "infra"
}
`;
}

const authorities = `
resource "aws_acmpca_certificate_authority" "root" {
  type                            = "ROOT"
  permanent_deletion_time_in_days = 7
  certificate_authority_configuration {
    key_algorithm     = "EC_prime256v1"
    signing_algorithm = "SHA256WITHECDSA"
    subject {
      common_name  = "Terraform Root"
      organization = "Tests"
      country      = "CH"
    }
  }
  tags = { team = "infra" }
}

resource "aws_acmpca_certificate" "root" {
  certificate_authority_arn   = aws_acmpca_certificate_authority.root.arn
  certificate_signing_request = aws_acmpca_certificate_authority.root.certificate_signing_request
  signing_algorithm           = "SHA256WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/RootCACertificate/V1"
  validity {
    type  = "YEARS"
    value = 5
  }
}

resource "aws_acmpca_certificate_authority_certificate" "root" {
  certificate_authority_arn = aws_acmpca_certificate_authority.root.arn
  certificate               = aws_acmpca_certificate.root.certificate
  certificate_chain         = aws_acmpca_certificate.root.certificate_chain
}

resource "aws_acmpca_certificate_authority" "below" {
  type                            = "SUBORDINATE"
  enabled                         = var.enabled
  usage_mode                      = "GENERAL_PURPOSE"
  key_storage_security_standard   = "FIPS_140_2_LEVEL_3_OR_HIGHER"
  permanent_deletion_time_in_days = 7
  certificate_authority_configuration {
    key_algorithm     = "EC_secp384r1"
    signing_algorithm = "SHA384WITHECDSA"
    subject {
      common_name = "Terraform Below"
    }
  }
  revocation_configuration {
    crl_configuration {
      enabled = false
    }
    ocsp_configuration {
      enabled           = true
      ocsp_custom_cname = "ocsp.terraform.test"
    }
  }
  tags = { team = var.team }
}

resource "aws_acmpca_certificate" "below" {
  certificate_authority_arn   = aws_acmpca_certificate_authority_certificate.root.certificate_authority_arn
  certificate_signing_request = aws_acmpca_certificate_authority.below.certificate_signing_request
  signing_algorithm           = "SHA256WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1"
  validity {
    type  = "MONTHS"
    value = 24
  }
}

resource "aws_acmpca_certificate_authority_certificate" "below" {
  certificate_authority_arn = aws_acmpca_certificate_authority.below.arn
  certificate               = aws_acmpca_certificate.below.certificate
  certificate_chain         = aws_acmpca_certificate.below.certificate_chain
}
`;

const certificates = `
resource "aws_acmpca_certificate" "leaf" {
  certificate_authority_arn   = aws_acmpca_certificate_authority_certificate.below.certificate_authority_arn
  certificate_signing_request = file("leaf.csr")
  signing_algorithm           = "SHA384WITHECDSA"
  validity {
    type  = "DAYS"
    value = 30
  }
}

resource "aws_acmpca_certificate" "passed" {
  certificate_authority_arn   = aws_acmpca_certificate_authority_certificate.below.certificate_authority_arn
  certificate_signing_request = file("passed.csr")
  signing_algorithm           = "SHA384WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/EndEntityCertificate_APIPassthrough/V1"
  api_passthrough = jsonencode({
    Subject = { CommonName = "passed through" }
  })
  validity {
    type  = "END_DATE"
    value = timeadd(plantimestamp(), "240h")
  }
  lifecycle {
    ignore_changes = [validity]
  }
}

resource "aws_acm_certificate" "managed" {
  domain_name               = "app.terraform.test"
  subject_alternative_names = ["www.terraform.test"]
  certificate_authority_arn = aws_acmpca_certificate_authority_certificate.below.certificate_authority_arn
  key_algorithm             = "EC_prime256v1"
  tags                      = { team = "infra" }
}
`;

const sharing = `
resource "aws_acmpca_permission" "renewal" {
  certificate_authority_arn = aws_acmpca_certificate_authority.below.arn
  actions                   = ["IssueCertificate", "GetCertificate", "ListPermissions"]
  principal                 = "acm.amazonaws.com"
}

resource "aws_acmpca_policy" "share" {
  resource_arn = aws_acmpca_certificate_authority_certificate.below.certificate_authority_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "1"
        Effect    = "Allow"
        Principal = { AWS = "000000000001" }
        Action = [
          "acm-pca:DescribeCertificateAuthority",
          "acm-pca:GetCertificate",
          "acm-pca:GetCertificateAuthorityCertificate",
          "acm-pca:ListPermissions",
          "acm-pca:ListTags",
        ]
        Resource = aws_acmpca_certificate_authority.below.arn
      },
      {
        Sid       = "2"
        Effect    = "Allow"
        Principal = { AWS = "000000000001" }
        Action    = ["acm-pca:IssueCertificate"]
        Resource  = aws_acmpca_certificate_authority.below.arn
        Condition = {
          StringEquals = { "acm-pca:TemplateArn" = "arn:aws:acm-pca:::template/EndEntityCertificate/V1" }
        }
      },
    ]
  })
}
`;

const reading = `
data "aws_acmpca_certificate_authority" "root" {
  arn = aws_acmpca_certificate_authority_certificate.root.certificate_authority_arn
}

data "aws_acmpca_certificate" "leaf" {
  arn                       = aws_acmpca_certificate.leaf.arn
  certificate_authority_arn = aws_acmpca_certificate.leaf.certificate_authority_arn
}

data "aws_acm_certificate" "managed" {
  domain    = aws_acm_certificate.managed.domain_name
  key_types = ["EC_prime256v1"]
  statuses  = ["ISSUED"]
}

output "root" { value = aws_acmpca_certificate.root.certificate }
output "below" { value = aws_acmpca_certificate.below.certificate }
output "leaf" { value = aws_acmpca_certificate.leaf.certificate }
output "passed" { value = aws_acmpca_certificate.passed.certificate }
output "managed" { value = data.aws_acm_certificate.managed.certificate }
output "found_root" { value = data.aws_acmpca_certificate_authority.root.certificate }
output "found_tags" { value = data.aws_acmpca_certificate_authority.root.tags }
output "found_leaf" { value = data.aws_acmpca_certificate.leaf.certificate }
output "permission_account" { value = aws_acmpca_permission.renewal.source_account }
`;
