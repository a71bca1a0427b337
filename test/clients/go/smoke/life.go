package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"chancery.test/clients/authority"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acmpca"
	"github.com/aws/aws-sdk-go-v2/service/acmpca/types"
)

const leafName = "leaf.smoke.test"

func run(ctx context.Context) (*Result, error) {
	pca, err := authority.NewClient(ctx)
	if err != nil {
		return nil, err
	}
	result := &Result{Errors: map[string]*Error{}}
	root, err := makeRoot(ctx, pca, result)
	if err != nil {
		return nil, fmt.Errorf("making a root: %w", err)
	}
	leaf, err := issueLeaf(ctx, pca, root, result)
	if err != nil {
		return nil, fmt.Errorf("issuing a leaf: %w", err)
	}
	if err := constrained(ctx, pca, root, result); err != nil {
		return nil, fmt.Errorf("name constraints: %w", err)
	}
	if err := pages(ctx, pca, root, result); err != nil {
		return nil, fmt.Errorf("paging: %w", err)
	}
	refusals(ctx, pca, root, leaf, result)
	if err := end(ctx, pca, root, result); err != nil {
		return nil, fmt.Errorf("deleting: %w", err)
	}
	return result, nil
}

func makeRoot(ctx context.Context, pca *acmpca.Client, result *Result) (authority.Authority, error) {
	var arns, csrs []string
	tags := []types.Tag{tag("a"), tag("b"), tag("c")}
	for range 2 {
		arn, csr, err := authority.Pending(ctx, pca, types.CertificateAuthorityTypeRoot, "Smoke Root", "once", tags...)
		if err != nil {
			return authority.Authority{}, err
		}
		arns, csrs = append(arns, arn), append(csrs, csr)
	}
	result.SameToken = arns[0] == arns[1] && csrs[0] == csrs[1]
	root, err := authority.Install(ctx, pca, arns[0], arns[0], csrs[0], "RootCACertificate", 3650, nil)
	if err != nil {
		return root, err
	}
	described, err := describe(ctx, pca, root.Arn)
	if err != nil {
		return root, err
	}
	result.Active, result.Root = string(described.Status), root.Certificate
	return root, nil
}

func issueLeaf(ctx context.Context, pca *acmpca.Client, root authority.Authority, result *Result) (authority.Issued, error) {
	csr, _, err := authority.MakeCsr(leafName)
	if err != nil {
		return authority.Issued{}, err
	}
	leaf, err := authority.Issue(ctx, pca, root.Arn, csr, "EndEntityCertificate", 30, nil)
	if err != nil {
		return leaf, err
	}
	result.Leaf, result.Chain = leaf.Certificate, leaf.Chain
	for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
		if err := authority.Verify(leaf.Certificate, root.Certificate, leafName, usage); err != nil {
			return leaf, err
		}
	}
	result.Verified = append(result.Verified, "chain", "extended key usage")
	if authority.Verify(leaf.Certificate, root.Certificate, leafName, x509.ExtKeyUsageCodeSigning) == nil {
		return leaf, fmt.Errorf("a leaf of TLS is accepted for signing code")
	}
	return leaf, nil
}

func pages(ctx context.Context, pca *acmpca.Client, root authority.Authority, result *Result) error {
	authorities := acmpca.NewListCertificateAuthoritiesPaginator(pca, &acmpca.ListCertificateAuthoritiesInput{MaxResults: aws.Int32(1)})
	for authorities.HasMorePages() {
		page, err := authorities.NextPage(ctx)
		if err != nil {
			return err
		}
		var arns []string
		for _, one := range page.CertificateAuthorities {
			arns = append(arns, aws.ToString(one.Arn))
		}
		result.Pages = append(result.Pages, arns)
	}
	asked := &acmpca.ListTagsInput{CertificateAuthorityArn: aws.String(root.Arn), MaxResults: aws.Int32(2)}
	tags := acmpca.NewListTagsPaginator(pca, asked)
	for tags.HasMorePages() {
		page, err := tags.NextPage(ctx)
		if err != nil {
			return err
		}
		result.TagPages = append(result.TagPages, keysOf(page.Tags))
	}
	untag := &acmpca.UntagCertificateAuthorityInput{CertificateAuthorityArn: aws.String(root.Arn), Tags: []types.Tag{{Key: aws.String("b")}}}
	if _, err := pca.UntagCertificateAuthority(ctx, untag); err != nil {
		return err
	}
	more := &acmpca.TagCertificateAuthorityInput{CertificateAuthorityArn: aws.String(root.Arn), Tags: []types.Tag{tag("d")}}
	if _, err := pca.TagCertificateAuthority(ctx, more); err != nil {
		return err
	}
	left, err := pca.ListTags(ctx, &acmpca.ListTagsInput{CertificateAuthorityArn: aws.String(root.Arn)})
	if err != nil {
		return err
	}
	result.TagsLeft = keysOf(left.Tags)
	return nil
}

func refusals(ctx context.Context, pca *acmpca.Client, root authority.Authority, leaf authority.Issued, result *Result) {
	absent := root.Arn[:strings.LastIndex(root.Arn, "/")+1] + "00000000-0000-0000-0000-000000000000"
	_, err := describe(ctx, pca, absent)
	result.Errors["absent"] = errorOf(err)
	_, err = pca.DeleteCertificateAuthority(ctx, &acmpca.DeleteCertificateAuthorityInput{CertificateAuthorityArn: aws.String(root.Arn)})
	result.Errors["deleteActive"] = errorOf(err)
	_, err = authority.Issue(ctx, pca, root.Arn, "no CSR", "EndEntityCertificate", 1, nil)
	result.Errors["malformedCsr"] = errorOf(err)
	for _, name := range []string{"revoke", "revokeAgain"} {
		result.Errors[name] = errorOf(revoke(ctx, pca, root.Arn, leaf.Certificate))
	}
	result.Errors["revokeRoot"] = errorOf(revoke(ctx, pca, root.Arn, root.Certificate))
}

func end(ctx context.Context, pca *acmpca.Client, root authority.Authority, result *Result) error {
	arn := aws.String(root.Arn)
	if _, err := pca.UpdateCertificateAuthority(ctx, &acmpca.UpdateCertificateAuthorityInput{CertificateAuthorityArn: arn, Status: types.CertificateAuthorityStatusDisabled}); err != nil {
		return err
	}
	csr, _, err := authority.MakeCsr("late.smoke.test")
	if err != nil {
		return err
	}
	_, err = authority.Issue(ctx, pca, root.Arn, csr, "EndEntityCertificate", 1, nil)
	result.Errors["issueDisabled"] = errorOf(err)
	remove := &acmpca.DeleteCertificateAuthorityInput{CertificateAuthorityArn: arn, PermanentDeletionTimeInDays: aws.Int32(7)}
	if _, err := pca.DeleteCertificateAuthority(ctx, remove); err != nil {
		return err
	}
	deleted, err := describe(ctx, pca, root.Arn)
	if err != nil {
		return err
	}
	result.Deleted, result.DaysLeft = string(deleted.Status), time.Until(aws.ToTime(deleted.RestorableUntil)).Hours()/24
	if _, err := pca.RestoreCertificateAuthority(ctx, &acmpca.RestoreCertificateAuthorityInput{CertificateAuthorityArn: arn}); err != nil {
		return err
	}
	restored, err := describe(ctx, pca, root.Arn)
	if err != nil {
		return err
	}
	result.Restored = string(restored.Status)
	_, err = pca.DeleteCertificateAuthority(ctx, remove)
	return err
}

func describe(ctx context.Context, pca *acmpca.Client, arn string) (*types.CertificateAuthority, error) {
	described, err := pca.DescribeCertificateAuthority(ctx, &acmpca.DescribeCertificateAuthorityInput{CertificateAuthorityArn: aws.String(arn)})
	if err != nil {
		return nil, err
	}
	return described.CertificateAuthority, nil
}

func revoke(ctx context.Context, pca *acmpca.Client, arn, certificate string) error {
	parsed, err := authority.Parse(certificate)
	if err != nil {
		return err
	}
	_, err = pca.RevokeCertificate(ctx, &acmpca.RevokeCertificateInput{
		CertificateAuthorityArn: aws.String(arn),
		CertificateSerial:       aws.String(fmt.Sprintf("%x", parsed.SerialNumber)),
		RevocationReason:        types.RevocationReasonKeyCompromise,
	})
	return err
}

func tag(key string) types.Tag { return types.Tag{Key: aws.String(key), Value: aws.String("v")} }

func keysOf(tags []types.Tag) []string {
	var keys []string
	for _, one := range tags {
		keys = append(keys, aws.ToString(one.Key))
	}
	return keys
}
