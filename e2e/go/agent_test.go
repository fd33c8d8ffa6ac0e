package e2e

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// An agent of the agent API (tasks 6), with the SDK's own signer.
type agent struct {
	t    *testing.T
	base string
}

// A snapshot or a change of it, as far as the tests look.
type screen struct {
	Version  int64
	Status   struct{ Name string }
	Contacts map[string]*entry
}

type entry struct {
	State    string
	Name     string
	Commands []string
}

func (a agent) request(method, path string) *http.Response {
	a.t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, nil)
	must(a.t, err)
	credentials, err := keys.Retrieve(ctx)
	must(a.t, err)
	empty := sha256.Sum256(nil)
	must(a.t, signer.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(empty[:]), "connect", region, time.Now()))
	answer, err := http.DefaultClient.Do(request)
	must(a.t, err)
	return answer
}

// command answers the task's entry afterwards; nil when it is gone.
func (a agent) command(contact, name string) *entry {
	a.t.Helper()
	answer := a.request("POST", "contacts/"+contact+"/"+name)
	defer answer.Body.Close()
	equal(a.t, answer.StatusCode, 200)
	var body struct{ Entry *entry }
	must(a.t, json.NewDecoder(answer.Body).Decode(&body))
	return body.Entry
}

// awaits reads the stream of events until the task is in this state for the agent.
func (a agent) awaits(contact, state string) *entry {
	a.t.Helper()
	answer := a.request("GET", "events")
	defer answer.Body.Close()
	equal(a.t, answer.StatusCode, 200)
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, found := cut(lines.Text(), "data: ")
		if !found {
			continue
		}
		var change screen
		must(a.t, json.NewDecoder(strings.NewReader(data)).Decode(&change))
		if own := change.Contacts[contact]; own != nil && own.State == state {
			return own
		}
	}
	a.t.Fatalf("the stream ended: %v", lines.Err())
	return nil
}
