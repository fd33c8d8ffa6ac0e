package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

func field(name string, kind types.TaskTemplateFieldType) types.TaskTemplateField {
	return types.TaskTemplateField{Id: &types.TaskTemplateFieldIdentifier{Name: &name}, Type: kind}
}

func TestTemplatesAndTheirTasks(t *testing.T) {
	api := client(start(t))
	instance, flows := newInstance(t, api)
	name := field("Task name", types.TaskTemplateFieldTypeName)
	input := func(title string) *connect.CreateTaskTemplateInput {
		return &connect.CreateTaskTemplateInput{
			InstanceId: instance, Name: &title, ContactFlowId: aws.String(flows["Sample task flow"]), Status: types.TaskTemplateStatusActive,
			Fields:      []types.TaskTemplateField{name, field("Order id", types.TaskTemplateFieldTypeText)},
			Constraints: &types.TaskTemplateConstraints{RequiredFields: []types.RequiredFieldInfo{{Id: name.Id}}}}
	}
	var ids []string
	for n := 0; n < 5; n++ {
		made, err := api.CreateTaskTemplate(ctx, input(fmt.Sprintf("Café 🚀 %d", n)))
		must(t, err)
		ids = append(ids, *made.Id)
	}
	var listed []string
	pages := connect.NewListTaskTemplatesPaginator(api, &connect.ListTaskTemplatesInput{InstanceId: instance, MaxResults: aws.Int32(2)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(t, err)
		for _, one := range page.TaskTemplates {
			listed = append(listed, *one.Id)
		}
	}
	equal(t, text(listed), text(ids))

	_, err := api.UpdateTaskTemplate(ctx, &connect.UpdateTaskTemplateInput{
		InstanceId: instance, TaskTemplateId: &ids[0], Name: aws.String("Renamed"), Status: types.TaskTemplateStatusActive,
		ContactFlowId: aws.String(flows["Sample task flow"]), Fields: input("").Fields, Constraints: input("").Constraints})
	must(t, err)
	shown, err := api.GetTaskTemplate(ctx, &connect.GetTaskTemplateInput{InstanceId: instance, TaskTemplateId: &ids[0]})
	must(t, err)
	equal(t, text(*shown.Name, len(shown.Fields), shown.Status), "Renamed 2 ACTIVE")
	_, err = api.TagResource(ctx, &connect.TagResourceInput{ResourceArn: shown.Arn, Tags: map[string]string{"k/é": "a b"}})
	must(t, err)
	tags, err := api.ListTagsForResource(ctx, &connect.ListTagsForResourceInput{ResourceArn: shown.Arn})
	must(t, err)
	equal(t, text(tags.Tags), "map[k/é:a b]")

	made, err := api.StartTaskContact(ctx, &connect.StartTaskContactInput{InstanceId: instance, TaskTemplateId: &ids[0], Name: aws.String("From it")})
	must(t, err)
	_, err = api.UpdateContactAttributes(ctx, &connect.UpdateContactAttributesInput{
		InstanceId: instance, InitialContactId: made.ContactId, Attributes: map[string]string{"tier": "vip"}})
	must(t, err)
	attributes, err := api.GetContactAttributes(ctx, &connect.GetContactAttributesInput{InstanceId: instance, InitialContactId: made.ContactId})
	must(t, err)
	equal(t, text(attributes.Attributes), "map[tier:vip]")
	_, err = api.StopContact(ctx, &connect.StopContactInput{InstanceId: instance, ContactId: made.ContactId})
	must(t, err)
	_, err = api.DeleteTaskTemplate(ctx, &connect.DeleteTaskTemplateInput{InstanceId: instance, TaskTemplateId: &ids[4]})
	must(t, err)
	_, err = api.GetTaskTemplate(ctx, &connect.GetTaskTemplateInput{InstanceId: instance, TaskTemplateId: &ids[4]})
	gone := refused[*types.ResourceNotFoundException](t, err)
	equal(t, strings.Contains(*gone.Message, ids[4]), true)
}

func TestTypedExceptions(t *testing.T) {
	api := client(start(t))
	instance, flows := newInstance(t, api)
	unknown := "0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11"
	_, err := api.StopContact(ctx, &connect.StopContactInput{InstanceId: instance, ContactId: &unknown})
	refused[*types.ContactNotFoundException](t, err)
	_, err = api.CreateContactFlow(ctx, &connect.CreateContactFlowInput{
		InstanceId: instance, Name: aws.String("Broken"), Type: types.ContactFlowTypeContactFlow, Content: aws.String("{}")})
	broken := refused[*types.InvalidContactFlowException](t, err)
	equal(t, len(broken.Problems) > 0, true)
	_, err = api.CreateTaskTemplate(ctx, &connect.CreateTaskTemplateInput{
		InstanceId: instance, Name: aws.String("Simple"), ContactFlowId: aws.String(flows["Sample task flow"]),
		Fields: []types.TaskTemplateField{field("Task name", types.TaskTemplateFieldTypeName)}})
	invalid := refused[*types.PropertyValidationException](t, err)
	equal(t, *invalid.PropertyList[0].PropertyPath, "Constraints")
	hours, err := api.ListHoursOfOperations(ctx, &connect.ListHoursOfOperationsInput{InstanceId: instance})
	must(t, err)
	_, err = api.CreateQueue(ctx, &connect.CreateQueueInput{
		InstanceId: instance, Name: aws.String("BasicQueue"), HoursOfOperationId: hours.HoursOfOperationSummaryList[0].Id})
	refused[*types.DuplicateResourceException](t, err)
	_, err = api.PutUserStatus(ctx, &connect.PutUserStatusInput{InstanceId: instance, UserId: &unknown, AgentStatusId: &unknown})
	refused[*types.ResourceNotFoundException](t, err)
}
