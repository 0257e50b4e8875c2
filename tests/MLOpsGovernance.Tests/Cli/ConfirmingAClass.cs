using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ConfirmingAClass
{
    private const string Proposed = """{"state":"proposed","proposed":{"sensitivity":"internal","personalData":true,"legalBasis":"contract","permittedPurposes":[{"code":"research","legalBasis":"consent"}],"retentionDays":30,"addedLater":1}}""";

    private const string Risk = """{"state":"proposed","proposed":{"euAiAct":"limited","tier":2,"role":"provider","accountableExecutive":"eva","reason":"A chat."}}""";

    [Theory]
    [InlineData("--dataset", "datasets/iris", "classification", "sensitivity internal, personalData yes")]
    [InlineData("--model", "models/iris", "risk", "euAiAct limited, tier 2")]
    public async Task Agrees_to_what_it_shows(string option, string path, string field, string shown)
    {
        await using var record = new Record()
            .Has(path, $$"""{"name":"iris","{{field}}":{{(field == "risk" ? Risk : Proposed)}} }""").Tagged(path, "\"7.abc\"")
            .Answers($"POST {path}/{field}/confirmation", RawAnswer.Http(200, $$"""{"name":"iris","{{field}}":{"state":"confirmed","confirmed":{} } }"""));

        var ended = await record.RunAsync("confirm", option, "iris");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("Confirmed.");
        ended.Output.ShouldContain(shown);
        record.Writes.ShouldHaveSingleItem().Body.ShouldBeEmpty();
        record.Calls[^1].Headers["if-match"].ShouldBe("\"7.abc\"");
    }

    [Fact]
    public async Task Gives_a_reason_where_there_is_one()
    {
        await using var record = new Record()
            .Has("models/iris", $$"""{"name":"iris","risk":{{Risk}} }""").Answers("POST models/iris/risk/confirmation", RawAnswer.Http(200, """{"name":"iris","risk":{"state":"confirmed"}}"""));

        (await record.RunAsync("confirm", "--model", "iris", "--reason", "Seen.")).ExitCode.ShouldBe(0);

        JsonNode.DeepEquals(JsonNode.Parse(record.Writes.ShouldHaveSingleItem().Body), JsonNode.Parse("""{"reason":"Seen."}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(403, "confirmer-is-proposer", "ann proposed the class of iris; somebody else must confirm it.")]
    [InlineData(412, "precondition-failed", "dataset:iris is at version 8.")]
    public async Task Ends_with_1_when_it_is_refused(int status, string code, string why)
    {
        await using var record = new Record()
            .Has("datasets/iris", $$"""{"name":"iris","classification":{{Proposed}} }""").Answers("POST datasets/iris/classification/confirmation", RawAnswer.Problem(status, code, why));

        var ended = await record.RunAsync("confirm", "--dataset", "iris");

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldNotContain("Confirmed");
        ended.Error.ShouldContain(why);
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
