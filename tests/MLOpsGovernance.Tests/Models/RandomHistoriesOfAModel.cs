using System.Collections.Concurrent;
using CsCheck;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Models;

public sealed class RandomHistoriesOfAModel
{
    [Fact]
    public void Keep_the_invariants_and_agree_with_an_onlooker()
    {
        ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);
        Move.Histories.Sample(moves => new ModelWorld(seen).Play(moves), iter: 10_000);

        // A history in which little succeeds shows little.
        foreach (var command in typeof(ModelCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ModelCommand)) && !NotPlayed.Contains(t.Name)))
            seen.GetValueOrDefault(command.Name).ShouldBeGreaterThan(10, command.Name);
        foreach (var state in Standings) seen.GetValueOrDefault($"standing {state}").ShouldBeGreaterThan(10, state);
    }

    private static readonly string[] Standings = [ApprovalStanding.Live, ApprovalStanding.Revoked, ApprovalStanding.Superseded, ApprovalStanding.Expired, ApprovalStanding.Conflicted];

    private static readonly string[] NotPlayed = [nameof(WriteCard), nameof(RemoveAlias), nameof(ReportIncident), nameof(Domain.Monitoring.AcknowledgeIncident), nameof(Domain.Monitoring.ResolveIncident)];
}
