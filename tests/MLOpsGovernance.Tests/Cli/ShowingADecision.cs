using System.Text.Json.Nodes;
using MLOpsGovernance.Cli;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ShowingADecision
{
    [Fact]
    public async Task Says_what_stands_in_the_way_why_and_what_to_do() =>
        (await ShowAsync(GateAnswers.Deny)).Output.ShouldBe("""
            denied  deploy iris-classifier version 1 to production
              fail  approval/independent-approval: Nobody independent approved this version.
                    because size(approvals) is 0
                    to do: Ask for a review: mlgov request-review.
              decision 0199c0de-0000-7000-8000-000000000001

            """, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public async Task Says_until_when_it_holds() =>
        (await ShowAsync(GateAnswers.Allow)).Output.ShouldBe("""
            allowed  deploy iris-classifier version 1 to production
              decision 0199c0de-0000-7000-8000-000000000001, valid until 2026-11-23T13:00:00Z

            """, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public async Task Names_warnings_and_waivers()
    {
        var waived = GateAnswers.With(GateAnswers.Warn, json => json["rules"]!.AsArray().Add(new JsonObject
        {
            ["policy"] = "data",
            ["rule"] = "purpose",
            ["result"] = "waived",
            ["level"] = "mandatory",
            ["message"] = "The purpose is not permitted.",
            ["waiver"] = new JsonObject { ["name"] = "w-17", ["expiresAt"] = "2026-12-31T00:00:00Z" },
        }));

        var output = (await ShowAsync(waived)).Output;

        output.ShouldStartWith("allowed with warnings");
        output.ShouldContain("warning  evaluation/metrics-recorded: No metrics are on record.");
        output.ShouldContain("waived  data/purpose: The purpose is not permitted.\n        by w-17 until 2026-12-31T00:00:00Z; without it: fail");
    }

    [Fact]
    public async Task Does_not_bury_what_stands_in_the_way_under_warnings()
    {
        var both = GateAnswers.With(GateAnswers.Deny, json =>
        {
            foreach (var (policy, rule) in new[] { ("security", "SEC-1"), ("security", "SEC-2"), ("data", "DAT-1") })
                json["rules"]!.AsArray().Add(Rule(policy, rule, "fail"));
        });

        var output = (await ShowAsync(both)).Output;

        output.ShouldContain("fail  approval/independent-approval");
        output.ShouldContain("  warning  security: SEC-1, SEC-2\n  warning  data: DAT-1\n        Warnings do not stand in the way; --output json has all that they say.\n");
        output.ShouldNotContain("to do: Mend it.");
    }

    [Fact]
    public async Task Says_once_for_each_policy_from_when_on_its_rules_apply()
    {
        var later = GateAnswers.With(GateAnswers.Allow, json =>
        {
            foreach (var rule in new[] { "A-1", "A-2" })
            {
                var waiting = Rule("law", rule, "notYetInForce");
                waiting["effectiveFrom"] = "2027-12-02T00:00:00Z";
                json["rules"]!.AsArray().Add(waiting);
            }
        });

        (await ShowAsync(later)).Output.ShouldContain("  not yet in force  law: 2 rules, from 2027-12-02\n");
    }

    [Theory]
    [InlineData("model-unknown")]
    [InlineData("version-unknown")]
    [InlineData("environment-unknown")]
    [InlineData("no-policy-matched")]
    [InlineData("a-code-of-tomorrow")]
    public async Task Names_the_code_when_no_rule_was_asked(string code) =>
        (await ShowAsync(GateAnswers.With(GateAnswers.Deny, json => (json["code"], json["rules"]) = (code, new JsonArray())))).Output.ShouldContain(code);

    [Fact]
    public async Task Says_that_nothing_can_be_deployed_on_a_dry_run()
    {
        var ended = await ShowAsync(GateAnswers.With(GateAnswers.Allow, json => json["dryRun"] = true), "--dry-run");

        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain("nothing can be deployed on it");
    }

    [Fact]
    public async Task Ends_with_1_when_a_dry_run_is_denied() =>
        (await ShowAsync(GateAnswers.With(GateAnswers.Deny, json => json["dryRun"] = true), "--dry-run")).ExitCode.ShouldBe(1);

    [Theory]
    [InlineData("allow")]
    [InlineData("warn")]
    [InlineData("deny")]
    [InlineData("error")]
    public async Task Gives_programs_exactly_what_the_server_said(string decision)
    {
        var body = AskingTheGate.Body(decision).Replace("{\"decisionId\"", "{ \"new\" : \"ü\\u00fc\",\"decisionId\"", StringComparison.Ordinal);

        (await ShowAsync(body, "--output", "json")).Output.ShouldBe(body + "\n");
    }

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("deny", 1)]
    [InlineData("error", 3)]
    public async Task Leaves_it_in_a_file_for_later_steps(string decision, int exitCode)
    {
        using var folder = new Artifacts.TemporaryFolder();

        (await ShowAsync(AskingTheGate.Body(decision), "--decision-file", folder.At("decision.json"))).ExitCode.ShouldBe(exitCode);

        (await File.ReadAllTextAsync(folder.At("decision.json"), TestContext.Current.CancellationToken)).ShouldBe(AskingTheGate.Body(decision));
    }

    [Fact]
    public async Task Gives_programs_the_problem_of_a_refused_question()
    {
        await using var server = new RawServer(RawAnswer.Problem(401, "unauthenticated", "Send a token."));

        var ended = await CommandLine.RunAsync(server.Url, CommandLine.Check("-o", "json"));

        ended.ExitCode.ShouldBe(2);
        JsonNode.Parse(ended.Output)!["code"]!.GetValue<string>().ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task Uses_colours_on_a_terminal_only()
    {
        (await ShowAsync(GateAnswers.Deny)).Output.ShouldNotContain('\u001b');
        (await OnTerminalAsync(GateAnswers.Deny, noColour: null)).Output.ShouldContain("\u001b[");
        (await OnTerminalAsync(GateAnswers.Deny, noColour: "1")).Output.ShouldNotContain("[31m");
    }

    [Fact]
    public async Task Lets_no_text_of_others_command_the_terminal()
    {
        var hostile = GateAnswers.With(GateAnswers.Deny, json => json["rules"]![0]!["message"] = "gone\u001b[2K\rallowed [green]allowed[/]\u202e\nallowed");

        var output = (await ShowAsync(hostile)).Output;

        output.ShouldContain("""gone\u001b[2K allowed [green]allowed[/]\u202e allowed""");
        output.Split('\n').ShouldNotContain(line => line.StartsWith("allowed", StringComparison.Ordinal));
    }

    private static JsonObject Rule(string policy, string rule, string result) => new()
    {
        ["policy"] = policy, ["rule"] = rule, ["result"] = result, ["level"] = "advisory", ["message"] = "It is not so.", ["remediation"] = "Mend it.",
    };

    private static async Task<Ended> ShowAsync(string body, params string[] options)
    {
        await using var server = new RawServer(RawAnswer.Http(200, body));
        return await CommandLine.RunAsync(server.Url, CommandLine.Check(options));
    }

    private static async Task<Ended> OnTerminalAsync(string body, string? noColour)
    {
        await using var server = new RawServer(RawAnswer.Http(200, body));
        return await CommandLine.RunAsync((output, error) => new Surroundings(output, error)
        {
            OutputIsTerminal = true,
            Variable = name => name == "NO_COLOR" ? noColour : CommandLine.Variables(server.Url)(name),
        }, CommandLine.Check());
    }
}
