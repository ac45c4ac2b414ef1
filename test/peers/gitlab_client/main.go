// Sends each given call again with GitLab's own client. Given the server's address and, as JSON on the standard input,
// calls of {"method", "path", "query", "body"}; a call or a field that the client does not know is an error.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

type call struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Query  json.RawMessage `json:"query"`
	Body   json.RawMessage `json:"body"`
}

// into decodes, and refuses fields that the client has no name for.
func into[T any](text json.RawMessage) *T {
	value := new(T)
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	check(reader.Decode(value))
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var (
	shape  = regexp.MustCompile(`^/api/v4/projects/(acme/credit)(/.*)?$`)
	number = regexp.MustCompile(`\d+`)
)

func main() {
	client, err := gitlab.NewAuthSourceClient(gitlab.AccessTokenAuthSource{Token: "token"}, gitlab.WithBaseURL(os.Args[1]), gitlab.WithCustomRetryMax(0))
	check(err)
	var calls []call
	check(json.NewDecoder(os.Stdin).Decode(&calls))
	for _, each := range calls {
		found := shape.FindStringSubmatch(each.Path)
		if found == nil {
			check(fmt.Errorf("GitLab has no path %s", each.Path))
		}
		id, _ := strconv.ParseInt(number.FindString(found[2]), 10, 64)
		send(client, each, found[1], number.ReplaceAllString(found[2], "*"), id)
	}
}

// pipelineOf exists because inputs are of several types to the client, which it therefore does not decode.
func pipelineOf(body json.RawMessage) *gitlab.CreatePipelineOptions {
	given := into[struct {
		Ref       *string                            `json:"ref"`
		Variables *[]*gitlab.PipelineVariableOptions `json:"variables"`
		Inputs    map[string]string                  `json:"inputs"`
	}](body)
	inputs := gitlab.PipelineInputsOption{}
	for name, value := range given.Inputs {
		inputs[name] = gitlab.NewPipelineInputValue(value)
	}
	return &gitlab.CreatePipelineOptions{Ref: given.Ref, Variables: given.Variables, Inputs: inputs}
}

// send ignores what is answered: only what is asked is compared.
func send(client *gitlab.Client, each call, project string, path string, id int64) {
	switch each.Method + " " + path {
	case "GET ":
		client.Projects.GetProject(project, into[gitlab.GetProjectOptions](each.Query))
	case "POST /pipeline":
		client.Pipelines.CreatePipeline(project, pipelineOf(each.Body))
	case "POST /trigger/pipeline":
		client.PipelineTriggers.RunPipelineTrigger(project, into[gitlab.RunPipelineTriggerOptions](each.Body))
	case "GET /pipelines":
		client.Pipelines.ListProjectPipelines(project, into[gitlab.ListProjectPipelinesOptions](each.Query))
	case "GET /pipelines/*":
		client.Pipelines.GetPipeline(project, id)
	case "PUT /pipelines/*/metadata":
		client.Pipelines.UpdatePipelineMetadata(project, id, into[gitlab.UpdatePipelineMetadataOptions](each.Body))
	case "GET /pipelines/*/jobs":
		client.Jobs.ListPipelineJobs(project, id, into[gitlab.ListJobsOptions](each.Query))
	case "POST /jobs/*/play":
		client.Jobs.PlayJob(project, id, into[gitlab.PlayJobOptions](each.Body))
	case "GET /deployments":
		client.Deployments.ListProjectDeployments(project, into[gitlab.ListProjectDeploymentsOptions](each.Query))
	case "POST /deployments/*/approval":
		client.Deployments.ApproveOrRejectProjectDeployment(project, id, into[gitlab.ApproveOrRejectProjectDeploymentOptions](each.Body))
	default:
		check(fmt.Errorf("GitLab's client has no call %s %s", each.Method, path))
	}
}
