// Calls Private CA as cert-manager's aws-privateca-issuer does (pkg/aws/pca.go): the signing algorithm is the
// authority's, validity is ABSOLUTE, the token is a hash of namespace and name, the template follows the usages,
// GetCertificate is asked once, and the chain is split at the root. Prints one JSON document.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	"chancery.test/clients/authority"
)

// Issuer is what the program prints.
type Issuer struct {
	Root   string   `json:"root"`
	Signed []Signed `json:"signed"`
}

func main() {
	log.SetFlags(0)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	result, err := run(ctx)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) (*Issuer, error) {
	pca, err := authority.NewClient(ctx)
	if err != nil {
		return nil, err
	}
	root, err := authority.Root(ctx, pca, "Cluster Root")
	if err != nil {
		return nil, fmt.Errorf("making the root: %w", err)
	}
	// It signs authorities of its own, so its path length is one.
	between, err := authority.Subordinate(ctx, pca, root, "Cluster Issuer", "SubordinateCACertificate_PathLen1", nil)
	if err != nil {
		return nil, fmt.Errorf("making the issuing authority: %w", err)
	}
	asksOnce, err := authority.NewClient(ctx, authority.Once)
	if err != nil {
		return nil, err
	}
	issuer := provisioner{pca: asksOnce, arn: between.Arn}
	result := &Issuer{Root: root.Certificate}
	for _, request := range requests {
		signed, err := issuer.serve(ctx, request, root.Certificate)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", request.name, err)
		}
		result.Signed = append(result.Signed, signed)
	}
	return result, nil
}
