using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>What a model is told of what does not hold of it: what its findings are about, and what a policy wants gone.</summary>
internal sealed class ComplianceFinder(KnownFailures known, SealingKeys sealing)
{
    /// <summary>A finding's title is part of an event, which is a leaf of the log.</summary>
    private const int MostWords = 2_000;

    public async Task<NoteCompliance> OfAsync(Model model, IReadOnlyList<DeploymentCompliance> judged, PolicySet set, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<FoundFailure> found = [];
        List<FoundTakedown> takedowns = [];
        foreach (var judgement in judged)
        {
            var deployment = model.Live.Values.Select(place => model.Deployments[place]).Single(d => d.Id == judgement.Deployment);
            var owner = ComplianceFindings.OwnerOf(model.Versions[deployment.Version]);
            var open = OpenAbout(model, deployment.Id);
            foreach (var what in ComplianceSubjects.Of(open, await FailingAsync(model, deployment, judgement, open, cancellationToken)))
            {
                var failures = judgement.Failures.Where(f => ComplianceSubjects.Covers(what, f.AsRule())).ToList();
                var title = open.Contains(what, StringComparer.Ordinal) ? null : await SealAsync(Words(judgement, failures), cancellationToken);
                found.Add(new(Guid.CreateVersion7().ToString(), title, Severity(failures[0], set), deployment.Id, what, deployment.Version, owner));
            }

            if (await TakedownAsync(model, deployment, judgement, owner, set, cancellationToken) is { } takedown) takedowns.Add(takedown);
        }

        return new(now, found, takedowns);
    }

    /// <summary>What the open findings about a deployment are about.</summary>
    private static IReadOnlyList<string> OpenAbout(Model model, string deployment)
    {
        var prefix = ComplianceFindings.Cause(deployment, "");
        return [.. model.Findings.Where(f => f.IsOpen && f.Cause.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Cause[prefix.Length..])];
    }

    /// <summary>What was known before is asked only where something warns that nobody was told of.</summary>
    private async Task<IReadOnlyList<FailingRule>> FailingAsync(Model model, Deployment deployment, DeploymentCompliance judgement, IReadOnlyList<string> open, CancellationToken cancellationToken)
    {
        var failing = judgement.Failures.Select(f => f.AsRule()).ToList();
        if (!failing.Exists(f => f.Warns && !open.Any(what => ComplianceSubjects.Covers(what, f)))) return failing;
        var before = await known.OfAsync(model, deployment, cancellationToken);
        return [.. failing.Select(f => f with { Known = before.Contains(f.Rule) })];
    }

    /// <summary>Where a policy says so, and only for what fails: a rule that could not be decided stops nothing that runs.</summary>
    private async Task<FoundTakedown?> TakedownAsync(Model model, Deployment deployment, DeploymentCompliance judgement, string? owner, PolicySet set, CancellationToken cancellationToken)
    {
        var broken = judgement.Failures.Where(f => f is { Level: "mandatory", Result: "fail" } && set.Policies.Any(p => p.Name == f.Policy && p.Enforcement.SuspendsLive)).ToList();
        if (broken.Count == 0 || (deployment.TakedownAskedAt is not null && model.Versions[deployment.Version].Suspended is not null)) return null;
        return new(deployment.Id, [.. broken.Select(f => f.Rule)], await SealAsync(Words(judgement, broken), cancellationToken), owner);
    }

    /// <summary>What the policy says that it is worth; what only warns is of low severity, whatever the policy.</summary>
    private static string Severity(ComplianceFailure failure, PolicySet set) =>
        failure.Level == "mandatory" ? set.Policies.Where(p => p.Name == failure.Policy).Select(p => Json.EnumWord(p.Severity)).FirstOrDefault("high") : "low";

    private static string Words(DeploymentCompliance d, IReadOnlyList<ComplianceFailure> failures)
    {
        var place = $"{d.Model} version {d.Version} runs in {d.Environment}, deployment {d.Deployment}, and ";
        var words = failures is [{ Policy: "" } uncovered] ? $"{place}{uncovered.Message}"
            : failures is [{ } one] ? $"{place}{one.Policy}/{one.Rule} does not hold any more: {one.Message}"
            : $"{place}{failures[0].Policy}/{string.Join(", ", failures.Select(f => f.Rule))} do not hold any more: {string.Join(' ', failures.Select(f => f.Message))}";
        return words.Length <= MostWords ? words : $"{words.AsSpan(0, MostWords - 1)}…";
    }

    private async Task<Sealed> SealAsync(string words, CancellationToken cancellationToken) => (await sealing.SealAsync(words, ComplianceFindings.Service, cancellationToken))!;
}
