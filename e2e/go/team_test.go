package e2e

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

const intoQueue = `{"Version":"2019-10-30","StartAction":"target","Metadata":{},"Actions":[
{"Identifier":"target","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"%s"},"Transitions":{"NextAction":"queue",
"Errors":[{"NextAction":"end","ErrorType":"NoMatchingError"}]}},
{"Identifier":"queue","Type":"TransferContactToQueue","Parameters":{},"Transitions":{"NextAction":"end",
"Errors":[{"NextAction":"end","ErrorType":"QueueAtCapacity"},{"NextAction":"end","ErrorType":"NoMatchingError"}]}},
{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}`

// A team made from nothing.
type team struct {
	t                          *testing.T
	api                        *connect.Client
	instance                   *string
	queue, flow, user, profile *string
	statuses                   map[string]string
}

func newTeam(t *testing.T, url string) team {
	api := client(url)
	instance, _ := newInstance(t, api)
	nine := &types.HoursOfOperationTimeSlice{Hours: aws.Int32(9), Minutes: aws.Int32(0)}
	five := &types.HoursOfOperationTimeSlice{Hours: aws.Int32(17), Minutes: aws.Int32(0)}
	hours, err := api.CreateHoursOfOperation(ctx, &connect.CreateHoursOfOperationInput{
		InstanceId: instance, Name: aws.String("Office"), TimeZone: aws.String("Europe/Berlin"),
		Config: []types.HoursOfOperationConfig{{Day: types.HoursOfOperationDaysMonday, StartTime: nine, EndTime: five}}})
	must(t, err)
	queue, err := api.CreateQueue(ctx, &connect.CreateQueueInput{
		InstanceId: instance, Name: aws.String("Refunds"), HoursOfOperationId: hours.HoursOfOperationId, Tags: map[string]string{"team": "refunds"}})
	must(t, err)
	flow, err := api.CreateContactFlow(ctx, &connect.CreateContactFlowInput{
		InstanceId: instance, Name: aws.String("Into refunds"), Type: types.ContactFlowTypeContactFlow,
		Content: aws.String(fmt.Sprintf(intoQueue, *queue.QueueId))})
	must(t, err)
	profile, err := api.CreateRoutingProfile(ctx, &connect.CreateRoutingProfileInput{
		InstanceId: instance, Name: aws.String("Refunds"), Description: aws.String("Refunds"), DefaultOutboundQueueId: queue.QueueId,
		MediaConcurrencies: []types.MediaConcurrency{{Channel: types.ChannelTask, Concurrency: 2}},
		QueueConfigs: []types.RoutingProfileQueueConfig{{
			Delay: aws.Int32(0), Priority: aws.Int32(1),
			QueueReference: &types.RoutingProfileQueueReference{Channel: types.ChannelTask, QueueId: queue.QueueId}}}})
	must(t, err)
	security, err := api.CreateSecurityProfile(ctx, &connect.CreateSecurityProfileInput{
		InstanceId: instance, SecurityProfileName: aws.String("Clerk"), Permissions: []string{"BasicAgentAccess"}})
	must(t, err)
	_, err = api.CreateAgentStatus(ctx, &connect.CreateAgentStatusInput{
		InstanceId: instance, Name: aws.String("Lunch"), State: types.AgentStatusStateEnabled})
	must(t, err)
	user, err := api.CreateUser(ctx, &connect.CreateUserInput{
		InstanceId: instance, Username: aws.String("ada"), Password: aws.String("Correct-horse-7"), RoutingProfileId: profile.RoutingProfileId,
		SecurityProfileIds: []string{*security.SecurityProfileId}, PhoneConfig: &types.UserPhoneConfig{PhoneType: types.PhoneTypeSoftPhone},
		IdentityInfo: &types.UserIdentityInfo{FirstName: aws.String("Ada"), LastName: aws.String("Muster")}})
	must(t, err)
	listed, err := api.ListAgentStatuses(ctx, &connect.ListAgentStatusesInput{InstanceId: instance})
	must(t, err)
	statuses := map[string]string{}
	for _, one := range listed.AgentStatusSummaryList {
		statuses[*one.Name] = *one.Id
	}
	return team{t, api, instance, queue.QueueId, flow.ContactFlowId, user.UserId, profile.RoutingProfileId, statuses}
}

func (own team) status(name string) {
	own.t.Helper()
	id := own.statuses[name]
	_, err := own.api.PutUserStatus(ctx, &connect.PutUserStatusInput{InstanceId: own.instance, UserId: own.user, AgentStatusId: &id})
	must(own.t, err)
}

func (own team) task(name string) string {
	own.t.Helper()
	made, err := own.api.StartTaskContact(ctx, &connect.StartTaskContactInput{
		InstanceId: own.instance, Name: &name, ContactFlowId: own.flow,
		References: map[string]types.Reference{"Order": {Type: types.ReferenceTypeUrl, Value: aws.String("https://example.com/4711")}}})
	must(own.t, err)
	return *made.ContactId
}

// metrics of the queue, in the order of the names.
func (own team) metrics(names ...types.CurrentMetricName) string {
	own.t.Helper()
	var asked []types.CurrentMetric
	for _, name := range names {
		asked = append(asked, types.CurrentMetric{Name: name, Unit: types.UnitCount})
	}
	answer, err := own.api.GetCurrentMetricData(ctx, &connect.GetCurrentMetricDataInput{
		InstanceId: own.instance, CurrentMetrics: asked, Groupings: []types.Grouping{types.GroupingQueue},
		Filters: &types.Filters{Queues: []string{*own.queue}, Channels: []types.Channel{types.ChannelTask}}})
	must(own.t, err)
	var found []float64
	for _, row := range answer.MetricResults {
		for _, one := range row.Collections {
			found = append(found, *one.Value)
		}
	}
	return text(found)
}

func TestATeamFromNothingTakesATask(t *testing.T) {
	url := start(t)
	own := newTeam(t, url)
	counts := []types.CurrentMetricName{types.CurrentMetricNameAgentsOnline, types.CurrentMetricNameContactsInQueue, types.CurrentMetricNameSlotsActive}
	first := own.task("First")
	until(t, "one in the queue", func() bool { return own.metrics(counts...) == "[0 1 0]" })
	ada := agent{t, fmt.Sprintf("%s/_agent/v1/instances/%s/users/%s/", url, *own.instance, *own.user)}
	own.status("Available")
	offered := ada.awaits(first, "CONNECTING")
	equal(t, text(offered.Name, offered.Commands), "First [accept reject]")
	equal(t, ada.command(first, "accept").State, "CONNECTED")
	equal(t, own.metrics(counts...), "[1 0 1]")

	data, err := own.api.GetCurrentUserData(ctx, &connect.GetCurrentUserDataInput{
		InstanceId: own.instance, Filters: &types.UserDataFilters{Queues: []string{*own.queue}}})
	must(t, err)
	equal(t, len(data.UserDataList), 1)
	seen := data.UserDataList[0]
	equal(t, text(*seen.User.Id == *own.user, *seen.RoutingProfile.Id == *own.profile, seen.MaxSlotsByChannel, seen.AvailableSlotsByChannel), "true true map[TASK:2] map[TASK:1]")
	equal(t, text(len(seen.Contacts), *seen.Contacts[0].ContactId == first, seen.Contacts[0].AgentContactState, *seen.Contacts[0].Queue.Id == *own.queue), "1 true CONNECTED true")

	own.status("Lunch") // takes effect after the task
	equal(t, ada.command(first, "complete").State, "ENDED")
	if left := ada.command(first, "close"); left != nil {
		t.Fatalf("%v is left", left)
	}
	shown, err := own.api.DescribeContact(ctx, &connect.DescribeContactInput{InstanceId: own.instance, ContactId: &first})
	must(t, err)
	equal(t, *shown.Contact.AgentInfo.Id, *own.user)
	equal(t, shown.Contact.DisconnectTimestamp != nil, true)
	second := own.task("Second")
	until(t, "one in the queue", func() bool { return own.metrics(counts...) == "[1 1 0]" })
	_, err = own.api.StopContact(ctx, &connect.StopContactInput{InstanceId: own.instance, ContactId: &second})
	must(t, err)
	equal(t, own.metrics(counts...), "[1 0 0]")
}

func TestATeamIsFoundAndChanged(t *testing.T) {
	own := newTeam(t, start(t))
	_, err := own.api.UpdateQueueMaxContacts(ctx, &connect.UpdateQueueMaxContactsInput{InstanceId: own.instance, QueueId: own.queue, MaxContacts: aws.Int32(7)})
	must(t, err)
	queue, err := own.api.DescribeQueue(ctx, &connect.DescribeQueueInput{InstanceId: own.instance, QueueId: own.queue})
	must(t, err)
	equal(t, text(*queue.Queue.MaxContacts, queue.Queue.Tags, queue.Queue.Status), "7 map[team:refunds] ENABLED")
	_, err = own.api.UpdateUserPhoneConfig(ctx, &connect.UpdateUserPhoneConfigInput{
		InstanceId: own.instance, UserId: own.user, PhoneConfig: &types.UserPhoneConfig{PhoneType: types.PhoneTypeSoftPhone, AutoAccept: true}})
	must(t, err)
	found, err := own.api.SearchUsers(ctx, &connect.SearchUsersInput{
		InstanceId: own.instance, SearchCriteria: &types.UserSearchCriteria{StringCondition: &types.StringCondition{
			FieldName: aws.String("Username"), Value: aws.String("ad"), ComparisonType: types.StringComparisonTypeStartsWith}}})
	must(t, err)
	equal(t, text(len(found.Users), *found.Users[0].Id == *own.user, found.Users[0].PhoneConfig.AutoAccept), "1 true true")
	first := own.task("First")
	own.status("Available") // accepted by itself
	until(t, "with the agent", func() bool {
		shown, err := own.api.DescribeContact(ctx, &connect.DescribeContactInput{InstanceId: own.instance, ContactId: &first})
		must(t, err)
		return shown.Contact.AgentInfo != nil && shown.Contact.AgentInfo.ConnectedToAgentTimestamp != nil
	})
	_, err = own.api.StopContact(ctx, &connect.StopContactInput{InstanceId: own.instance, ContactId: &first})
	must(t, err)
	own.status("Offline") // ends after-contact work
	_, err = own.api.DeleteUser(ctx, &connect.DeleteUserInput{InstanceId: own.instance, UserId: own.user})
	must(t, err)
	_, err = own.api.DescribeUser(ctx, &connect.DescribeUserInput{InstanceId: own.instance, UserId: own.user})
	refused[*types.ResourceNotFoundException](t, err)
}
