using System.Text.Json;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.PolicyChecks;

[AnyRole]
internal sealed record ReadDecision(string Id) : IQuery<DecisionView>;

/// <summary>Makes a past decision again from its facts, its policy set and its clock, and compares.</summary>
[AnyRole]
internal sealed record ReplayDecision(string Id) : IQuery<ReplayView>;

/// <param name="Identical">True when outcome, code, validity and every rule's result came out the same, to the byte.</param>
/// <param name="Recorded">SHA-256 of the canonical JSON of what was decided.</param>
/// <param name="Replayed">The same of what came out now.</param>
internal sealed record ReplayView(string DecisionId, bool Identical, string Recorded, string Replayed, string PolicySet, string FactsDigest, string Outcome, IReadOnlyList<string> Differences);

internal sealed class DecisionReader(Decisions decisions, DecisionViews views) : IRequestHandler<ReadDecision, Result<DecisionView>>, IRequestHandler<ReplayDecision, Result<ReplayView>>
{
    private static readonly Refusal Unknown = new("decision-unknown", "There is no decision with this id.", RefusalKind.NotFound);

    public async Task<Result<DecisionView>> Handle(ReadDecision request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } found
            ? await views.OfAsync(request.Id, found, cancellationToken)
            : Unknown;

    public async Task<Result<ReplayView>> Handle(ReplayDecision request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request.Id, cancellationToken) is not { } recorded) return Unknown;
        if (await decisions.FactsAsync(recorded.FactsDigest, cancellationToken) is not { } frozen)
            return new Refusal("facts-missing", $"The facts {recorded.FactsDigest} of this decision are gone.", RefusalKind.Conflict);

        var found = recorded with { FactsDigest = Digest.Sha256(frozen) };
        // Facts that are not the decision's prove nothing.
        if (recorded.FactsDigest != found.FactsDigest) return View(request.Id, recorded, found);
        var facts = JsonSerializer.Deserialize<GateFacts>(frozen, Json.Lenient)!;
        if (WasNeverJudged(recorded, facts))
        {
            return View(request.Id, recorded, found with
            {
                Outcome = Json.EnumWord(PolicyOutcome.Deny),
                Allowed = false,
                WaitingFor = "none",
                Rules = [],
                ValidUntil = recorded.At + Gate.Validity,
                Annotations = recorded.Annotations is null ? null : [],
            });
        }

        if (await decisions.PoliciesAsync(recorded.PolicySet, cancellationToken) is not { } set)
            return new Refusal("policy-set-missing", $"The policy set {recorded.PolicySet} of this decision cannot be read.", RefusalKind.Conflict);

        var verdict = Gate.Judge(set, facts, frozen, recorded.At);
        var allowed = Gate.LetsThrough(verdict);
        return View(request.Id, recorded, found with
        {
            Model = facts.Model.Id,
            Version = facts.Version.Number,
            Environment = facts.Release.Environment,
            Action = facts.Release.Action,
            ArtifactDigest = facts.Release.ArtifactDigest,
            ImageDigest = facts.Version.ImageDigest,
            Outcome = Json.EnumWord(verdict.Outcome),
            Allowed = allowed,
            Code = allowed || verdict.Matched ? null : "no-policy-matched",
            WaitingFor = Gate.WaitingFor(set, facts, verdict, recorded.At),
            Rules = KeptRules.Of(verdict, KeptRules.IsWhole(recorded)),
            ValidUntil = Gate.ValidUntil(verdict, recorded.At),
            // Decisions of before annotations were kept have none to compare.
            Annotations = recorded.Annotations is null ? null : Gate.Annotations(verdict),
        });
    }

    /// <summary>
    /// What was not known, or fell under no set, was denied without being judged: there is nothing to judge again, and only a denial to come to. A decision that says so
    /// of what its facts know is judged.
    /// </summary>
    private static bool WasNeverJudged(PolicyChecked decision, GateFacts facts) => decision.Code switch
    {
        "model-unknown" => facts.Model.Id.Length == 0,
        "version-unknown" => facts.Version.ArtifactDigest.Length == 0,
        "environment-unknown" => decision.Read.Contains(new($"environment:{decision.Environment}", 0)),
        "no-policy-set" => decision.PolicySet == "none",
        _ => false,
    };

    private Task<PolicyChecked?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out _) ? decisions.FindAsync(id, cancellationToken) : Task.FromResult<PolicyChecked?>(null);

    private static ReplayView View(string id, PolicyChecked recorded, PolicyChecked replayed)
    {
        var (was, now) = (Canonical(recorded), Canonical(replayed));
        List<string> differences = [];
        if (recorded.Outcome != replayed.Outcome) differences.Add($"outcome: {recorded.Outcome} became {replayed.Outcome}");
        differences.AddRange(recorded.Rules.Zip(replayed.Rules).Where(p => p.First.Result != p.Second.Result).Select(p => $"{p.First.Rule}: {p.First.Result} became {p.Second.Result}"));
        if (recorded.Code != replayed.Code) differences.Add($"code: {recorded.Code ?? "none"} became {replayed.Code ?? "none"}");
        if (recorded.Rules.Count != replayed.Rules.Count) differences.Add($"rules: {recorded.Rules.Count} became {replayed.Rules.Count}");
        if (!(recorded.Annotations ?? []).SequenceEqual(replayed.Annotations ?? [])) differences.Add("annotations: what policies keep besides pass and fail became another");
        if (!Question(recorded).Equals(Question(replayed))) differences.Add("the facts are about another question than the decision");
        if (recorded.FactsDigest != replayed.FactsDigest) differences.Add("the stored facts are not those of the decision");
        return new(id, was.AsSpan().SequenceEqual(now), Digest.Sha256(was), Digest.Sha256(now), recorded.PolicySet, recorded.FactsDigest, replayed.Outcome, differences);
    }

    private static object Question(PolicyChecked d) => (d.Model, d.Version, d.Environment, d.Action, d.ArtifactDigest, d.ImageDigest);

    private static byte[] Canonical(PolicyChecked decision) => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(decision, Json.Lenient));
}
