package e2e

import (
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

func stsClient(url, secret string) *sts.Client {
	return sts.New(sts.Options{
		Region: region, Credentials: credentials.NewStaticCredentialsProvider("test", secret, ""),
		EndpointResolver: sts.EndpointResolverFromURL(url), Retryer: aws.NopRetryer{}})
}

// as-code 3.1 to 3.3: whose credentials they are, and how a wrong secret is refused.
func TestCallerIdentity(t *testing.T) {
	url := start(t)
	answer, err := stsClient(url, "test").GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	must(t, err)
	if *answer.Arn != "arn:aws:iam::000000000000:user/administrator" || *answer.UserId != "test" || *answer.Account != "000000000000" {
		t.Fatalf("%v %v %v", *answer.Arn, *answer.UserId, *answer.Account)
	}
	_, err = stsClient(url, "wrong").GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	var refused smithy.APIError
	if !errors.As(err, &refused) || refused.ErrorCode() != "SignatureDoesNotMatch" {
		t.Fatal(err)
	}
}
