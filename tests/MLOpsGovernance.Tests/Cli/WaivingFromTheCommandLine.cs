using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class WaivingFromTheCommandLine
{
    private const string Id = "0199c0de-0000-7000-8000-000000000017";

    private const string Waiver = $$"""
        {"id":"{{Id}}","state":"approved","model":"credit","team":"lending","version":3,"environment":"production","policy":"release","policyVersions":">=1.0.0 <2.0.0","rule":"REL-006","expiresAt":"2026-12-03T12:00:00Z","reason":"being remedied","compensatingControl":"a person looks","approverRoles":["ai-risk-officer","chief-risk-officer"],"requestedBy":"ann","requestedAt":"2026-11-23T12:00:00Z","approvedBy":"rita","approvedAt":"2026-11-24T12:00:00Z","approvalReason":"agreed","applies":true}
        """;

    [Fact]
    public async Task Asks_for_what_was_said_and_names_who_can_approve_it()
    {
        await using var record = new Record().Answers("POST waivers", RawAnswer.Http(201, Waiver));

        var ended = await record.RunAsync(
            "waiver", "request", "--model", "credit", "--environment", "production", "--rule", "REL-006", "--version", "3", "--expires", "2026-12-03T12:00:00Z", "--reason", "being remedied", "--control", "a person looks", "--ticket", "R-7");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain($"Asked for waiver {Id} of release/REL-006 until 2026-12-03T12:00:00Z.");
        ended.Output.ShouldContain("ai-risk-officer, chief-risk-officer");
        JsonNode.Parse(record.Writes.ShouldHaveSingleItem().Body)!.ToJsonString().ShouldBe(
            """{"model":"credit","environment":"production","rule":"REL-006","expiresAt":"2026-12-03T12:00:00Z","reason":"being remedied","version":3,"compensatingControl":"a person looks","ticket":"R-7"}""");
    }

    [Fact]
    public async Task Needs_an_end()
    {
        await using var record = new Record();
        var ended = await record.RunAsync("waiver", "request", "--model", "credit", "--environment", "production", "--rule", "REL-006", "--reason", "x");
        (ended.ExitCode, ended.Error.Contains("--expires", StringComparison.Ordinal)).ShouldBe((2, true));
        record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("approve", "approval", "approved")]
    [InlineData("reject", "rejection", "rejected")]
    [InlineData("withdraw", "withdrawal", "withdrawn")]
    [InlineData("revoke", "revocation", "revoked")]
    public async Task Decides(string verb, string noun, string state)
    {
        await using var record = new Record().Answers($"POST waivers/{Id}/{noun}", RawAnswer.Http(200, Waiver.Replace("\"approved\"", $"\"{state}\"", StringComparison.Ordinal)));
        var ended = await record.RunAsync("waiver", verb, "--waiver", Id, "--reason", "looked at it");
        (ended.ExitCode, ended.Output.Trim()).ShouldBe((0, $"Waiver {Id} is {state}."));
    }

    [Fact]
    public async Task Ends_with_1_where_the_rules_refuse_it()
    {
        await using var record = new Record().Answers($"POST waivers/{Id}/approval", RawAnswer.Problem(403, "approver-requested", "ann asked for this waiver; a second person must decide."));
        var ended = await record.RunAsync("waiver", "approve", "--waiver", Id, "--reason", "fine");
        (ended.ExitCode, ended.Error.Contains("approver-requested", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task Lists_what_was_asked_for()
    {
        await using var record = new Record().Has("waivers?limit=500&model=credit&state=approved&expiringBefore=2026-12-31T00%3A00%3A00Z", $$"""{"items":[{{Waiver}}]}""").Has("waivers?limit=500", """{"items":[]}""");
        var ended = await record.RunAsync("waiver", "list", "--model", "credit", "--state", "approved", "--expiring-before", "2026-12-31T00:00:00Z");
        ended.Output.Trim().ShouldBe($"{Id}  approved  release/REL-006  credit version 3 in production  until 2026-12-03T12:00:00Z");
        (await record.RunAsync("waiver", "list")).Output.Trim().ShouldBe("No waivers.");
    }

    [Fact]
    public async Task Shows_one_and_whether_the_gate_heeds_it()
    {
        await using var record = new Record().Has($"waivers/{Id}", Waiver);
        var ended = await record.RunAsync("waiver", "show", "--waiver", Id);
        ended.Output.ShouldBe("""
            approved  release/REL-006, credit version 3 in production, until 2026-12-03T12:00:00Z
              asked for by ann at 2026-11-23T12:00:00Z: being remedied
              instead: a person looks
              approved by rita at 2026-11-24T12:00:00Z: agreed
              The gate heeds it.

            """, StringCompareShould.IgnoreLineEndings);

        record.Edit($"waivers/{Id}", json => (json["state"], json["applies"], json["whyNot"], json["endedBy"], json["endedAt"], json["endingReason"]) = ("revoked", false, "it is revoked", "carl", "2026-11-25T12:00:00Z", "worse"));
        (await record.RunAsync("waiver", "show", "--waiver", Id)).Output.ShouldContain("  revoked by carl at 2026-11-25T12:00:00Z: worse\n  The gate does not heed it: it is revoked.");
    }
}
