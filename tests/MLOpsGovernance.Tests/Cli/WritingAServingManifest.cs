using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>What KServe and Seldon are given carries the decision that lets it run, and the digest that it was made for.</summary>
public sealed class WritingAServingManifest
{
    private const string Decision = "0199c0de-0000-7000-8000-000000000001";

    private static readonly string Allowed = GateAnswers.With(GateAnswers.Allow, json => json["validUntil"] = "2999-01-01T00:00:00Z");

    private static string Annotations { get; } = $"""
          annotations:
            governance.mlops/model: "iris-classifier"
            governance.mlops/version: "1"
            governance.mlops/environment: "production"
            governance.mlops/decision-id: "{Decision}"
            governance.mlops/artifact-digest: "{CommandLine.Digest}"
            governance.mlops/policy-set: "sha256:{new string('a', 64)}"
        """;

    [Fact]
    public async Task Is_an_InferenceService_for_KServe()
    {
        var ended = await WriteAsync("kserve", [RawAnswer.Http(200, Allowed)], "--namespace", "models");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe($$"""
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata:
              name: "iris-classifier"
              namespace: "models"
              labels:
                governance.mlops/model: "iris-classifier"
                governance.mlops/version: "1"
            {{Annotations}}
            spec:
              predictor:
                model:
                  modelFormat:
                    name: "sklearn"
                  storageUri: "s3://models/iris/1"

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task Is_a_Model_for_Seldon()
    {
        var ended = await WriteAsync("seldon", [RawAnswer.Http(200, Allowed)], "--name", "iris");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe($$"""
            apiVersion: mlops.seldon.io/v1alpha1
            kind: Model
            metadata:
              name: "iris"
              labels:
                governance.mlops/model: "iris-classifier"
                governance.mlops/version: "1"
            {{Annotations}}
            spec:
              storageUri: "s3://models/iris/1"
              requirements:
                - "sklearn"

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Theory]
    [InlineData("allowed", "false", "does not allow it")]
    [InlineData("dryRun", "true", "dry run")]
    [InlineData("model", "\"other\"", "is for other version 1")]
    [InlineData("version", "2", "version 2")]
    [InlineData("environment", "\"staging\"", "in staging")]
    public async Task Is_not_written_for_a_decision_that_does_not_allow_exactly_this(string field, string value, string says)
    {
        var ended = await WriteAsync("kserve", [RawAnswer.Http(200, GateAnswers.With(Allowed, json => json[field] = JsonNode.Parse(value)))]);

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain(says);
    }

    [Theory]
    [InlineData(Decision, 0)]
    [InlineData("0199c0de-0000-7000-8000-000000000009", 1)]
    public async Task Is_written_after_its_time_only_for_what_is_live_on_it(string live, int exitCode)
    {
        var past = GateAnswers.With(Allowed, json => json["validUntil"] = "2020-01-01T00:00:00Z");

        (await WriteAsync("kserve", [RawAnswer.Http(200, past), RawAnswer.Http(200, $$"""{"items":[{"id":"d","decisionId":"{{live}}"}]}""")])).ExitCode.ShouldBe(exitCode);
    }

    [Theory]
    [InlineData("Iris")]
    [InlineData("-iris")]
    [InlineData("iris_1")]
    public async Task Is_refused_under_a_name_that_no_resource_can_have(string name) =>
        (await WriteAsync("seldon", [RawAnswer.Http(200, Allowed)], "--name", name)).ExitCode.ShouldBe(2);

    private static async Task<Ended> WriteAsync(string platform, RawAnswer[] answers, params string[] more)
    {
        var next = 0;
        await using var server = new RawServer(_ => answers[Math.Min(next++, answers.Length - 1)]);
        return await CommandLine.RunAsync(server.Url, ["manifest", platform, "--model", CommandLine.Model, "--version", "1", "--environment", "production", "--decision", Decision,
            "--storage-uri", "s3://models/iris/1", "--model-format", "sklearn", .. more]);
    }
}
