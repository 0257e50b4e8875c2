using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.Schema;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Yaml;
using MLOpsGovernance.Tests.Artifacts;
using MLOpsGovernance.Tests.Cli;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Pipelines;

/// <summary>What other programs read of ours is held against the schemas of their formats. Where those come from is said in <c>Schemas/README.md</c>.</summary>
public sealed class FittingPublishedFormats
{
    private static readonly string Waived = GateAnswers.With(GateAnswers.Warn, json => json["rules"]!.AsArray().Add(new JsonObject
    {
        ["policy"] = "data", ["rule"] = "purpose", ["title"] = "the purpose is permitted", ["result"] = "waived", ["level"] = "mandatory", ["message"] = "The purpose is not permitted.", ["document"] = "data/purposes.yaml",
        ["waiver"] = new JsonObject { ["name"] = "w-17", ["expiresAt"] = "2026-12-31T00:00:00Z" },
    }));

    private static readonly string Unknown = GateAnswers.With(GateAnswers.Deny, json => (json["code"], json["rules"]) = ("model-unknown", new JsonArray()));

    public static TheoryData<string> Decisions => [GateAnswers.Allow, GateAnswers.Warn, GateAnswers.Deny, GateAnswers.Error, Waived, Unknown];

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task Writes_SARIF_that_its_schema_takes(string decision)
    {
        var schema = await JsonSchema.FromFileAsync(At("sarif-2.1.0.schema.json"), TestContext.Current.CancellationToken);
        schema.Validate(await ReportAsync("sarif", decision)).Select(e => e.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task Writes_JUnit_that_its_readers_take(string decision) => Hold(await ReportAsync("junit", decision));

    [Fact]
    public async Task Writes_JUnit_of_policy_tests_that_its_readers_take() =>
        Hold((await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "test", RepositoryFiles.At("policies"), "--format", "junit")).Output);

    [Theory]
    [InlineData("gitlab-ci.yml", "gitlab-ci.schema.json")]
    [InlineData("argo-workflow.yaml", "argo-workflow-template.schema.json")]
    public async Task Shows_pipelines_that_hold_nothing_their_runner_does_not_know(string file, string schema)
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.At($"docs/pipelines/{file}"), TestContext.Current.CancellationToken);
        var (json, known) = (Json(file, text), await JsonSchema.FromFileAsync(At(schema), TestContext.Current.CancellationToken));
        known.Validate(json).Select(e => e.ToString()).ShouldBeEmpty();
        known.Validate(Json(file, text.Replace("script:", "scrypt:", StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    [Fact]
    public void Names_only_stages_and_templates_that_there_are()
    {
        var gitlab = JsonNode.Parse(Json("gitlab-ci.yml", File.ReadAllText(RepositoryFiles.At("docs/pipelines/gitlab-ci.yml"))))!.AsObject();
        var stages = gitlab["stages"]!.AsArray().Select(s => s!.GetValue<string>()).ToList();
        gitlab.Where(j => j.Key is not ("stages" or "variables")).Select(j => j.Value!["stage"]!.GetValue<string>()).ShouldBe(stages);

        var argo = JsonNode.Parse(Json("argo-workflow.yaml", File.ReadAllText(RepositoryFiles.At("docs/pipelines/argo-workflow.yaml"))))!["spec"]!;
        argo["templates"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ShouldContain(argo["entrypoint"]!.GetValue<string>());
    }

    /// <summary>The form, and that each count is the count of what it counts.</summary>
    private static void Hold(string report)
    {
        XmlSchemaSet schemas = new();
        schemas.Add(null, At("junit.xsd"));
        var document = XDocument.Parse(report);
        List<string> faults = [];
        document.Validate(schemas, (_, e) => faults.Add(e.Message));
        faults.ShouldBeEmpty(report);
        foreach (var suite in document.Descendants().Where(e => e.Name.LocalName is "testsuites" or "testsuite"))
        {
            foreach (var (count, of) in new[] { ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
                if (suite.Attribute(count) is { } said) said.Value.ShouldBe($"{suite.Descendants(of).Count()}", $"{count} of {suite.Attribute("name")?.Value}");
        }
    }

    private static string At(string schema) => RepositoryFiles.At($"tests/MLOpsGovernance.Tests/Pipelines/Schemas/{schema}");

    private static string Json(string file, string text) => Encoding.UTF8.GetString(YamlJson.Utf8(YamlReader.Read(new PolicyFile(file, text), new Diagnostics())!));

    private static async Task<string> ReportAsync(string format, string decision)
    {
        await using var server = new RawServer(RawAnswer.Http(200, decision));
        return (await CommandLine.RunAsync(server.Url, CommandLine.Check(["--format", format]))).Output;
    }
}
