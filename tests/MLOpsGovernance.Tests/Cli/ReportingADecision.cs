using System.Text.Json.Nodes;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>A decision as SARIF and JUnit, for programs that read nothing else.</summary>
public sealed class ReportingADecision
{
    private static readonly string Waived = GateAnswers.With(GateAnswers.Warn, json => json["rules"]!.AsArray().Add(new JsonObject
    {
        ["policy"] = "data", ["rule"] = "purpose", ["title"] = "the purpose is permitted", ["result"] = "waived", ["level"] = "mandatory", ["message"] = "The purpose is not permitted.", ["document"] = "data/purposes.yaml",
        ["waiver"] = new JsonObject { ["name"] = "w-17", ["expiresAt"] = "2026-12-31T00:00:00Z" },
    }));

    private static readonly string Missing = GateAnswers.With(GateAnswers.Deny, json =>
        json["rules"]![0]!["missing"] = new JsonArray(new JsonObject { ["what"] = "one more approval", ["role"] = "ai-risk-officer" }));

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("warn", 0)]
    [InlineData("deny", 1)]
    [InlineData("error", 3)]
    public async Task Fits_what_SARIF_demands_whatever_was_decided(string decision, int exitCode)
    {
        var ended = await ReportAsync("sarif", AskingTheGate.Body(decision));

        ended.ExitCode.ShouldBe(exitCode);
        var run = Run(ended);
        run["tool"]!["driver"]!["name"]!.GetValue<string>().ShouldBe("mlgov");
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        foreach (var result in run["results"]!.AsArray().Select(r => r!))
        {
            rules[result["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>().ShouldBe(result["ruleId"]!.GetValue<string>());
            result["kind"]!.GetValue<string>().ShouldBe("fail");
            result["level"]!.GetValue<string>().ShouldBeOneOf("error", "warning", "note");
            result["message"]!["text"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
            result["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!.GetValue<int>().ShouldBe(1);
        }

        var invocation = run["invocations"]![0]!;
        (invocation["exitCode"]!.GetValue<int>(), invocation["executionSuccessful"]!.GetValue<bool>()).ShouldBe((exitCode, decision != "error"));
    }

    [Fact]
    public async Task Tells_mandatory_from_advisory_and_shows_what_was_waived_as_suppressed()
    {
        var results = Run(await ReportAsync("sarif", Waived))["results"]!.AsArray();

        results.Select(r => (r!["ruleId"]!.GetValue<string>(), r["level"]!.GetValue<string>(), r["suppressions"] is not null))
            .ShouldBe([("metrics-recorded", "warning", false), ("purpose", "error", true)]);
        var suppression = results[1]!["suppressions"]![0]!;
        (suppression["kind"]!.GetValue<string>(), suppression["status"]!.GetValue<string>()).ShouldBe(("external", "accepted"));
        suppression["justification"]!.GetValue<string>().ShouldContain("w-17 until 2026-12-31T00:00:00Z");
        results[1]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>().ShouldBe("policies/data/purposes.yaml");
    }

    [Fact]
    public async Task Names_the_same_problem_by_the_same_fingerprint_in_every_run()
    {
        static string Fingerprint(Ended ended) => Run(ended)["results"]![0]!["partialFingerprints"]!["primaryLocationLineHash"]!.GetValue<string>();
        var later = GateAnswers.With(GateAnswers.Deny, json => (json["decisionId"], json["rules"]![0]!["message"]) = ("0199c0de-0000-7000-8000-000000000002", "Still nobody."));

        Fingerprint(await ReportAsync("sarif", later)).ShouldBe(Fingerprint(await ReportAsync("sarif", GateAnswers.Deny)));
    }

    [Fact]
    public async Task Says_who_must_do_what_and_shows_the_text_on_standard_error()
    {
        var ended = await ReportAsync("sarif", Missing);

        Run(ended)["results"]![0]!["message"]!["text"]!.GetValue<string>().ShouldBe("Nobody independent approved this version. Missing: one more approval (ai-risk-officer).");
        ended.Error.ShouldContain("denied  deploy iris-classifier version 1 to production");
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("junit")]
    public async Task Has_a_failure_where_nothing_was_judged(string format)
    {
        var ended = await ReportAsync(format, GateAnswers.With(GateAnswers.Deny, json => (json["code"], json["rules"]) = ("model-unknown", new JsonArray())));

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain("model-unknown");
        if (format == "junit") XDocument.Parse(ended.Output).Root!.Attribute("errors")!.Value.ShouldBe("1");
        else Run(ended)["results"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Counts_only_what_shuts_the_gate_as_a_failure_of_JUnit()
    {
        var denied = XDocument.Parse((await ReportAsync("junit", Missing)).Output).Root!;
        (denied.Attribute("tests")!.Value, denied.Attribute("failures")!.Value, denied.Attribute("skipped")!.Value).ShouldBe(("2", "1", "0"));
        var failure = denied.Descendants("failure").Single();
        (failure.Attribute("type")!.Value, failure.Attribute("message")!.Value).ShouldBe(("mandatory", "Nobody independent approved this version."));
        failure.Value.ShouldContain("one more approval (ai-risk-officer)");

        var waived = XDocument.Parse((await ReportAsync("junit", Waived)).Output).Root!;
        (waived.Attribute("failures")!.Value, waived.Attribute("skipped")!.Value).ShouldBe(("0", "1"));
        waived.Descendants("skipped").Single().Attribute("message")!.Value.ShouldBe("waived until 2026-12-31T00:00:00Z");
        waived.Descendants("system-out").Single().Value.ShouldContain("advisory metrics-recorded: No metrics are on record.");

        XDocument.Parse((await ReportAsync("junit", GateAnswers.Error)).Output).Descendants("error").Single().Attribute("message")!.Value.ShouldBe("A fact is missing.");
    }

    [Fact]
    public async Task Holds_no_character_that_XML_cannot() =>
        XDocument.Parse((await ReportAsync("junit", GateAnswers.With(GateAnswers.Deny, json => json["rules"]![0]!["message"] = "bad\u0001\u001b <&> \ud83d\ude00"))).Output)
            .Descendants("failure").Single().Attribute("message")!.Value.ShouldBe("bad\ufffd\ufffd <&> \ud83d\ude00");

    [Fact]
    public async Task Is_one_thing_on_standard_output_at_a_time()
    {
        (await ReportAsync("sarif", GateAnswers.Allow, "--output", "json")).ExitCode.ShouldBe(2);
        (await ReportAsync("yaml", GateAnswers.Allow)).ExitCode.ShouldBe(2);
    }

    private static JsonNode Run(Ended ended)
    {
        var log = JsonNode.Parse(ended.Output)!;
        log["version"]!.GetValue<string>().ShouldBe("2.1.0");
        return log["runs"]!.AsArray().ShouldHaveSingleItem()!;
    }

    private static async Task<Ended> ReportAsync(string format, string body, params string[] more)
    {
        await using var server = new RawServer(RawAnswer.Http(200, body));
        return await CommandLine.RunAsync(server.Url, CommandLine.Check(["--format", format, .. more]));
    }
}
