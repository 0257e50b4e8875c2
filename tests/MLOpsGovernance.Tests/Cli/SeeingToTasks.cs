using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class SeeingToTasks
{
    private const string Two = """
        {"items":[
         {"id":"t1","kind":"remedy-finding","what":"Remedy finding f-1 on credit.","model":"credit","item":"f-1","team":"lending","assignee":"bob","roles":[],"forTeam":false,"outsideTeam":false,"excluded":[],"since":"2026-11-01T12:00:00Z","due":"2026-11-20T12:00:00Z","overdue":true,"dueInDays":-3,"link":"/api/v1/models/credit"},
         {"id":"t2","kind":"approve","what":"Approve or reject version 3 of credit.","model":"credit","version":3,"team":"lending","roles":["model-validator","ai-risk-officer"],"forTeam":false,"outsideTeam":false,"excluded":["ann"],"since":"2026-11-22T12:00:00Z","due":"2026-11-27T12:00:00Z","overdue":false,"dueInDays":4,"link":"/api/v1/models/credit/versions/3"},
         {"id":"t3","kind":"recertify-model","what":"Confirm that credit is still in use.","model":"credit","team":"lending","roles":[],"forTeam":true,"outsideTeam":false,"excluded":[],"since":"2026-08-24T12:00:00Z","due":"2026-11-24T12:00:00Z","overdue":false,"dueInDays":1,"link":"/api/v1/models/credit"}]
        """;

    [Fact]
    public async Task Lists_what_waits_with_its_date_and_whose_it_is()
    {
        await using var record = new Record().Has("tasks?limit=500", Two + "}");

        var ended = await record.RunAsync("tasks");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "2026-11-20 overdue remedy-finding Remedy finding f-1 on credit. bob",
            "2026-11-27 in 4 days approve Approve or reject version 3 of credit. model-validator, ai-risk-officer",
            "2026-11-24 in 1 day recertify-model Confirm that credit is still in use. team lending",
        ]);
        (await record.RunAsync("tasks", "-o", "json")).Output.ShouldBe(Two + "}\n");
    }

    [Fact]
    public async Task Asks_for_what_was_asked_for_and_says_when_there_is_more()
    {
        await using var record = new Record().Has("tasks?limit=500&all=true&overdue=true&kind=approve&model=credit&team=lending", Two + ""","nextCursor":"1.t3"}""").Has("tasks?limit=500&kind=revalidate", """{"items":[]}""");

        var ended = await record.RunAsync("tasks", "--all", "--overdue", "--kind", "approve", "--model", "credit", "--team", "lending");
        (ended.ExitCode, ended.Error.Contains("the first 3", StringComparison.Ordinal)).ShouldBe((0, true));
        (await record.RunAsync("tasks", "--kind", "revalidate")).Output.Trim().ShouldBe("Nothing waits.");
    }

    [Fact]
    public async Task Confirms_a_model_again_or_says_that_it_can_go()
    {
        await using var record = new Record().Answers("POST models/credit/recertification", RawAnswer.Http(200, """{"name":"credit","recertification":{"dueAt":"2027-02-23T12:00:00Z","overdue":false}}"""));

        var ended = await record.RunAsync("recertify", "--model", "credit", "--reason", "Looked at it.");
        (ended.ExitCode, ended.Output.Trim()).ShouldBe((0, "credit is confirmed as it is on record; due again 2027-02-23."));
        (await record.RunAsync("recertify", "--model", "credit", "--not-in-use", "--reason", "Replaced.")).ExitCode.ShouldBe(0);

        record.Writes.Select(w => JsonNode.Parse(w.Body)!.ToJsonString()).ShouldBe(["""{"stillInUse":true,"reason":"Looked at it."}""", """{"stillInUse":false,"reason":"Replaced."}"""]);
    }

    [Fact]
    public async Task Confirms_a_role_again()
    {
        await using var record = new Record().Answers(
            "POST subjects/eve/roles/model-validator/recertification", RawAnswer.Http(200, """{"subject":"eve","grants":[{"role":"model-validator","recertificationDueAt":"2027-02-23T12:00:00Z"}]}"""));

        var ended = await record.RunAsync("recertify", "--subject", "eve", "--role", "model-validator", "--reason", "Still validates.");

        (ended.ExitCode, ended.Output.Trim()).ShouldBe((0, "eve keeps the role model-validator; due again 2027-02-23."));
    }

    [Theory]
    [InlineData]
    [InlineData("--model", "credit", "--subject", "eve", "--role", "viewer")]
    [InlineData("--subject", "eve")]
    [InlineData("--role", "viewer")]
    [InlineData("--subject", "eve", "--role", "viewer", "--not-in-use")]
    public async Task Says_what_can_be_confirmed_when_that_is_not_clear(params string[] options)
    {
        await using var record = new Record();

        var ended = await record.RunAsync(["recertify", "--reason", "x", .. options]);

        (ended.ExitCode, ended.Error.Contains("--model NAME", StringComparison.Ordinal)).ShouldBe((2, true));
        record.Writes.ShouldBeEmpty();
    }
}
