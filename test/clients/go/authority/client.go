// Package authority is what the programs of this module share: a client, and the calls that make an authority.
package authority

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/acmpca"
)

// NewClient takes everything from the environment: AWS_SHARED_CREDENTIALS_FILE, AWS_REGION and AWS_ENDPOINT_URL.
func NewClient(ctx context.Context, options ...func(*acmpca.Options)) (*acmpca.Client, error) {
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return acmpca.NewFromConfig(settings, options...), nil
}

// Once makes a client ask once: whatever it is answered stands.
func Once(options *acmpca.Options) { options.Retryer = aws.NopRetryer{} }
