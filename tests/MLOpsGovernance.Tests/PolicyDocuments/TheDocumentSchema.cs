using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Yaml;
using MLOpsGovernance.Tests.Artifacts;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

/// <summary>Editors and the loader must not contradict each other.</summary>
public sealed class TheDocumentSchema
{
    private static readonly Task<JsonSchema> OfPolicy = JsonSchema.FromJsonAsync(PolicySchema.OfPolicy), OfTest = JsonSchema.FromJsonAsync(PolicySchema.OfTest);

    private static string Json(PolicyFile file) => System.Text.Encoding.UTF8.GetString(YamlJson.Utf8(YamlReader.Read(file, new Diagnostics())!));

    public static TheoryData<string> Shipped => [.. PolicySet.ReadFolder(RepositoryFiles.At("policies")).Select(static f => f.Path)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Takes_every_document_that_is_shipped(string path)
    {
        var json = Json(PolicySet.ReadFolder(RepositoryFiles.At("policies")).Single(f => f.Path == path));
        var schema = JsonNode.Parse(json)!["kind"]!.GetValue<string>() switch { "Policy" => await OfPolicy, "PolicyTest" => await OfTest, _ => null };
        schema?.Validate(json).Select(static e => e.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_a_policy_that_uses_all_of_the_format()
    {
        (await OfPolicy).Validate(Json(LoanRelease.PolicyFile)).ShouldBeEmpty();
        var suspending = LoanRelease.PolicyFile with { Text = LoanRelease.Policy.Replace("{production: mandatory}}", "{production: mandatory}, live: suspend}", StringComparison.Ordinal) };
        (await OfPolicy).Validate(Json(suspending)).ShouldBeEmpty();
        (await OfTest).Validate(Json(LoanRelease.TestFile)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_no_policy_that_loading_takes_and_every_unknown_key_that_loading_refuses()
    {
        var schema = await OfPolicy;
        Hold(LoanRelease.PolicyFile, schema, 10, broken => PolicySet.Load([LoanRelease.SchemaFile, broken]).Errors);
    }

    [Fact]
    public async Task Refuses_no_test_that_loading_takes_and_every_unknown_key_that_loading_refuses()
    {
        var (schema, set) = (await OfTest, LoanRelease.Set());
        Hold(LoanRelease.TestFile, schema, 3, broken => [.. PolicyTests.Run(set, broken, LoanRelease.Files).Select(static r => r.Error).OfType<LoadError>()]);
    }

    /// <summary>JSON is YAML, so a document can be broken as JSON and loaded as it is.</summary>
    private static void Hold(PolicyFile file, JsonSchema schema, int records, Func<PolicyFile, IReadOnlyList<LoadError>> load)
    {
        var (unknown, refused) = (0, 0);
        foreach (var (what, broken) in Broken(Json(file)))
        {
            var errors = load(file with { Text = broken });
            var bySchema = schema.Validate(broken).Count > 0;
            if (bySchema) errors.ShouldNotBeEmpty($"the schema refuses {what}, loading does not");
            if (errors.Any(static e => e.Code == "document.unknown-key"))
            {
                unknown++;
                bySchema.ShouldBeTrue($"loading refuses {what} for a key, the schema does not");
            }

            refused += bySchema ? 1 : 0;
        }

        unknown.ShouldBeGreaterThanOrEqualTo(records);
        refused.ShouldBeGreaterThan(10 * records);
    }

    /// <summary>The document with a key more, a key less, or another value, at every place of it.</summary>
    private static IEnumerable<(string What, string Json)> Broken(string json)
    {
        foreach (var path in Paths(JsonNode.Parse(json)!, []))
        {
            foreach (var value in (string[])["null", "17", "true", "\"\"", "\"word\"", "[]", "{}", "[{}]"])
                yield return ($"{value} at {string.Join('/', path)}", With(json, path, _ => JsonNode.Parse(value)));
            yield return ($"an unknown key in {string.Join('/', path)}", With(json, path, static node =>
            {
                if (node is JsonObject record) record["nobody"] = 1;
                return node?.DeepClone();
            }));
            yield return ($"nothing at {string.Join('/', path)}", With(json, path, null));
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path) => node switch
    {
        JsonObject record => record.SelectMany(m => Paths(m.Value, [.. path, m.Key])).Prepend(path),
        // One item stands for all of them.
        JsonArray { Count: > 0 } list => Paths(list[0], [.. path, 0]).Prepend(path),
        _ => [path],
    };

    private static string With(string json, object[] path, Func<JsonNode?, JsonNode?>? change)
    {
        var root = JsonNode.Parse(json)!;
        if (path.Length == 0) return (change?.Invoke(root) ?? new JsonObject()).ToJsonString();
        var parent = path[..^1].Aggregate(root, static (at, step) => step is int index ? at[index]! : at[(string)step]!);
        switch (parent)
        {
            case JsonObject record when change is null: record.Remove((string)path[^1]); break;
            case JsonArray list when change is null: list.RemoveAt((int)path[^1]); break;
            case JsonObject record: record[(string)path[^1]] = change(record[(string)path[^1]]); break;
            case JsonArray list: list[(int)path[^1]] = change(list[(int)path[^1]]); break;
        }

        return root.ToJsonString();
    }

    [Theory]
    [InlineData("policy")]
    [InlineData("test")]
    public async Task Is_the_one_that_was_approved(string kind)
    {
        var ended = await Cli.CommandLine.RunAsync("http://127.0.0.1:9", "policy", "schema", kind);
        ended.ExitCode.ShouldBe(0);
        var approved = RepositoryFiles.At("docs", "schemas", kind == "policy" ? "policy.schema.json" : "policy-test.schema.json");
        if (File.Exists(approved) && await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken) == ended.Output) return;
        await File.WriteAllTextAsync(approved + ".received", ended.Output, TestContext.Current.CancellationToken);
        Assert.Fail($"The schema of a {kind} is not the approved one; what came lies beside it.");
    }
}
