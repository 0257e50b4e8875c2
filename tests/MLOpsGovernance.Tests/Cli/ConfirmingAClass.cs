using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ConfirmingAClass
{
    private const string Proposed = """{"state":"proposed","proposed":{"sensitivity":"internal","personalData":true,"legalBasis":"contract","permittedPurposes":[{"code":"research","legalBasis":"consent"}],"retentionDays":30,"addedLater":1}}""";

    [Fact]
    public async Task Puts_back_what_the_team_proposed()
    {
        await using var record = new Record()
            .Has("datasets/iris", $$"""{"name":"iris","classification":{{Proposed}} }""")
            .Answers("PUT datasets/iris/classification", RawAnswer.Http(200, """{"name":"iris","classification":{"state":"confirmed","confirmed":{}}}"""));

        var ended = await record.RunAsync("confirm", "--dataset", "iris");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("Confirmed.");
        ended.Output.ShouldContain("sensitivity internal");
        JsonNode.DeepEquals(
            JsonNode.Parse(record.Writes.ShouldHaveSingleItem().Body),
            JsonNode.Parse("""{"sensitivity":"internal","personalData":true,"legalBasis":"contract","permittedPurposes":[{"code":"research","legalBasis":"consent"}],"retentionDays":30}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"euAiAct":"minimal","tier":3,"reason":"Nobody is affected.","role":"provider","basis":{"annex":"III","point":"5(b)"}}""", """{"euAiAct":"minimal","tier":3,"role":"provider","basis":{"annex":"III","point":"5(b)"},"reason":"Nobody is affected."}""")]
    [InlineData("""{"euAiAct":"minimal","tier":3}""", """{"euAiAct":"minimal","tier":3,"reason":"Confirmed as proposed."}""")]
    public async Task Puts_back_a_risk_class_with_a_reason(string proposed, string sent)
    {
        await using var record = new Record()
            .Has("models/iris-classifier", $$"""{"name":"iris-classifier","risk":{"state":"proposed","proposed":{{proposed}} } }""")
            .Answers("PUT models/iris-classifier/risk", RawAnswer.Http(200, """{"name":"iris-classifier","risk":{"state":"confirmed"}}"""));

        (await record.RunAsync("confirm", "--model", "iris-classifier")).ExitCode.ShouldBe(0);

        JsonNode.DeepEquals(JsonNode.Parse(record.Writes.ShouldHaveSingleItem().Body), JsonNode.Parse(sent)).ShouldBeTrue();
    }

    [Fact]
    public async Task Says_so_when_it_only_proposed_again()
    {
        await using var record = new Record()
            .Has("datasets/iris", $$"""{"name":"iris","classification":{{Proposed}} }""")
            .Answers("PUT datasets/iris/classification", RawAnswer.Http(200, $$"""{"name":"iris","classification":{{Proposed}} }"""));

        var ended = await record.RunAsync("confirm", "--dataset", "iris");

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldNotContain("Confirmed");
        ended.Error.ShouldContain("no member of the owning team");
    }

    [Theory]
    [InlineData("""{"state":"none"}""", 1)]
    [InlineData("""{"state":"confirmed","confirmed":{"sensitivity":"public","personalData":false}}""", 0)]
    public async Task Writes_nothing_when_nothing_is_proposed(string classification, int exitCode)
    {
        await using var record = new Record().Has("datasets/iris", $$"""{"name":"iris","classification":{{classification}} }""");

        (await record.RunAsync("confirm", "--dataset", "iris")).ExitCode.ShouldBe(exitCode);

        record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("--dataset", "iris", "--model", "iris-classifier")]
    public async Task Is_about_one_thing(params string[] options)
    {
        await using var record = new Record();

        (await record.RunAsync(["confirm", .. options])).ExitCode.ShouldBe(2);

        record.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_with_2_when_there_is_no_such_dataset()
    {
        await using var record = new Record();

        (await record.RunAsync("confirm", "--dataset", "iris")).ExitCode.ShouldBe(2);
    }
}
