using System.Text.Json.Serialization;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Integrations.Opa;

/// <summary>One line of a result, as OPA's policies for gates write them.</summary>
/// <param name="Id">The rule's id, or a code where no rule was asked.</param>
internal sealed record OpaFinding(
    string Msg, string Id, string? Policy = null, string? Level = null, string? Remediation = null, string? Resolvable = null, IReadOnlyList<MissingStep>? Missing = null, string? Waiver = null, DateTimeOffset? Until = null);

internal sealed record OpaResult(bool Allow, IReadOnlyList<OpaFinding> Deny, IReadOnlyList<OpaFinding> Warn, IReadOnlyList<OpaFinding> Waived)
{
    public static OpaResult Denied(OpaFinding why) => new(false, [why], [], []);

    public static OpaResult Of(DecisionView decision)
    {
        List<OpaFinding> against = [.. decision.Rules.Where(r => r.Result is "fail" or "error" && r.Level == "mandatory").Select(Finding)];
        if (!decision.Allowed && decision.Code is { } code) against.Add(new(Words(code), code));
        if (!decision.Allowed && against.Count == 0) against.Add(new("the gate does not let it through", decision.Outcome));
        return new(
            decision.Allowed, against, [.. decision.Rules.Where(r => r.Result is "fail" or "error" && r.Level == "advisory").Select(Finding)],
            [.. decision.Rules.Where(r => r.Waiver is not null).Select(r => Finding(r) with { Waiver = r.Waiver!.Name, Until = r.Waiver.ExpiresAt })]);
    }

    /// <summary>One member by its name; null where there is none of that name.</summary>
    public object? Member(string name) => name switch
    {
        "allow" => Allow,
        "deny" or "violation" => Deny,
        "warn" => Warn,
        "waived" => Waived,
        _ => null,
    };

    private static OpaFinding Finding(DecisionRuleView rule) => new(rule.Message, rule.Rule, rule.Policy, rule.Level, rule.Remediation, rule.Resolvable, rule.Missing);

    private static string Words(string code) => code switch
    {
        "model-unknown" => "there is no such model",
        "version-unknown" => "the model has no such version",
        "environment-unknown" => "there is no such environment",
        "no-policy-matched" => "no mandatory policy in force covers it, and a gated environment takes nothing uncovered",
        "no-policy-set" => "no policies are in force",
        _ => code,
    };
}

/// <summary>The envelope of OPA's data API. It always has a result: what cannot be decided is denied.</summary>
internal sealed record OpaAnswer(object Result, [property: JsonPropertyName("decision_id")] string? DecisionId, OpaProvenance? Provenance)
{
    public static IResult Of(OpaResult result, string? member, string? decisionId, string? revision, string set, bool bare)
    {
        // An unknown member must not be read as undefined, so it is a denial too.
        var shown = member is null ? result : result.Member(member) ?? OpaResult.Denied(new("a result has allow, deny, violation, warn and waived, and nothing else", "unknown-document"));
        if (bare) return Results.Json(shown, Json.Lenient);
        return Results.Json(new OpaAnswer(shown, decisionId, revision is null ? null : new(new Dictionary<string, OpaRevision>(StringComparer.Ordinal) { [set] = new(revision) })), Json.Lenient);
    }

    /// <summary>What the gate refused to decide. Fields that cannot be are a denial, as with a policy that was given nonsense; the rest is an error in OPA's words.</summary>
    public static IResult Of(Result<DecisionView> refused, string? member, string set, bool bare)
    {
        var refusal = refused.Refusal!;
        if (refused.Errors is { } errors)
            return Of(OpaResult.Denied(new($"input.{string.Join("; input.", errors.SelectMany(e => e.Value.Select(why => $"{e.Key}: {why}")))}", "invalid-input")), member, null, null, set, bare);
        var status = refusal.Kind switch { RefusalKind.Forbidden => 403, RefusalKind.NotFound => 404, RefusalKind.Conflict => 409, _ => 422 };
        return Error(status, refusal.Code, refusal.Why);
    }

    public static IResult Error(int status, string code, string message) => Results.Json(new OpaError(code, message), Json.Lenient, statusCode: status);
}

internal sealed record OpaError(string Code, string Message);

internal sealed record OpaProvenance(IReadOnlyDictionary<string, OpaRevision> Bundles);

internal sealed record OpaRevision(string Revision);
