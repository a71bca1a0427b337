package main

import (
	"errors"
	"reflect"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// Result is what the programs for every language print.
type Result struct {
	SameToken bool              `json:"sameToken"`
	Active    string            `json:"active"`
	Root      string            `json:"root"`
	Leaf      string            `json:"leaf"`
	Chain     string            `json:"chain"`
	Verified  []string          `json:"verified"`
	Pages     [][]string        `json:"pages"`
	TagPages  [][]string        `json:"tagPages"`
	TagsLeft  []string          `json:"tagsLeft"`
	Errors    map[string]*Error `json:"errors"`
	Deleted   string            `json:"deleted"`
	DaysLeft  float64           `json:"daysLeft"`
	Restored  string            `json:"restored"`
}

// Error is a refusal as the SDK shows it: the name of its type, and what it carries.
type Error struct {
	Type      string `json:"type"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// errorOf finds the modelled exception inside what the SDK returned; nil for no error.
func errorOf(err error) *Error {
	if err == nil {
		return nil
	}
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return &Error{Type: "none", Message: err.Error()}
	}
	found := &Error{reflect.TypeOf(refused).Elem().Name(), refused.ErrorCode(), refused.ErrorMessage(), ""}
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		found.RequestID = response.ServiceRequestID()
	}
	return found
}
