using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>What officers do with policy sets, each by one command.</summary>
public sealed class ChangingPolicySets : IDisposable
{
    private const string Proposal = """
        {"id":"p1","state":"proposed","digest":"sha256:22","base":"sha256:11","origin":"request","proposedBy":["carl"],"proposedAt":"2026-11-25T08:00:00Z","reason":"agreed","secondedBy":[],
         "waitsFor":"an AI risk or compliance officer to adopt it, other than carl","changes":[{"path":"gate/release.yaml","change":"changed","digest":"sha256:33","authors":["carl","ann"]}],
         "difference":{"changes":[{"effect":"relaxed","what":"rule-waivable","policy":"release","rule":"REL-005","sentence":"REL-005 may be waived; it might not be."}],
           "tests":{"files":2,"cases":9,"failures":1,"failed":["gate/release.test.yaml(7,5) a case: expected deny"]},
           "flips":{"decisions":200,"stricter":1,"looser":2,"examples":[{"decisionId":"d1","model":"credit","version":7,"environment":"production","was":"deny","becomes":"allow","cause":["REL-005: fail became waived"]}]}},
         "obstacles":[{"code":"policy-tests-failed","why":"1 of the set's own 9 tests fail."}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public ChangingPolicySets()
    {
        foreach (var file in LoanRelease.Files) _folder.Write(file.Path, file.Text);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Proposes_every_document_of_the_folder_and_shows_what_would_be_different()
    {
        await using var record = new Record().Answers("POST policies/proposals", RawAnswer.Http(201, Proposal));

        var ended = await record.RunAsync("policy", "propose", _folder.Path, "--reason", "agreed", "--author", "loan-release.yaml=ann");

        ended.ExitCode.ShouldBe(0, ended.Error);
        var body = JsonNode.Parse(record.Writes.ShouldHaveSingleItem().Body)!;
        body["documents"]!.AsArray().Select(d => d!["path"]!.GetValue<string>()).ShouldBe(["loan-release.test.yaml", "loan-release.yaml", "schema.yaml", "waiver.yaml"]);
        body["documents"]![1]!["text"]!.GetValue<string>().ShouldBe(LoanRelease.Policy);
        (body["reason"]!.GetValue<string>(), body["authors"]![0]!.ToJsonString()).ShouldBe(("agreed", """{"path":"loan-release.yaml","subjects":["ann"]}"""));
        foreach (var said in (string[])
                 [
                     "p1  proposed  sha256:22  by carl on 2026-11-25T08:00:00Z", "changed: gate/release.yaml, written by carl, ann", "relaxed    REL-005 may be waived; it might not be.",
                     "Tests: 9 in 2 files, 1 fail.", "gate/release.test.yaml(7,5) a case: expected deny", "Of the last 200 decisions, 1 would no longer be let through and 2 would be now.",
                     "credit version 7 to production: deny would be allow (REL-005: fail became waived)", "obstacle policy-tests-failed: 1 of the set's own 9 tests fail.",
                     "Waits for an AI risk or compliance officer to adopt it, other than carl.",
                 ]) ended.Output.ShouldContain(said);
    }

    [Fact]
    public async Task Proposes_nothing_that_does_not_load()
    {
        _folder.Write("loan-release.yaml", LoanRelease.Policy.Replace("failurePolicy", "failurePolisy", StringComparison.Ordinal));
        await using var record = new Record();
        (await record.RunAsync("policy", "propose", _folder.Path, "--reason", "x")).ExitCode.ShouldBe(2);
        record.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("=ann")]
    [InlineData("gate/release.yaml=")]
    public async Task Wants_authors_with_what_they_wrote(string author)
    {
        await using var record = new Record();
        var ended = await record.RunAsync("policy", "propose", _folder.Path, "--reason", "x", "--author", author);
        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain("--author gate/release.yaml=ann");
        record.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("adopt p1", "POST policies/proposals/p1/adoption", "")]
    [InlineData("adopt p1 --reason fine", "POST policies/proposals/p1/adoption", """{"reason":"fine"}""")]
    [InlineData("reject p1 --reason no", "POST policies/proposals/p1/rejection", """{"reason":"no"}""")]
    [InlineData("rollback sha256:11 --reason back", "POST policies/sets/sha256%3A11/rollback", """{"reason":"back"}""")]
    public async Task Does_each_by_its_own_call(string command, string call, string body)
    {
        await using var record = new Record().Answers(call, RawAnswer.Http(200, Proposal));
        var ended = await record.RunAsync(["policy", .. command.Split(' ')]);
        ended.ExitCode.ShouldBe(0, ended.Error);
        record.Writes.ShouldBe([(call, body)]);
    }

    [Fact]
    public async Task Ends_with_1_when_it_is_refused()
    {
        await using var record = new Record().Answers("POST policies/proposals/p1/adoption", RawAnswer.Problem(403, "author-adopts", "rita had a hand in gate/release.yaml."));
        var ended = await record.RunAsync("policy", "adopt", "p1");
        ended.ExitCode.ShouldBe(1);
        ended.Error.ShouldContain("rita had a hand in gate/release.yaml.");
    }

    [Fact]
    public async Task Lists_the_sets_that_were_in_force_and_those_that_were_proposed()
    {
        await using var record = new Record()
            .Has("policies/sets?limit=500", """{"items":[{"digest":"sha256:22","inForce":true,"proposedBy":"carl","adoptedBy":"rita","adoptedAt":"2026-11-25T09:00:00Z"},{"digest":"sha256:11","inForce":false,"proposedBy":"system:birth","adoptedBy":"system:birth","adoptedAt":"2026-11-01T09:00:00Z"}]}""")
            .Has("policies/proposals?limit=500", """{"items":[{"id":"p1","state":"adopted","digest":"sha256:22","proposedBy":["carl"],"proposedAt":"2026-11-25T08:00:00Z"}]}""");

        (await record.RunAsync("policy", "sets")).Output.ShouldBe("sha256:22  in force  2026-11-25T09:00:00Z  proposed by carl, adopted by rita\nsha256:11  earlier  2026-11-01T09:00:00Z  proposed by system:birth, adopted by system:birth\n");
        (await record.RunAsync("policy", "sets", "--proposals")).Output.ShouldBe("p1  adopted  sha256:22  2026-11-25T08:00:00Z  by carl\n");
    }

    [Fact]
    public async Task Compares_a_folder_with_the_set_in_force()
    {
        var documents = new JsonArray([.. LoanRelease.Set().Files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["text"] = f.Text })]);
        await using var record = new Record().Has("policies/sets?limit=1", """{"items":[{"digest":"sha256:11","inForce":true}]}""").Has("policies/sets/sha256%3A11", new JsonObject { ["digest"] = "sha256:11", ["documents"] = documents }.ToJsonString());

        (await record.RunAsync("policy", "diff", _folder.Path)).Output.ShouldStartWith("Nothing would be different");

        _folder.Write("loan-release.yaml", LoanRelease.Policy.Replace("default: 24h}", "default: 48h}", StringComparison.Ordinal).Replace("{production: mandatory}", "{production: mandatory, staging: mandatory}", StringComparison.Ordinal));
        var ended = await record.RunAsync("policy", "diff", _folder.Path);
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe("  relaxed    driftAge of loan-release is 172800s; it was 86400s, so more passes.\n  tightened  loan-release is mandatory in staging; it was advisory.\n");
        var json = JsonNode.Parse((await record.RunAsync("policy", "diff", _folder.Path, "--output", "json")).Output)!;
        json["changes"]!.AsArray().Select(c => c!["what"]!.GetValue<string>()).ShouldBe(["limit-widened", "level-raised"]);
        record.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_what_a_proposal_would_change()
    {
        await using var record = new Record().Has("policies/proposals/p1", Proposal);
        (await record.RunAsync("policy", "diff", "--proposal", "p1")).Output.ShouldContain("relaxed    REL-005 may be waived; it might not be.");
        (await record.RunAsync("policy", "diff", _folder.Path, "--proposal", "p1")).ExitCode.ShouldBe(2);
    }
}
