using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Monitoring, assessing and advising: what is sent, what is said, and with what it ends.</summary>
public sealed class AdvisingFromTheCommandLine : IAsyncDisposable
{
    private const string Report = "POST models/credit/versions/3/monitoring";

    private readonly TemporaryFolder _folder = new();
    private readonly Record _record = new();

    public async ValueTask DisposeAsync()
    {
        await _record.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("no-drift", false, 0)]
    [InlineData("drift", false, 1)]
    [InlineData("no-drift", true, 1)]
    public async Task Reports_what_a_monitor_saw_and_ends_with_1_for_an_alarm_where_that_is_asked_for(string verdict, bool breached, int exitCode)
    {
        _record.Answers(Report, RawAnswer.Http(201, $$"""{"model":"credit","version":3,"observedAt":"2026-11-23T12:00:00Z","verdict":"{{verdict}}","features":[],"metrics":[{"name":"auc","value":0.7,"breached":{{(breached ? "true" : "false")}}}],"suspended":false}"""));
        var ended = await RunAsync("report.yaml", "model: credit\nversion: 3\nobservedAt: 2026-11-23T12:00:00Z\nmetrics: [{name: auc, value: 0.7}]\n", "monitoring", "report", "--fail-on-alarm", "-f");

        ended.ExitCode.ShouldBe(exitCode, ended.Error);
        JsonNode.DeepEquals(JsonNode.Parse(_record.Writes.ShouldHaveSingleItem().Body), JsonNode.Parse("""{"observedAt":"2026-11-23T12:00:00Z","metrics":[{"name":"auc","value":0.7}]}""")).ShouldBeTrue(_record.Writes[0].Body);
        ended.Output.ShouldContain("auc 0.7");
    }

    [Fact]
    public async Task Ends_with_1_where_nothing_is_feasible_and_says_why()
    {
        _record.Answers("POST buy-or-build", RawAnswer.Http(201, """{"id":"a1","sentences":[{"text":"Nothing is feasible: budget cannot hold.","restsOn":[{"kind":"constraint","name":"constraints.budget"}]}]}"""));
        var ended = await RunAsync("platform.json", "{}", "advise", "ask", "-f");
        (ended.ExitCode, ended.Output.Contains("Nothing is feasible: budget cannot hold.", StringComparison.Ordinal), ended.Output.Contains("rests on constraint constraints.budget", StringComparison.Ordinal)).ShouldBe((1, true, true));
    }

    [Fact]
    public async Task Begins_an_assessment_answers_question_by_question_and_completes_it()
    {
        const string Result = """{"id":"a1","team":"flowers","state":"draft","result":{"headline":false,"mean":0.5,"answered":0.1,"evidenceShare":0,"denominators":"of what was claimed","contradictions":["D4.2: claimed 1, recorded 0"],"dimensions":[],"next":[]}}""";
        _record.Answers("POST assessments", RawAnswer.Http(201, Result)).Answers("PUT assessments/a1/answers/D2.1", RawAnswer.Http(200, Result)).Answers("PUT assessments/a1/answers/D4.2", RawAnswer.Http(200, Result))
            .Answers("POST assessments/a1/completion", RawAnswer.Http(200, Result));
        var ended = await RunAsync("answers.yaml", "team: flowers\nanswers: {D2.1: 4, D4.2: {coverage: 1, mode: 0.5}}\n", "assess", "answer", "--complete", "-f");

        ended.ExitCode.ShouldBe(0, ended.Error);
        _record.Writes.Select(w => w.Call).ShouldBe(["POST assessments", "PUT assessments/a1/answers/D2.1", "PUT assessments/a1/answers/D4.2", "POST assessments/a1/completion"]);
        _record.Writes[1].Body.ShouldBe("""{"step":4}""");
        ended.Output.ShouldContain("contradicted");
    }

    [Theory]
    [InlineData("monitoring", "report", "observedAt: 2026-11-23T12:00:00Z", "Say which model was watched")]
    [InlineData("assess", "answer", "answers: {}", "Say whose assessment it is")]
    [InlineData("assess", "answer", "team: flowers\nanswer: {}", "'answer' is not known")]
    [InlineData("advise", "ask", "- 1", "mapping")]
    public async Task Refuses_a_file_that_does_not_say_enough(string command, string verb, string file, string why)
    {
        var ended = await RunAsync("file.yaml", file, command, verb, "-f");
        (ended.ExitCode, _record.Writes.Count).ShouldBe((2, 0));
        ended.Error.ShouldContain(why);
    }

    private Task<Ended> RunAsync(string name, string text, params string[] args) => _record.RunAsync([.. args, _folder.Write(name, text)]);
}
