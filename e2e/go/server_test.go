// Package e2e: the stock Go SDK against the program named by TASKFORM_BIN, else target/debug/taskform of this tree.
package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

const (
	ready    = "taskform ready on "
	region   = "us-east-1"
	patience = 30 * time.Second // for what should come at once; only a bound for what never comes
)

var ctx = context.Background()

// start runs a server on a free port until the end of the test and answers its address.
func start(t *testing.T) string {
	t.Helper()
	binary := os.Getenv("TASKFORM_BIN")
	if binary == "" {
		binary = filepath.Join("..", "..", "target", "debug", "taskform")
	}
	server := exec.Command(binary, "serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:0")
	for _, own := range os.Environ() {
		if !strings.HasPrefix(own, "AWS_") && !strings.HasPrefix(own, "TASKFORM_") {
			server.Env = append(server.Env, own)
		}
	}
	server.Stderr = os.Stderr
	server.Env = append(server.Env, "TASKFORM_LIMITS_INSTANCES=0", "TASKFORM_LOG_LEVEL=error")
	output, err := server.StdoutPipe()
	must(t, err)
	must(t, server.Start())
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if rest, found := cut(lines.Text(), ready); found {
			url := strings.TrimRight(strings.Fields(rest)[0], "/")
			read := make(chan struct{})
			go func() {
				defer close(read)
				for lines.Scan() {
				}
			}()
			t.Cleanup(func() {
				must(t, server.Process.Signal(os.Interrupt))
				<-read
				must(t, server.Wait())
			})
			return url
		}
	}
	t.Fatalf("the server ended before it was ready: %v", server.Wait())
	return ""
}

func cut(line, prefix string) (string, bool) {
	return strings.TrimPrefix(line, prefix), strings.HasPrefix(line, prefix)
}

var keys = credentials.NewStaticCredentialsProvider("test", "test", "")

// client is a stock client that tries once, so that no failure is hidden.
func client(url string) *connect.Client {
	return connect.New(connect.Options{
		Region: region, Credentials: keys, EndpointResolver: connect.EndpointResolverFromURL(url), Retryer: aws.NopRetryer{}})
}

// newInstance makes a fresh instance and answers its id and those of its flows by name.
func newInstance(t *testing.T, api *connect.Client) (*string, map[string]string) {
	t.Helper()
	made, err := api.CreateInstance(ctx, &connect.CreateInstanceInput{
		IdentityManagementType: types.DirectoryTypeConnectManaged, InboundCallsEnabled: aws.Bool(true), OutboundCallsEnabled: aws.Bool(false)})
	must(t, err)
	flows := map[string]string{}
	pages := connect.NewListContactFlowsPaginator(api, &connect.ListContactFlowsInput{InstanceId: made.Id, MaxResults: 5})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(t, err)
		for _, flow := range page.ContactFlowSummaryList {
			flows[*flow.Name] = *flow.Id
		}
	}
	return made.Id, flows
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, found, expected T) {
	t.Helper()
	if found != expected {
		t.Fatalf("found %v, expected %v", found, expected)
	}
}

// text of values, with blanks between them.
func text(values ...any) string {
	return strings.TrimSpace(fmt.Sprintln(values...))
}

// refused demands a typed exception of the model and answers it.
func refused[E error](t *testing.T, err error) E {
	t.Helper()
	var typed E
	if !errors.As(err, &typed) {
		t.Fatalf("expected %T, found %v", typed, err)
	}
	return typed
}

// until looks again until it is so.
func until(t *testing.T, what string, look func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !look(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not %s after %v", what, patience)
		}
	}
}
