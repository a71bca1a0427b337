// A life of an authority through the AWS SDK for Go, judged by crypto/x509. Prints one JSON document.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"time"
)

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
